import type { ServerConfig, StreamConfig, TemplateConfig } from './types.ts';

/**
 * The template that allows a stream name. Its prefix is the first whole segments of the name and something
 * follows it: `chat` for `chat/alice`, not for `chat` or `chatter/alice`; an empty prefix allows every name.
 * Of several the one with the longest prefix, and among equals the first.
 */
export function matchTemplate(config: ServerConfig, streamName: string): TemplateConfig | undefined {
  const matching = config.templates.filter(
    ({ prefix }) =>
      prefix === '' || (streamName.startsWith(`${prefix}/`) && streamName.length > prefix.length + 1),
  );
  return matching.toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** Whether a stream, or the streams of a template, can be published to: `input publish://`. */
export function acceptsPublishing({ inputs }: StreamConfig | TemplateConfig): boolean {
  return inputs.some(({ url }) => url === 'publish://');
}
