import { closest } from './closest.ts';
import type { DiagnosticList } from './diagnostic-list.ts';
import type { Word } from './tokens.ts';
import { type Directive, shorten } from './tree.ts';

/** What the reader of a directive is given: where it stands, and whom to tell what is wrong. */
export interface Context {
  readonly diagnostics: DiagnosticList;
  /** The blocks around it and the directive itself, outermost first. */
  readonly path: readonly string[];
}

/** Directives at the top of the file. */
export const serverDirectives = ['http', 'https', 'edit_auth', 'view_auth', 'stream', 'template'] as const;
/** Directives in a `stream` block. */
export const streamDirectives = ['input', 'url', 'password'] as const;
/** Directives in a `template` block. */
export const templateDirectives = [...streamDirectives, 'prefix'] as const;

/** The context of a directive in a block. */
export function enter(context: Context, directive: Directive): Context {
  const [first] = directive.words;
  const label = first === undefined ? directive.name.text : `${directive.name.text} ${first.text}`;
  return { diagnostics: context.diagnostics, path: [...context.path, shorten(label)] };
}

/**
 * The words of a directive that has to have exactly so many and no block.
 * @param usage how it is written, `edit_auth USER PASSWORD`
 * @returns `undefined` where it is written otherwise, which is then noted
 */
export function plainWords(
  directive: Directive,
  usage: string,
  context: Context,
): readonly Word[] | undefined {
  const { name, words, block } = directive;
  const expected = usage.split(' ').length - 1;
  if (words.length === expected && block === undefined) return words;
  const last = words.at(-1) ?? name;
  const surplus = words[expected];
  let message = `expected '${usage};'`;
  if (words.length === expected) message += ', without a block';
  // Without its ';' a directive swallows the next line.
  if (surplus !== undefined && surplus.line > name.line) message += `; is a ';' missing above this line?`;
  context.diagnostics.error(surplus ?? last, message, context.path);
  return undefined;
}

/**
 * The word on a later line that was surely meant as a directive: a directive without its `;` takes in the next
 * line, and a password that stands there would guard nothing.
 */
export function swallowedDirective(first: Word, others: readonly Word[]): Word | undefined {
  const known: readonly string[] = [...serverDirectives, ...templateDirectives];
  return others.find(({ line, text }, index) => {
    const before = others[index - 1] ?? first;
    return line > before.line && known.includes(text);
  });
}

/** Warns of a directive that nobody here reads, and goes on. */
export function passOver(directive: Directive, known: readonly string[], context: Context): void {
  const { name, words, block } = directive;
  const meant = closest(name.text, known);
  const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
  const what = block === undefined ? 'directive' : 'block';
  const message = `this emulator does not know the ${what} '${shorten(name.text)}' and passes over it${hint}`;
  context.diagnostics.warn(name, message, context.path);
  const swallowed = swallowedDirective(name, words);
  if (swallowed === undefined) return;
  const lost = `'${swallowed.text}' is passed over as a part of '${shorten(name.text)}'; is a ';' missing above this line?`;
  context.diagnostics.warn(swallowed, lost, context.path);
}
