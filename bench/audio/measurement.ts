import type { Clip } from '../../conformance/bots/process/messages.ts';

/** What every contender has to do: mix for so many, for so long. */
export interface AudioJob {
  readonly members: number;
  /** Length of the measured stretch in s; what comes before it to warm up is not counted. */
  readonly seconds: number;
  /** What the members send, at least one clip for each. */
  readonly clips: readonly Clip[];
}

/** What was seen of a contender in the measured stretch. */
export interface Observed {
  /** User and system time of all threads of the mixing process, in s. */
  readonly cpuSeconds: number;
  /** Length of the stretch in s: of the clock, or of sound where it runs faster than the clock. */
  readonly seconds: number;
  /** Packets that each member got of its own track. */
  readonly packets: readonly number[];
  /** Bytes of Opus that all of them got together. */
  readonly bytes: number;
}

/** One measured stretch of one contender. */
export interface Measurement {
  readonly cpuPerParticipantSecond: number;
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** The members that got least and most. */
  readonly packetsPerSecond: { readonly least: number; readonly most: number };
  /** Opus received, for one member, in kbit/s. */
  readonly receivedKbps: number;
  /** Why the figure must not be used; undefined where it may be. */
  readonly problem?: string;
}

/** Packets of 20 ms. */
const nominalPacketsPerSecond = 50;
/** On a busy machine packets come so much late at either edge of the stretch; a lost track is far outside. */
const edgePackets = 10;
/** What was sent is noise and voices: a track below this is silence, and silence is cheap. */
const leastKbps = 32;

/** Turns what was seen into a figure, and says so where it is none: not everybody got a full track. */
export function toMeasurement(observed: Observed): Measurement {
  const { cpuSeconds, seconds, packets, bytes } = observed;
  const rates = packets.map((count) => count / seconds);
  const packetsPerSecond = { least: Math.min(...rates), most: Math.max(...rates) };
  const receivedKbps = (bytes * 8) / 1000 / seconds / packets.length;
  const figures = {
    cpuPerParticipantSecond: cpuSeconds / (packets.length * seconds),
    cpuSeconds,
    seconds,
    packetsPerSecond,
    receivedKbps,
  };
  const problem = problemOf(packetsPerSecond, edgePackets / seconds, receivedKbps);
  return problem === undefined ? figures : { ...figures, problem };
}

function problemOf(
  { least, most }: Measurement['packetsPerSecond'],
  tolerance: number,
  receivedKbps: number,
): string | undefined {
  const low = nominalPacketsPerSecond - tolerance;
  const high = nominalPacketsPerSecond + tolerance;
  if (!(least >= low && most <= high)) {
    return `listeners got ${least.toFixed(1)} to ${most.toFixed(1)} packets/s instead of 50`;
  }
  if (receivedKbps < leastKbps) return `tracks had only ${receivedKbps.toFixed(1)} kbit/s: no sound in them`;
  return undefined;
}
