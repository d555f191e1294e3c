/** How binding a clause is: said by the documentation, needed by the official clients, or said by nobody. */
export type ClauseLevel = 'documented' | 'client-required' | 'undocumented';

/**
 * - `pass`, `fail`: measured, and as required or not;
 * - `observed`: the documentation is silent, what was seen is recorded;
 * - `not-applicable`: the target itself gave a reason why it does not apply;
 * - `error`: the instrument could not measure, which says nothing about the target.
 */
export type MeasuredVerdict = 'pass' | 'fail' | 'observed' | 'not-applicable' | 'error';

/** What was measured, or `known`: a failure that the run's caller has named beforehand, with a reason. */
export type Verdict = MeasuredVerdict | 'known';

/** What the caller's list of known failures says of a clause. */
export interface KnownNote {
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until?: string;
  /**
   * `counts`: the clause failed, as was known; `expired`: it failed, and the entry counts no more; `passes`: it
   * passed all the same, so the entry may go.
   */
  readonly state: 'counts' | 'expired' | 'passes';
}

/** What a clause says of itself, apart from how it is measured. */
export interface ClauseDescription {
  /** Stable for ever, dotted: `audio.minus-self.loud-tones`. The part before the first dot is the chapter. */
  readonly id: string;
  readonly title: string;
  readonly level: ClauseLevel;
  /** Where on the documentation page, or which client needs it. */
  readonly source: string;
  /** The requirement in our own words. */
  readonly requirement: string;
  /** Ids of what is said of the server, as `docs/clauses.md` lists it. */
  readonly statements: readonly string[];
  /** What it takes to measure it: `curl`, `whip`, `video`. */
  readonly needs: readonly string[];
}

/** An HTTP call with its answer, and the command that repeats it. */
export interface HttpEvidence {
  readonly type: 'http';
  readonly title: string;
  readonly curl: string;
  readonly method: string;
  readonly url: string;
  readonly requestBody?: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
  readonly durationMs: number;
}

/** Who is heard in which track: projection gains in dB, rows are tracks, columns are speakers. */
export interface HeatMapEvidence {
  readonly type: 'heat-map';
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `null`: nothing was found of it. */
  readonly gainsDb: readonly (readonly (number | null)[])[];
  readonly expected: readonly (readonly ('heard' | 'not-heard' | 'either')[])[];
  /**
   * The bars the clause measured with: heard is at or above the first, not heard at or below the second.
   * Reports mark a cell by them; missing: -12 and -30, wide enough for speech.
   */
  readonly limitsDb?: { readonly heardAtLeast: number; readonly notHeardAtMost: number };
}

/** An amplitude envelope: highest and lowest sample of each slice, -1 to 1. */
export interface WaveformEvidence {
  readonly type: 'waveform';
  readonly title: string;
  readonly durationSeconds: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Moments worth a mark, in seconds. */
  readonly marks?: readonly { readonly atSeconds: number; readonly label: string }[];
}

/** Levels over frequency. */
export interface SpectrumEvidence {
  readonly type: 'spectrum';
  readonly title: string;
  readonly frequenciesHz: readonly number[];
  /** Full scale is 0 dB. */
  readonly levelsDb: readonly number[];
  readonly marks?: readonly { readonly atHz: number; readonly label: string }[];
}

/** A quantity that was measured many times: delays, gaps, packet intervals. */
export interface SeriesEvidence {
  readonly type: 'series';
  readonly title: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** The bar, where there is one. */
  readonly limit?: number;
}

/** Single figures beside their limits. */
export interface MeasurementsEvidence {
  readonly type: 'measurements';
  readonly title: string;
  readonly rows: readonly {
    readonly name: string;
    readonly value: string;
    readonly limit?: string;
    readonly ok?: boolean;
  }[];
}

/** Pictures side by side, such as expected, actual and difference. */
export interface PicturesEvidence {
  readonly type: 'pictures';
  readonly title: string;
  readonly pictures: readonly {
    readonly label: string;
    /** A PNG file in base64. */
    readonly pngBase64: string;
  }[];
}

/** Recordings to listen to, each with its spectrogram. */
export interface SoundEvidence {
  readonly type: 'sound';
  readonly title: string;
  readonly sounds: readonly {
    readonly label: string;
    /** A WAV file in base64. */
    readonly wavBase64: string;
    /** The louder the darker; time from left to right, frequencies from below. */
    readonly spectrogram: {
      readonly pngBase64: string;
      readonly seconds: number;
      readonly highestHz: number;
    };
  }[];
}

/** A sentence, or the text of a log. */
export interface NoteEvidence {
  readonly type: 'note';
  readonly title: string;
  readonly text: string;
}

/** What bots, or the suite itself, and the server said to each other, without credentials. */
export interface TranscriptEvidence {
  readonly type: 'transcript';
  readonly title: string;
  readonly talks: readonly Talk[];
  /** Talks that were held and are not among them. */
  readonly leftOut: number;
}

/** One talk: the signalling of a session, or calls of the API, in order. */
export interface Talk {
  /** `publish alice`. */
  readonly label: string;
  readonly messages: readonly TranscriptMessage[];
  /** Messages that were too many to be kept. */
  readonly leftOut: number;
}

/** A message of a talk. */
export interface TranscriptMessage {
  /** Since the talk began. */
  readonly atMs: number;
  /** As the suite sees it. */
  readonly direction: 'sent' | 'received';
  /** `POST http://…/whip`, `201`, `frame`, `closed with 1000`. */
  readonly line: string;
  /** Those that say something of the session. */
  readonly headers?: Readonly<Record<string, string>>;
  /** SDP or JSON, cut where it is long. */
  readonly body?: string;
}

/** What was counted of one track at its receiver. */
export interface ReceivedStatistics {
  readonly packets: number;
  /** Did not come at all; those that were asked for again and came are not among them. */
  readonly lost: number;
  /** Came after one with a higher sequence number. */
  readonly reordered: number;
  readonly duplicates: number;
  /** Interarrival jitter at the end (RFC 3550 §6.4.1). */
  readonly jitterMs: number;
  /** Of payloads. */
  readonly bytes: number;
  readonly bitrateKbps: number;
  /** The longest time without a packet, from the first to the last. */
  readonly largestGapMs: number;
}

/** What was counted of one track at its sender. */
export interface SentStatistics {
  readonly packets: number;
  /** Of payloads. */
  readonly bytes: number;
  readonly bitrateKbps: number;
  /** Packets of sound, or pictures, that were sent more than 10 ms after they were due. */
  readonly late: number;
  readonly worstLateMs: number;
}

/** What was counted of the packets of each track, from the beginning of its session to the end. */
export interface PacketsEvidence {
  readonly type: 'packets';
  readonly title: string;
  readonly received: readonly (ReceivedStatistics & { readonly track: string })[];
  readonly sent: readonly (SentStatistics & { readonly track: string })[];
  /** Tracks that are not among them. */
  readonly leftOut: number;
}

export type Evidence =
  | HttpEvidence
  | HeatMapEvidence
  | WaveformEvidence
  | SpectrumEvidence
  | SeriesEvidence
  | MeasurementsEvidence
  | PicturesEvidence
  | SoundEvidence
  | TranscriptEvidence
  | PacketsEvidence
  | NoteEvidence;

/** What became of one clause. */
export interface ClauseResult {
  readonly clause: ClauseDescription;
  readonly verdict: Verdict;
  /** What was expected, for fail; may be given for every verdict. */
  readonly expected?: string;
  /** What came. */
  readonly actual?: string;
  /** Why it did not apply, or could not be measured. */
  readonly reason?: string;
  /** Passed only when it was tried again: counts against the target, see `reportExitCode`. */
  readonly flaky?: boolean;
  /** How often it was measured until this came out; missing: once. */
  readonly attempts?: number;
  /** Only where the list of known failures has something to say. */
  readonly known?: KnownNote;
  readonly durationMs: number;
  readonly evidence: readonly Evidence[];
  /** The command that runs this clause alone with the same seed. */
  readonly reproduce: string;
}

/** One run of the suite against one target. */
export interface Report {
  readonly toolVersion: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  readonly target: {
    /** `emulator started by the suite`, or the URL without its password. */
    readonly name: string;
    /** The target's Server header, where it sends one. */
    readonly server?: string;
  };
  readonly environment: { readonly node: string; readonly platform: string };
  /** True: what passed only when tried again does not count against the target in this run. */
  readonly allowFlaky?: boolean;
  /** Which part of a run this is; missing: it is a whole one. */
  readonly shard?: ShardOfReport;
  /** Sentences about the run that no clause can carry, such as known failures that have expired. */
  readonly notes?: readonly string[];
  /** In catalogue order. */
  readonly results: readonly ClauseResult[];
}

/** The part of a run that one of several machines did. */
export interface ShardOfReport {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** Ids of the clauses of all shards together, in catalogue order. */
  readonly planned: readonly string[];
}

/** What a reporter may hear of while the suite runs. */
export interface ReporterEvents {
  runStarted?(run: { readonly clauses: readonly ClauseDescription[]; readonly target: string }): void;
  clauseStarted?(clause: ClauseDescription): void;
  clauseFinished?(result: ClauseResult): void;
  runFinished?(report: Report): void | Promise<void>;
}

/** How many results have each verdict. */
export function countVerdicts(results: readonly ClauseResult[]): Record<Verdict, number> {
  const counts = { pass: 0, fail: 0, known: 0, observed: 0, 'not-applicable': 0, error: 0 };
  for (const result of results) counts[result.verdict] += 1;
  return counts;
}

/**
 * What the command line answers for a run that was made: 1 where something failed that was not known, could not be
 * measured, or passed only when tried again (unless the run allows it); else 0.
 */
export function reportExitCode(report: Pick<Report, 'results' | 'allowFlaky'>): 0 | 1 {
  const { fail, error } = countVerdicts(report.results);
  const flaky = report.allowFlaky === true ? 0 : flakyCount(report);
  return fail + error + flaky > 0 ? 1 : 0;
}

/** How many passed only when they were tried again. */
export function flakyCount(report: Pick<Report, 'results'>): number {
  return report.results.filter((result) => result.flaky === true).length;
}
