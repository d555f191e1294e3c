import { markupText } from './markup-text.ts';

/** Attributes of an element; `undefined` ones are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/**
 * One element with its children, indented. Text goes through {@link markupText} before it is handed in as a
 * child.
 */
export function xmlElement(
  name: string,
  attributes: XmlAttributes,
  children: readonly string[] = [],
): string {
  const open = `<${name}${Object.entries(attributes).map(attribute).join('')}`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>\n${children.join('\n')}\n</${name}>`;
}

/** An element that holds nothing but text, written without white space around it. */
export function xmlTextElement(name: string, attributes: XmlAttributes, text: string): string {
  return `<${name}${Object.entries(attributes).map(attribute).join('')}>${markupText(text)}</${name}>`;
}

// Line breaks and tabs are written as references: a parser turns bare ones into blanks (XML 1.0 §3.3.3).
function attribute([name, value]: [string, string | number | undefined]): string {
  if (value === undefined) return '';
  const escaped = markupText(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
  return ` ${name}="${escaped}"`;
}
