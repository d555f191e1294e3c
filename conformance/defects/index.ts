import type { EmulatorParts } from '../../emulator/index.ts';
import { minusSelfMix } from '../../emulator/index.ts';

/** A deliberately broken emulator: one realistic mistake, which the suite has to catch. */
export interface Defect {
  readonly description: string;
  readonly parts: EmulatorParts;
}

/** By name. */
export const defects = {
  'self-not-subtracted': {
    description: 'a member hears itself: its own frame is not taken out of the sum',
    parts: { mix: { ...minusSelfMix, withoutOwn: (sum, _own, wide) => wide.set(sum) } },
  },
  'sum-wraps': {
    description:
      'the sum wraps around at 16 bits before the own frame is taken out, instead of being limited',
    parts: {
      mix: {
        ...minusSelfMix,
        sum(frames, wide) {
          minusSelfMix.sum(frames, wide);
          for (let i = 0; i < wide.length; i += 1) wide[i] = (wide[i]! << 16) >> 16;
        },
        createLimiter: () => ({
          limit(wide, out) {
            for (let i = 0; i < wide.length; i += 1) {
              out[i] = Math.max(-32768, Math.min(32767, wide[i]!));
            }
          },
        }),
      },
    },
  },
  'mute-does-not-mute': {
    description: 'mute-audio answers as it should, and the member is heard all the same',
    parts: { mix: { ...minusSelfMix, isHeard: () => true } },
  },
} as const satisfies Record<string, Defect>;

export type DefectName = keyof typeof defects;
