import type { DiagnosticList } from './diagnostic-list.ts';
import type { Position } from './diagnostics.ts';
import type { Token, Word } from './tokens.ts';

/** `name word word;` or `name word {…}`, whatever it means. */
export interface Directive {
  readonly name: Word;
  readonly words: readonly Word[];
  /** Missing where there is no block; empty for `{}`. */
  readonly block?: readonly Directive[];
}

/** Blocks in blocks; the documented ones go two deep. */
const maxDepth = 32;

/** A block that is not closed yet, or the file itself. */
interface OpenBlock {
  readonly directives: Directive[];
  /** The directive whose block it is; missing for the file itself. */
  readonly owner?: { readonly name: Word; readonly words: readonly Word[]; readonly brace: Position };
}

/**
 * Builds the tree of directives. Everything wrong is noted in `diagnostics`; then the result is of no use.
 * Semicolons too many are let pass, `};` for one. A block still open at the end of the file is closed with a
 * warning, since the documentation's own example is printed without its last brace.
 */
export function parseTree(tokens: readonly Token[], diagnostics: DiagnosticList): readonly Directive[] {
  const open: OpenBlock[] = [{ directives: [] }];
  let words: Word[] = [];

  /** Ends the directive that is being read, where there is one. */
  const endDirective = () => {
    const [name, ...rest] = words;
    if (name !== undefined) open.at(-1)!.directives.push({ name, words: rest });
    words = [];
  };
  const closeBlock = () => {
    const { directives, owner } = open.pop()!;
    open.at(-1)!.directives.push({ name: owner!.name, words: owner!.words, block: directives });
  };

  for (const token of tokens) {
    switch (token.type) {
      case 'word':
        words.push(token);
        break;
      case ';':
        endDirective();
        break;
      case '{': {
        const [name, ...rest] = words;
        words = [];
        if (name === undefined) diagnostics.error(token, `expected the name of a directive before '{'`);
        if (open.length > maxDepth) {
          diagnostics.error(token, `blocks may not be nested more than ${maxDepth} deep`);
          return [];
        }
        open.push({ directives: [], owner: { name: name ?? token, words: rest, brace: token } });
        break;
      }
      case '}':
        if (words.length > 0) reportMissingSemicolon(words, diagnostics);
        endDirective();
        if (open.length > 1) closeBlock();
        else diagnostics.error(token, `unexpected '}': no block is open here`);
        break;
      case 'end':
        if (words.length > 0) reportMissingSemicolon(words, diagnostics);
        endDirective();
        while (open.length > 1) {
          const { owner } = open.at(-1)!;
          const block = [owner!.name, ...owner!.words].map((word) => word.text).join(' ');
          diagnostics.warn(
            owner!.brace,
            `the block '${shorten(block)}' is not closed: took the end of the file for its '}'`,
          );
          closeBlock();
        }
    }
  }
  return open[0]!.directives;
}

function reportMissingSemicolon(words: readonly Word[], diagnostics: DiagnosticList): void {
  const text = shorten(words.map((word) => word.text).join(' '));
  diagnostics.error(words.at(-1)!, `expected ';' after '${text}'`);
}

/** For a message: at most 60 characters. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
