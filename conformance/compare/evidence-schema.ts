import type {
  Evidence,
  HeatMapEvidence,
  HttpEvidence,
  MeasurementsEvidence,
  NoteEvidence,
  PacketsEvidence,
  PicturesEvidence,
  SeriesEvidence,
  SoundEvidence,
  Talk,
  TranscriptEvidence,
  TranscriptMessage,
  WaveformEvidence,
} from '../report.ts';
import { oneLine } from '../reporters/text.ts';
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
} from './check.ts';

type Mark = NonNullable<WaveformEvidence['marks']>[number];

const counted = { packets: number, bytes: number, bitrateKbps: number };

/** A piece of evidence as `report.json` holds it. */
export const evidenceSchema: Check<Evidence> = variants<Evidence>(
  {
    http: object<HttpEvidence>({
      type: oneOf('http'),
      title: text,
      curl: text,
      method: text,
      url: text,
      requestHeaders: optional(record(text)),
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
      marks: optional(list(object<Mark>({ atSeconds: number, label: text }))),
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
        object<PacketsEvidence['sent'][number]>({
          track: text,
          ...counted,
          late: number,
          worstLateMs: number,
        }),
      ),
      leftOut: number,
    }),
    note: object<NoteEvidence>({ type: oneOf('note'), title: text, text }),
  },
  otherEvidence,
);

/** What stands for evidence of a kind that only another version has: the verdict it belongs to still counts. */
function otherEvidence(value: unknown, path: string): NoteEvidence {
  const { type, title } = otherKind(value, path);
  const kind = oneLine(type).slice(0, 40);
  return {
    type: 'note',
    title,
    text: `Evidence of the kind “${kind}”, which this version does not show. It stands in the report it was read from.`,
  };
}

const otherKind = object<{ readonly type: string; readonly title: string }>({ type: text, title: text });
