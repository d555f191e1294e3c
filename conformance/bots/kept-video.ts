import type { ListenerBot } from './bot-host.ts';
import type { ReceivedVideoPacket } from './process/messages.ts';

/** What the packets of a picture are taken from. */
export type VideoSource = Pick<ListenerBot, 'takeVideo'>;

/** Hands on what a viewer gets, and keeps it: what was read while it came can be read once more, from the beginning. */
export class KeptVideo implements VideoSource {
  readonly #viewer: VideoSource;
  readonly #kept: ReceivedVideoPacket[] = [];

  constructor(viewer: VideoSource) {
    this.#viewer = viewer;
  }

  /** The packets received since the last call. */
  async takeVideo(): Promise<readonly ReceivedVideoPacket[]> {
    const packets = await this.#viewer.takeVideo();
    for (const packet of packets) this.#kept.push(packet);
    return packets;
  }

  /** All packets received until now, those that were taken already included. */
  async all(): Promise<readonly ReceivedVideoPacket[]> {
    await this.takeVideo();
    return this.#kept;
  }
}
