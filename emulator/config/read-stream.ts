import { streamNameProblem } from '../rooms/stream-name.ts';
import {
  type Context,
  enter,
  passOver,
  plainWords,
  streamDirectives,
  templateDirectives,
} from './context.ts';
import { mosaicOptions, type ReadInput, readInput } from './read-input.ts';
import type { Word } from './tokens.ts';
import { type Directive, shorten } from './tree.ts';
import type { StreamConfig, TemplateConfig } from './types.ts';

/** Reads `stream NAME {…}`. */
export function readStream(directive: Directive, context: Context): StreamConfig | undefined {
  const name = readName(directive, context);
  if (name === undefined) return undefined;
  const { inputs, password } = readBody(directive, streamDirectives, context);
  if (inputs.length === 0) {
    const message = `the stream has no input: with 'input publish://;' it can be published to`;
    context.diagnostics.warn(name, message, context.path);
  }
  return {
    name: name.text,
    inputs: inputs.map(({ input }) => input),
    ...mosaicOf(inputs, name, context),
    ...(password === undefined ? {} : { password: password.text }),
    position: { line: name.line, column: name.column },
  };
}

/** Reads `template NAME {…}`. One without a prefix allows no name, and is passed over. */
export function readTemplate(directive: Directive, context: Context): TemplateConfig | undefined {
  const name = readName(directive, context);
  if (name === undefined) return undefined;
  const { inputs, password, prefix } = readBody(directive, templateDirectives, context);
  if (inputs.some(({ mosaic }) => mosaic !== undefined)) {
    const message = 'this emulator makes no rooms from a template: use a stream, or the command add_room';
    context.diagnostics.warn(name, message, context.path);
  }
  if (prefix === undefined) {
    const message = `this emulator uses a template for the names below its prefix, and this one has none`;
    context.diagnostics.warn(name, message, context.path);
    return undefined;
  }
  return {
    name: name.text,
    prefix: prefix.text.replace(/\/$/, ''),
    inputs: inputs.map(({ input }) => input),
    ...(password === undefined ? {} : { password: password.text }),
  };
}

function readName(directive: Directive, context: Context): Word | undefined {
  const { name: keyword, words, block } = directive;
  const [name, surplus] = words;
  if (name === undefined || surplus !== undefined || block === undefined) {
    const place = surplus ?? name ?? keyword;
    context.diagnostics.error(place, `expected '${keyword.text} NAME {…}'`, context.path);
    return undefined;
  }
  const problem = streamNameProblem(name.text);
  if (problem === undefined) return name;
  context.diagnostics.error(name, problem, context.path);
  return undefined;
}

interface Body {
  readonly inputs: readonly ReadInput[];
  readonly password: Word | undefined;
  readonly prefix: Word | undefined;
}

function readBody(directive: Directive, known: readonly string[], context: Context): Body {
  const inputs: ReadInput[] = [];
  const single = new Map<string, Word>();
  for (const inner of directive.block ?? []) {
    const key = inner.name.text;
    const at = enter(context, inner);
    if (!known.includes(key)) {
      passOverInStream(inner, known, context);
    } else if (key === 'input' || key === 'url') {
      const input = readInput(inner, at);
      if (input !== undefined) inputs.push(input);
    } else {
      readSingle(inner, single, at);
    }
  }
  const prefix = single.get('prefix');
  const problem = prefix && prefix.text !== '' && streamNameProblem(prefix.text.replace(/\/$/, ''));
  if (prefix && problem) {
    context.diagnostics.error(prefix, problem, [...context.path, `prefix ${shorten(prefix.text)}`]);
  }
  return { inputs, password: single.get('password'), prefix };
}

/** Reads a directive that has one word and may stand once. */
function readSingle(directive: Directive, single: Map<string, Word>, context: Context): void {
  const key = directive.name.text;
  const [word] = plainWords(directive, `${key} ${key === 'prefix' ? 'NAME' : 'SECRET'}`, context) ?? [];
  if (word === undefined) return;
  const first = single.get(key);
  if (first === undefined) single.set(key, word);
  else context.diagnostics.duplicate(word, first, `${key} stands twice`, context.path);
}

/** An option of the mosaic as a directive of its own is a likely slip, which a plain warning would hide. */
function passOverInStream(inner: Directive, known: readonly string[], context: Context): void {
  const key = inner.name.text;
  if (!(mosaicOptions as readonly string[]).includes(key)) {
    passOver(inner, known, context);
    return;
  }
  const message = `${key} is no directive of a stream but an option of its input: 'input mosaic2:// ${key}=…;'`;
  context.diagnostics.warn(inner.name, message, context.path);
}

function mosaicOf(inputs: readonly ReadInput[], name: Word, context: Context): Pick<StreamConfig, 'mosaic'> {
  const mosaics = inputs.flatMap(({ mosaic }) => mosaic ?? []);
  const [mosaic] = mosaics;
  if (mosaic === undefined) return {};
  if (mosaics.length > 1) {
    context.diagnostics.error(
      name,
      'a stream is one room: expected one mosaic2:// input, not several',
      context.path,
    );
  } else if (inputs.length > 1) {
    const message = 'the stream is a room: this emulator passes over its inputs other than mosaic2://';
    context.diagnostics.warn(name, message, context.path);
  }
  return { mosaic };
}
