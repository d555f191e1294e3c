import type { Publisher } from '../webrtc/publisher.ts';
import type { Clip, VideoClip } from './messages.ts';
import { type PacedVideo, Pacer } from './pacer.ts';

const videoClockHz = 90000;
/** A loop that is off by less than this does not part from its sound within an hour. */
const wholeSecondsTolerance = 1e-6;

/** @throws RangeError for pictures that could not be sent over and over beside the sound */
export function checkVideoClip({ frames, fps, apartFromSound = false }: VideoClip): void {
  const seconds = frames.length / fps;
  const lasts = fps > 0 && seconds > 0 && Number.isFinite(seconds);
  if (!lasts) throw new RangeError(`${frames.length} pictures at ${fps} fps are no loop`);
  if (!apartFromSound && Math.abs(seconds - Math.round(seconds)) > wholeSecondsTolerance) {
    throw new RangeError(`the loop of ${frames.length} pictures at ${fps} fps does not last whole seconds`);
  }
  if (!frames[0]?.keyframe) throw new RangeError('the loop of pictures does not begin with a keyframe');
}

/** Told of each packet of sound and each picture, and how late it was. */
export type OnSent = (lateMs: number, track: 'audio' | 'video') => void;

/** Sends a clip until it is stopped. */
export function playClip(publisher: Publisher, clip: Clip, onSent: OnSent): Pacer {
  const packets = clip.packets.map(asBuffer);
  const sendSound = (frame: number, lateMs: number) => {
    onSent(lateMs, 'audio');
    publisher.sendOpus(packets[frame % packets.length]!, clip.samplesAt48k);
  };
  const video = clip.video && publisher.hasVideo ? pacedVideo(publisher, clip.video, onSent) : undefined;
  return new Pacer(clip.samplesAt48k, sendSound, video);
}

function pacedVideo(publisher: Publisher, { frames, fps }: VideoClip, onSent: OnSent): PacedVideo {
  const pictures = frames.map(({ payloads }) => payloads.map(asBuffer));
  const firstTimestamp = Math.floor(Math.random() * 2 ** 32);
  return {
    fps,
    send: (frame, lateMs) => {
      onSent(lateMs, 'video');
      // By its number, not by adding up: rates that do not divide the clock would drift.
      const timestamp = firstTimestamp + Math.round((frame * videoClockHz) / fps);
      publisher.sendVideo(pictures[frame % pictures.length]!, timestamp);
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
