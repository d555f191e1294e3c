/** An HTTP call with its answer, and the command that repeats it. */
export interface HttpEvidence {
  readonly type: 'http';
  readonly title: string;
  readonly curl: string;
  readonly method: string;
  readonly url: string;
  /** Those that matter, names in lower case; of credentials only the scheme. Missing in reports of earlier versions. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
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
  | SeriesEvidence
  | MeasurementsEvidence
  | PicturesEvidence
  | SoundEvidence
  | TranscriptEvidence
  | PacketsEvidence
  | NoteEvidence;
