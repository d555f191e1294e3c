import { type EmulatorParts, minusSelfMix } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';
import { sumOfAllRooms } from './sum-of-all-rooms.ts';

type MixParts = NonNullable<EmulatorParts['mix']>;

/** A mix with one part of its own. */
function mixing(part: Partial<MixParts>): EmulatorParts {
  return { mix: { ...minusSelfMix, ...part } };
}

/** Takes out of the sum what is made of the own frame, sample by sample. */
function takingOut(ofOwn: (sample: number) => number): EmulatorParts {
  return mixing({
    withoutOwn(sum, own, wide) {
      minusSelfMix.withoutOwn(sum, undefined, wide);
      if (own === undefined) return;
      for (let i = 0; i < wide.length; i += 1) wide[i] = Math.round(wide[i]! - ofOwn(own[i]!));
    },
  });
}

/** A sum that is brought into 16 bits too early, and a limiter that only cuts. */
function narrowSum(narrow: (sample: number) => number): EmulatorParts {
  return mixing({
    sum(frames, wide) {
      minusSelfMix.sum(frames, wide);
      for (let i = 0; i < wide.length; i += 1) wide[i] = narrow(wide[i]!);
    },
    createLimiter: cutting,
  });
}

function cutting(): ReturnType<MixParts['createLimiter']> {
  return {
    limit(wide, out) {
      for (let i = 0; i < wide.length; i += 1) out[i] = cut(wide[i]!);
    },
  };
}

function cut(sample: number): number {
  return Math.max(-32768, Math.min(32767, sample));
}

function subtract(wide: Int32Array, frame: Int16Array | undefined): void {
  if (frame === undefined) return;
  for (let i = 0; i < wide.length; i += 1) wide[i]! -= frame[i]!;
}

/**
 * Leaves a frame out of some tracks. A tick sums up first and makes the tracks then, all in one go: the frames
 * of the last sum are those of the track.
 * @param leftOut chooses it; `own` is undefined for the track of everybody
 */
function leavingOut(
  leftOut: (frames: readonly Int16Array[], own: Int16Array | undefined) => Int16Array | undefined,
): EmulatorParts {
  let mixed: readonly Int16Array[] = [];
  return mixing({
    sum(frames, wide) {
      mixed = frames;
      minusSelfMix.sum(frames, wide);
    },
    withoutOwn(sum, own, wide) {
      minusSelfMix.withoutOwn(sum, own, wide);
      subtract(wide, leftOut(mixed, own));
    },
  });
}

/** Silence in every track for some ticks after one more began to be heard. */
function silentAfterJoin(ticks: number): EmulatorParts {
  let before = 0;
  let silentTicks = 0;
  return mixing({
    sum(frames, wide) {
      silentTicks = frames.length > before ? ticks : silentTicks - 1;
      before = frames.length;
      minusSelfMix.sum(frames, wide);
    },
    withoutOwn(sum, own, wide) {
      minusSelfMix.withoutOwn(sum, own, wide);
      if (silentTicks > 0) wide.fill(0);
    },
  });
}

/** Turns a track down for so many ticks once it has passed full scale. */
function turningDown(gainDb: number, ticks: number): MixParts['createLimiter'] {
  return () => {
    const gain = 10 ** (gainDb / 20);
    let left = 0;
    return {
      limit(wide, out) {
        left = wide.some((sample) => Math.abs(sample) > 32767) ? ticks : left - 1;
        for (let i = 0; i < wide.length; i += 1)
          out[i] = cut(left > 0 ? Math.round(wide[i]! * gain) : wide[i]!);
      },
    };
  };
}

/** Mistakes in adding up and subtracting. */
export const mixDefects = {
  'self-not-subtracted': {
    description: 'a member hears itself: its own frame is not taken out of the sum',
    parts: takingOut(() => 0),
    caughtBy: [
      'audio.minus-self.quiet-tones',
      'audio.minus-self.loud-tones',
      'audio.minus-self.quiet-speech',
      'audio.minus-self.loud-speech',
    ],
    untouched: ['audio.all.everybody', 'audio.mute.silences'],
  },
  'self-at-20-db': {
    description: 'a member hears itself at -20 dB: nine tenths of its frame are taken out',
    parts: takingOut((sample) => 0.9 * sample),
    caughtBy: ['audio.minus-self.quiet-tones', 'audio.minus-self.quiet-speech'],
    untouched: ['audio.others.quiet-tones', 'audio.others.quiet-speech'],
  },
  'self-at-40-db': {
    description: 'a member hears itself at -40 dB: 99 hundredths of its frame are taken out',
    parts: takingOut((sample) => 0.99 * sample),
    caughtBy: ['audio.minus-self.quiet-tones'],
    untouched: ['audio.others.quiet-tones', 'audio.all.everybody'],
  },
  'self-when-loud': {
    description: 'a member hears what of itself is above a quarter of full scale',
    parts: takingOut((sample) => Math.max(-8192, Math.min(8192, sample))),
    caughtBy: ['audio.minus-self.loud-tones'],
    untouched: ['audio.minus-self.quiet-tones', 'audio.all.everybody-loud'],
  },
  'sum-wraps': {
    description:
      'the sum wraps around at 16 bits before the own frame is taken out, instead of being limited',
    parts: narrowSum((sample) => (sample << 16) >> 16),
    caughtBy: ['audio.minus-self.loud-tones'],
    untouched: ['audio.all.everybody', 'audio.minus-self.quiet-tones'],
  },
  'sum-cut-early': {
    description: 'the sum is cut to 16 bits before the own frame is taken out',
    parts: narrowSum(cut),
    caughtBy: ['audio.minus-self.loud-tones'],
    untouched: ['audio.all.everybody', 'audio.minus-self.quiet-tones'],
  },
  'one-missing-in-one-track': {
    description: 'the first member’s track lacks the second member too',
    parts: leavingOut((frames, own) => (own !== undefined && own === frames[0] ? frames[1] : undefined)),
    caughtBy: [
      'audio.others.quiet-tones',
      'audio.others.loud-tones',
      'audio.others.quiet-speech',
      'audio.others.loud-speech',
    ],
    untouched: ['audio.all.everybody', 'audio.minus-self.quiet-tones'],
  },
  'loud-track-turned-down': {
    description: 'a track that passes full scale is turned down by 30 dB for three seconds',
    parts: mixing({ createLimiter: turningDown(-30, 150) }),
    caughtBy: ['audio.others.loud-tones', 'audio.all.everybody-loud', 'audio.others.loud-speech'],
    untouched: ['audio.others.quiet-tones', 'audio.others.quiet-speech', 'audio.minus-self.loud-tones'],
  },
  'mix-clipped': {
    description:
      'what is over full scale is cut off after the own frame was taken out, instead of being limited',
    parts: mixing({ createLimiter: cutting }),
    caughtBy: ['audio.loud.distortion'],
    untouched: ['audio.minus-self.loud-tones', 'audio.others.loud-tones', 'audio.level.unit-gain'],
  },
  'all-lacks-the-newest': {
    description: 'the track of everybody lacks the member who came last',
    parts: leavingOut((frames, own) => (own === undefined ? frames.at(-1) : undefined)),
    caughtBy: ['audio.all.everybody', 'audio.all.everybody-loud'],
    untouched: ['audio.others.quiet-tones', 'audio.minus-self.quiet-tones'],
  },
  'gain-halved': {
    description: 'every mix has half its amplitude',
    parts: mixing({
      withoutOwn(sum, own, wide) {
        minusSelfMix.withoutOwn(sum, own, wide);
        for (let i = 0; i < wide.length; i += 1) wide[i]! >>= 1;
      },
    }),
    caughtBy: ['audio.level.unit-gain'],
    untouched: ['audio.all.everybody', 'audio.others.quiet-tones', 'audio.minus-self.quiet-tones'],
  },
  'one-member-doubled': {
    description: 'the first member is in the sum twice',
    parts: mixing({
      sum: (frames, wide) => minusSelfMix.sum([...frames.slice(0, 1), ...frames], wide),
    }),
    caughtBy: ['audio.level.unit-gain', 'audio.minus-self.quiet-tones'],
    untouched: ['audio.all.everybody', 'audio.others.quiet-tones'],
  },
  'rooms-share-sound': {
    description: 'a room’s mix still has what was mixed for the room before it',
    parts: mixing({ sum: sumOfAllRooms() }),
    caughtBy: ['audio.rooms.apart'],
    untouched: ['api.add-room'],
  },
  'gap-at-every-join': {
    description: 'everybody’s sound stops for 100 ms when one more is heard',
    parts: silentAfterJoin(5),
    caughtBy: ['audio.gaps'],
    untouched: ['audio.join.heard', 'audio.leave.gone'],
  },
} as const satisfies Defects;
