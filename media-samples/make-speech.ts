/**
 * Makes the speech clips anew: `npx tsx media-samples/make-speech.ts` on a machine with espeak-ng. The clips
 * are part of the project, so nobody has to.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { writeOggOpus } from '../media/ogg-opus.ts';
import { OpusEncoder } from '../media/opus.ts';
import { readWav } from '../media/wav.ts';
import { resample } from './resample.ts';
import { type Voice, voices } from './voices.ts';

/** Low enough for four voices at once to stay below full scale. */
const rmsDbfs = -24;
/** Silence between the end of a clip and its start when it is looped. */
const pauseSeconds = 0.1;
const opus = { bitrateKbps: 64, sampleRateHz: 48000, samplesPerFrame: 960 };
/** Delay of libopus at 48 kHz: what a player of the file leaves out. */
const preSkipSamples = 312;

for (const [index, voice] of voices.entries()) {
  const pcm = normalise(trim(speak(voice)));
  const encoder = new OpusEncoder(opus, { complexity: 10 });
  const packets = [];
  for (let at = 0; at < pcm.length; at += opus.samplesPerFrame) {
    const payload = encoder.encode(pcm.subarray(at, at + opus.samplesPerFrame));
    packets.push({ payload, samplesAt48k: opus.samplesPerFrame });
  }
  const file = writeOggOpus(
    { channels: 1, preSkipSamples, packets },
    { serial: index + 1, comments: [`TITLE=${voice.name}`, `DESCRIPTION=${voice.text}`, 'LICENSE=MIT'] },
  );
  writeFileSync(new URL(`${voice.name}.opus`, import.meta.url), file);
  process.stdout.write(`${voice.name}: ${(pcm.length / 48000).toFixed(2)} s, ${file.length} bytes\n`);
}

/** Lets espeak-ng say it; 48 kHz, -1..1. */
function speak(voice: Voice): Float32Array {
  const wav = readWav(
    execFileSync('espeak-ng', [
      '--stdout',
      ...['-v', voice.espeakVoice],
      ...['-p', `${voice.pitch}`],
      ...['-s', `${voice.wordsPerMinute}`],
      voice.text,
    ]),
  );
  return resample(
    Float32Array.from(wav.samples, (sample) => sample / 32768),
    wav.sampleRateHz,
    48000,
  );
}

/** Cuts silence at both ends, adds the pause, and fills the last frame. */
function trim(samples: Float32Array): Float32Array {
  const isLoud = (sample: number) => Math.abs(sample) > 0.003;
  const sound = samples.subarray(samples.findIndex(isLoud), samples.findLastIndex(isLoud) + 1);
  const frames = Math.ceil((sound.length + pauseSeconds * 48000) / opus.samplesPerFrame);
  const out = new Float32Array(frames * opus.samplesPerFrame);
  out.set(sound);
  return out;
}

/** Brings the clip to its level; a peak above full scale would be limited, and there is none. */
function normalise(samples: Float32Array): Int16Array {
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  const gain = 10 ** (rmsDbfs / 20) / rms;
  return Int16Array.from(samples, (sample) =>
    Math.max(-32768, Math.min(32767, Math.round(sample * gain * 32768))),
  );
}
