import { afterEach, describe, expect, it, vi } from 'vitest';
import { OpusDecoder } from '../../media/opus.ts';
import { defaultOpusParameters, frameSamplesAt48k } from '../../media/opus-parameters.ts';
import { defaultProfile } from '../profile.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import type { Limiter } from './limiter.ts';
import { MemberInput } from './member-input.ts';
import { type MixParts, minusSelfMix } from './minus-self.ts';
import type { MixFault } from './mix-fault.ts';
import type { TrackSource } from './mix-listener.ts';
import { RoomMixer } from './room-mixer.ts';
import { amplitudeOf, largestStep, peakOf, rmsOf, Talker } from './test-talker.ts';
import { TrackOutput } from './track-output.ts';

/** Somebody who listens to one track of a mixer, and keeps what was heard. */
class Ear {
  readonly #decoder = new OpusDecoder();
  readonly #frames: Int16Array[] = [];
  readonly packets: Buffer[] = [];
  readonly listener;

  constructor(mixer: RoomMixer, source: TrackSource) {
    this.listener = mixer.listen(source, (frame) => {
      this.packets.push(frame.payload);
      this.#frames.push(this.#decoder.decode(frame.payload));
    });
  }

  /** What was heard since frame `from`. */
  pcm(from = 0, to?: number): Int16Array {
    return Int16Array.from(this.#frames.slice(from, to).flatMap((frame) => [...frame]));
  }

  /** Level of a talker in dB relative to 6000, since frame `from`. */
  levelDb(talker: Talker, from = 25, to?: number): number {
    return 20 * Math.log10(amplitudeOf(talker.frequencyHz, this.pcm(from, to)) / 6000);
  }
}

/** All durations that an Opus frame can have, in samples of 48 kHz. */
const frameSizes = [120, 240, 480, 960, 1920, 2880];

function room(parts?: MixParts, samplesPerFrame = 960, onError?: (fault: MixFault) => void) {
  const opus = { ...defaultOpusParameters, samplesPerFrame, bitrateKbps: samplesPerFrame < 480 ? 256 : 64 };
  const mixer = new RoomMixer(opus, {
    ...defaultProfile.audio,
    ...(onError && { onError }),
    ...(parts === undefined ? {} : { parts }),
  });
  const talkers = new Map<string, Talker>();
  let nowMs = 0;
  /** Lets somebody talk for `name` from here on, in packets as long as the room's frames. */
  const publish = (name: string, frequencyHz: number, amplitude?: number): Talker => {
    const talker = new Talker(frequencyHz, amplitude, frequencyHz, opus);
    talkers.set(name, talker);
    return talker;
  };
  return {
    mixer,
    join(name: string, frequencyHz: number, amplitude?: number): Talker {
      mixer.addMember(name);
      return publish(name, frequencyHz, amplitude);
    },
    publish,
    /** @returns lets the same talker go on */
    stop(name: string): () => void {
      const talker = talkers.get(name)!;
      talkers.delete(name);
      return () => talkers.set(name, talker);
    },
    run(ticks: number): void {
      for (let tick = 0; tick < ticks; tick += 1) {
        for (const [name, talker] of talkers) mixer.push(name, talker.packet(), nowMs + mixer.tickMs / 2);
        nowMs += mixer.tickMs;
        mixer.tick(nowMs);
      }
    },
  };
}

describe('a room', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('lets everybody be heard in all, and in a member’s track everybody but that member', () => {
    const { mixer, join, run } = room();
    const [alice, bob, carol] = [join('alice', 457), join('bob', 691), join('carol', 1013)];
    const all = new Ear(mixer, 'all');
    const bobs = new Ear(mixer, { minus: 'bob' });
    run(100);
    for (const talker of [alice, bob, carol]) expect(Math.abs(all.levelDb(talker))).toBeLessThan(0.5);
    for (const talker of [alice, carol]) expect(Math.abs(bobs.levelDb(talker))).toBeLessThan(0.5);
    expect(bobs.levelDb(bob)).toBeLessThan(-55);
  });

  it('keeps a member’s own voice out of its track when five are near full scale', () => {
    const { mixer, join, run } = room();
    const talkers = [457, 691, 1013, 1511, 2203].map((hz, i) => join(`member${i}`, hz, 30_000));
    const ears = talkers.map((_, i) => new Ear(mixer, { minus: `member${i}` }));
    run(150);
    ears.forEach((ear, i) => {
      expect(ear.levelDb(talkers[i]!, 50)).toBeLessThan(20 * Math.log10(5) - 50);
      expect(ear.levelDb(talkers[(i + 1) % 5]!, 50)).toBeGreaterThan(0);
    });
  });

  it('encodes exact silence while nobody is there, and for the track of somebody who left', () => {
    const { mixer, join, run } = room();
    join('alice', 457);
    join('bob', 691);
    const bobs = new Ear(mixer, { minus: 'bob' });
    run(50);
    mixer.removeMember('bob');
    run(50);
    mixer.removeMember('alice');
    const all = new Ear(mixer, 'all');
    run(50);
    for (const ear of [bobs, all]) {
      // What Opus makes of zeros is a few of 32767 at most.
      const loudest = ear.pcm(ear === bobs ? 60 : 5).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(loudest).toBeLessThan(8);
    }
  });

  it('mutes one member for all others, and that member still hears', () => {
    const { mixer, join, run } = room();
    const [alice, bob] = [join('alice', 457), join('bob', 691)];
    const [all, alices, bobs] = [
      new Ear(mixer, 'all'),
      new Ear(mixer, { minus: 'alice' }),
      new Ear(mixer, { minus: 'bob' }),
    ];
    run(50);
    mixer.setAudioMuted('bob', true);
    run(50);
    for (const ear of [all, alices]) expect(ear.levelDb(bob, 60)).toBeLessThan(-55);
    for (const ear of [all, bobs]) expect(Math.abs(ear.levelDb(alice, 60))).toBeLessThan(0.5);
    mixer.setAudioMuted('bob', false);
    run(50);
    for (const ear of [all, alices]) expect(Math.abs(ear.levelDb(bob, 110))).toBeLessThan(0.5);
    expect(bobs.levelDb(bob, 110)).toBeLessThan(-55);
  });

  it('changes no listener’s sound by a click when others join, mute or leave', () => {
    const { mixer, join, run } = room();
    join('alice', 457);
    const bob = join('bob', 691);
    const bobs = new Ear(mixer, { minus: 'bob' });
    run(40);
    mixer.setAudioMuted('bob', true);
    run(40);
    mixer.setAudioMuted('bob', false);
    run(40);
    join('carol', 1457, 600);
    run(40);
    mixer.removeMember('carol');
    run(40);
    // In a steady tone of 6000 at 457 Hz no two samples differ by more than 360; carol adds 115.
    const pcm = bobs.pcm(10);
    expect(largestStep(pcm)).toBeLessThan(600);
    const blocks = Array.from({ length: 180 }, (_, i) => bobs.levelDb(new Talker(457), 10 + i, 11 + i));
    expect(Math.min(...blocks)).toBeGreaterThan(-1);
    expect(bobs.levelDb(bob, 60, 100)).toBeLessThan(-45);
  });

  it.each(frameSizes)('fades a member out when it leaves, in frames of %i samples', (samplesPerFrame) => {
    const { mixer, join, run } = room(undefined, samplesPerFrame);
    join('alice', 457);
    const heard: number[] = [];
    const { sum } = minusSelfMix;
    const all = new Ear(mixer, 'all');
    const ticksOf = (ms: number) => Math.ceil(ms / mixer.tickMs);
    run(ticksOf(300));
    vi.spyOn(minusSelfMix, 'sum').mockImplementation((frames, wide) => {
      sum(frames, wide);
      heard.push(...wide);
    });
    run(ticksOf(100));
    mixer.removeMember('alice');
    run(ticksOf(100));
    expect(Math.max(...heard)).toBeGreaterThan(5000);
    expect(largestStep(Int16Array.from(heard))).toBeLessThan(500);
    expect(heard.at(-1)).toBe(0);
    expect(all.packets.length).toBeGreaterThan(0);
  });

  it.each(frameSizes)(
    'goes over to another publisher of a member without a click, in frames of %i samples',
    (samplesPerFrame) => {
      const { mixer, join, publish, run } = room(undefined, samplesPerFrame);
      const ticksOf = (ms: number) => Math.ceil(ms / mixer.tickMs);
      join('alice', 457);
      join('bob', 691, 500);
      const sums: number[] = [];
      const own: number[] = [];
      const { sum, withoutOwn } = minusSelfMix;
      vi.spyOn(minusSelfMix, 'sum').mockImplementation((frames, wide) => {
        sum(frames, wide);
        sums.push(...wide);
      });
      vi.spyOn(minusSelfMix, 'withoutOwn').mockImplementation((all, one, wide) => {
        withoutOwn(all, one, wide);
        own.push(...wide);
      });
      mixer.listen({ minus: 'alice' }, () => {});
      run(ticksOf(400));
      const before = own.length;
      mixer.restartMember('alice');
      publish('alice', 311);
      run(ticksOf(400));
      // 360 a step at the most are the tone of the member, 45 that of the other.
      expect(largestStep(Int16Array.from(sums.slice(9600)))).toBeLessThan(550);
      expect(amplitudeOf(311, Int16Array.from(sums.slice(-9600)))).toBeGreaterThan(5500);
      // Nothing of the old publisher, fading or not, is in the member's own track.
      const around = Int16Array.from(own.slice(before - 1920, before + 4800));
      expect(Math.max(...around.map(Math.abs))).toBeLessThan(700);
    },
  );

  it('keeps what fades of a member out of its own track when it leaves and joins again at once', () => {
    const { mixer, join, run } = room();
    join('alice', 457, 20_000);
    run(50);
    mixer.listen('all', () => {});
    mixer.removeMember('alice');
    mixer.addMember('alice');
    const own: number[] = [];
    const { withoutOwn } = minusSelfMix;
    vi.spyOn(minusSelfMix, 'withoutOwn').mockImplementation((all, one, wide) => {
      withoutOwn(all, one, wide);
      if (one !== undefined) own.push(...wide);
    });
    mixer.listen({ minus: 'alice' }, () => {});
    run(5);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((sample) => sample === 0)).toBe(true);
  });

  it('lets nothing of a member through that was muted in a pause and speaks again', () => {
    const { mixer, join, stop, run } = room();
    join('alice', 457);
    const sums: number[] = [];
    const { sum } = minusSelfMix;
    run(50);
    const resume = stop('alice');
    run(75);
    mixer.setAudioMuted('alice', true);
    run(10);
    vi.spyOn(minusSelfMix, 'sum').mockImplementation((frames, wide) => {
      sum(frames, wide);
      sums.push(...wide);
    });
    resume();
    run(50);
    expect(sums).toHaveLength(50 * 960);
    expect(sums.every((sample) => sample === 0)).toBe(true);
    mixer.setAudioMuted('alice', false);
    run(10);
    expect(amplitudeOf(457, Int16Array.from(sums.slice(-4800)))).toBeGreaterThan(5000);
  });

  it('keeps nothing of members who came and went while nobody listened', () => {
    const { mixer, join, run } = room();
    join('alice', 457);
    run(20);
    mixer.pause();
    const frame = vi.spyOn(MemberInput.prototype, 'frame');
    mixer.removeMember('alice');
    for (let i = 0; i < 100; i += 1) {
      mixer.addMember('bob');
      mixer.removeMember('bob');
    }
    mixer.tick(1000);
    expect(frame).not.toHaveBeenCalled();
  });

  it('does not go on with what was to be heard before a pause', () => {
    const { mixer, join, stop, run } = room();
    join('alice', 457);
    run(50);
    mixer.pause();
    stop('alice');
    const sum = vi.spyOn(minusSelfMix, 'sum');
    run(10);
    expect(sum).toHaveBeenCalledTimes(10);
    for (const [frames] of sum.mock.calls) expect(frames).toEqual([]);
  });

  it('silences a member whose input fails, tells of it once, and mixes the others', () => {
    const faults: MixFault[] = [];
    const { mixer, join, run } = room(undefined, 960, (fault) => faults.push(fault));
    const [alice, bob] = [join('alice', 457), join('bob', 691)];
    const all = new Ear(mixer, 'all');
    run(50);
    const error = new Error('codec');
    vi.spyOn(JitterBuffer.prototype, 'pull').mockImplementationOnce(() => {
      throw error;
    });
    run(50);
    expect(faults).toEqual([{ error, part: 'member', member: 'alice' }]);
    expect(Math.abs(all.levelDb(bob, 60))).toBeLessThan(0.5);
    expect(all.levelDb(alice, 60)).toBeLessThan(-55);
    mixer.restartMember('alice');
    run(50);
    expect(Math.abs(all.levelDb(alice, 110))).toBeLessThan(0.5);
  });

  it('drops a listener whose sink throws, and goes on for the others', () => {
    const faults: MixFault[] = [];
    const { mixer, join, run } = room(undefined, 960, (fault) => faults.push(fault));
    join('alice', 457);
    const onDropped = vi.fn();
    const sink = vi.fn(() => {
      throw new Error('socket');
    });
    mixer.listen('all', sink, { onDropped });
    const all = new Ear(mixer, 'all');
    run(10);
    expect(sink).toHaveBeenCalledOnce();
    expect(onDropped).toHaveBeenCalledOnce();
    expect(faults).toMatchObject([{ part: 'listener', error: { message: 'socket' } }]);
    expect(all.packets).toHaveLength(10);
  });

  it.each([
    ['loud', 3000],
    ['soft', 12],
  ])('lets nobody begin too softly or with noise where others are %s', (_how, amplitude) => {
    const { mixer, join, stop, run } = room();
    const talkers = [457, 691, 1013].map((hz) => join(`of ${hz}`, hz, amplitude));
    const before = new Ear(mixer, 'all');
    let frames = 0;
    const go = (ticks: number) => {
      run(ticks);
      frames += ticks;
    };
    const peaks: number[] = [];
    const differencesDb: number[] = [];
    for (let listener = 0; listener < 50; listener += 1) {
      // What is heard changes all the time: this is what a frame that leans on those before it gets wrong.
      const quiet = talkers.slice(1).filter((_, i) => (listener >> i) % 2 === 0);
      const goOn = quiet.map(({ frequencyHz }) => stop(`of ${frequencyHz}`));
      go(1 + (listener % 7));
      const late = new Ear(mixer, 'all');
      go(1);
      // A decoder fades in.
      const [newcomers, others] = [late.pcm(0, 1), before.pcm(frames - 1)].map((pcm) => pcm.subarray(240));
      peaks.push(peakOf(newcomers!) / peakOf(others!));
      differencesDb.push(Math.abs(20 * Math.log10(rmsOf(newcomers!) / rmsOf(others!))));
      late.listener.close();
      for (const start of goOn) start();
    }
    expect(Math.max(...peaks)).toBeLessThan(1.5);
    expect(Math.max(...differencesDb)).toBeLessThan(1.5);
  });

  it('makes nothing for a listener that is not ready', () => {
    const { mixer, join, run } = room();
    join('alice', 457);
    let ready = false;
    const sink = vi.fn();
    mixer.listen('all', sink, { isReady: () => ready });
    run(10);
    expect(sink).not.toHaveBeenCalled();
    ready = true;
    run(3);
    expect(sink).toHaveBeenCalledTimes(3);
  });

  it('begins anew for a listener that was not ready for a while, and hands it nothing meanwhile', () => {
    const { mixer, join, run } = room();
    join('alice', 457);
    const other = new Ear(mixer, 'all');
    let ready = true;
    const sink = vi.fn();
    mixer.listen('all', sink, { isReady: () => ready });
    run(5);
    ready = false;
    run(5);
    expect(sink).toHaveBeenCalledTimes(5);
    ready = true;
    const encode = vi.spyOn(TrackOutput.prototype, 'encode');
    run(3);
    expect(sink).toHaveBeenCalledTimes(8);
    expect(encode.mock.calls.map(([, , , independent]) => independent)).toEqual([true, false, false]);
    expect(other.packets).toHaveLength(13);
  });

  it('encodes once for all who hear the same', () => {
    const { mixer, join, run } = room();
    join('alice', 457);
    mixer.addMember('lurker');
    const ears = [new Ear(mixer, 'all'), new Ear(mixer, 'all'), new Ear(mixer, { minus: 'lurker' })];
    run(30);
    expect(ears[1]!.packets).toEqual(ears[0]!.packets);
    expect(ears[2]!.packets.every((packet, i) => packet === ears[0]!.packets[i])).toBe(true);
  });

  it('changes to another track between two frames', () => {
    const { mixer, join, run } = room();
    const [alice, bob] = [join('alice', 457), join('bob', 691)];
    const ear = new Ear(mixer, { minus: 'alice' });
    run(50);
    ear.listener.select({ minus: 'bob' });
    run(50);
    expect(ear.packets).toHaveLength(100);
    expect(ear.levelDb(bob, 5, 50)).toBeGreaterThan(-1);
    expect(ear.levelDb(alice, 52)).toBeGreaterThan(-1);
    expect(ear.levelDb(bob, 52)).toBeLessThan(-50);
  });

  it.each([
    { bitrateKbps: 32, sampleRateHz: 16000, samplesPerFrame: 160 },
    { bitrateKbps: 64, sampleRateHz: 48000, samplesPerFrame: 2880 },
    { bitrateKbps: 96, sampleRateHz: 48000, samplesPerFrame: 120 },
  ])('goes on with the same members under the parameters %o', (opus) => {
    const { mixer, join, run } = room();
    const alice = join('alice', 457);
    const all = new Ear(mixer, 'all');
    run(20);
    mixer.setOpus(opus);
    const frames = Math.ceil(2000 / mixer.tickMs);
    // Packets of 20 ms go on to come in time, whatever the room's frame is.
    let sent = 0;
    for (let tick = 1; tick <= frames; tick += 1) {
      const nowMs = 400 + tick * mixer.tickMs;
      while (sent * 20 < tick * mixer.tickMs) {
        mixer.push('alice', alice.packet(), 400 + sent * 20 + 1);
        sent += 1;
      }
      mixer.tick(nowMs);
    }
    run(0);
    const tail = Math.ceil(1000 / mixer.tickMs);
    expect(Math.abs(all.levelDb(alice, all.packets.length - tail))).toBeLessThan(0.7);
    const decoder = new OpusDecoder();
    expect(decoder.decode(all.packets.at(-1)!)).toHaveLength(frameSamplesAt48k(opus));
    expect(all.packets.at(-1)!.length).toBe((opus.bitrateKbps * mixer.tickMs) / 8);
  });

  it('shows a broken mix: own voice kept, a sum that wraps, a mute that does not mute', () => {
    const keepsSelf: MixParts = { ...minusSelfMix, withoutOwn: (sum, _own, wide) => wide.set(sum) };
    const wraps: Limiter = { limit: (wide, out) => out.set(wide) };
    const hearsMuted: MixParts = { ...minusSelfMix, isHeard: () => true };

    const first = room(keepsSelf);
    const alice = first.join('alice', 457);
    const hersToo = new Ear(first.mixer, { minus: 'alice' });
    first.run(60);
    expect(hersToo.levelDb(alice)).toBeGreaterThan(-1);

    const second = room({ ...minusSelfMix, createLimiter: () => wraps });
    const loud = [457, 691, 1013].map((hz) => second.join(`at${hz}`, hz, 30_000));
    const all = new Ear(second.mixer, 'all');
    second.run(60);
    expect(all.levelDb(loud[0]!)).toBeLessThan(5);

    const third = room(hearsMuted);
    const bob = third.join('bob', 691);
    const everybody = new Ear(third.mixer, 'all');
    third.mixer.setAudioMuted('bob', true);
    third.run(60);
    expect(everybody.levelDb(bob)).toBeGreaterThan(-1);
  });
});
