import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ConsoleStream, createConsoleReporter } from './console.ts';
import { runningText } from './console-lines.ts';
import { hostileReport, hostileTexts } from './sample-hostile.ts';
import { sampleReport } from './sample-report.ts';

/** A stream that keeps what is written to it, and a terminal where told. */
class RecordingStream extends Writable {
  readonly isTTY: boolean;
  readonly columns = 80;
  text = '';

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  cursorTo(): boolean {
    return true;
  }

  moveCursor(): boolean {
    return true;
  }

  clearLine(): boolean {
    return true;
  }
}

function runOn(
  stream: ConsoleStream,
  environment: Record<string, string> = {},
  report = sampleReport(),
): void {
  const reporter = createConsoleReporter({ stream, environment });
  reporter.runStarted({ clauses: report.results.map((result) => result.clause), target: report.target.name });
  for (const result of report.results) {
    reporter.clauseStarted(result.clause);
    reporter.clauseFinished(result);
  }
  void reporter.runFinished(report);
  reporter.reportsWritten(['reports/run/index.html', 'reports/run/junit.xml']);
}

function plainRun(environment: Record<string, string> = {}, report = sampleReport()): string {
  const stream = new RecordingStream(false);
  runOn(stream, environment, report);
  return stream.text;
}

describe('the console reporter on a pipe', () => {
  const text = plainRun();
  const lines = text.split('\n');

  it('writes one line for each finished clause, with symbol, word, id, title and duration', () => {
    expect(lines[0]).toBe('22 clauses against emulator started by the suite');
    expect(lines).toContain('✔ passed          rooms.add  add_room makes a room  41 ms');
    expect(lines).toContain(
      '✘ failed          members.remove.track-id  remove_stream answers with the track of the member  31 ms',
    );
    expect(lines).toContain('– not applicable  video.grid.leave  A cell goes when its member leaves  1 ms');
    expect(lines).toContain(
      '✔ passed          audio.mute.server  mute-audio silences a member for everybody flaky  3.9 s',
    );
  });

  it('gives failures in full after the last clause', () => {
    const end = lines.slice(lines.findIndex((line) => line.includes('video.grid.leave')) + 1);
    expect(end).toContain('✘ failed  audio.gap.join');
    expect(end).toContain('  Expected     No gap of more than 40 ms in any track.');
    expect(end).toContain('  Actual       A gap of 60 ms in track a2, 0.7 s after bob joined.');
    expect(end).toContain('  Reproduce    mosaic2 conformance --seed 1482907 --only audio.gap.join');
    expect(end).toContain('⚠ error  audio.speech');
  });

  it('ends with the verdict, the counts and the paths of the report', () => {
    expect(text).toContain('✘ 3 of 16 judged clauses failed');
    expect(lines).toContain(
      'Clauses   22: 3 failed, 1 error, 13 passed, 3 observed, 2 not applicable, 1 flaky',
    );
    expect(lines.slice(-3)).toEqual([
      'Report    reports/run/index.html',
      '          reports/run/junit.xml',
      '',
    ]);
  });

  it('writes no escape sequence', () => {
    expect(text).not.toContain('\u001b');
  });

  it.each(hostileTexts)('writes no escape sequence of the target either: %j', (hostile) => {
    const steering = [...plainRun({}, hostileReport(hostile))].filter(
      (character) => character < ' ' && character !== '\n' && character !== '\t',
    );
    expect(steering).toEqual([]);
  });

  it('keeps hostile text to the lines it may have: one for each clause', () => {
    const report = hostileReport('a\nb\r\nc');
    const single = plainRun({}, report)
      .split('\n')
      .filter((line) => line.includes('a b c  a b c'));
    expect(single).toHaveLength(22);
  });
});

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, true],
    ['not on a pipe', false, {}, false],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
    ['on a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['not with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['not with NO_COLOR and FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('are used %s', (_name, isTTY, environment, coloured) => {
    const stream = new RecordingStream(isTTY);
    runOn(stream, environment);
    expect(stream.text.includes('\u001b[31m')).toBe(coloured);
  });
});

describe('the console reporter on a terminal', () => {
  afterEach(() => vi.useRealTimers());

  it('names all clauses that are running, and takes the spinner away at the end', () => {
    vi.useFakeTimers();
    const stream = new RecordingStream(true);
    const report = sampleReport();
    const [first, second] = report.results;
    const reporter = createConsoleReporter({ stream, environment: {} });
    reporter.runStarted({ clauses: report.results.map((result) => result.clause), target: 'x' });
    reporter.clauseStarted(first!.clause);
    reporter.clauseStarted(second!.clause);
    vi.advanceTimersByTime(200);
    expect(stripVTControlCharacters(stream.text)).toContain('0/22  rooms.add, rooms.list');
    reporter.clauseFinished(first!);
    vi.advanceTimersByTime(200);
    expect(stripVTControlCharacters(stream.text)).toMatch(/1\/22 {2}rooms\.list(?!.*rooms\.add, )/);
    void reporter.runFinished(report);
    const { length } = stream.text;
    vi.advanceTimersByTime(1000);
    expect(stream.text).toHaveLength(length);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be stopped twice, and before it began', () => {
    const reporter = createConsoleReporter({ stream: new RecordingStream(true), environment: {} });
    reporter.stop();
    reporter.runStarted({ clauses: [], target: 'x' });
    reporter.stop();
    expect(() => reporter.stop()).not.toThrow();
  });
});

describe('runningText', () => {
  it.each([
    [[], '3/22'],
    [['a.one'], '3/22  a.one'],
    [['a.one', 'b.two'], '3/22  a.one, b.two'],
    [['audio.minus-self.loud', 'audio.minus-self.quiet'], '3/22  audio.minus-self.loud and 1 more'],
    [['x'.repeat(90)], '3/22  1 clause running'],
  ])('fits the terminal: %j', (ids, text) => {
    const line = runningText(ids, { finished: 3, total: 22 }, 50);
    expect(line).toBe(text);
    expect(line.length).toBeLessThanOrEqual(48);
  });
});
