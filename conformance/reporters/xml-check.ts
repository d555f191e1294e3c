/** An element as {@link parseXml} reads it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/**
 * Reads the XML that the JUnit reporter may write (elements, attributes, text, the predefined and numeric
 * references) and nothing else; for tests. Strict: it is there to find what is not well-formed.
 * @throws Error at the first thing XML 1.0 does not allow
 */
export function parseXml(xml: string): XmlNode {
  const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
  if (!allowed.test(xml)) throw new Error('a character that XML 1.0 does not allow');
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!xml.startsWith(prolog)) throw new Error('no XML declaration');
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<\/([A-Za-z-]+)>|<([A-Za-z-]+)((?: [A-Za-z-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  token.lastIndex = prolog.length;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not well-formed: ${xml.slice(at, at + 80)}`);
    const [, closing, opening, attributes = '', empty, text] = match;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += decoded(text);
    else if (opening !== undefined) {
      const node = { name: opening, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(node);
      if (empty === '') open.push(node);
    } else if (open.pop()?.name !== closing) throw new Error(`unexpected </${closing}>`);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not exactly one whole root element');
  return root.children[0]!;
}

/** All elements of that name, at any depth. */
export function allElements(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allElements(child, name),
  ]);
}

function attributesOf(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of source.matchAll(/ ([A-Za-z-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`attribute ${name} occurs twice`);
    // A parser turns bare line breaks and tabs in attributes into blanks (XML 1.0 §3.3.3).
    attributes[name] = decoded(value.replace(/[\t\n\r]/g, ' '));
  }
  return attributes;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decoded(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&(?:#(\d+)|([a-z]+));|&/g, (whole, code?: string, name?: string) => {
    const character = code === undefined ? entities[name ?? ''] : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error(`reference ${whole}`);
    return character;
  });
}
