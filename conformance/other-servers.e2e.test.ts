import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from './http/api-client.ts';
import { roomNamesOf } from './http/room-names.ts';
import { type Report, readProfileFile, runConformance } from './index.ts';
import { examinationLines, examine } from './preflight/examination.ts';
import { emulatorWith } from './record/test-emulator.ts';
import { otherServers } from './record/test-other-servers.ts';
import { killRunning, mosaic2 } from './run/testing-command.ts';
import { urlTarget } from './targets/url.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-other-'));
});

afterEach(async () => {
  killRunning();
  await rm(folder, { recursive: true });
});

/** A busy machine takes its time. */
const patient = { timeout: 120_000 };

interface OtherServer {
  readonly profile: object;
  readonly config?: string;
  /** Judges by the profile as well. */
  readonly judged?: boolean;
}

async function startOther({ profile, config }: OtherServer) {
  const file = join(folder, 'profile.json');
  await writeFile(file, JSON.stringify(profile));
  const target = urlTarget(await emulatorWith(folder, file, config), {
    rooms: config === undefined ? ['pictures'] : [],
  });
  return { file, target };
}

/** Verdicts by id, and what the report says of the server. */
async function verdictsOf(server: OtherServer, filter: readonly string[]) {
  const { file, target } = await startOther(server);
  const { results, notes = [] } = await runConformance({
    target,
    selection: { filter, exclude: [] },
    ...(server.judged && { profile: await readProfileFile(file) }),
  });
  const rooms = roomNamesOf((await new ApiClient(target).manager('list_room', [])).json);
  const verdicts = Object.fromEntries(
    results.map(({ clause, verdict, reason }) => [
      clause.id,
      verdict === 'not-applicable' ? `${verdict}: ${reason}` : verdict,
    ]),
  );
  const failures = results.flatMap(({ clause, verdict, actual, reason }) =>
    // What the instrument could not measure on a busy machine says nothing of the server.
    (verdict === 'fail' || verdict === 'error') && !/too busy/.test(reason ?? '')
      ? [`${clause.id} ${verdict}: ${actual ?? reason}`]
      : [],
  );
  return { verdicts, failures, notes, rooms };
}

describe('a server that decides otherwise what the documentation leaves open', () => {
  const looked = [
    'api.*',
    'audio.all.everybody',
    'audio.*.quiet-tones',
    'audio.join.*',
    'audio.leave.*',
    'audio.rejoin.*',
    'audio.mute.*',
    'play.change-tracks',
  ];
  /** With a picture after a mute_video that may last, in cells that are filled by cutting. */
  const lookedAndSeen = [...looked, 'video.leave.gone', 'video.mute-video.covers', 'video.mute-video.twice'];

  it.each([
    ['odd', false, lookedAndSeen],
    ['strange', true, looked],
  ] as const)('passes as the default does: %s', patient, async (name, judged, filter) => {
    // How many members a room takes is another matter: clauses of many are not to be had there.
    const { maxMembers: _, ...rooms } = otherServers[name].rooms;
    const profile = { ...otherServers[name], rooms };
    const { verdicts, failures, rooms: left } = await verdictsOf({ profile, judged }, filter);
    // What the page does show: an object with track_id, and the name all.
    const shown = ['api.add-stream ', 'api.stat ', 'api.stat.names '];
    expect(failures.filter((line) => !shown.some((id) => line.startsWith(id)))).toEqual([]);
    expect(Object.values(verdicts).filter((verdict) => verdict === 'pass').length).toBeGreaterThan(15);
    expect(Object.values(verdicts).filter((verdict) => verdict.startsWith('not'))).toEqual([]);
    expect(left).toEqual(['pictures']);
  });
});

describe('a server whose calls go to the only room there is', () => {
  const profile = { rooms: { namesInPath: false } };
  const looked = ['api.stat', 'audio.minus-self.quiet-tones', 'video.grid.everybody', 'audio.rooms.apart'];

  it('is measured in the room that it has', patient, async () => {
    const { verdicts, notes, rooms } = await verdictsOf({ profile }, looked);
    expect(verdicts).toEqual({
      'api.stat': 'pass',
      'audio.minus-self.quiet-tones': 'pass',
      'video.grid.everybody': 'pass',
      'audio.rooms.apart': expect.stringMatching(
        /^not-applicable: it needs several rooms at once, and calls go/,
      ),
    });
    expect(notes).toEqual([
      expect.stringMatching(/^Calls go to the path …\/room, which means the only room/),
    ]);
    expect(rooms).toEqual(['pictures']);
  });

  it('is measured in one room after the other where it has none, and is said to be so', patient, async () => {
    const config = 'http 127.0.0.1:0; edit_auth user pass;';
    const server = { profile, config };
    const { verdicts, rooms } = await verdictsOf(server, [...looked, 'api.*', 'audio.opus.frame-duration']);
    const { 'audio.rooms.apart': apart, 'video.grid.everybody': grid, ...others } = verdicts;
    expect([apart, grid]).toEqual([
      expect.stringContaining('several rooms at once'),
      expect.stringContaining('no room with disable_video=false'),
    ]);
    for (const [id, verdict] of Object.entries(others))
      expect([id, verdict]).toEqual([id, expect.stringMatching(/pass|observed/)]);
    expect(rooms).toEqual([]);
  });

  it('is advised to have one room with a picture, not several', patient, async () => {
    const { target } = await startOther({ profile, config: 'http 127.0.0.1:0; edit_auth user pass;' });
    const lines = examinationLines(target, await examine(target)).join('\n');
    expect(lines).toMatch(/Calls go to the path …\/room, .*and then: --room pictures-1$/s);
  });

  it('is looked at where that room has the documented name', patient, async () => {
    const config =
      'http 127.0.0.1:0; edit_auth user pass; stream room { input mosaic2:// disable_video=false; }';
    const { target } = await startOther({ profile, config });
    const lent = urlTarget(target.url.replace('://', '://user:pass@'), { rooms: ['room'] });
    const { notes, lacks } = await examine(lent);
    expect(notes).toEqual([expect.stringContaining('the only room there is')]);
    expect(lacks).toEqual([]);
  });

  it('is not called where it has rooms that nobody lent', patient, async () => {
    const config =
      'http 127.0.0.1:0; edit_auth user pass; stream one { input mosaic2://; } stream two { input mosaic2://; }';
    const { target } = await startOther({ profile, config });
    const lines = examinationLines(target, await examine(target)).join('\n');
    expect(lines).toContain('stat is answered 400, and it has 2 rooms');
  });
});

describe('a server that lends one room', () => {
  it('has its picture looked at in turns, by the command line', patient, async () => {
    const target = await emulatorWith(folder);
    const filter = 'video.grid.everybody,video.join.seen';
    const options = ['--room', 'pictures', '--filter', filter, '--reporter', 'json', '--out', folder];
    const { exit, output } = mosaic2('conformance', '--target', target, ...options);
    expect([await exit, output.err]).toEqual([0, '']);
    const { results } = JSON.parse(await readFile(join(folder, 'latest', 'report.json'), 'utf8')) as Report;
    expect(results.map(({ clause, verdict }) => [clause.id, verdict])).toEqual([
      ['video.grid.everybody', 'pass'],
      ['video.join.seen', 'pass'],
    ]);
    const left = await new ApiClient(urlTarget(target)).room('pictures', 'stat', []);
    expect(left.json).toEqual({ count: 1, clients: ['all'] });
  });
});
