import type { TranscriptMessage } from '../../report.ts';
import { redactSignalling, shownHeaders } from './redact-signalling.ts';

/** Messages that are kept of one session: a talk has five to ten. */
const maxMessages = 40;
/** Longer texts are cut; offers of browsers are about 10 kB. */
const maxTextCharacters = 12_000;

/** What a bot and a server say to each other about one session, in order, without credentials. */
export class Transcript {
  readonly #startMs = performance.now();
  readonly #messages: TranscriptMessage[] = [];
  #leftOut = 0;

  /** All that was said until now; `leftOut` were too many to be kept. */
  get said(): { readonly messages: readonly TranscriptMessage[]; readonly leftOut: number } {
    return { messages: [...this.#messages], leftOut: this.#leftOut };
  }

  /** @param line `POST http://…/whip` */
  request(line: string, headers: Readonly<Record<string, string>> = {}, body = ''): void {
    this.#add('sent', line, headers, body);
  }

  answer(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): void {
    this.#add('received', String(status), headers, body);
  }

  /** A frame of a WebSocket. */
  frame(direction: TranscriptMessage['direction'], text: string): void {
    this.#add(direction, 'frame', {}, text);
  }

  /** Something that is no message: a socket that was closed, a call without an answer. */
  event(what: string): void {
    this.#add('received', what, {}, '');
  }

  #add(
    direction: TranscriptMessage['direction'],
    line: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): void {
    if (this.#messages.length >= maxMessages) {
      this.#leftOut += 1;
      return;
    }
    const shown = shownHeaders(headers);
    this.#messages.push({
      atMs: Math.round((performance.now() - this.#startMs) * 10) / 10,
      direction,
      line: redactSignalling(line),
      ...(Object.keys(shown).length > 0 && { headers: shown }),
      ...(body !== '' && { body: cut(redactSignalling(body)) }),
    });
  }
}

function cut(text: string): string {
  if (text.length <= maxTextCharacters) return text;
  return `${text.slice(0, maxTextCharacters)}… (${text.length - maxTextCharacters} characters more)`;
}
