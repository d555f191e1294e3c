import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConformance } from '../index.ts';
import { emulatorWith } from '../record/test-emulator.ts';
import { killRunning } from '../run/testing-command.ts';
import { urlTarget } from '../targets/url.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-limit-'));
});

afterEach(async () => {
  killRunning();
  await rm(folder, { recursive: true });
});

const documented = ['video.grid.colours', 'video.grid.everybody', 'video.grid.upright'];
const observed = ['video.canvas', 'video.grid.cells', 'video.grid.pixels'];
const ofTenMembers = 'video.grid.shapes';

/** Clauses, by default those on the grid, of a server that permits so many members. */
async function judged(maxMembers: number, filter = [...documented, ...observed, ofTenMembers]) {
  const profile = join(folder, 'profile.json');
  await writeFile(profile, JSON.stringify({ rooms: { maxMembers } }));
  const url = await emulatorWith(folder, profile);
  const { results } = await runConformance({
    target: urlTarget(url, { rooms: ['pictures'] }),
    selection: { filter, exclude: [] },
  });
  return new Map(results.map((result) => [result.clause.id, result]));
}

/** A busy machine takes its time to let everybody in. */
const patient = { timeout: 120_000 };

describe('a server that permits few members', () => {
  it('has its grids judged up to that many, and it is said where that was', patient, async () => {
    const results = await judged(6);
    for (const id of documented) {
      expect(results.get(id), id).toMatchObject({
        verdict: 'pass',
        actual: expect.stringMatching(
          /^so with 1, 2, 3, 4, 5, 6 members; a room takes no more than 6: .* 4\d\d/,
        ),
      });
    }
    for (const id of observed) {
      expect(results.get(id), id).toMatchObject({
        verdict: 'observed',
        actual: expect.stringContaining('; a room takes no more than 6: '),
      });
    }
    expect(results.get('video.grid.cells')!.actual).toMatch(/6: 0: \d+x\d+.*, 5: \d+x\d+/);
    expect(results.get(ofTenMembers)).toMatchObject({
      verdict: 'not-applicable',
      reason: expect.stringMatching(/^it looks at 10 members, and a room takes no more than 6: .* 4\d\d/),
    });
  });

  it('has its sound judged where so many are enough', patient, async () => {
    const results = await judged(3, ['audio.others.quiet-tones', 'audio.rooms.apart']);
    expect(results.get('audio.rooms.apart')).toMatchObject({ verdict: 'pass' });
    expect(results.get('audio.others.quiet-tones')).toMatchObject({
      verdict: 'not-applicable',
      reason: expect.stringMatching(/^it needs more members, and a room takes no more than 3: .* 4\d\d/),
    });
  });

  it('of one has no grid to be judged', patient, async () => {
    for (const [id, result] of await judged(1)) {
      expect(result, id).toMatchObject({
        verdict: 'not-applicable',
        reason: expect.stringContaining('a room takes no more than 1: add_stream is answered 4'),
      });
    }
  });
});
