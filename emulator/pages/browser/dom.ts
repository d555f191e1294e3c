/**
 * Finds an element of the page.
 * @throws Error where the page has none, or one of another kind
 */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${type.name} #${id}.`);
}

export interface ElementOptions {
  readonly class?: string;
  /** Text, never markup. */
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (options.class !== undefined) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(text: string, onPress: () => void, attributes: Readonly<Record<string, string>> = {}) {
  const made = element('button', { text, attributes: { type: 'button', ...attributes } });
  made.addEventListener('click', onPress);
  return made;
}

/** Changes the text only where it differs, so that screen readers are not told the same again. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows a text, or hides its element where there is none. */
export function showText(node: HTMLElement, text: string | undefined): void {
  node.hidden = text === undefined;
  setText(node, text ?? '');
}
