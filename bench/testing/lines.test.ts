import { describe, expect, it } from 'vitest';
import { testingLines } from './lines.ts';

const held = (megabytes: number, handles: readonly string[] = []) => {
  return { rssBytes: megabytes * 1e6, handles, descriptors: ['/dev/null'], temporaryFiles: [] };
};

describe('testingLines', () => {
  it('has medians and what is left behind', () => {
    const firstRooms = [
      { loadMs: 100, startMs: 40, heardMs: 900 },
      { loadMs: 140, startMs: 50, heardMs: 1200 },
      { loadMs: 120, startMs: 60, heardMs: 1000 },
    ];
    const alone = { before: held(100), after: held(101), urls: ['a', 'b'] };
    const withBots = { before: held(200), after: held(190, ['Server']), urls: ['a'] };
    expect(testingLines({ firstRooms, alone, withBots })).toEqual([
      'loading the package: 120 ms (100 to 140)',
      'startEmulator() until ready: 50 ms (40 to 60); bar 300 ms',
      'startEmulator() until two bots hear each other: 1000 ms (900 to 1200); bar 1500 ms',
      '2 emulators leave 0 handles, 0 descriptors, 0 files; memory +1.0 %, bar 5 %',
      '1 emulators with two bots each leave 1 handles, 0 descriptors, 0 files; memory -5.0 %, bar 5 %',
    ]);
  });
});
