import { describe, expect, it } from 'vitest';
import { dbToAmplitude } from '../analysis/decibels.ts';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs, render, toneLevelDbfs } from '../bots/signatures/render.ts';
import { outcomeOn } from '../run/testing.ts';
import { type Change, changes } from '../scenarios/room-changes.ts';
import { changeClauses } from './audio-changes.ts';
import { continuityClauses } from './audio-continuity.ts';

const members = ['alice', 'bob', 'carol', 'dave'];
const trackLabels = ['all', ...members, 'carol-returned'];
const partSeconds = 1.2;
const partSamples = partSeconds * 48_000;
const tones = members.map((_, i) => render(toneSignature(i), { seconds: 2, levelDbfs: quietDbfs }));
const sent = members.map((name, i) => {
  const signature = toneSignature(i);
  return { name, frequenciesHz: signature.frequenciesHz, toneLevelDbfs: toneLevelDbfs(signature, quietDbfs) };
});

/** Gain in dB of a member in a track during a part; undefined: as it should be. */
type Fault = (track: string, name: string, part: Change) => number | undefined;

const asItShould = (track: string, name: string, part: Change): number => {
  const isThere =
    ['alice', 'bob'].includes(name) ||
    (name === 'carol' && part !== 'alone' && part !== 'left') ||
    part === 'returned';
  const isMuted = name === 'bob' && part === 'muted';
  return isThere && !isMuted && !track.startsWith(name) ? 0 : -100;
};

/** Adds a member to what is heard during a part. */
function add(pcm: Float32Array, part: number, member: number, amplitude: number): void {
  const tone = tones[member]!;
  if (amplitude === 0) return;
  for (let n = part * partSamples; n < (part + 1) * partSamples; n += 1) {
    pcm[n]! += amplitude * tone[n % tone.length]!;
  }
}

const packets = Array.from({ length: (changes.length * partSamples) / 960 }, (_, n) => ({
  ...{ sequenceNumber: n, timestamp: n * 960, ssrc: 1, payload: Buffer.alloc(0) },
  arrivalNs: BigInt(n) * 20_000_000n,
}));
const offsets = packets.map(({ timestamp }) => timestamp);

/** What is heard where nothing is wrong, by track. */
const sound = trackLabels.map((track) => {
  const pcm = new Float32Array(changes.length * partSamples);
  for (const [p, part] of changes.entries()) {
    for (const [i, name] of members.entries()) add(pcm, p, i, dbToAmplitude(asItShould(track, name, part)));
  }
  return pcm;
});

/** What is heard of a server with that fault. */
function room(fault: Fault = () => undefined, latenessMs = 0) {
  const tracks = trackLabels.map((label, t) => {
    const pcm = sound[t]!.slice();
    for (const [p, part] of changes.entries()) {
      for (const [i, name] of members.entries()) {
        const usual = asItShould(label, name, part);
        add(pcm, p, i, dbToAmplitude(fault(label, name, part) ?? usual) - dbToAmplitude(usual));
      }
    }
    return { label, recording: { packets, pcm, offsets, lostPackets: 0 } };
  });
  const ns = (part: number) => BigInt(Math.round(part * partSeconds * 1e9));
  const parts = new Map(changes.map((label, p) => [label, { label, fromNs: ns(p), toNs: ns(p + 1) }]));
  const call = { evidence: { type: 'note', title: 'call', text: '' } };
  return { sent, tracks, parts, mute: call, unmute: call, carolsTracks: ['a4', 'a5'], latenessMs };
}

async function failing(measured: object): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id } of changeClauses) {
    const { verdict } = await outcomeOn(changeClauses, id, measured);
    if (verdict !== 'pass' && verdict !== 'observed') wrong.push(`${id} ${verdict}`);
  }
  return wrong;
}

describe('what is heard after changes', () => {
  it.each<[string, Fault | undefined, string[]]>([
    ['as it should be', undefined, []],
    [
      'without who has joined, in one track',
      (track, name, part) => (track === 'bob' && name === 'carol' && part === 'joined' ? -100 : undefined),
      ['audio.join.heard fail'],
    ],
    [
      'with who has left',
      (track, name, part) => (track === 'all' && name === 'carol' && part === 'left' ? -45 : undefined),
      ['audio.leave.gone fail'],
    ],
    [
      'with who has left, as softly as Opus itself is',
      (track, name, part) => (track === 'all' && name === 'carol' && part === 'left' ? -52 : undefined),
      [],
    ],
    [
      'without one who stays when another leaves',
      (track, name, part) => (track === 'all' && name === 'alice' && part === 'left' ? -100 : undefined),
      ['audio.leave.gone fail'],
    ],
    [
      'with who is muted',
      (track, name, part) => (track === 'carol' && name === 'bob' && part === 'muted' ? 0 : undefined),
      ['audio.mute.silences fail'],
    ],
    [
      'without another than who is muted',
      (track, name, part) => (track === 'all' && name === 'carol' && part === 'muted' ? -100 : undefined),
      ['audio.mute.nobody-else fail'],
    ],
    [
      'not by who is muted',
      (track, _name, part) => (track === 'bob' && part === 'muted' ? -100 : undefined),
      ['audio.mute.still-hears fail'],
    ],
    [
      'by who returns of itself',
      (track, name, part) =>
        track === 'carol-returned' && name === 'carol' && part === 'returned' ? -20 : undefined,
      ['audio.rejoin.minus-self fail'],
    ],
    [
      'by a newcomer of itself',
      (track, name, part) => (track === 'dave' && name === 'dave' && part === 'returned' ? -20 : undefined),
      ['audio.newcomer.minus-self fail'],
    ],
    [
      'not of who was muted, and stays so after a second call',
      (_track, name, part) => (name === 'bob' && part !== 'alone' && part !== 'joined' ? -100 : undefined),
      [],
    ],
    [
      'not of who was muted, and was heard after a second call',
      (_track, name, part) => (name === 'bob' && part === 'left' ? -100 : undefined),
      ['audio.leave.gone fail'],
    ],
  ])('is %s', async (_case, fault, wrong) => {
    expect(await failing(room(fault))).toEqual(wrong);
  });

  it('is missing where bots were late; who is heard is heard on any machine', async () => {
    const missing: Fault = (track, name, part) =>
      track === 'all' && name === 'carol' && part === 'joined' ? -100 : undefined;
    expect(await failing(room(missing, 60))).toEqual(['audio.join.heard error']);
    const leak: Fault = (track, name, part) =>
      track === 'all' && name === 'carol' && part === 'left' ? 0 : undefined;
    expect(await failing(room(leak, 60))).toEqual(['audio.leave.gone fail']);
  });

  it('tells what a second mute-audio does, and which track who returns has', async () => {
    const muted: Fault = (_track, name, part) => (name === 'bob' && part === 'unmuted' ? -100 : undefined);
    const facts = async (id: string, measured: object) =>
      (await outcomeOn(changeClauses, id, measured)).facts;
    expect(await facts('audio.mute.twice', room())).toEqual({ 'rooms.muteToggles': true });
    expect(await facts('audio.mute.twice', room(muted))).toEqual({ 'rooms.muteToggles': false });
    expect(await facts('audio.rejoin.track', room())).toEqual({ 'rooms.reuseTrackNumbers': false });
    const same = { ...room(), carolsTracks: ['a4', 'a4'] };
    expect(await facts('audio.rejoin.track', same)).toEqual({ 'rooms.reuseTrackNumbers': true });
  });
});

describe('the sound of one while others come and go', () => {
  const withHole = (track: string, ms: number, latenessMs = 0) => {
    const measured = room(undefined, latenessMs);
    const { pcm } = measured.tracks.find(({ label }) => label === track)!.recording;
    pcm.fill(0, 60_000, 60_000 + 48 * ms);
    return outcomeOn(continuityClauses, 'audio.gaps', measured, { gapMs: 40 });
  };

  it.each([
    ['all', 30, 0, 'pass'],
    ['all', 60, 0, 'fail'],
    ['bob', 60, 0, 'fail'],
    ['bob', 60, 41, 'error'],
    // Alice is not in her own track.
    ['alice', 60, 0, 'pass'],
  ])(
    'has a hole in the track %s of %i ms, and bots were late by %i ms: %s',
    async (track, ms, late, verdict) => {
      expect(await withHole(track, ms, late)).toMatchObject({ verdict });
    },
  );
});
