import type { ChildProcess } from 'node:child_process';
import { endProcess, sendTo, spawnTimed, whenGone } from '../processes.ts';
import { BotSession } from './bot-session.ts';
import type {
  BotAccount,
  BotAddress,
  BotAnswers,
  BotReply,
  BotRequest,
  Clip,
  ReceivedPacket,
  ReceivedSenderReport,
  ReceivedVideoPacket,
  SignallingWish,
} from './process/messages.ts';
import type { TurnServer } from './turn-server.ts';
import type { NotReached } from './webrtc/not-reached-error.ts';
import type { SignallingKind, TrackChange } from './webrtc/session.ts';

/** A bot failed to do what it was asked; the message says why. */
export class BotError extends Error {
  override readonly name = 'BotError';
  /** What the bot and the server had said and sent until then, where that is known. */
  readonly account: BotAccount | undefined;
  /** What did not get through, where it failed by no word of the server. */
  readonly notReached: NotReached | undefined;

  constructor(message: string, account?: BotAccount, notReached?: NotReached) {
    super(message);
    this.account = account;
    this.notReached = notReached;
  }
}

/** A publisher that sends its clip until it is closed. */
export interface PublisherBot {
  readonly sessionId: string | undefined;
  readonly setUpMs: number;
  /** True where the clip has pictures and the server takes them. */
  readonly hasVideo: boolean;
  /** When the first sample of the clip was spoken and its first picture taken, in ns of the monotonic clock. */
  readonly firstSampleNs: bigint;
  close(): Promise<void>;
  /**
   * Says goodbye, and goes on sending.
   * @throws BotError where the server refuses it
   */
  sayGoodbye(): Promise<void>;
  /** Ends without a word to the server, as a closed laptop does. */
  abandon(): Promise<void>;
}

/** How a listener listens. */
export interface ListenOptions {
  /** True: it offers a video line, as every player does, and keeps what comes on it; default true. */
  readonly video?: boolean;
  /** Default: that of all bots. */
  readonly signalling?: SignallingKind | undefined;
}

/** A listener that keeps what it gets. */
export interface ListenerBot {
  readonly sessionId: string | undefined;
  readonly setUpMs: number;
  /** True where the server sends a picture. */
  readonly hasVideo: boolean;
  /** Packets of sound received since the start. */
  count(): Promise<number>;
  /** How long the sound lasts that was received since the start, in ms: gaps are part of it. */
  soundMs(): Promise<number>;
  /** Packets of the picture received since the start. */
  countVideo(): Promise<number>;
  /** The packets of sound received since the last call. */
  take(): Promise<readonly ReceivedPacket[]>;
  /** The packets of the picture received since the last call, in the order of arrival. */
  takeVideo(): Promise<readonly ReceivedVideoPacket[]>;
  /** The sender reports received since the last call: they say which moments of sound and picture are one. */
  takeSenderReports(): Promise<readonly ReceivedSenderReport[]>;
  /** Asks the server for a keyframe, once it has sent something. */
  requestKeyframe(): Promise<void>;
  /** Asks for other tracks while playing. */
  select(tracks: readonly string[]): Promise<TrackChange>;
  /**
   * Says goodbye, and goes on listening.
   * @throws BotError where the server refuses it
   */
  sayGoodbye(): Promise<void>;
  close(): Promise<void>;
}

/** How bots reach their server. */
export interface BotHostOptions {
  /** Take any certificate of it; default false. */
  readonly insecure?: boolean;
  /** How sessions are agreed on; what is found out by `auto` is kept for all that follow; default `whip`. */
  readonly signalling?: SignallingWish;
  /** Media goes through it; missing: bots and server see each other. */
  readonly turn?: TurnServer | undefined;
}

/** Runs bots in a process of their own. */
export class BotHost {
  /** Told of each bot that is asked for, in the call itself. */
  onSession: ((session: BotSession) => void) | undefined;
  readonly #child: ChildProcess;
  readonly #insecure: boolean;
  readonly #turn: TurnServer | undefined;
  /** `auto` until a bot has found out. */
  #signalling: SignallingWish;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #nextId = 1;

  constructor({ insecure = false, signalling = 'whip', turn }: BotHostOptions = {}) {
    this.#insecure = insecure;
    this.#turn = turn;
    this.#signalling = signalling;
    this.#child = spawnTimed(new URL('./process/bot-process.ts', import.meta.url));
    this.#child.on('message', (message) => this.#onMessage(message as BotReply));
    void whenGone(this.#child).then((why) => this.#fail(new BotError(`the bots’ process ended (${why})`)));
  }

  /** How sessions are agreed on; `auto` while that is not known. */
  get signalling(): SignallingWish {
    return this.#signalling;
  }

  /**
   * @param url of WHIP, whatever the signalling
   * @throws BotError where the server does not take the publisher, or the clip's pictures cannot be looped (see
   *   `VideoClip`)
   */
  async publish(url: string, clip: Clip): Promise<PublisherBot> {
    const session = this.#begin('publish', url);
    const request = { type: 'publish', clip, ...this.#address(url) } as const;
    const { bot, signalling, ...facts } = await this.#start(session, request);
    const close = (abruptly: boolean) => this.#close(bot, session, abruptly);
    this.#signalling = signalling;
    return {
      ...facts,
      sayGoodbye: async () => void (await this.#ask({ type: 'goodbye', bot })),
      close: () => close(false),
      abandon: () => close(true),
    };
  }

  /**
   * @param url of WHEP, whatever the signalling
   * @throws BotError where the server does not take the listener
   */
  async listen(url: string, { video = true, signalling: wish }: ListenOptions = {}): Promise<ListenerBot> {
    const session = this.#begin('play', url);
    const address = this.#address(url);
    const request = {
      type: 'listen',
      video,
      ...address,
      signalling: wish ?? address.signalling,
    } as const;
    const { bot, signalling, ...facts } = await this.#start(session, request);
    if (wish === undefined) this.#signalling = signalling;
    return {
      ...facts,
      count: async () => (await this.#ask({ type: 'count', bot })).packets,
      soundMs: async () => (await this.#ask({ type: 'count', bot })).soundMs,
      countVideo: async () => (await this.#ask({ type: 'count', bot })).videoPackets,
      take: async () => (await this.#ask({ type: 'take', bot, what: ['packets'] })).packets,
      takeVideo: async () => (await this.#ask({ type: 'take', bot, what: ['videoPackets'] })).videoPackets,
      takeSenderReports: async () =>
        (await this.#ask({ type: 'take', bot, what: ['senderReports'] })).senderReports,
      requestKeyframe: async () => void (await this.#ask({ type: 'keyframe', bot })),
      select: (tracks) => this.#ask({ type: 'select', bot, tracks }),
      sayGoodbye: async () => void (await this.#ask({ type: 'goodbye', bot })),
      close: () => this.#close(bot, session, false),
    };
  }

  /**
   * Asks a TURN server for a relay, and gives it back.
   * @throws BotError where it gives none
   */
  async tryRelay(turn: TurnServer): Promise<void> {
    await this.#ask({ type: 'relay', turn });
  }

  /**
   * How late, in ms, the bots sent their packets and pictures: the instrument's own error.
   * @param sinceMs of the monotonic clock; only half a minute is remembered
   */
  async lateness(sinceMs: number): Promise<readonly number[]> {
    return (await this.#ask({ type: 'lateness', sinceMs })).latenessMs;
  }

  /** Ends all bots, each with a goodbye, and their process. Idempotent. */
  async close(): Promise<void> {
    await endProcess(this.#child);
    this.#fail(new BotError('the bots have been ended'));
  }

  #address(url: string): BotAddress {
    return { url, insecure: this.#insecure, signalling: this.#signalling, turn: this.#turn };
  }

  #begin(role: BotSession['role'], url: string): BotSession {
    const session = new BotSession(role, url);
    this.onSession?.(session);
    return session;
  }

  async #start<Request extends Extract<BotRequest, { readonly type: 'publish' | 'listen' }>>(
    session: BotSession,
    request: Request,
  ): Promise<BotAnswers[Request['type']]> {
    try {
      const started = await this.#ask(request);
      session.started(() => this.#ask({ type: 'account', bot: started.bot }));
      return started;
    } catch (error) {
      session.ended(error instanceof BotError ? error.account : undefined, true);
      throw error;
    }
  }

  async #close(bot: number, session: BotSession, abruptly: boolean): Promise<void> {
    if (!this.#child.connected) return;
    try {
      session.ended((await this.#ask({ type: 'close', bot, abruptly })).account);
    } catch (error) {
      if (error instanceof BotError) session.ended(error.account);
      throw error;
    }
  }

  #ask<Request extends BotRequest>(request: Request): Promise<BotAnswers[Request['type']]> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) {
        reject(new BotError('the bots’ process is gone'));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      sendTo(this.#child, { id, body: request }).catch((error: Error) => {
        this.#waiting.delete(id);
        reject(new BotError(`the bots’ process is gone: ${error.message}`));
      });
    });
  }

  #onMessage({ id, result, error, account, notReached }: BotReply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new BotError(error, account, notReached));
  }

  #fail(error: BotError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
