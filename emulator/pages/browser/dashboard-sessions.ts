import type { PageLevels, SessionState } from '../common/page-state.ts';
import { durationText, lossText } from '../common/text.ts';
import { element, setText } from './dom.ts';
import { KeyedList, type Row } from './keyed-list.ts';

/** Everybody who publishes or plays. */
export class DashboardSessions {
  readonly #list: KeyedList<SessionState, SessionRow>;
  /** By publisher's stream: how long its sound waits, the longest where it is in several rooms. */
  #delays = new Map<string, number>();

  constructor(parent: HTMLElement) {
    this.#list = new KeyedList(
      parent,
      ({ key }) => key,
      () => new SessionRow(),
    );
  }

  update(sessions: readonly SessionState[], nowMs: number): void {
    this.#list.update(sessions);
    for (const session of sessions) {
      const delayMs = session.kind === 'publish' ? this.#delays.get(session.stream) : undefined;
      this.#list.get(session.key)?.show(nowMs, delayMs);
    }
  }

  showLevels(levels: PageLevels): void {
    this.#delays = new Map();
    for (const { members } of levels) {
      for (const [stream, , delayMs] of members) {
        this.#delays.set(stream, Math.max(delayMs, this.#delays.get(stream) ?? 0));
      }
    }
  }
}

class SessionRow implements Row<SessionState> {
  readonly node = element('tr');
  readonly #cells = Array.from({ length: 11 }, (_, index) =>
    element('td', index >= 4 ? { class: 'number' } : {}),
  );
  #session: SessionState | undefined;
  /** Bytes and time of the state before, for the bit rate between the two. */
  #before: { readonly bytes: number; readonly nowMs: number } | undefined;
  #kbps = '';

  constructor() {
    this.node.append(...this.#cells);
  }

  update(session: SessionState): void {
    this.#session = session;
  }

  show(nowMs: number, delayMs: number | undefined): void {
    const session = this.#session!;
    this.#measure(session, nowMs);
    const texts = [
      session.kind === 'publish' ? 'publishes' : 'plays',
      session.stream,
      session.tracks.join(' '),
      session.remoteAddress,
      session.connected ? durationText(nowMs - session.startedAtMs) : 'connecting',
      this.#kbps,
      String(session.packets),
      lossText(session.packetsLost, session.packets),
      `${session.jitterMs} ms`,
      session.roundTripMs === undefined ? '–' : `${session.roundTripMs} ms`,
      delayMs === undefined ? '–' : `${delayMs} ms`,
    ];
    for (const [index, text] of texts.entries()) setText(this.#cells[index]!, text);
  }

  #measure({ bytes }: SessionState, nowMs: number): void {
    const before = this.#before;
    // States also come in between, when rooms change: too short a time for a rate.
    if (before !== undefined && nowMs - before.nowMs < 900) return;
    if (before !== undefined) {
      this.#kbps = String(Math.round((8 * Math.max(0, bytes - before.bytes)) / (nowMs - before.nowMs)));
    }
    this.#before = { bytes, nowMs };
  }
}
