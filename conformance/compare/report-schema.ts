import type {
  ClauseDescription,
  ClauseResult,
  Evidence,
  HeatMapEvidence,
  HttpEvidence,
  KnownNote,
  MeasurementsEvidence,
  NoteEvidence,
  PacketsEvidence,
  PicturesEvidence,
  Report,
  SeriesEvidence,
  ShardOfReport,
  SoundEvidence,
  SpectrumEvidence,
  Talk,
  TranscriptEvidence,
  TranscriptMessage,
  WaveformEvidence,
} from '../report.ts';
import {
  boolean,
  type Check,
  list,
  number,
  object,
  oneOf,
  optional,
  orNull,
  record,
  text,
  variants,
  wholeNumber,
  withDefault,
} from './check.ts';

const mark = <Name extends string>(at: Name) =>
  object<{ readonly label: string } & { readonly [K in Name]: number }>({
    label: text,
    [at]: number,
  } as never);

const counted = { packets: number, bytes: number, bitrateKbps: number };

const evidence: Check<Evidence> = variants<Evidence>({
  http: object<HttpEvidence>({
    type: oneOf('http'),
    title: text,
    curl: text,
    method: text,
    url: text,
    requestBody: optional(text),
    status: number,
    responseHeaders: record(text),
    responseBody: text,
    durationMs: number,
  }),
  'heat-map': object<HeatMapEvidence>({
    type: oneOf('heat-map'),
    title: text,
    rows: list(text),
    columns: list(text),
    gainsDb: list(list(orNull(number))),
    expected: list(list(oneOf('heard', 'not-heard', 'either'))),
    limitsDb: optional(
      object<NonNullable<HeatMapEvidence['limitsDb']>>({ heardAtLeast: number, notHeardAtMost: number }),
    ),
  }),
  waveform: object<WaveformEvidence>({
    type: oneOf('waveform'),
    title: text,
    durationSeconds: number,
    low: list(number),
    high: list(number),
    marks: optional(list(mark('atSeconds'))),
  }),
  spectrum: object<SpectrumEvidence>({
    type: oneOf('spectrum'),
    title: text,
    frequenciesHz: list(number),
    levelsDb: list(number),
    marks: optional(list(mark('atHz'))),
  }),
  series: object<SeriesEvidence>({
    type: oneOf('series'),
    title: text,
    unit: text,
    values: list(number),
    limit: optional(number),
  }),
  measurements: object<MeasurementsEvidence>({
    type: oneOf('measurements'),
    title: text,
    rows: list(
      object<MeasurementsEvidence['rows'][number]>({
        name: text,
        value: text,
        limit: optional(text),
        ok: optional(boolean),
      }),
    ),
  }),
  pictures: object<PicturesEvidence>({
    type: oneOf('pictures'),
    title: text,
    pictures: list(object<PicturesEvidence['pictures'][number]>({ label: text, pngBase64: text })),
  }),
  sound: object<SoundEvidence>({
    type: oneOf('sound'),
    title: text,
    sounds: list(
      object<SoundEvidence['sounds'][number]>({
        label: text,
        wavBase64: text,
        spectrogram: object<SoundEvidence['sounds'][number]['spectrogram']>({
          pngBase64: text,
          seconds: number,
          highestHz: number,
        }),
      }),
    ),
  }),
  transcript: object<TranscriptEvidence>({
    type: oneOf('transcript'),
    title: text,
    talks: list(
      object<Talk>({
        label: text,
        messages: list(
          object<TranscriptMessage>({
            atMs: number,
            direction: oneOf('sent', 'received'),
            line: text,
            headers: optional(record(text)),
            body: optional(text),
          }),
        ),
        leftOut: number,
      }),
    ),
    leftOut: number,
  }),
  packets: object<PacketsEvidence>({
    type: oneOf('packets'),
    title: text,
    received: list(
      object<PacketsEvidence['received'][number]>({
        track: text,
        ...counted,
        lost: number,
        reordered: number,
        duplicates: number,
        jitterMs: number,
        largestGapMs: number,
      }),
    ),
    sent: list(
      object<PacketsEvidence['sent'][number]>({ track: text, ...counted, late: number, worstLateMs: number }),
    ),
    leftOut: number,
  }),
  note: object<NoteEvidence>({ type: oneOf('note'), title: text, text }),
});

const clause: Check<ClauseDescription> = object<ClauseDescription>({
  id: text,
  title: text,
  level: oneOf('documented', 'client-required', 'undocumented'),
  source: text,
  requirement: text,
  statements: withDefault(list(text), []),
  needs: withDefault(list(text), []),
});

const result: Check<ClauseResult> = object<ClauseResult>({
  clause,
  verdict: oneOf('pass', 'fail', 'known', 'observed', 'not-applicable', 'error'),
  expected: optional(text),
  actual: optional(text),
  reason: optional(text),
  flaky: optional(boolean),
  attempts: optional(wholeNumber(1, 1000)),
  known: optional(
    object<KnownNote>({
      reason: text,
      until: optional(text),
      state: oneOf('counts', 'expired', 'passes'),
    }),
  ),
  durationMs: number,
  evidence: list(evidence),
  reproduce: text,
});

/** A report as `report.json` holds it. What it does not know of, a newer report may have: it is left out. */
export const reportSchema: Check<Report> = object<Report>({
  toolVersion: text,
  startedAt: text,
  durationMs: number,
  seed: number,
  target: object<Report['target']>({ name: text, server: optional(text) }),
  environment: object<Report['environment']>({ node: text, platform: text }),
  allowFlaky: optional(boolean),
  shard: optional(
    object<ShardOfReport>({
      index: wholeNumber(1, 10_000),
      count: wholeNumber(1, 10_000),
      planned: list(text),
    }),
  ),
  notes: optional(list(text)),
  results: list(result),
});
