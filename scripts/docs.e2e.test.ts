import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anchorsOf,
  type CodeBlock,
  commandsOf,
  countFences,
  pagesWithCode,
  readBlocks,
  saysSo,
} from './docs-blocks.ts';
import { DocsPlace } from './docs-place.ts';
import { allReasons, notRunPages, testedElsewhere, whyNotRun } from './docs-reasons.ts';

const root = join(import.meta.dirname, '..');
const pages = pagesWithCode();
const here = pages.filter(
  (page) => !(page in testedElsewhere || page in notRunPages) && readBlocks(page).length > 0,
);

/** Each `docs/api.md:12 npm ci: why`. */
const notRun: string[] = [];

beforeAll(() => {
  // Incremental: nothing is done where nothing has changed.
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
}, 300_000);

afterAll(() => console.log(`Not run, and why:\n${notRun.map((line) => `  ${line}`).join('\n')}`));

const placeOf = ({ page, line }: CodeBlock) => `${page}:${line}`;

/** Runs the commands of a block. @returns all that was said */
async function runShell(place: DocsPlace, block: CodeBlock): Promise<string> {
  let said = '';
  for (const command of commandsOf(block.text)) {
    const reason = block.notRun ?? whyNotRun(command);
    if (reason !== undefined) {
      notRun.push(`${placeOf(block)} ${command.replace(/ +#.*/, '')}: ${reason}`);
      continue;
    }
    const { code, output } = await place.run(command, block.exitCode === 0);
    expect(code, `${placeOf(block)} ${command}\n${output}`).toBe(block.exitCode);
    said += output;
  }
  return said;
}

describe('the code blocks of the documentation', () => {
  it.each(pages)('are all read: %s', (page) => {
    expect(countFences(page)).toBe(2 * readBlocks(page).length);
  });

  it.each(Object.entries(testedElsewhere))('of %s are run by %s', (page, test) => {
    notRun.push(`${page}: ${test} runs its code`);
    expect(pages).toContain(page);
    expect(readFileSync(join(root, test), 'utf8')).toContain(page);
  });

  it.each(Object.entries(notRunPages))('of %s are not run: %s', (page, reason) => {
    notRun.push(`${page}: ${reason}`);
    expect(pages).toContain(page);
  });

  it('are left out for reasons that hold: what is said to run them is there', () => {
    const named = allReasons.flatMap((reason) => reason.match(/[\w./-]+\.(test\.ts|md)|\.ci\/run/g) ?? []);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it.each(here)(
    'do what they say: %s',
    async (page) => {
      const place = await DocsPlace.create();
      let said = '';
      let hasShown = true;
      const files = new Set<string>();
      /** An error that a server answers has to be one that the page shows. */
      const requireNoError = () => expect(hasShown || !said.includes('"error":'), said).toBe(true);
      try {
        let section = 0;
        for (const block of readBlocks(page)) {
          // Whoever reads on has pressed Ctrl-C; a machine with bots on it is a busy one.
          if (block.section !== section) await place.endBots();
          section = block.section;
          if (block.file !== undefined) {
            await place.write(block.file, block.text);
            files.add(block.file);
          } else if (block.language === 'sh') {
            requireNoError();
            for (const file of files) if (block.text.includes(file)) files.delete(file);
            said = await runShell(place, block);
            hasShown = false;
          } else if (block.isOutput) {
            expect(
              saysSo(said, block.text),
              `${placeOf(block)} shows\n${block.text}\nbut it is\n${said}`,
            ).toBe(true);
            hasShown = true;
          } else if (block.language === 'json' && block.notRun === undefined) {
            expect(() => JSON.parse(block.text), placeOf(block)).not.toThrow();
          } else {
            expect(block.notRun, `${placeOf(block)} is neither run nor says why not`).toBeTypeOf('string');
            notRun.push(`${placeOf(block)}: ${block.notRun}`);
          }
        }
        requireNoError();
        expect([...files], 'files that no command uses').toEqual([]);
      } finally {
        await place.close();
      }
    },
    300_000,
  );
});

describe('the links of the documentation', () => {
  it.each(pages)('lead to what is there: %s', (page) => {
    const source = readFileSync(join(root, page), 'utf8');
    const links = [...source.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const missing = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });
});
