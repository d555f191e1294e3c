import { formatListener } from './read-listener.ts';
import type { InputConfig, MosaicConfig, ServerConfig, StreamConfig, TemplateConfig } from './types.ts';

/**
 * Writes a configuration file that `parseConfig` reads as the same configuration, but for positions and
 * warnings. What the parser passed over is not in it.
 */
export function formatConfig(config: ServerConfig): string {
  const head = [
    ...config.http.map((listener) => `http ${formatListener(listener)};`),
    ...config.https.map((listener) => `https ${formatListener(listener)};`),
    ...Object.entries({ edit_auth: config.editAuth, view_auth: config.viewAuth }).flatMap(([key, pair]) =>
      pair === undefined ? [] : [`${key} ${formatWord(pair.user)} ${formatWord(pair.password)};`],
    ),
  ];
  const blocks = [...config.templates.map(formatTemplate), ...config.streams.map(formatStream)];
  return [...(head.length === 0 ? [] : [`${head.join('\n')}\n`]), ...blocks].join('\n');
}

function formatStream({ name, inputs, mosaic, password }: StreamConfig): string {
  return formatBlock(`stream ${formatWord(name)}`, [
    ...inputs.map((input) => formatInput(input, mosaic)),
    ...formatPassword(password),
  ]);
}

function formatTemplate({ name, prefix, inputs, password }: TemplateConfig): string {
  return formatBlock(`template ${formatWord(name)}`, [
    `prefix ${formatWord(prefix)};`,
    ...inputs.map((input) => formatInput(input)),
    ...formatPassword(password),
  ]);
}

function formatPassword(password: string | undefined): readonly string[] {
  return password === undefined ? [] : [`password ${formatWord(password)};`];
}

function formatInput({ url, options }: InputConfig, mosaic?: MosaicConfig): string {
  const own = mosaic === undefined || url !== 'mosaic2://' ? [] : mosaicWords(mosaic);
  const words = [url, ...own, ...options].map(formatWord);
  return `input ${words.join(' ')};`;
}

function mosaicWords({ opus, disableVideo }: MosaicConfig): readonly string[] {
  return [
    `bitrate=${opus.bitrateKbps}`,
    `samplerate=${opus.sampleRateHz}`,
    `samples=${opus.samplesPerFrame}`,
    `disable_video=${disableVideo}`,
  ];
}

function formatBlock(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** In quotes where it would not be one bare word. */
export function formatWord(word: string): string {
  if (/^[^\s{};"#][^\s{};"]*$/.test(word)) return word;
  return `"${word.replace(/["\\\n\r\t]/g, (character) => escapes[character]!)}"`;
}
