/** What a row is about. */
export interface RoomKind {
  readonly members: number;
  /** Of the room's tracks. */
  readonly bitrateKbps: number;
  /** Share of the packets that are lost, 0 to 1. */
  readonly loss: number;
}

/** One row: a kind of room, and how often a leak of each level was found in it. */
export interface SensitivityRow extends RoomKind {
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

/** The rows of a page that holds one such table; none where it holds none. */
export function readSensitivityTable(page: string): SensitivityRow[] {
  const [heading, , ...lines] = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map(cellsOf);
  const leaksDb = heading?.filter((cell) => /^-\d+ dB$/.test(cell)).map((cell) => Number.parseInt(cell, 10));
  if (leaksDb === undefined || leaksDb.length === 0) return [];
  return lines.map((cells) => {
    const [members, bitrateKbps, lossPercent] = cells.slice(0, 3).map((cell) => Number.parseInt(cell, 10));
    const counts = cells.slice(3, -1).map((cell) => cell.split('/').map(Number));
    return {
      members: members!,
      bitrateKbps: bitrateKbps!,
      loss: lossPercent! / 100,
      trials: counts[0]![1]!,
      falseAlarms: counts.at(-1)![0]!,
      found: leaksDb.map((leakDb, i) => ({ leakDb, times: counts[i]![0]! })),
    };
  });
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
