import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A block of code of a page, and what the comments right before it say of it. */
export interface CodeBlock {
  /** `docs/api.md` */
  readonly page: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** Number of the `##` heading that it stands under; 0 before the first. */
  readonly section: number;
  /** `sh`, `json`; empty where it says none. */
  readonly language: string;
  readonly text: string;
  /** `<!-- file: chat.conf -->`: it is written to that file. */
  readonly file?: string;
  /** `<!-- output -->`: what the commands before it say; `…` stands for anything. */
  readonly isOutput: boolean;
  /** `<!-- exit: 2 -->`: the commands end so; otherwise 0. */
  readonly exitCode: number;
  /** `<!-- not run: needs a browser -->` */
  readonly notRun?: string;
}

/** All pages with code for people: those of `docs/` and the README. */
export function pagesWithCode(): readonly string[] {
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', ...pages.sort().map((name) => `docs/${name}`)];
}

const blockPattern = /(?<marks>(?:<!-- .*? -->\n)*)```(?<language>\w*)\n(?<text>.*?)^```$/gms;
const markPattern = /<!-- (?<name>file|output|exit|not run)(?:: (?<value>.*?))? -->/g;

/** The blocks of a page, in its order. */
export function readBlocks(page: string): readonly CodeBlock[] {
  const source = readFileSync(join(root, page), 'utf8');
  return [...source.matchAll(blockPattern)].map((match) => {
    const { marks = '', language = '', text = '' } = match.groups!;
    const said = new Map(
      [...marks.matchAll(markPattern)].map(({ groups }) => [groups!.name!, groups!.value]),
    );
    return {
      page,
      line: source.slice(0, match.index + marks.length).split('\n').length,
      section: source.slice(0, match.index).match(/^## /gm)?.length ?? 0,
      language,
      text,
      isOutput: said.has('output'),
      exitCode: Number(said.get('exit') ?? 0),
      ...(said.has('file') && { file: said.get('file')! }),
      ...(said.has('not run') && { notRun: said.get('not run')! }),
    };
  });
}

/** Opening and closing fences of a page: two for each block that was read. */
export function countFences(page: string): number {
  return readFileSync(join(root, page), 'utf8').match(/^\s*```/gm)?.length ?? 0;
}

/** The commands of a shell block: lines that end with a backslash go on, comments and empty lines are none. */
export function commandsOf(text: string): readonly string[] {
  return text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * Whether somebody who runs the commands sees what the page shows: white space at the ends of lines does not matter,
 * and `…` stands for anything.
 */
export function saysSo(said: string, shown: string): boolean {
  const normal = (text: string) => text.replace(/[ \t\r]+$/gm, '').trim();
  const parts = normal(shown).split('…');
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*?');
  return new RegExp(pattern, 's').test(normal(said));
}

/** What a link of a page may lead to within it: its headings, as GitHub and GitLab name them, and its own ids. */
export function anchorsOf(page: string): readonly string[] {
  const source = readFileSync(join(root, page), 'utf8');
  const headings = [...source.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
  return [...headings, ...[...source.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!)];
}
