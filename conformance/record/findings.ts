import type { Exchange } from '../http/exchange.ts';
import { oneLine } from '../reporters/text.ts';

/** Where one value comes from. */
export interface Source {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What was sent and what came, one line for each. */
  readonly evidence: readonly string[];
}

/** What shows that something is so: a call with its answer, or a sentence about media. */
export type Evidence = Exchange | string;

/** Longer answers are cut in the evidence. */
const maxShownCharacters = 600;

/** What has been found out about a server, by path of the profile. */
export class Findings {
  readonly #now: () => Date;
  readonly #redact: (text: string) => string;
  readonly #values = new Map<string, Source & { readonly value: unknown }>();
  readonly #observations = new Map<string, Source & { readonly saw: string }>();
  readonly #unknown = new Map<string, string>();

  /** @param redact takes credentials out of a text */
  constructor(redact: (text: string) => string, now: () => Date = () => new Date()) {
    this.#redact = redact;
    this.#now = now;
  }

  /** @param path `rooms.allName` */
  found(path: string, value: unknown, ...evidence: readonly Evidence[]): void {
    this.#unknown.delete(path);
    this.#values.set(path, { value, ...this.#source(evidence) });
  }

  /** Why nothing can be said of a path; what is known of it already stays. */
  unknown(path: string, reason: string): void {
    if (!this.#values.has(path)) this.#unknown.set(path, this.#redact(oneLine(reason)));
  }

  /** Takes back what was found. */
  reject(path: string, reason: string): void {
    this.#values.delete(path);
    this.unknown(path, reason);
  }

  /** Something worth to be told that the profile has no field for. */
  observe(name: string, saw: string, ...evidence: readonly Evidence[]): void {
    this.#observations.set(name, { saw: this.#redact(oneLine(saw)), ...this.#source(evidence) });
  }

  has(path: string): boolean {
    return this.#values.has(path) || this.#unknown.has(path);
  }

  /** By path, in the order of being found. */
  get values(): ReadonlyMap<string, Source & { readonly value: unknown }> {
    return this.#values;
  }

  get observations(): ReadonlyMap<string, Source & { readonly saw: string }> {
    return this.#observations;
  }

  get unknowns(): ReadonlyMap<string, string> {
    return this.#unknown;
  }

  #source(evidence: readonly Evidence[]): Source {
    return {
      at: this.#now().toISOString(),
      evidence: evidence.map((one) => this.#redact(typeof one === 'string' ? one : exchangeLine(one))),
    };
  }
}

/** `curl … -> 200 {"track_id":"a3"}`. */
function exchangeLine({ status, body, evidence }: Exchange): string {
  const text = oneLine(body.trim());
  const shown = text.length > maxShownCharacters ? `${text.slice(0, maxShownCharacters)}…` : text;
  return `${evidence.curl} -> ${status} ${shown}`.trim();
}
