/**
 * Opus parameters of a room: what the documentation calls `bitrate`, `samplerate` and `samples`.
 * The RTP clock is 48000 whatever the sample rate (RFC 7587 §4.1).
 */
export interface OpusParameters {
  /** Target bit rate in kbit/s, 6 to 510 (RFC 6716 §2.1.1). */
  readonly bitrateKbps: number;
  /** 8000, 12000, 16000, 24000 or 48000 Hz; it limits the audio bandwidth (RFC 6716 §2). */
  readonly sampleRateHz: number;
  /** Samples of one frame, counted at `sampleRateHz`. */
  readonly samplesPerFrame: number;
}

/** What the documentation gives as defaults: 64 kbit/s, 48 kHz, 960 samples. */
export const defaultOpusParameters: OpusParameters = Object.freeze({
  bitrateKbps: 64,
  sampleRateHz: 48000,
  samplesPerFrame: 960,
});

/** Sample rates that Opus knows, in Hz (RFC 6716 §2). */
export const opusSampleRatesHz = [8000, 12000, 16000, 24000, 48000] as const;

/** Frame durations that Opus knows, in milliseconds (RFC 6716 §2.1.4). */
export const opusFrameDurationsMs = [2.5, 5, 10, 20, 40, 60] as const;

/** Below three bytes a frame libopus sends silence instead of sound. */
const minimumFrameBytes = 3;

/** The clock of Opus in RTP and of the mixer (RFC 7587 §4.1). */
export const opusClockHz = 48000;

/** Duration of one frame in milliseconds. */
export function frameDurationMs(parameters: OpusParameters): number {
  return (parameters.samplesPerFrame * 1000) / parameters.sampleRateHz;
}

/** Samples of one frame at the RTP clock of 48 kHz: the timestamp step from packet to packet. */
export function frameSamplesAt48k(parameters: OpusParameters): number {
  return (parameters.samplesPerFrame * opusClockHz) / parameters.sampleRateHz;
}

/**
 * Says what is wrong with a set of parameters as a sentence for a person, or `undefined` where they are
 * usable by an Opus encoder.
 */
export function opusParametersProblem(parameters: OpusParameters): string | undefined {
  const { bitrateKbps, sampleRateHz, samplesPerFrame } = parameters;
  if (!Number.isInteger(bitrateKbps) || bitrateKbps < 6 || bitrateKbps > 510) {
    return `bitrate must be a whole number of kbit/s from 6 to 510, not ${bitrateKbps}`;
  }
  if (!(opusSampleRatesHz as readonly number[]).includes(sampleRateHz)) {
    return `samplerate must be one of ${opusSampleRatesHz.join(', ')}, not ${sampleRateHz}`;
  }
  const durationMs = frameDurationMs(parameters);
  if (!(opusFrameDurationsMs as readonly number[]).includes(durationMs)) {
    const usable = opusFrameDurationsMs.map((ms) => (ms * sampleRateHz) / 1000).join(', ');
    return `samples must be one of ${usable} at ${sampleRateHz} Hz, not ${samplesPerFrame}`;
  }
  const leastKbps = Math.ceil((minimumFrameBytes * 8) / durationMs);
  if (bitrateKbps < leastKbps) {
    return `bitrate must be at least ${leastKbps} kbit/s for frames of ${durationMs} ms, not ${bitrateKbps}`;
  }
  return undefined;
}
