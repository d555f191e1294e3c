/** One row: a kind of room, and how often a leak of each level was found in it. */
export interface SensitivityRow {
  readonly members: number;
  readonly bitrateKbps: number;
  readonly loss: number;
  readonly trials: number;
  /** Runs without a leak in which one was found all the same. */
  readonly falseAlarms: number;
  /** By level of the leak in dB, the loudest first. */
  readonly found: readonly { readonly leakDb: number; readonly times: number }[];
}

/** From this level up, a leak was found every time; `undefined` where not even the loudest was. */
export function alwaysFoundFromDb({ found, trials }: SensitivityRow): number | undefined {
  const missed = found.findIndex(({ times }) => times < trials);
  return (missed === -1 ? found.at(-1) : found[missed - 1])?.leakDb;
}

/** The rows as a Markdown table. */
export function sensitivityTable(rows: readonly SensitivityRow[]): string {
  const levels = rows[0]?.found.map(({ leakDb }) => `${leakDb} dB`) ?? [];
  const heading = ['members', 'kbit/s', 'loss', ...levels, 'no leak', 'always found from'];
  const lines = rows.map((row) => {
    const from = alwaysFoundFromDb(row);
    return [
      String(row.members),
      String(row.bitrateKbps),
      `${100 * row.loss} %`,
      ...row.found.map(({ times }) => `${times}/${row.trials}`),
      `${row.falseAlarms}/${row.trials}`,
      from === undefined ? 'never' : `${from} dB`,
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---:')), ...lines.map(line)].join('\n');
}
