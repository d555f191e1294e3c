/** `a3` from `{"track_id":"a3"}`; bare strings and numbers are understood too, for nothing is said of all shapes. */
export function trackIdOf(json: unknown): string | undefined {
  const value = typeof json === 'object' && json !== null && 'track_id' in json ? json.track_id : json;
  if (typeof value === 'number') return `a${value}`;
  return typeof value === 'string' && /^a?\d+$/.test(value) ? `a${value.replace('a', '')}` : undefined;
}
