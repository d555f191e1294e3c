import { writeWav } from '../../media/wav.ts';
import type {
  HeatMapEvidence,
  HttpEvidence,
  MeasurementsEvidence,
  PacketsEvidence,
  PicturesEvidence,
  SeriesEvidence,
  SoundEvidence,
  TranscriptEvidence,
  WaveformEvidence,
} from '../report.ts';

const speakers = ['alice', 'bob', 'carol', 'dave', 'erin'];

/** A call to the command API with its answer. */
export function sampleHttp(
  command: string,
  args: readonly string[],
  status: number,
  answer: unknown,
): HttpEvidence {
  const path = command.includes('room') ? '' : 'room';
  const url = `http://user:***@127.0.0.1:8080/flussonic/api/dynamic_mosaic/${path}`;
  const requestBody = JSON.stringify({ command, args });
  const responseBody = `${JSON.stringify(answer)}\n`;
  return {
    type: 'http',
    title: `${command} ${args.join(' ')}`.trim(),
    curl: `curl -X POST -d '${requestBody}' '${url}'`,
    method: 'POST',
    url: `/flussonic/api/dynamic_mosaic/${path}`,
    requestHeaders: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Basic REDACTED' },
    requestBody,
    status,
    responseHeaders: {
      'content-type': 'application/json',
      server: 'Streamer 20.08',
      'content-length': String(responseBody.length),
    },
    responseBody,
    durationMs: 3.4,
  };
}

/** Five members and `all`; `ownGainDb` is how loud each member hears itself. */
export function sampleHeatMap(
  title: string,
  ownGainDb: (index: number) => number,
  othersDb = 0,
): HeatMapEvidence {
  const rows = ['a1 all', ...speakers.map((name, index) => `a${index + 2} ${name}`)];
  const gain = (row: number, column: number) => {
    if (row === 4 && column === 2) return null;
    return row - 1 === column ? ownGainDb(column) : othersDb + 0.3 * wave(row * 7 + column);
  };
  return {
    type: 'heat-map',
    title,
    rows,
    columns: speakers,
    gainsDb: rows.map((_, row) => speakers.map((_name, column) => gain(row, column))),
    expected: rows.map((_, row) =>
      speakers.map((_name, column) => (row - 1 === column ? 'not-heard' : 'heard')),
    ),
    limitsDb: { heardAtLeast: -1, notHeardAtMost: -50 },
  };
}

/** Two seconds of a room where somebody joins, with a gap of 60 ms where `gapAtSeconds` says so. */
export function sampleWaveform(title: string, gapAtSeconds?: number): WaveformEvidence {
  const slices = 1200;
  const durationSeconds = 4;
  const envelope = Array.from({ length: slices }, (_, index) => {
    const seconds = (index / slices) * durationSeconds;
    if (gapAtSeconds !== undefined && seconds >= gapAtSeconds && seconds < gapAtSeconds + 0.06) return 0;
    const talkers = seconds < 1.5 ? 0.32 : 0.62;
    return talkers * (0.55 + 0.45 * Math.abs(Math.sin(seconds * 9)) * Math.abs(wave(index)));
  });
  return {
    type: 'waveform',
    title,
    durationSeconds,
    low: envelope.map((value, index) => 0 - value * (0.9 + 0.1 * wave(index + 3))),
    high: envelope,
    marks: [
      { atSeconds: 1.5, label: 'bob joins' },
      ...(gapAtSeconds === undefined ? [] : [{ atSeconds: gapAtSeconds, label: 'gap of 60 ms' }]),
    ],
  };
}

/** `count` values about `centre`, with a few outliers. */
export function sampleSeries(
  title: string,
  unit: string,
  centre: number,
  count: number,
  limit?: number,
): SeriesEvidence {
  const values = Array.from({ length: count }, (_, index) => {
    const outlier = index % 97 === 61 ? centre * 2 : 0;
    return Math.max(0, centre + centre * 0.12 * (wave(index) + wave(index * 3)) + outlier);
  });
  return { type: 'series', title, unit, values, ...(limit !== undefined && { limit }) };
}

/** Levels beside their limits; the last is not met where `met` is false. */
export function sampleMeasurements(title: string, met: boolean): MeasurementsEvidence {
  return {
    type: 'measurements',
    title,
    rows: [
      { name: 'own voice', value: met ? '−71.8 dB' : '−17.9 dB', limit: '≤ −50 dB', ok: met },
      { name: 'others, quietest', value: '−0.4 dB', limit: '±1 dB', ok: true },
      { name: 'others, loudest', value: '+0.2 dB', limit: '±1 dB', ok: true },
      { name: 'lag through both Opus legs', value: '13.0 ms' },
    ],
  };
}

/** A grey dot. */
const dotPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

/** What was heard in two tracks: long enough to stand in a page once, and silent. */
export function sampleSound(title: string): SoundEvidence {
  const wav = writeWav({ sampleRateHz: 16_000, channels: 1, samples: new Int16Array(8000) });
  const wavBase64 = wav.toString('base64');
  const spectrogram = { pngBase64: dotPng, seconds: 0.5, highestHz: 8000 };
  return {
    type: 'sound',
    title,
    sounds: ['all', 'alice'].map((label) => ({ label, wavBase64, spectrogram })),
  };
}

/** Expected, actual and difference of one picture. */
export function samplePictures(title: string): PicturesEvidence {
  const pictures = ['expected', 'actual', 'difference'].map((label) => ({ label, pngBase64: dotPng }));
  return { type: 'pictures', title, pictures };
}

/** A publisher by WHIP and a player over WebSocket, with their descriptions. */
export function sampleTranscript(): TranscriptEvidence {
  const sdp = (setup: string) =>
    `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=setup:${setup}\r\n`;
  const headers = { 'content-type': 'application/sdp' };
  return {
    type: 'transcript',
    title: 'Signalling',
    talks: [
      {
        label: 'publish alice',
        messages: [
          {
            atMs: 3.1,
            direction: 'sent',
            line: 'POST /alice/whip',
            headers: { ...headers, authorization: 'REDACTED' },
            body: sdp('actpass'),
          },
          {
            atMs: 9.4,
            direction: 'received',
            line: '201',
            headers: { ...headers, location: '/alice/whip/7', 'x-sid': '7' },
            body: sdp('passive'),
          },
          { atMs: 4100, direction: 'sent', line: 'DELETE /alice/whip/7' },
          { atMs: 4104, direction: 'received', line: '200' },
        ],
        leftOut: 0,
      },
      {
        label: 'play room track a2',
        messages: [
          { atMs: 1, direction: 'sent', line: 'WebSocket /room/webrtc' },
          { atMs: 2, direction: 'received', line: '101' },
          {
            atMs: 4,
            direction: 'received',
            line: 'frame',
            body: JSON.stringify({ type: 'offer', sdp: sdp('actpass') }),
          },
          {
            atMs: 8,
            direction: 'sent',
            line: 'frame',
            body: JSON.stringify({ type: 'answer', sdp: sdp('active') }),
          },
        ],
        leftOut: 12,
      },
    ],
    leftOut: 5,
  };
}

/** Two tracks as they were heard, one of them with losses, and a publisher. */
export function samplePackets(): PacketsEvidence {
  const rate = { packets: 250, bytes: 20_000, bitrateKbps: 32.04 };
  const received = { ...rate, lost: 0, reordered: 0, duplicates: 0, jitterMs: 0.312, largestGapMs: 22.9 };
  return {
    type: 'packets',
    title: 'Packets of each track',
    received: [
      { track: 'sound of room track a1', ...received },
      {
        track: 'sound of room track a2',
        ...received,
        packets: 246,
        lost: 3,
        reordered: 1,
        largestGapMs: 80.2,
      },
    ],
    sent: [{ track: 'sound of alice', ...rate, late: 2, worstLateMs: 12.25 }],
    leftOut: 0,
  };
}

/** Between -1 and 1, without a visible pattern, the same every time. */
function wave(index: number): number {
  const value = Math.sin(index * 12.9898) * 43_758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}
