const frameClockHz = 48000n;
const nsPerSecond = 1_000_000_000n;

/** The machine's monotonic clock, in ns; the same in every process. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

/** Sends frame n, counted from 0 without end; it is late by so much because this process is. */
export type SendFrame = (frame: number, lateMs: number) => void;

/** Pictures that go with the sound. */
export interface PacedVideo {
  readonly fps: number;
  readonly send: SendFrame;
}

interface PacedTrack {
  readonly dueNs: (frame: number) => bigint;
  readonly send: SendFrame;
  frame: number;
}

/**
 * Sends a clip over and over: each packet of sound when its last sample would have been spoken, each picture
 * when it would have been taken. Late timers are made up for, so that on average it never drifts.
 */
export class Pacer {
  /** When the clip's first sample was spoken, and its first picture taken. */
  readonly firstSampleNs = nowNs();
  readonly #tracks: readonly PacedTrack[];
  #timer: NodeJS.Timeout | undefined;

  /** @param samplesAt48k duration of a packet of sound */
  constructor(samplesAt48k: number, send: SendFrame, video?: PacedVideo) {
    const first = this.firstSampleNs;
    const packetNs = (BigInt(samplesAt48k) * nsPerSecond) / frameClockHz;
    const sound: PacedTrack = { dueNs: (frame) => first + BigInt(frame + 1) * packetNs, send, frame: 0 };
    const picture = video && {
      dueNs: (frame: number) => first + BigInt(Math.round((frame * Number(nsPerSecond)) / video.fps)),
      send: video.send,
      frame: 0,
    };
    this.#tracks = picture === undefined ? [sound] : [sound, picture];
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    const waitNs = dueOf(this.#next()) - nowNs();
    this.#timer = setTimeout(() => this.#run(), Math.max(0, Number(waitNs) / 1e6));
  }

  #run(): void {
    for (let track = this.#next(); dueOf(track) <= nowNs(); track = this.#next()) {
      track.send(track.frame, Number(nowNs() - dueOf(track)) / 1e6);
      track.frame += 1;
    }
    this.#schedule();
  }

  /** The track whose turn it is. */
  #next(): PacedTrack {
    return this.#tracks.reduce((next, track) => (dueOf(track) < dueOf(next) ? track : next));
  }
}

function dueOf({ dueNs, frame }: PacedTrack): bigint {
  return dueNs(frame);
}
