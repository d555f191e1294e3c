import { type OpusBandwidth, opusBandwidthHz, parseOpusPacket } from '../analysis/opus-packet.ts';
import { levelsOf } from '../analysis/tone-levels.ts';
import type { Recording } from '../bots/recording.ts';
import { toneLevelDbfs } from '../bots/signatures/render.ts';
import type { ToneSignature } from '../bots/signatures/signature.ts';
import type { MeasurementsEvidence } from '../report.ts';

/** What a track of a room is to be, in the words of `add_room`. */
export interface WantedOpus {
  readonly bitrateKbps: number;
  readonly sampleRateHz: number;
  readonly samples: number;
}

/** What a track of a room is. */
export interface TrackMeasurement {
  readonly wanted: WantedOpus;
  readonly bitrateKbps: number;
  /** Every duration that occurred, in ms. */
  readonly frameDurationsMs: readonly number[];
  /** Every step of the RTP timestamps from one sequence number to the next that occurred, at 48 kHz. */
  readonly timestampSteps: readonly number[];
  readonly bandwidths: readonly OpusBandwidth[];
  /** Level of each probing tone against what was sent. */
  readonly probes: readonly { readonly hz: number; readonly gainDb: number }[];
}

/**
 * Measures one track from the packets a listener got.
 * @param probe what the room's only member sends, with its level
 */
export function measureTrack(
  recording: Recording,
  wanted: WantedOpus,
  probe: { readonly signature: ToneSignature; readonly levelDbfs: number },
): TrackMeasurement {
  const { packets, pcm } = recording;
  const infos = packets.map((packet) => parseOpusPacket(packet.payload));
  const bytes = packets.reduce((sum, packet) => sum + packet.payload.length, 0);
  const durationMs = infos.reduce((sum, info) => sum + info.durationMs, 0);
  const { frequenciesHz, name } = probe.signature;
  const [level] = levelsOf(pcm.subarray(pcm.length >> 1), [
    { name, frequenciesHz, toneLevelDbfs: toneLevelDbfs(probe.signature, probe.levelDbfs) },
  ]);
  return {
    wanted,
    bitrateKbps: (bytes * 8) / durationMs,
    frameDurationsMs: distinct(infos.map((info) => info.durationMs)),
    timestampSteps: distinct(
      packets.slice(1).map(({ timestamp, sequenceNumber }, i) => {
        const count = (sequenceNumber - packets[i]!.sequenceNumber) & 0xffff;
        return ((timestamp - packets[i]!.timestamp) >>> 0) / count;
      }),
    ),
    bandwidths: distinct(infos.map((info) => info.bandwidth)),
    probes: frequenciesHz.map((hz, i) => ({ hz, gainDb: level!.tonesDb[i]! })),
  };
}

/** How far the bit rate may be from what was asked for. */
const bitrateTolerance = 0.15;
const passedDb = -12;
const stoppedDb = -40;

export function bitrateHolds({ bitrateKbps, wanted }: TrackMeasurement): boolean {
  return Math.abs(bitrateKbps / wanted.bitrateKbps - 1) <= bitrateTolerance;
}

export function frameDurationHolds({ frameDurationsMs, timestampSteps, wanted }: TrackMeasurement): boolean {
  const ms = frameMs(wanted);
  return isOnly(frameDurationsMs, ms) && isOnly(timestampSteps, ms * 48);
}

/** Above half the sample rate there is nothing; well inside the Opus bandwidth that it allows all is there. */
export function bandwidthHolds({ probes, wanted }: TrackMeasurement): boolean {
  const limitHz = Math.min(wanted.sampleRateHz / 2, opusBandwidthHz.FB);
  return probes.every(({ hz, gainDb }) => {
    if (hz > limitHz) return gainDb <= stoppedDb;
    return hz > 0.9 * limitHz || gainDb >= passedDb;
  });
}

/** All of it is as wanted. */
export function isAsWanted(track: TrackMeasurement): boolean {
  return bitrateHolds(track) && frameDurationHolds(track) && bandwidthHolds(track);
}

export function frameMs({ samples, sampleRateHz }: WantedOpus): number {
  return (samples * 1000) / sampleRateHz;
}

export function wantedText({ bitrateKbps, sampleRateHz, samples }: WantedOpus): string {
  return `${bitrateKbps}/${sampleRateHz}/${samples}`;
}

/** `64.2 kbit/s, packets of 20 ms, bandwidth FB`. */
export function trackText({ bitrateKbps, frameDurationsMs, bandwidths }: TrackMeasurement): string {
  return `${bitrateKbps.toFixed(1)} kbit/s, packets of ${frameDurationsMs.join(', ')} ms, bandwidth ${bandwidths.join(', ')}`;
}

/** All that was measured of a track, as a table. */
export function trackTable(track: TrackMeasurement): MeasurementsEvidence {
  const { wanted } = track;
  return {
    type: 'measurements',
    title: `A room of bitrate/samplerate/samples ${wantedText(wanted)}`,
    rows: [
      {
        name: 'bit rate',
        value: `${track.bitrateKbps.toFixed(1)} kbit/s`,
        limit: `${wanted.bitrateKbps} kbit/s ±15 %`,
        ok: bitrateHolds(track),
      },
      {
        name: 'duration of a packet',
        value: `${track.frameDurationsMs.join(', ')} ms, timestamps in steps of ${track.timestampSteps.join(', ')}`,
        limit: `${frameMs(wanted)} ms, ${frameMs(wanted) * 48}`,
        ok: frameDurationHolds(track),
      },
      {
        name: 'audio bandwidth by the packets',
        value: track.bandwidths.join(', '),
      },
      ...track.probes.map(({ hz, gainDb }) => ({
        name: `tone of ${hz} Hz`,
        value: `${gainDb.toFixed(1)} dB`,
      })),
    ],
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function isOnly(values: readonly number[], value: number): boolean {
  return values.length === 1 && values[0] === value;
}
