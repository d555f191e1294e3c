const mostNames = 3;
/** More of a pattern is not looked at; ids are shorter. */
const mostCharacters = 60;

/**
 * What somebody may have meant by a pattern that matches no id: ids that hold its text, then ids and groups of
 * ids that are spelled alike.
 * @returns at most three, the closest first; none where nothing is close
 */
export function closeNames(pattern: string, ids: readonly string[]): string[] {
  const wanted = pattern.slice(0, mostCharacters).toLowerCase();
  const text = wanted.replace(/^[*.]+|[*.]+$/g, '');
  if (text === '') return [];
  const groups = groupsOf(ids);
  const own = groups.filter((group) => group === `${text}.*`);
  const holding = ids.filter((id) => id.includes(text));
  const alike = [...ids, ...groups]
    .map((name) => ({ name, distance: editDistance(wanted, name) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(text.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
  return [...new Set([...own, ...holding, ...alike])].slice(0, mostNames);
}

/** `audio.*` and `audio.mute.*` of `audio.mute.silences`. */
function groupsOf(ids: readonly string[]): string[] {
  const groups = ids.flatMap((id) => {
    const parts = id.split('.');
    return parts.slice(1).map((_, i) => `${parts.slice(0, i + 1).join('.')}.*`);
  });
  return [...new Set(groups)];
}

/** How many characters have to be put in, left out or replaced (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
