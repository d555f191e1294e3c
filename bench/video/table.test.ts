import { describe, expect, it } from 'vitest';
import type { VideoFigure } from './run.ts';
import { median, ratioOf, videoNotes, videoTable } from './table.ts';

const round = (cpuPerSecond: number, longestHoldMs?: number) => ({
  cpuPerSecond,
  cpuSeconds: cpuPerSecond * 4,
  frames: 100,
  bytes: 750_000,
  ...(longestHoldMs !== undefined && { longestHoldMs }),
});

const figure = (emulator: number[], ffmpeg: number[], longestHoldMs = 1): VideoFigure => ({
  members: 4,
  memberSize: { width: 320, height: 180 },
  emulator: emulator.map((cpu) => round(cpu, longestHoldMs)),
  ffmpeg: ffmpeg.map((cpu) => round(cpu)),
});

describe('the table of the video benchmark', () => {
  it('compares round by round, and takes the middle', () => {
    expect(ratioOf(figure([0.1, 0.3, 0.2], [0.2, 0.3, 0.1]))).toBe(1);
    expect(ratioOf(figure([0.1], []))).toBeUndefined();
    expect([median([]), median([3, 1]), median([9, 1, 2])]).toEqual([undefined, 2, 2]);
  });

  it('has one row for each room', () => {
    expect(videoTable([figure([0.09], [0.1])]).split('\n')).toEqual([
      'N        of   emulator   ffmpeg   ratio     bar   kbit/s   kbit/s (ffmpeg)',
      '4   320x180      0.090    0.100    0.90   ≤ 1.0     1500              1500',
    ]);
  });

  it('says whether the bars hold, and what it could not compare', () => {
    expect(videoNotes([figure([0.09], [0.1])])).toEqual([
      expect.stringMatching(/worst ratio is 0\.90\. The bar holds\./),
      expect.stringMatching(/longest was 1\.0 ms\. The bar holds\./),
    ]);
    expect(videoNotes([figure([0.2], [0.1], 9)]).every((note) => note.includes('does not hold'))).toBe(true);
    expect(videoNotes([figure([0.2], [])])[0]).toMatch(/nothing to compare/);
  });
});
