/** First segment of the names that a template allows, where nobody gave a prefix. */
const suggestedPrefix = 'mosaic2';

/** Rooms of the configuration that the suite looks at, by what they show; `name` makes a name of a label. */
export function roomLines(name: (label: string) => string): readonly string[] {
  return [
    ...[1, 2, 3].map((n) => `stream ${name(`pictures-${n}`)} { input mosaic2:// disable_video=false; }`),
  ];
}

/** Lines that let names with a prefix be published. */
export function templateLines(prefix: string | undefined): readonly string[] {
  const segment = (prefix ?? suggestedPrefix).split('/')[0]!;
  return [`template ${segment} { prefix ${segment}; input publish://; }`];
}

/** The option that goes with `templateLines`; missing where the one given does. */
export function prefixOption(prefix: string | undefined): string | undefined {
  if (prefix?.includes('/')) return undefined;
  return `--prefix ${prefix ?? suggestedPrefix}/`;
}
