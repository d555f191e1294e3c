import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noticesList, renewNotices } from './notices.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('THIRD-PARTY-NOTICES.md', () => {
  it('lists the packages of the lock file: `npm run docs` renews it', () => {
    const text = read('THIRD-PARTY-NOTICES.md');
    expect(renewNotices(text, JSON.parse(read('package-lock.json')))).toBe(text);
  });
});

describe('noticesList', () => {
  it('sorts by licence and name, with nested packages and without those for development', () => {
    const packages = {
      '': { version: '1.0.0', license: 'MIT' },
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/b/node_modules/@s/a': { version: '3.0.0', license: 'ISC' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/tool': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/other': { version: '1.0.0', license: 'MIT', peer: true },
    };
    expect(noticesList({ packages })).toBe('\n### ISC\n\n@s/a 3.0.0\n\n### MIT\n\na 1.0.0,\nb 2.0.0\n');
  });

  it('refuses a package that names no licence', () => {
    expect(() => noticesList({ packages: { 'node_modules/x': { version: '1.0.0' } } })).toThrow(
      'x 1.0.0 names no licence',
    );
  });
});
