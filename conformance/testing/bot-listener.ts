import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import type { ReceivedVideoPacket } from '../bots/process/messages.ts';
import { nowNs } from '../bots/process/pacer.ts';
import type { Listener } from '../bots/webrtc/listener.ts';
import type { BotSounds } from './bot-sounds.ts';
import { loadWebRtc } from './load-web-rtc.ts';
import type { NumberedNames } from './numbered-names.ts';
import { SoundReception } from './sound-reception.ts';

/** What a listener has to know of the bots that it may hear and see. */
export interface KnownBots {
  readonly sounds: Pick<BotSounds, 'meter' | 'knows' | 'isSending' | 'names'>;
  readonly pictures: Pick<NumberedNames, 'nameOf' | 'has' | 'names'>;
}

/** A listener and what has to be known to start it. */
export interface ListenerStart {
  readonly room: string;
  /** As it stands in messages: `track a2 of demo`. */
  readonly description: string;
  /** Of WHEP, with its query. */
  readonly url: string;
  /** Take any certificate. */
  readonly insecure: boolean;
  readonly picture: boolean;
  readonly bots: KnownBots;
  /** The ids of tracks, and their description, by what somebody asks for. */
  readonly find: (track: string) => Promise<ChosenTrack>;
}

/** A track as a server is asked for it. */
export interface ChosenTrack {
  /** Undefined for what the server plays without being asked. */
  readonly trackId: string | undefined;
  readonly description: string;
}

/** A bot that listens, and watches where it was asked to, until it is closed. */
export class BotListener implements AsyncDisposable {
  readonly room: string;
  readonly bots: KnownBots;
  readonly sound = new SoundReception();
  /** Resolves when nothing comes any more, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #listener: Listener;
  readonly #start: ListenerStart;
  readonly #watchers = new Set<(packet: ReceivedVideoPacket) => void>();
  #description: string;
  #end: string | undefined;
  #closing: Promise<void> | undefined;

  private constructor(listener: Listener, start: ListenerStart) {
    this.room = start.room;
    this.bots = start.bots;
    this.#description = start.description;
    this.#listener = listener;
    this.#start = start;
    listener.onAudio = (packet) => this.sound.add(packet);
    listener.onVideo = (packet) => this.#hand(packet);
    this.ended = listener.ended.then((end) => {
      this.#end ??= end === 'closed-by-server' ? 'the server ended its session' : 'its connection was lost';
    });
  }

  /** @throws Error where the server does not take it */
  static async start(start: ListenerStart): Promise<BotListener> {
    const { url, insecure, picture } = start;
    const { Listener } = await loadWebRtc();
    return new BotListener(await Listener.connect({ url, insecure, video: picture }), start);
  }

  /** What it listens to, for messages: `track a2 of demo`. */
  get description(): string {
    return this.#description;
  }

  /** True where it takes a picture if there is one. */
  get wantsPicture(): boolean {
    return this.#start.picture;
  }

  /** True where the server sends a picture. */
  get hasPicture(): boolean {
    return this.#listener.hasVideo;
  }

  /** Why nothing comes any more; undefined while it listens. */
  get end(): string | undefined {
    return this.#end;
  }

  /**
   * Listens to another track while it plays.
   * @param track as in `listen`
   * @throws Error where the server refuses
   */
  async select(track: string): Promise<void> {
    const { trackId, description } = await this.#start.find(track);
    const picture = this.#start.picture ? ['v1'] : [];
    const tracks = trackId === undefined ? [] : [...picture, trackId];
    const { accepted, answer } = await this.#listener.selectTracks(tracks);
    if (!accepted) throw new Error(`the server does not change to ${description}: ${answer}`);
    this.#description = description;
  }

  /**
   * Has the packets of the picture handed out from now on.
   * @returns ends it
   */
  watch(take: (packet: ReceivedVideoPacket) => void): () => void {
    this.#watchers.add(take);
    return () => this.#watchers.delete(take);
  }

  /** Asks for a picture that can be decoded without those before. */
  requestKeyframe(): void {
    this.#listener.requestKeyframe();
  }

  /** Idempotent. */
  close(): Promise<void> {
    // A server that has ended it, or has gone itself, needs no goodbye.
    this.#closing ??= this.#end === undefined ? this.#listener.close() : Promise.resolve();
    this.#end ??= 'it has been closed';
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #hand({ sequenceNumber, timestamp, ssrc, marker, payload }: RtpVideoPacket): void {
    const arrivalNs = nowNs();
    for (const take of this.#watchers) take({ sequenceNumber, timestamp, ssrc, marker, payload, arrivalNs });
  }
}
