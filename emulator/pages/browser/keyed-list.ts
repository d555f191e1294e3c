/** One entry of a list: its element, and how it takes something new to show. */
export interface Row<Item> {
  readonly node: HTMLElement;
  update(item: Item): void;
  /** Called when it is taken away. */
  close?(): void;
}

/** Keeps the children of an element as a list of items says, and the children of items that stay. */
export class KeyedList<Item, Kind extends Row<Item> = Row<Item>> {
  readonly #parent: HTMLElement;
  readonly #keyOf: (item: Item) => string;
  readonly #create: (item: Item) => Kind;
  readonly #rows = new Map<string, Kind>();

  constructor(parent: HTMLElement, keyOf: (item: Item) => string, create: (item: Item) => Kind) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#create = create;
  }

  get(key: string): Kind | undefined {
    return this.#rows.get(key);
  }

  update(items: readonly Item[]): void {
    const keys = new Set(items.map(this.#keyOf));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.close?.();
      row.node.remove();
      this.#rows.delete(key);
    }
    items.forEach((item, index) => {
      const key = this.#keyOf(item);
      const row = this.#rows.get(key) ?? this.#create(item);
      this.#rows.set(key, row);
      row.update(item);
      // Moved only where it has to be: moving takes the focus away.
      const present = this.#parent.children[index];
      if (present !== row.node) this.#parent.insertBefore(row.node, present ?? null);
    });
  }
}
