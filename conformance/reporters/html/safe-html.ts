import { markupText } from '../markup-text.ts';

/** HTML that was made by {@link html}: its text parts are escaped, so it may stand in a page as it is. */
export class SafeHtml {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text is escaped, `undefined` and `false` are nothing. */
export type HtmlValue = SafeHtml | string | number | undefined | false | readonly HtmlValue[];

/**
 * A tagged template for HTML and SVG. Every value that is not {@link SafeHtml} is text: escaped for element
 * content and for quoted attributes alike, with control characters made visible. Attributes must be quoted.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  let markup = strings[0] ?? '';
  for (const [index, value] of values.entries()) markup += toMarkup(value) + (strings[index + 1] ?? '');
  return new SafeHtml(markup);
}

function toMarkup(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof SafeHtml) return value.toString();
  if (typeof value === 'string') return markupText(value);
  if (typeof value === 'number') return String(value);
  return value.map(toMarkup).join('');
}
