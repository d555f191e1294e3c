/** A stream needs one sequence and one picture parameter set; more than this are not kept. */
const maxSets = 16;
const maxSetBytes = 4096;

/**
 * Reads `sprop-parameter-sets` of an fmtp line (RFC 6184 §8.1): base64, separated by commas.
 *
 * @returns NAL units without start codes, not looked at yet; what is no base64, empty or too long is left out
 */
export function readSpropParameterSets(value: string | undefined): Buffer[] {
  const sets: Buffer[] = [];
  for (const text of (value ?? '').split(',', maxSets)) {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length > (maxSetBytes * 4) / 3) continue;
    const set = Buffer.from(text, 'base64');
    if (set.length > 0) sets.push(set);
  }
  return sets;
}
