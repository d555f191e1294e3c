import { createRequire } from 'node:module';
import { serveJob } from '../../child.ts';
import type { AudioJob, Observed } from '../measurement.ts';

/** The codec without anything of this project around it. */
interface NativeCodec {
  encode(pcm: Buffer): Buffer;
  decode(packet: Buffer): Buffer;
  setBitrate(bitsPerSecond: number): void;
  applyEncoderCTL(request: number, value: number): void;
}

const { OpusEncoder } = createRequire(import.meta.url)('@discordjs/opus') as {
  OpusEncoder: new (sampleRateHz: number, channels: number) => NativeCodec;
};

const setComplexity = 4010;
const frameSamples = 960;
const warmUpSeconds = 2;

serveJob<AudioJob, Observed>(({ members, seconds, clips }) => {
  const talkers = clips.slice(0, members).map((clip) => {
    const codec = new OpusEncoder(48000, 1);
    codec.setBitrate(64000);
    codec.applyEncoderCTL(setComplexity, 4);
    return { codec, payloads: clip.packets.map((packet) => Buffer.from(packet)) };
  });
  const packets = new Array<number>(members).fill(0);
  let bytes = 0;
  const sum = new Int32Array(frameSamples);
  const out = new Int16Array(frameSamples);
  const outBytes = Buffer.from(out.buffer);

  let frame = 0;
  const runFor = (stretchSeconds: number) => {
    const end = frame + Math.round(stretchSeconds * 50);
    for (; frame < end; frame += 1) {
      sum.fill(0);
      const frames = talkers.map(({ codec, payloads }) => {
        const decoded = codec.decode(payloads[frame % payloads.length]!);
        const pcm = new Int16Array(decoded.buffer, decoded.byteOffset, frameSamples);
        for (let n = 0; n < frameSamples; n += 1) sum[n]! += pcm[n]!;
        return pcm;
      });
      for (let i = 0; i < members; i += 1) {
        const own = frames[i]!;
        for (let n = 0; n < frameSamples; n += 1) {
          const sample = sum[n]! - own[n]!;
          out[n] = sample > 32767 ? 32767 : sample < -32768 ? -32768 : sample;
        }
        bytes += talkers[i]!.codec.encode(outBytes).length;
        packets[i]! += 1;
      }
    }
  };

  runFor(warmUpSeconds);
  packets.fill(0);
  bytes = 0;
  const before = process.cpuUsage();
  runFor(seconds);
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, seconds, packets, bytes };
});
