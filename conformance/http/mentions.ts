/**
 * Whether an answer names something, such as a room. The shapes of lists are not documented: it is enough that the name
 * stands somewhere in them, as a text or as the name of a member.
 */
export function mentions(
  { json, body }: { readonly json: unknown; readonly body: string },
  name: string,
): boolean {
  return json === undefined ? body.includes(name) : holds(json, name);
}

function holds(json: unknown, name: string): boolean {
  const waiting: unknown[] = [json];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value === name) return true;
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value) && Object.hasOwn(value, name)) return true;
    for (const inner of Object.values(value)) waiting.push(inner);
  }
  return false;
}
