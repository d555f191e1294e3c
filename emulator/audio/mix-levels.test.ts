import { describe, expect, it } from 'vitest';
import { defaultOpusParameters } from '../../media/opus-parameters.ts';
import { defaultProfile } from '../profile.ts';
import type { TrackSource } from './mix-listener.ts';
import { RoomMixer } from './room-mixer.ts';
import { Talker } from './test-talker.ts';

/** A room with two who talk, a tone each of amplitude 6000: -17.8 dBFS. */
function room() {
  const mixer = new RoomMixer(defaultOpusParameters, defaultProfile.audio);
  const talkers = { alice: new Talker(457), bob: new Talker(691) };
  for (const name of Object.keys(talkers)) mixer.addMember(name);
  let nowMs = 0;
  const run = (ticks: number) => {
    for (let tick = 0; tick < ticks; tick += 1) {
      for (const [name, talker] of Object.entries(talkers))
        mixer.push(name, talker.packet(), nowMs + mixer.tickMs / 2);
      nowMs += mixer.tickMs;
      mixer.tick(nowMs);
    }
  };
  return { mixer, run };
}

const toneDbfs = 20 * Math.log10(6000 / 32768 / Math.SQRT2);

describe('the levels of a mix', () => {
  it('are not measured unless somebody asks', () => {
    const { mixer, run } = room();
    mixer.listen('all', () => {});
    run(20);
    expect(mixer.levels()).toEqual({ members: new Map(), tracks: [] });
  });

  it('tell how loud each member and each track that is listened to is', () => {
    const { mixer, run } = room();
    mixer.setMetering(true);
    mixer.listen('all', () => {});
    mixer.listen({ minus: 'alice' }, () => {});
    run(40);
    const { members, tracks } = mixer.levels();
    expect([...members.keys()]).toEqual(['alice', 'bob']);
    for (const dbfs of members.values()) expect(dbfs).toBeCloseTo(toneDbfs, 0);
    const dbfsOf = (source: TrackSource) =>
      tracks.find((track) => JSON.stringify(track.source) === JSON.stringify(source))?.dbfs;
    expect(tracks).toHaveLength(2);
    expect(dbfsOf({ minus: 'alice' })).toBeCloseTo(toneDbfs, 0);
    expect(dbfsOf('all')).toBeCloseTo(toneDbfs + 3, 0);
  });

  it('show a muted member as it comes in, and its track without a listener no more', () => {
    const { mixer, run } = room();
    mixer.setMetering(true);
    const listener = mixer.listen('all', () => {});
    mixer.setAudioMuted('alice', true);
    mixer.setAudioMuted('bob', true);
    run(40);
    expect(mixer.levels().members.get('alice')).toBeCloseTo(toneDbfs, 0);
    expect(mixer.levels().tracks).toMatchObject([{ source: 'all', dbfs: -100 }]);
    listener.close();
    run(1);
    expect(mixer.levels().tracks).toEqual([]);
  });

  it('change no sample of the mix', () => {
    const encoded = [true, false].map((metering) => {
      const { mixer, run } = room();
      mixer.setMetering(metering);
      const payloads: Buffer[] = [];
      mixer.listen({ minus: 'bob' }, ({ payload }) => payloads.push(payload));
      run(40);
      return Buffer.concat(payloads);
    });
    expect(encoded[0]!.equals(encoded[1]!)).toBe(true);
  });
});
