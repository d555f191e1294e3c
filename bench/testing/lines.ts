import { median } from '../../conformance/analysis/statistics.ts';
import type { HeldByMany } from './many-emulators-process.ts';
import type { TestingFigures } from './run.ts';

/** What is promised of a machine that has nothing else to do. */
const bars = { startMs: 300, heardMs: 1500, growthPercent: 5 };

/** The figures as lines, each with its bar. */
export function testingLines({ firstRooms, alone, withBots }: TestingFigures): string[] {
  const ms = (values: readonly number[]) =>
    `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
  return [
    `loading the package: ${ms(firstRooms.map(({ loadMs }) => loadMs))}`,
    `startEmulator() until ready: ${ms(firstRooms.map(({ startMs }) => startMs))}; bar ${bars.startMs} ms`,
    `startEmulator() until two bots hear each other: ${ms(firstRooms.map(({ heardMs }) => heardMs))}; bar ${bars.heardMs} ms`,
    leftLine('emulators', alone),
    leftLine('emulators with two bots each', withBots),
  ];
}

function leftLine(what: string, { before, after, urls }: HeldByMany): string {
  const growth = (100 * (after.rssBytes - before.rssBytes)) / before.rssBytes;
  const more = (of: 'handles' | 'descriptors' | 'temporaryFiles') => after[of].length - before[of].length;
  const memory = `memory ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} %, bar ${bars.growthPercent} %`;
  return `${urls.length} ${what} leave ${more('handles')} handles, ${more('descriptors')} descriptors, ${more('temporaryFiles')} files; ${memory}`;
}
