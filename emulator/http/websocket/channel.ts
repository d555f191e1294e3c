import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import type { ClosedBecause, Profile } from '../../profile.ts';
import { HttpError, type HttpErrorKind, toHttpError } from '../errors.ts';
import { type ClientFrame, maxFrameBytes, readFrame } from './client-frames.ts';
import { closeStatus } from './close-codes.ts';
import { type SignallingParts, straightSignalling } from './signalling-parts.ts';

/** One side of a talk about a session: what is done when it begins, with each frame, and at its end. */
export interface Conversation {
  /** Whatever it throws ends the channel. */
  begin(): Promise<void>;
  /** Called for one frame after the other. What it throws is told to the client, and most of it forgiven. */
  receive(frame: ClientFrame): Promise<void> | void;
  /** The socket is gone. Called once. */
  closed(): void;
}

/** Frames that wait while one is being worked at. Candidates never wait, so two would do. */
const maxWaitingFrames = 32;
/** Bad frames that one client may send. */
const maxErrors = 100;
/** A client that reads so little of what it is sent is cut off. */
const maxUnreadBytes = 1024 * 1024;

/** After these there is nothing more to say on this address. */
const fatalKinds = ['unknown-stream', 'forbidden', 'internal-error'] as const satisfies HttpErrorKind[];

/**
 * A client's WebSocket as a conversation sees it: JSON frames in order, errors as frames
 * `{"type":"error","error":…,"detail":…}`, and bounds on all that a client can make us keep.
 */
export class Channel {
  /** Says whose channel it is. */
  readonly logger: FastifyBaseLogger;
  readonly #socket: WebSocket;
  readonly #profile: Profile;
  readonly #parts: SignallingParts;
  #conversation: Conversation | undefined;
  /** What is being done, and what waits behind it. */
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #errors = 0;

  constructor(
    socket: WebSocket,
    profile: Profile,
    logger: FastifyBaseLogger,
    parts: SignallingParts = straightSignalling,
  ) {
    this.#socket = socket;
    this.#profile = profile;
    this.#parts = parts;
    this.logger = logger;
  }

  /** To be called at once: frames may come in the same moment as the handshake. */
  start(conversation: Conversation): void {
    this.#conversation = conversation;
    this.#do(async () => {
      try {
        await conversation.begin();
      } catch (error) {
        this.#refuse(error, true);
      }
    });
    this.#socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    this.#socket.on('ping', (data) => {
      if (this.#isRead()) this.#socket.pong(data, false, ignoreFailure);
    });
    // What breaks the protocol ends the socket by itself, with the code for it.
    this.#socket.on('error', (error) => this.logger.info({ reason: error.message }, 'bad WebSocket'));
    this.#socket.once('close', (code: number) => {
      this.logger.debug({ code }, 'WebSocket closed');
      this.#parts.closed(() => conversation.closed());
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Dropped where the socket is closed or closing. */
  send(frame: object): void {
    const sent = this.#parts.frame(frame);
    if (sent === undefined || !this.isOpen || !this.#isRead()) return;
    this.#socket.send(JSON.stringify(sent), ignoreFailure);
  }

  /** Says goodbye; the socket goes when the client has answered, or after a while. Idempotent. */
  close(because: ClosedBecause): void {
    const { code, reason } = closeStatus(this.#profile, because);
    this.#socket.close(code, reason);
  }

  /** False, and the socket is gone, where its client does not read what it is sent. */
  #isRead(): boolean {
    const bytes = this.#socket.bufferedAmount;
    if (bytes <= maxUnreadBytes) return true;
    this.logger.info({ bytes }, 'WebSocket cut off: its client reads nothing');
    this.#socket.terminate();
    return false;
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!this.isOpen) return;
    try {
      const frame = read(data, isBinary);
      if (frame.type === 'candidate') return;
      if (frame.type === 'unknown') {
        this.logger.debug({ type: frame.name }, 'WebSocket frame of an unknown type');
        return;
      }
      if (this.#waiting >= maxWaitingFrames) {
        this.#fail(new HttpError('bad-request', 'Too many frames at once.'), 'too-many-errors');
        return;
      }
      this.#do(async () => {
        try {
          if (this.isOpen) await this.#conversation?.receive(frame);
        } catch (error) {
          this.#refuse(error, false);
        }
      });
    } catch (error) {
      this.#refuse(error, false);
    }
  }

  /** @param work that catches its own errors */
  #do(work: () => Promise<void>): void {
    this.#waiting += 1;
    this.#work = this.#work.then(work).finally(() => {
      this.#waiting -= 1;
    });
  }

  #refuse(error: unknown, isFatal: boolean): void {
    const known = toHttpError(error);
    if (known === undefined) this.logger.error({ err: error }, 'a WebSocket failed');
    const told = known ?? new HttpError('internal-error', 'The server failed; its log says why.');
    this.#errors += 1;
    const fatal = fatalKinds.find((kind) => kind === told.kind);
    if (fatal !== undefined) this.#fail(told, fatal);
    else if (isFatal) this.#fail(told, 'bad-request');
    else if (this.#errors >= maxErrors) this.#fail(told, 'too-many-errors');
    else this.#tell(told);
  }

  #fail(error: HttpError, because: ClosedBecause): void {
    this.#tell(error);
    this.close(because);
  }

  #tell({ kind, message }: HttpError): void {
    if (this.isOpen) this.logger.info({ error: kind, detail: message }, 'WebSocket error');
    if (this.#profile.signalling.errorFrames) this.send({ type: 'error', error: kind, detail: message });
  }
}

function read(data: Buffer, isBinary: boolean): ClientFrame {
  if (data.length > maxFrameBytes) {
    throw new HttpError('body-too-large', `The frame is longer than ${maxFrameBytes / 1024} kB.`);
  }
  if (isBinary) throw new HttpError('bad-value', 'The frame must be a text, not binary.');
  return readFrame(data.toString('utf8'));
}

/** The socket's end is told by its close event. */
function ignoreFailure(): void {}
