import {
  defaultOpusParameters,
  type OpusParameters,
  opusParametersProblem,
} from '../../media/opus-parameters.ts';
import { closest } from './closest.ts';
import { type Context, swallowedDirective } from './context.ts';
import type { Word } from './tokens.ts';
import { type Directive, shorten } from './tree.ts';
import type { InputConfig, MosaicConfig } from './types.ts';

/** The documented options of a `mosaic2://` input. */
export const mosaicOptions = ['bitrate', 'samplerate', 'samples', 'disable_video'] as const;
type MosaicOption = (typeof mosaicOptions)[number];

/** One `input` directive, understood. */
export interface ReadInput {
  readonly input: InputConfig;
  /** Present for `mosaic2://`. */
  readonly mosaic?: MosaicConfig;
}

/** Reads `input URL option=value …;`, or `url` in its older spelling. A block of options is passed over. */
export function readInput(directive: Directive, context: Context): ReadInput | undefined {
  const { name, words, block } = directive;
  const [url, ...options] = words;
  if (url === undefined) {
    context.diagnostics.error(name, `expected a URL: '${name.text} publish://;'`, context.path);
    return undefined;
  }
  const swallowed = swallowedDirective(url, options);
  if (swallowed !== undefined) {
    const message = `expected ';' before '${swallowed.text}', which begins a directive of its own`;
    context.diagnostics.error(swallowed, message, context.path);
    return undefined;
  }
  if (block !== undefined) {
    context.diagnostics.warn(url, 'this emulator passes over the block of an input', context.path);
  }
  if (/^mosaic2:/i.test(url.text)) return readMosaic(url, options, context);
  if (/^mosaic:/i.test(url.text)) reportOtherMosaic(url, options, context);
  else if (url.text !== 'publish://') {
    const message = `this emulator knows the inputs publish:// and mosaic2://, and takes nothing from '${shorten(url.text)}'`;
    context.diagnostics.warn(url, message, context.path);
  }
  return { input: { url: url.text, options: options.map((option) => option.text) } };
}

/** `mosaic://` with cameras belongs to a real server's file; without any it was taken for `mosaic2://`. */
function reportOtherMosaic(url: Word, options: readonly Word[], context: Context): void {
  const difference =
    'mosaic:// is the fixed mosaic of IP cameras, with the cameras and options in its URL; ' +
    'a chat room, which members join and leave, is mosaic2://';
  if (/^mosaic:\/\/[^?]/i.test(url.text) && options.length === 0) {
    context.diagnostics.warn(url, `${difference}. This emulator passes over mosaic://`, context.path);
  } else {
    context.diagnostics.error(url, `expected mosaic2://: ${difference}`, context.path);
  }
}

function readMosaic(url: Word, words: readonly Word[], context: Context): ReadInput {
  if (url.text !== 'mosaic2://') {
    const message = `expected 'mosaic2://' alone, its options after white space: 'mosaic2:// bitrate=128'`;
    context.diagnostics.error(url, message, context.path);
  }
  const values = new Map<MosaicOption, Word>();
  const others: string[] = [];
  for (const word of words) {
    const option = splitOption(word, context);
    if (option === undefined) break;
    if (!isMosaicOption(option.key)) {
      warnOfOption(option.key, word, context);
      others.push(word.text);
      continue;
    }
    const first = values.get(option.key);
    if (first !== undefined) {
      context.diagnostics.duplicate(word, first, `the option ${option.key} stands twice`, context.path);
      continue;
    }
    values.set(option.key, { ...word, text: option.value });
  }
  return {
    input: { url: 'mosaic2://', options: others },
    mosaic: { opus: readOpus(values, context), disableVideo: readDisableVideo(values, context) },
  };
}

function splitOption(
  word: Word,
  context: Context,
): { readonly key: string; readonly value: string } | undefined {
  const at = word.text.indexOf('=');
  if (at > 0) return { key: word.text.slice(0, at), value: word.text.slice(at + 1) };
  const message = `expected an option like bitrate=128, without white space around '=', not '${shorten(word.text)}'`;
  context.diagnostics.error(word, message, context.path);
  return undefined;
}

function isMosaicOption(key: string): key is MosaicOption {
  return (mosaicOptions as readonly string[]).includes(key);
}

function warnOfOption(key: string, word: Word, context: Context): void {
  const meant = closest(key, mosaicOptions);
  const hint = meant === undefined ? `; known are ${mosaicOptions.join(', ')}` : `; did you mean '${meant}'?`;
  context.diagnostics.warn(word, `mosaic2:// has no option '${shorten(key)}'${hint}`, context.path);
}

function readOpus(values: ReadonlyMap<MosaicOption, Word>, context: Context): OpusParameters {
  const bitrate = values.get('bitrate');
  const samplerate = values.get('samplerate');
  const samples = values.get('samples');
  const numbers = {
    bitrateKbps: readNumber('bitrate', bitrate, /^(\d{1,9})k?$/, context),
    sampleRateHz: readNumber('samplerate', samplerate, /^(\d{1,9})$/, context),
    samplesPerFrame: readNumber('samples', samples, /^(\d{1,9})$/, context),
  };
  const given = Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== undefined));
  const opus: OpusParameters = { ...defaultOpusParameters, ...given };
  // Each on its own, so that both are told; the frame depends on the sample rate.
  const { bitrateKbps, ...frame } = opus;
  const isRateUnread = samplerate !== undefined && numbers.sampleRateHz === undefined;
  const problems: [string | undefined, Word | undefined][] = [
    [opusParametersProblem({ ...defaultOpusParameters, bitrateKbps }), bitrate],
    [
      isRateUnread ? undefined : opusParametersProblem({ ...defaultOpusParameters, ...frame }),
      samples ?? samplerate,
    ],
  ];
  for (const [problem, word] of problems) {
    if (problem === undefined || word === undefined) continue;
    const at = problem.startsWith('samplerate') ? (samplerate ?? word) : word;
    context.diagnostics.error(at, problem, context.path);
  }
  return opus;
}

const examples = {
  bitrate: 'a whole number of kbit/s like 64 or 64k',
  samplerate: 'a whole number like 48000',
  samples: 'a whole number like 960',
};

function readNumber(
  key: keyof typeof examples,
  word: Word | undefined,
  pattern: RegExp,
  context: Context,
): number | undefined {
  if (word === undefined) return undefined;
  const digits = pattern.exec(word.text)?.[1];
  if (digits !== undefined) return Number(digits);
  const example = examples[key];
  context.diagnostics.error(word, `${key} must be ${example}, not '${shorten(word.text)}'`, context.path);
  return undefined;
}

/** The documentation's default is true: a room of sound only. */
function readDisableVideo(values: ReadonlyMap<MosaicOption, Word>, context: Context): boolean {
  const word = values.get('disable_video');
  if (word === undefined || word.text === 'true') return true;
  if (word.text !== 'false') {
    const message = `disable_video must be true or false, not '${shorten(word.text)}'`;
    context.diagnostics.error(word, message, context.path);
  }
  return false;
}
