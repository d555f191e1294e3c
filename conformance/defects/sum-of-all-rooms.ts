import { minusSelfMix } from '../../emulator/index.ts';

/** Adds to the mix of a room what was summed up last in another, as a buffer that rooms share would. */
export function sumOfAllRooms(): typeof minusSelfMix.sum {
  let before = new Int32Array(0);
  return (frames, wide) => {
    minusSelfMix.sum(frames, wide);
    // A room in which nobody speaks leaves the buffer as it is.
    if (frames.length === 0) return;
    const own = wide.slice();
    for (let i = 0; i < Math.min(before.length, wide.length); i += 1) wide[i]! += before[i]!;
    before = own;
  };
}
