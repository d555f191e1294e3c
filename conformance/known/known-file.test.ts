import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJsonWithLines } from './json-lines.ts';
import { KnownFileError, parseKnown, readKnownFile } from './known-file.ts';

const ids = ['audio.delay', 'audio.all.everybody', 'video.grid.cells'];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-known-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('a file of known failures', () => {
  it('is a list of ids or patterns with reasons', () => {
    const entries = [
      { id: 'audio.delay', reason: 'slow network' },
      { id: 'video.*', reason: 'no camera', target: 'http://lab*', until: '2027-01-31' },
    ];
    expect(parseKnown(JSON.stringify(entries), ids)).toEqual(entries);
    expect(parseKnown('\ufeff[]', ids)).toEqual([]);
    const longest = [{ id: 'audio.delay', reason: 'x'.repeat(2000) }];
    expect(parseKnown(JSON.stringify(longest), ids)).toEqual(longest);
  });

  it.each([
    ['', 'line 1: it ends too early'],
    ['{}', 'line 1: known failures are a list'],
    ['[\n 1\n]', 'line 2, entry 1: an entry is an object'],
    ['[\n {"id": "audio.delay"}\n]', 'line 2, reason of entry 1: it is missing'],
    ['[\n {\n"reason": "x"}]', 'line 2, id of entry 1: it is missing'],
    ['[{"id": "audio.delay",\n"reason": 7}]', 'line 2, reason of entry 1: a text is wanted here'],
    ['[{"id": "audio.delay",\n"reason": "  "}]', 'line 2, reason of entry 1: a text is wanted here'],
    [
      '[{"id": "audio.delay", "reason": "x"},\n{"id":\n"audio.nothing", "reason": "x"}]',
      'line 3, id of entry 2: no',
    ],
    [
      '[{"id": "audio.delay", "reason": "x",\n"note": "x"}]',
      'line 2, note of entry 1: there is no such field',
    ],
    ['[{"id": "audio.delay", "reason": "x",\n"until": "soon"}]', 'line 2, until of entry 1: a day is wanted'],
    ['[{"id": "audio.delay", "reason": "x", "until": "2027-02-30"}]', 'line 1, until of entry 1: a day is'],
    ['[{"id": "audio.delay", "reason": "x"}\n{}]', 'line 2: a comma or ] is missing'],
    ['[{"id": "audio.delay"\n"reason": "x"}]', 'line 2: a comma or } is missing'],
    ['[{"id": "audio.delay", "id": "x"}]', 'line 1: "id" stands there twice'],
    ['[{"id": "audio.del\nay"}]', 'line 1: a text is not closed'],
    ['[nothing]', 'line 1: this is no value of JSON'],
    [
      `[{"id": "audio.delay", "reason": "${'x'.repeat(2001)}"}]`,
      'line 1, reason of entry 1: a text has at most 2000 characters',
    ],
    ['[] []', 'line 1: something stands after'],
    [`${'['.repeat(100_000)}`, 'line 1: it is nested too deeply'],
    [
      '[{"id": "audio.delay", "reason": "\\ud800", "__proto__": "x"}]',
      '__proto__ of entry 1: there is no such',
    ],
  ])('is refused with line and field: %j', (text, message) => {
    expect(() => parseKnown(text, ids)).toThrow(message);
  });

  it('is refused with its name', async () => {
    const file = join(folder, 'known.json');
    await writeFile(file, '[\n{"id": "nothing.*", "reason": "x"}]');
    await expect(readKnownFile(file, ids)).rejects.toThrow(
      `${file}: line 2, id of entry 1: no clause is called nothing.*; mosaic2 conformance --list shows them all`,
    );
    await expect(readKnownFile(join(folder, 'missing'), ids)).rejects.toThrow(KnownFileError);
    await expect(readKnownFile(folder, ids)).rejects.toThrow('cannot be read');
    await writeFile(file, `[${' '.repeat(1_000_001)}]`);
    await expect(readKnownFile(file, ids)).rejects.toThrow('larger than 1 MB');
  });
});

describe('parseJsonWithLines', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), null, indent);
        expect(parseJsonWithLines(written).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('knows lines', () => {
    const json = parseJsonWithLines('\n[\n1, {"a":\n [2]}\n]');
    expect([[], [0], [1], [1, 'a'], [1, 'a', 0], [1, 'b']].map((path) => json.lineOf(path))).toEqual([
      2, 3, 3, 4, 4, 3,
    ]);
  });
});
