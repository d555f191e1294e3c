/**
 * The names in an answer to `list_room`. Its shape is not documented: a list, or an object with `rooms`, of
 * names or of objects that have one.
 * @param json undefined for a body that is no JSON
 * @returns undefined where it cannot be understood
 */
export function roomNamesOf(json: unknown): readonly string[] | undefined {
  const list = typeof json === 'object' && json !== null && 'rooms' in json ? json.rooms : json;
  if (!Array.isArray(list)) return undefined;
  const names = list.map(nameOf);
  return names.every((name) => name !== undefined) ? names : undefined;
}

function nameOf(room: unknown): string | undefined {
  const name = typeof room === 'object' && room !== null && 'name' in room ? room.name : room;
  return typeof name === 'string' ? name : undefined;
}
