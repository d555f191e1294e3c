import type { AudioJob, Observed } from './measurement.ts';

/** Something that mixes, and is measured. */
export interface Contender {
  /** In `--only` and in the JSON file. */
  readonly id: ContenderId;
  /** Heading of its column. */
  readonly title: string;
  /** What it must not cost more than, where that is promised. */
  readonly bar?: Bar;
  /** @throws Error where it could not be measured; the message says why */
  measure(job: AudioJob): Promise<Observed>;
}

export const contenderIds = ['in-process', 'webrtc', 'janus', 'bare-loop'] as const;
export type ContenderId = (typeof contenderIds)[number];

/** Promised for one number of members: CPU seconds per participant-second. */
export interface Bar {
  readonly members: number;
  readonly cpuPerParticipantSecond: number;
}
