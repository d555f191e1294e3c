import type { VideoFigure, VideoRound } from './run.ts';

/** The emulator may cost no more than FFmpeg. */
const barRatio = 1;
/** Sound is mixed every 20 ms, and must not wait longer for the picture. */
const barHoldMs = 5;

/** @returns the middle one; `undefined` of none */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return (low + high) / 2;
}

/** Emulator : ffmpeg; the median of the rounds' own ratios, since each round was made under the same load. */
export function ratioOf({ emulator, ffmpeg }: VideoFigure): number | undefined {
  return median(ffmpeg.map((round, i) => emulator[i]!.cpuPerSecond / round.cpuPerSecond));
}

/** The figures as text, one row for each room. */
export function videoTable(figures: readonly VideoFigure[]): string {
  const rows = figures.map((figure) => {
    const ratio = ratioOf(figure);
    return [
      String(figure.members),
      `${figure.memberSize.width}x${figure.memberSize.height}`,
      cpu(figure.emulator),
      cpu(figure.ffmpeg),
      ratio === undefined ? '-' : ratio.toFixed(2),
      ratio === undefined ? '' : `${ratio <= barRatio ? '≤' : '>'} ${barRatio.toFixed(1)}`,
      kbps(figure.emulator),
      kbps(figure.ffmpeg),
    ];
  });
  const heading = ['N', 'of', 'emulator', 'ffmpeg', 'ratio', 'bar', 'kbit/s', 'kbit/s (ffmpeg)'];
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => row.map((text, column) => text.padStart(widths[column]!)).join('   ')).join('\n');
}

/** Whether the bars hold: a sentence each. */
export function videoNotes(figures: readonly VideoFigure[]): string[] {
  const ratios = figures.flatMap((figure) => ratioOf(figure) ?? []);
  const longest = Math.max(
    ...figures.flatMap(({ emulator }) => emulator.map((round) => round.longestHoldMs ?? 0)),
  );
  const worst = Math.max(...ratios);
  const verdict = (holdsBar: boolean) => (holdsBar ? 'The bar holds' : 'The bar does not hold');
  return [
    ...(ratios.length === 0
      ? ['Without ffmpeg there is nothing to compare with.']
      : [
          `At most ffmpeg’s cost is promised; the worst ratio is ${worst.toFixed(2)}. ${verdict(worst <= barRatio)}.`,
        ]),
    `At most ${barHoldMs} ms of work at one go are promised on the thread that mixes sound; the longest was ` +
      `${longest.toFixed(1)} ms. ${verdict(longest <= barHoldMs)}.`,
  ];
}

function cpu(rounds: readonly VideoRound[]): string {
  return median(rounds.map(({ cpuPerSecond }) => cpuPerSecond))?.toFixed(3) ?? '-';
}

function kbps(rounds: readonly VideoRound[]): string {
  const rate = median(rounds.map(({ bytes, frames }) => (bytes * 8 * 25) / frames / 1000));
  return rate === undefined ? '-' : rate.toFixed(0);
}
