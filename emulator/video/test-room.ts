import { H264Decoder } from '../../media/h264/h264-decoder.ts';
import { H264Encoder } from '../../media/h264/h264-encoder.ts';
import { type I420Planes, planesOf, type Size } from '../../media/h264/i420.ts';
import { I420Buffer } from '../../media/h264/i420-buffer.ts';
import { loadNodeAv } from '../../media/h264/node-av.ts';
import { type Colour, colourAt, solid, toRtp } from '../../media/h264/test-pictures.ts';
import { defaultProfile, type VideoProfile } from '../profile.ts';
import { fillRect } from './canvas.ts';
import { LocalComposer } from './composer/local-composer.ts';
import { RoomPicture, type RoomPictureOptions } from './room-picture.ts';
import type { EncodedVideoFrame, PictureViewer } from './room-viewers.ts';

const nodeAv = await loadNodeAv();

export const red: Colour = [81, 90, 220];
export const green: Colour = [145, 54, 34];
export const blue: Colour = [60, 220, 110];
export const yellow: Colour = [200, 30, 146];
export const black: Colour = [16, 128, 128];
export const placeholder: Colour = [58, 128, 128];

/** A small canvas, so that tests are fast: cells of four members are 160x90. */
export const smallCanvas: VideoProfile = { ...defaultProfile.video, canvasWidth: 320, canvasHeight: 180 };

/** Somebody who publishes pictures of one colour. */
export class TestMember {
  readonly name: string;
  colour: Colour;
  /** Of the right half, where that is another one. */
  right: Colour | undefined;
  #size: Size;
  #encoder: H264Encoder | undefined;
  #sequenceNumber = 0;
  #timestamp = 0;
  #keyframe = false;

  constructor(name: string, colour: Colour, size: Size = { width: 160, height: 90 }) {
    this.name = name;
    this.colour = colour;
    this.#size = size;
  }

  /** The next picture is a keyframe, as after a PLI. */
  requestKeyframe(): void {
    this.#keyframe = true;
  }

  /** Another size from the next picture on. */
  resize(size: Size): void {
    this.#encoder?.close();
    this.#encoder = undefined;
    this.#size = size;
  }

  /** The next picture as RTP. */
  packets() {
    this.#encoder ??= H264Encoder.openSync(nodeAv, { ...this.#size, fps: 25, bitrateKbps: 1000 });
    const picture = new I420Buffer(nodeAv, this.#size);
    picture.write(solid(this.#size, this.colour));
    const half = this.#size.width / 2;
    if (this.right) fillRect(picture, { ...this.#size, x: half, y: 0, width: half }, this.right);
    const { data } = this.#encoder.encodeSync(picture, { keyframe: this.#keyframe });
    this.#keyframe = false;
    picture.close();
    const packets = toRtp([data], {
      firstSequenceNumber: this.#sequenceNumber,
      firstTimestamp: this.#timestamp,
    });
    this.#sequenceNumber += packets.length;
    this.#timestamp += 3600;
    return packets;
  }

  close(): void {
    this.#encoder?.close();
  }
}

/** Somebody who watches, and decodes what comes. */
export class TestViewer {
  readonly frames: EncodedVideoFrame[] = [];
  readonly viewer: PictureViewer;
  readonly #decoder = H264Decoder.openSync(nodeAv);

  constructor(room: RoomPicture) {
    this.viewer = room.watch((frame) => {
      this.frames.push(frame);
      this.#decoder.decodeSync(frame.accessUnit);
    });
  }

  get keyframes(): boolean[] {
    return this.frames.map(({ keyframe }) => keyframe);
  }

  /** What is seen now. */
  get picture(): I420Planes {
    return planesOf(this.#decoder.picture!.toImage());
  }

  close(): void {
    this.viewer.close();
    this.#decoder.close();
  }
}

/** A room with its clock in the hands of the test. */
export class TestRoom {
  readonly room: RoomPicture;
  readonly errors: string[] = [];
  readonly keyframeRequests: string[] = [];
  readonly #members = new Map<string, TestMember>();
  nowMs = 0;

  constructor(options: RoomPictureOptions = {}, profile: VideoProfile = smallCanvas) {
    this.room = new RoomPicture(profile, {
      createComposer: (composerOptions) => new LocalComposer(composerOptions),
      onError: (reason, member) => this.errors.push(`${member ?? 'room'}: ${reason}`),
      onKeyframeRequest: (member) => {
        this.keyframeRequests.push(member);
        this.#members.get(member)?.requestKeyframe();
      },
      ...options,
    });
  }

  join(...members: TestMember[]): void {
    for (const member of members) {
      this.#members.set(member.name, member);
      this.room.addMember(member.name);
    }
  }

  /** Lets some frames pass: each member sends a picture, and the room makes one. */
  async run(frames: number, silent: readonly TestMember[] = []): Promise<void> {
    for (let i = 0; i < frames; i += 1) {
      for (const member of this.#members.values()) {
        if (silent.includes(member)) continue;
        for (const packet of member.packets()) this.room.push(member.name, packet, this.nowMs);
      }
      this.nowMs += 40;
      await this.room.tick(this.nowMs);
    }
  }

  async close(): Promise<void> {
    for (const member of this.#members.values()) member.close();
    await this.room.close();
  }
}

/** How far apart two colours are. */
export function distance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Name of the colour that is seen at a place, if it is near enough to one of those known. */
export function seen(picture: I420Planes, x: number, y: number): string {
  const known = { red, green, blue, yellow, black, placeholder };
  const colour = colourAt(picture, x, y);
  const found = Object.entries(known).find(([, candidate]) => distance(candidate, colour) < 20);
  return found?.[0] ?? colour.join(',');
}
