/** Letters of 3 by 5 dots, row by row, the most significant bit first. */
const letters: Readonly<Record<string, readonly number[]>> = {
  F: [7, 4, 6, 4, 4],
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 1, 2, 2],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
};

/** The dots that are white in `F` and the bot's number with two digits: columns 0..10, rows 0..4. */
export function labelDots(bot: number): readonly { readonly column: number; readonly row: number }[] {
  const text = `F${String(bot).padStart(2, '0')}`;
  return [...text].flatMap((letter, place) =>
    (letters[letter] ?? []).flatMap((bits, row) =>
      [0, 1, 2].filter((dot) => (bits >> (2 - dot)) & 1).map((dot) => ({ column: place * 4 + dot, row })),
    ),
  );
}
