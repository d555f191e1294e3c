import type { WebSocket } from 'ws';
import { withoutPassword } from '../http-request.ts';
import type { StreamAddress } from '../session.ts';
import type { Transcript } from '../transcript.ts';
import { errorWords, readServerFrame, type ServerFrame, SignallingError, shown } from './frames.ts';
import { openSocket } from './open-socket.ts';

/** A server that says more in a second is not listened to any longer. */
const maxFramesPerSecond = 200;
/** Frames that nobody has asked for yet; the oldest are forgotten. */
const maxWaitingFrames = 100;
/** For the answer to our closing. */
const closeTimeoutMs = 1000;
/** A socket that was abandoned is held open for so long, unless the server ends it before. */
const abandonedMs = 60_000;

interface Waiter {
  readonly take: (frame: ServerFrame) => boolean;
  readonly fail: (reason: string) => void;
}

/** A bot's side of a WebSocket: frames in order, waited for one after the other. */
export class FrameChannel {
  /** Resolves with the reason when the socket is gone, whoever closed it. */
  readonly ended: Promise<string>;
  readonly #call: string;
  /** Sees each frame first. */
  readonly #onFrame: (frame: ServerFrame) => void;
  readonly #transcript: Transcript | undefined;
  #socket: WebSocket | undefined;
  #frames: ServerFrame[] = [];
  #waiter: Waiter | undefined;
  /** The last words of the server about something that went wrong. */
  #words: string | undefined;
  #endReason: string | undefined;
  #resolveEnded: (reason: string) => void = () => {};
  #isAbandoned = false;
  #second = 0;
  #framesInSecond = 0;

  private constructor(address: StreamAddress, onFrame: (frame: ServerFrame) => void) {
    this.#call = `WebSocket ${withoutPassword(address.url)}`;
    this.#onFrame = onFrame;
    this.#transcript = address.transcript;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  /**
   * @param onFrame sees each frame as it comes, before it can be waited for
   * @throws BotHttpError, SignallingError
   */
  static async open(address: StreamAddress, onFrame: (frame: ServerFrame) => void): Promise<FrameChannel> {
    const channel = new FrameChannel(address, onFrame);
    await openSocket(address, (socket) => channel.#attach(socket));
    return channel;
  }

  /** Dropped where the socket is closed. */
  send(frame: object): void {
    if (!this.#isAbandoned && this.#socket?.readyState === this.#socket?.OPEN) {
      const text = JSON.stringify(frame);
      this.#transcript?.frame('sent', text);
      this.#socket?.send(text, () => {});
    }
  }

  /**
   * The next frame that is looked for, among those that wait and those that come; others before it are forgotten.
   * One at a time.
   * @returns undefined where it does not come in time
   * @throws SignallingError where an error frame comes first, or the socket ends
   */
  next(isWanted: (frame: ServerFrame) => boolean, timeoutMs: number): Promise<ServerFrame | undefined> {
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        clearTimeout(timer);
        this.#waiter = undefined;
        done();
      };
      const fail = (reason: string) => settle(() => reject(this.error(reason)));
      const timer = setTimeout(() => settle(() => resolve(undefined)), timeoutMs);
      const waiter: Waiter = {
        take: (frame) => {
          const words = errorWords(frame);
          if (words !== undefined) fail(words);
          else if (isWanted(frame)) settle(() => resolve(frame));
          else return false;
          return true;
        },
        fail,
      };
      this.#waiter = waiter;
      while (this.#frames.length > 0) if (waiter.take(this.#frames.shift()!)) return;
      if (this.#endReason !== undefined) fail(this.#endReason);
    });
  }

  /** One that names the socket. */
  error(reason: string): SignallingError {
    return new SignallingError(`${this.#call}: ${reason}`);
  }

  /** Forgets the frames that nobody has waited for. */
  forget(): void {
    this.#frames = [];
  }

  /** Closes the socket and waits until it is gone, for a while. Idempotent. */
  async close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === socket.CLOSED) return;
    const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
    socket.close(1000);
    await this.ended;
    clearTimeout(timer);
  }

  /**
   * Says nothing more, and does not close either: the system of a client whose network is gone says no goodbye in
   * its place. Idempotent.
   */
  abandon(): void {
    this.#isAbandoned = true;
    const socket = this.#socket;
    if (socket === undefined) return;
    const timer = setTimeout(() => socket.terminate(), abandonedMs);
    timer.unref();
    void this.ended.then(() => clearTimeout(timer));
  }

  #attach(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data, isBinary) => this.#receive(isBinary ? '' : String(data)));
    socket.on('error', (error) => {
      this.#end(shown(error.message));
      socket.terminate();
    });
    socket.once('close', (code, reason) => {
      const words = [this.#words, shown(String(reason))].filter(Boolean).join('; ');
      const end = `closed with ${code}${words === '' ? '' : `: ${words}`}`;
      this.#transcript?.event(end);
      this.#end(end);
      this.#resolveEnded(this.#endReason ?? '');
    });
  }

  #receive(text: string): void {
    if (this.#isAbandoned || this.#endReason !== undefined) return;
    if (this.#isFlooded()) {
      this.#end(`more than ${maxFramesPerSecond} frames in a second`);
      this.#socket?.terminate();
      return;
    }
    this.#transcript?.frame('received', text);
    const frame = readServerFrame(text);
    if (frame === undefined) return;
    this.#words = errorWords(frame) ?? this.#words;
    this.#onFrame(frame);
    if (this.#waiter?.take(frame)) return;
    this.#frames.push(frame);
    if (this.#frames.length > maxWaitingFrames) this.#frames.shift();
  }

  #isFlooded(): boolean {
    const second = Math.floor(performance.now() / 1000);
    this.#framesInSecond = second === this.#second ? this.#framesInSecond + 1 : 1;
    this.#second = second;
    return this.#framesInSecond > maxFramesPerSecond;
  }

  /** The first reason counts. */
  #end(reason: string): void {
    this.#endReason ??= reason;
    this.#waiter?.fail(this.#endReason);
  }
}
