/** Samples over which the sound before a cut goes over into the sound behind it (5 ms). */
export const overlapSamples = 240;

/**
 * Takes a piece out of a stretch of sound, about as long as asked, where it is heard least: its end is moved
 * by up to one overlap to where both sides are most alike, and crossfaded (the idea of WSOLA).
 * @param samples 48 kHz mono, at least `atMost + overlapSamples`; changed in place
 * @param atMost samples, at least `overlapSamples`
 * @returns what is left: shorter by `atMost`, or by up to `overlapSamples` less
 */
export function shorten(samples: Int16Array, atMost: number): Int16Array {
  const cut = mostAlike(samples, atMost);
  const rest = samples.subarray(cut);
  for (let i = 0; i < overlapSamples; i += 1) {
    const share = (i + 1) / (overlapSamples + 1);
    rest[i] = Math.round(samples[i]! * (1 - share) + rest[i]! * share);
  }
  return rest;
}

/** The offset up to `atMost` at which the sound is most like its beginning, by normalised correlation. */
function mostAlike(samples: Int16Array, atMost: number): number {
  let best = atMost;
  let bestLikeness = Number.NEGATIVE_INFINITY;
  for (let offset = atMost; offset >= atMost - overlapSamples; offset -= 1) {
    let product = 0;
    let energy = 1;
    for (let i = 0; i < overlapSamples; i += 1) {
      const sample = samples[offset + i]!;
      product += samples[i]! * sample;
      energy += sample * sample;
    }
    const likeness = product / Math.sqrt(energy);
    if (likeness > bestLikeness) {
      best = offset;
      bestLikeness = likeness;
    }
  }
  return best;
}
