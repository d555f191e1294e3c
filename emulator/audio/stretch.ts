/**
 * Plays a block a little faster or slower by linear interpolation: all of `input` is spread over all of
 * `output`. Both ends lie on whole samples, so that blocks before and after need no change. With equal
 * lengths it is a copy.
 */
export function stretch(input: Int16Array, output: Int16Array): void {
  if (input.length === output.length) {
    output.set(input);
    return;
  }
  const ratio = input.length / output.length;
  const last = input.length - 1;
  for (let i = 0; i < output.length; i += 1) {
    const position = i * ratio;
    const left = Math.floor(position);
    const a = input[left]!;
    const b = input[Math.min(left + 1, last)]!;
    output[i] = Math.round(a + (b - a) * (position - left));
  }
}
