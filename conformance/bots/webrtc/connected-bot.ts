import type { Connection } from './connection.ts';
import type { Peer, PeerEnd } from './peer.ts';
import type { Session } from './session.ts';

const reportIntervalMs = 1000;

/** A bot on its connection: how it reports, goes on, and leaves, whether it publishes or listens. */
export abstract class ConnectedBot<Agreed extends Session = Session> {
  protected readonly peer: Peer;
  protected readonly session: Agreed;
  readonly #connection: Connection<Agreed>;

  protected constructor(connection: Connection<Agreed>) {
    this.peer = connection.peer;
    this.session = connection.session;
    this.#connection = connection;
    const reports = setInterval(() => this.sendReport(), reportIntervalMs);
    reports.unref();
    connection.whenOver(() => clearInterval(reports));
  }

  /** Sends the RTCP report that is due (RFC 3550 §6.4). */
  protected abstract sendReport(): void;

  /** Resolves once, when the connection is over, whoever ended it. */
  get ended(): Promise<PeerEnd> {
    return this.#connection.ended;
  }

  /** Flussonic's name of the session, where the server gave it one. */
  get sid(): string | undefined {
    return this.session.sid;
  }

  /**
   * Leaves as the signalling has it: DELETE (RFC 9725), or the end of the socket; then silence. Idempotent.
   *
   * @throws BotHttpError where the server refuses the DELETE; the connection is closed all the same
   */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /**
   * Says goodbye, and goes on as if nothing had been said: the server is to end the session by itself.
   *
   * @throws Error where the server refuses it
   */
  sayGoodbye(): Promise<void> {
    return this.#connection.sayGoodbye();
  }

  /** Vanishes without a word, like a client whose network is gone. Idempotent. */
  abandon(): Promise<void> {
    return this.#connection.abandon();
  }
}
