import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '../../media/wav.ts';
import { int16FromFloat, sampleRateHz } from '../analysis/samples.ts';
import { paintSignature } from '../bots/signatures/picture-signature.ts';
import { writeY4m } from './y4m.ts';

/** What a browser is to hear and see. */
export interface FakeDeviceOptions {
  /**
   * One period, 48 kHz mono, -1..1, a whole number of Chromium's 10 ms buffers: `render` makes one of a
   * signature, `loadSpeech` has recorded ones.
   */
  readonly sound: Float32Array;
  /** Number of the bot whose picture signature the camera sees, 0..63. */
  readonly bot: number;
  /** Even, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whole pictures per second. */
  readonly fps: number;
}

/** Files for the fake microphone and the fake camera of one browser. */
export interface FakeDevices {
  readonly microphone: string;
  readonly camera: string;
  /** Deletes them. */
  remove(): Promise<void>;
}

/** The bar and the lamp of the picture repeat after four seconds; the frame numbers jump at each repeat. */
const pictureSeconds = 4;
const bufferSamples = sampleRateHz / 100;
const wantedSoundSeconds = 10;

/**
 * Writes the files into a temporary folder.
 * @throws RangeError for a sound or a picture that cannot be
 */
export async function writeFakeDevices(options: FakeDeviceOptions): Promise<FakeDevices> {
  const { sound, bot, width, height, fps } = options;
  if (sound.length === 0 || sound.length % bufferSamples !== 0) {
    throw new RangeError(`writeFakeDevices: ${sound.length} samples are not a number of 10 ms buffers`);
  }
  const pictures = Array.from({ length: pictureSeconds * fps }, (_, frame) =>
    paintSignature({ bot, frame, width, height, fps }),
  );
  const folder = await mkdtemp(join(tmpdir(), 'mosaic2-devices-'));
  const [microphone, camera] = [join(folder, 'microphone.wav'), join(folder, 'camera.y4m')];
  const samples = int16FromFloat(repeat(sound, wantedSoundSeconds * sampleRateHz));
  await writeFile(microphone, writeWav({ sampleRateHz, channels: 1, samples }));
  await writeFile(camera, writeY4m(pictures, fps));
  return { microphone, camera, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Whole periods, at least as long as wanted: Chromium begins the file anew as seldom as can be. */
function repeat(period: Float32Array, wantedSamples: number): Float32Array {
  const whole = new Float32Array(Math.ceil(wantedSamples / period.length) * period.length);
  for (let at = 0; at < whole.length; at += period.length) whole.set(period, at);
  return whole;
}
