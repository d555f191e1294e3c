import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChromiumError, findChromium } from './find-chromium.ts';

describe('findChromium', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic2-programs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function program(name: string): string {
    const path = join(folder, name);
    writeFileSync(path, '', { mode: 0o755 });
    return path;
  }

  it('takes the one that CHROMIUM_PATH names, whatever is installed', () => {
    program('chromium');
    const other = program('my-browser');
    expect(findChromium({ CHROMIUM_PATH: other, PATH: folder })).toBe(other);
  });

  it('says so where CHROMIUM_PATH names no program', () => {
    const path = join(folder, 'nothing');
    expect(() => findChromium({ CHROMIUM_PATH: path, PATH: folder })).toThrow(ChromiumError);
    expect(() => findChromium({ CHROMIUM_PATH: path })).toThrow(`CHROMIUM_PATH is ${path}`);
  });

  it('finds the usual names on the PATH, and passes over what cannot be run', () => {
    writeFileSync(join(folder, 'chromium'), '', { mode: 0o644 });
    const chrome = program('google-chrome');
    expect(findChromium({ PATH: ['/nowhere', folder].join(delimiter) })).toBe(chrome);
  });
});
