import type { ListenerBot } from '../../bots/bot-host.ts';
import { pictureClip } from '../../bots/picture-clip.ts';
import { decodePictures, type PictureSummary } from '../../bots/picture-recording.ts';
import { nowNs } from '../../bots/process/pacer.ts';
import { CellWatcher } from '../../picture/cell-watcher.ts';
import type { FoundCell } from '../../picture/find-cells.ts';
import type { I420Picture } from '../../picture/i420.ts';
import type { RunContext } from '../../run/context.ts';
import { type SuiteMember, SuiteRoom } from './suite-room.ts';

/** What the camera of every bot gives. */
export const camera = { width: 320, height: 180, fps: 25, seconds: 4 };

/** One picture of a canvas, read. */
export interface SeenCanvas {
  readonly arrivalMs: number;
  readonly cells: readonly FoundCell[];
}

/** All that one viewer saw. */
export interface Viewed extends PictureSummary {
  readonly canvases: readonly SeenCanvas[];
  /** Size of the canvas. */
  readonly width: number;
  readonly height: number;
  /** Pictures that were asked for, in the order of the moments. */
  readonly kept: readonly (I420Picture | undefined)[];
}

/** A configured room with a picture, for one scenario. */
export class PictureRoom {
  readonly room: SuiteRoom;
  readonly members: SuiteMember[] = [];
  readonly viewers: ListenerBot[] = [];

  constructor(context: RunContext, name: string) {
    this.room = SuiteRoom.existing(context, name);
  }

  /** The bot's number in the picture is its place in joining order, unless another is given. */
  async join(bot: number): Promise<SuiteMember> {
    const clip = await pictureClip({ bot, ...camera });
    const member = await this.room.join(`bot${bot}`, clip);
    this.members.push(member);
    return member;
  }

  async leave(member: SuiteMember): Promise<void> {
    this.members.splice(this.members.indexOf(member), 1);
    await this.room.leave(member);
  }

  /** @returns the viewer, and when it was connected in ms of the monotonic clock */
  async view(): Promise<{ viewer: ListenerBot; connectedMs: number }> {
    const viewer = await this.room.listen('v1a1');
    this.viewers.push(viewer);
    return { viewer, connectedMs: nowMs() };
  }

  async close(): Promise<void> {
    await Promise.all(this.viewers.map((viewer) => viewer.close()));
    for (const member of [...this.members]) await this.leave(member);
  }
}

/** The monotonic clock of all processes, in ms. */
export function nowMs(): number {
  return Number(nowNs()) / 1e6;
}

/**
 * Reads everything that a viewer got.
 * @param keepAtMs moments whose pictures are kept: the last one before each
 */
export async function readViewer(viewer: ListenerBot, keepAtMs: readonly number[] = []): Promise<Viewed> {
  const watcher = new CellWatcher();
  const canvases: SeenCanvas[] = [];
  const kept: (I420Picture | undefined)[] = keepAtMs.map(() => undefined);
  let [width, height] = [0, 0];
  const summary = await decodePictures(await viewer.takeVideo(), ({ picture, arrivalMs }) => {
    ({ width, height } = picture);
    canvases.push({ arrivalMs, cells: watcher.read(picture) });
    keepAtMs.forEach((momentMs, i) => {
      if (arrivalMs <= momentMs) kept[i] = picture;
    });
  });
  return { ...summary, canvases, width, height, kept };
}

/** The canvas that was shown at a moment. */
export function canvasAt(viewed: Viewed, momentMs: number): SeenCanvas | undefined {
  return viewed.canvases.findLast(({ arrivalMs }) => arrivalMs <= momentMs);
}
