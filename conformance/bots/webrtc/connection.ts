import type { TurnServer } from '../turn-server.ts';
import { isLoopbackUrl } from './loopback-url.ts';
import { Peer, type PeerEnd } from './peer.ts';
import type { Session, SignallingKind, StreamAddress } from './session.ts';
import { webSocketSignalling } from './websocket/signalling.ts';
import { whipSignalling } from './whip-signalling.ts';

/** How a bot connects to a stream. */
export interface ConnectionOptions extends StreamAddress {
  /** Default `whip`. */
  readonly signalling?: SignallingKind;
  /** Media goes through it; missing: bot and server see each other. */
  readonly turn?: TurnServer | undefined;
  /**
   * For the candidates, relay included, before anything is agreed on, and again from the session's agreement to the
   * end of the DTLS handshake; default 10000.
   */
  readonly timeoutMs?: number;
}

/** By kind. */
export const signallings = { whip: whipSignalling, websocket: webSocketSignalling } as const;

/** A bot's session and its transport: what publishers and listeners have in common. */
export class Connection<Agreed extends Session = Session> {
  readonly peer: Peer;
  readonly session: Agreed;
  readonly #onEnd: (() => void)[] = [];
  /** A goodbye has been said; what comes and goes since then is in vain where the server has ended the session. */
  #saidGoodbye = false;

  private constructor(peer: Peer, session: Agreed) {
    this.peer = peer;
    this.session = session;
    // The media ends with the signalling.
    void session.ended?.then(() => {
      if (this.#saidGoodbye) return;
      peer.endedByServer();
      peer.close().catch(() => {});
    });
    void peer.ended.then(() => {
      for (const stop of this.#onEnd) stop();
    });
  }

  /**
   * Agrees on a session, and waits until media can flow.
   * @param agree by the signalling that is asked for
   * @param attach makes the bot, before anything can come
   * @throws BotHttpError, SignallingError where the server refuses; Error where no connection comes about
   */
  static async open<Agreed extends Session, Bot>(
    { url, turn, timeoutMs = 10000 }: ConnectionOptions,
    agree: (peer: Peer) => Promise<Agreed>,
    attach: (connection: Connection<Agreed>) => Bot,
  ): Promise<Bot> {
    const peer = await Peer.open({ turn, loopback: isLoopbackUrl(url), timeoutMs });
    let session: Agreed | undefined;
    try {
      session = await agree(peer);
      const bot = attach(new Connection(peer, session));
      await peer.connect(session, timeoutMs);
      return bot;
    } catch (error) {
      // The server may think that the session lives.
      void session?.close().catch(() => {});
      await peer.close();
      throw error;
    }
  }

  /** Resolves once, when the connection is over, whoever ended it. */
  get ended(): Promise<PeerEnd> {
    return this.peer.ended;
  }

  /** Has something stopped when the connection is over. */
  whenOver(stop: () => void): void {
    this.#onEnd.push(stop);
  }

  /**
   * Says goodbye, and stays as if nothing had been said: to see whether the server ends the media.
   * @throws Error where the server refuses it
   */
  async sayGoodbye(): Promise<void> {
    this.#saidGoodbye = true;
    await this.session.close();
  }

  /**
   * Leaves with a goodbye. Idempotent.
   * @throws Error where the server refuses it; the connection is closed all the same
   */
  async close(): Promise<void> {
    this.peer.leave();
    try {
      if (!this.#saidGoodbye) await this.session.close();
    } finally {
      await this.peer.close();
    }
  }

  /** Vanishes without a word, like a client whose network is gone. Idempotent. */
  async abandon(): Promise<void> {
    this.peer.leave();
    this.session.abandon();
    await this.peer.close();
  }
}
