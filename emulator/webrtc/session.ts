import { randomBytes } from 'node:crypto';
import { type AnswerPlan, planAnswer, type Wanted } from './answer-plan.ts';
import { agreedKinds } from './faulty-endpoint.ts';
import { LocalEnd, type LocalEndOptions } from './local-end.ts';
import { dtlsRole, type MediaTransport } from './media-transport.ts';
import type { ReadRtcp } from './rtcp.ts';
import type { RtpPacket } from './rtp-packet.ts';
import { readOffer } from './sdp-checks.ts';
import { SessionWatch } from './session-watch.ts';
import { readTrickleFragment, writeRestartFragment } from './trickle.ts';
import { InvalidSdpError, type SessionEnd, type SessionStats, type WebRtcSession } from './types.ts';

/** As much of a logger as sessions need; a pino logger is one. */
export interface SessionLogger {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What every kind of session can be told. */
export interface SessionOptions extends LocalEndOptions {
  readonly logger?: SessionLogger;
  /**
   * A connected client of which nothing is heard for so long is given up; default 15000. Clients check
   * consent every 5 s or more often (RFC 7675 §5.1), so this is three lost checks.
   */
  readonly lostTimeoutMs?: number;
}

/** What a session is made of, gathered before its object is. */
export interface SessionParts {
  readonly plan: AnswerPlan;
  readonly local: LocalEnd;
  readonly options: SessionOptions;
  /** The offer of ours that `plan` is the client's answer to; missing where the client offered. */
  readonly offered?: string;
}

export const defaultConnectTimeoutMs = 15000;
const defaultLostTimeoutMs = 15000;
const rtcpIntervalMs = 1000;

/**
 * Reads the offer, opens the port and makes the session; closes the port again where that fails.
 *
 * @throws InvalidSdpError for an offer that cannot be used
 * @throws Error where no port is free, TypeError for announced addresses that are none
 */
export async function openSession<T>(
  offerSdp: string,
  wanted: Wanted,
  options: SessionOptions,
  create: (parts: SessionParts) => T,
): Promise<T> {
  const plan = planAnswer(readOffer(offerSdp), wanted);
  const local = await LocalEnd.open(options, plan.transport.fingerprints);
  try {
    return create({ plan, local, options });
  } catch (error) {
    await local.close();
    throw error;
  }
}

/** What publish and play sessions have in common: the transport, its supervision and its end. */
export abstract class Session implements WebRtcSession {
  readonly id: string;
  readonly startedAtMs = Date.now();
  readonly ended: Promise<SessionEnd>;
  /** Our name in RTCP, the same for all our streams (RFC 3550 §6.5.1). */
  protected readonly cname: string;
  /** Our SSRC: of the audio we send, or of the reports on what we receive. */
  protected readonly ssrc: number;
  /** The SSRC of the video we send. */
  protected readonly videoSsrc: number;
  protected readonly transport: MediaTransport;
  readonly #plan: AnswerPlan;
  readonly #local: LocalEnd;
  readonly #logger: SessionLogger | undefined;
  readonly #answer: string;
  readonly #watch: SessionWatch;
  #resolveEnded: (reason: SessionEnd) => void = () => {};
  #end: SessionEnd | undefined;
  #remoteUfrag: string;
  #iceETag = newETag();
  #connectedAtMs: number | undefined;
  #rtcpTimer: NodeJS.Timeout | undefined;

  constructor({ plan, local, options, offered }: SessionParts, silenceTimeoutMs?: number) {
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#plan = plan;
    this.#local = local;
    this.id = local.id;
    this.cname = local.cname;
    this.ssrc = local.ssrc;
    this.videoSsrc = local.videoSsrc;
    this.#logger = options.logger;
    this.#remoteUfrag = plan.transport.iceUfrag;
    this.transport = local.transport;
    options.faults?.agree(agreedKinds(plan));
    this.transport.connect(plan.transport, {
      onConnected: () => this.#connected(),
      onRtp: (packet, arrivalMs) => this.receiveRtp(packet, arrivalMs),
      onRtcp: (rtcp, arrivalMs) => this.receiveRtcp(rtcp, arrivalMs),
      onEnded: (how, error) => this.#transportEnded(how, error),
    });
    this.#answer = offered ?? local.describe(plan, dtlsRole(plan.transport));
    this.#watch = new SessionWatch({
      connectTimeoutMs: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
      lostTimeoutMs: options.lostTimeoutMs ?? defaultLostTimeoutMs,
      ...(silenceTimeoutMs === undefined ? {} : { silenceTimeoutMs }),
      connectedAtMs: () => this.#connectedAtMs,
      lastHeardMs: () => this.transport.lastHeardMs,
      lastMediaMs: () => this.lastMediaMs,
      onEnd: (reason) => void this.close(reason),
    });
    this.#watch.check();
  }

  get answer(): string {
    return this.#answer;
  }

  /** With its quotes, as it stands in the `ETag` header. */
  get iceETag(): string {
    return this.#iceETag;
  }

  get connected(): boolean {
    return this.transport.connected;
  }

  async patch(fragment: string): Promise<string | undefined> {
    const read = readTrickleFragment(fragment);
    const unknown = read.mids.find((mid) => !this.#plan.lines.some(({ media }) => media.mid === mid));
    if (unknown !== undefined)
      throw new InvalidSdpError(`no m-line of the offer has the mid ${JSON.stringify(unknown)}`);
    if (read.ufrag === undefined || read.ufrag === this.#remoteUfrag) return undefined;
    if (read.pwd === undefined) {
      throw new InvalidSdpError(
        'the ice-ufrag of the fragment is not the session’s, and an ICE restart needs an ice-pwd',
      );
    }
    this.#remoteUfrag = read.ufrag;
    this.transport.ice.restart(read.ufrag);
    this.#iceETag = newETag();
    this.#logger?.debug({ session: this.id }, 'the client restarts ICE');
    const { audio, lines, bundle } = this.#plan;
    // The bundle's first section is the one that has candidates (RFC 9143 §7.2).
    const tagged = lines.find(({ media }) => media.mid !== undefined && media.mid === bundle?.[0]);
    const { mid, kind } = (tagged ?? audio ?? lines[0])?.media ?? { mid: undefined, kind: 'audio' };
    return writeRestartFragment(this.#local.ice, { kind, mid, bundle });
  }

  abstract stats(): SessionStats;

  async close(reason: SessionEnd): Promise<void> {
    if (this.#end === undefined) {
      this.#end = reason;
      this.#watch.stop();
      clearInterval(this.#rtcpTimer);
      this.#logger?.debug({ session: this.id, reason }, 'WebRTC session ended');
      this.#resolveEnded(reason);
    }
    await this.transport.close();
  }

  /** When a packet of media last came in, for sessions that receive. */
  protected get lastMediaMs(): number | undefined {
    return undefined;
  }

  /** Called once, when media can flow. */
  protected connectedNow(): void {}

  protected abstract receiveRtp(packet: RtpPacket, arrivalMs: number): void;
  protected abstract receiveRtcp(rtcp: ReadRtcp, arrivalMs: number): void;
  /** Called about once a second while connected. */
  protected abstract sendReport(): void;

  #connected(): void {
    this.#connectedAtMs = performance.now();
    this.#watch.check();
    // Spread a little, so that the reports of sessions made together do not stay together (RFC 3550 §6.3.1).
    this.#rtcpTimer = setInterval(() => this.sendReport(), rtcpIntervalMs * (0.8 + 0.4 * Math.random()));
    this.#rtcpTimer.unref();
    this.#logger?.debug(
      { session: this.id, afterMs: Date.now() - this.startedAtMs },
      'WebRTC session connected',
    );
    this.connectedNow();
  }

  #transportEnded(how: 'closed' | 'failed', error: Error | undefined): void {
    if (how === 'failed')
      this.#logger?.warn({ session: this.id, error: error?.message }, 'the DTLS handshake failed');
    void this.close(how === 'closed' ? 'closed-by-client' : 'never-connected');
  }
}

function newETag(): string {
  return `"${randomBytes(9).toString('base64url')}"`;
}
