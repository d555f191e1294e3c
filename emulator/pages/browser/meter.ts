import { levelFill, levelText, quietestDbfs } from '../common/level-scale.ts';
import { element } from './dom.ts';

/** A level meter, from silence to full scale. */
export class Meter {
  readonly node: HTMLElement;
  readonly #bar = element('i');

  /** @param label what is measured, for who does not see it */
  constructor(label: string, node: HTMLElement = element('div')) {
    this.node = node;
    node.classList.add('meter');
    node.setAttribute('role', 'meter');
    node.setAttribute('aria-label', label);
    node.setAttribute('aria-valuemin', String(quietestDbfs));
    node.setAttribute('aria-valuemax', '0');
    node.replaceChildren(this.#bar);
    this.show(undefined);
  }

  /** @param dbfs undefined: it is not measured */
  show(dbfs: number | undefined): void {
    const fill = levelFill(dbfs ?? Number.NEGATIVE_INFINITY);
    this.#bar.style.transform = `scaleX(${fill.toFixed(3)})`;
    this.node.classList.toggle('hot', (dbfs ?? quietestDbfs) > -6);
    this.node.classList.toggle('off', dbfs === undefined);
    const value = Math.round(Math.max(quietestDbfs, Math.min(0, dbfs ?? quietestDbfs)));
    this.node.setAttribute('aria-valuenow', String(value));
    const text = dbfs === undefined ? 'not measured' : levelText(dbfs);
    this.node.setAttribute('aria-valuetext', text);
    this.node.title = text;
  }
}
