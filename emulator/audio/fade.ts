/** Length of a fade that hides a break in a stream: 5 ms at 48 kHz. */
export const fadeSamples = 240;

/** Raises the gain from 0 to 1 in a straight line over the first 5 ms, in place. */
export function fadeIn(pcm: Int16Array): void {
  const length = Math.min(fadeSamples, pcm.length);
  for (let i = 0; i < length; i += 1) pcm[i] = Math.round((pcm[i]! * i) / length);
}

/** Lowers the gain from 1 to 0 in a straight line over all samples, in place. */
export function fadeOut(pcm: Int16Array): void {
  for (let i = 0; i < pcm.length; i += 1) pcm[i] = Math.round(pcm[i]! * (1 - i / pcm.length));
}
