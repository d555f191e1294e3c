import { matches } from '../run/select.ts';

/** Clauses that look at one piece of work, which is done once in a run: on two machines it would be done twice. */
interface Group {
  /** Ids, or patterns with `*`. */
  readonly clauses: readonly string[];
  /** How long the work takes against an emulator on a small machine, about. */
  readonly seconds: number;
}

/** A test holds this against the scenarios that the clauses use. */
const groups: readonly Group[] = [
  {
    seconds: 1,
    clauses: [
      'api.add-stream',
      'api.add-stream.own-track',
      'api.add-stream.twice',
      'api.stat*',
      'api.mute-*',
      'api.remove-stream*',
    ],
  },
  { seconds: 4, clauses: ['publish.session-id', 'publish.newer-wins'] },
  { seconds: 6, clauses: ['play.session-id', 'play.all-by-default', 'play.change-tracks*'] },
  { seconds: 3, clauses: ['publish.websocket.*'] },
  { seconds: 3, clauses: ['play.websocket.*'] },
  { seconds: 4, clauses: ['audio.all.everybody', 'audio.*.quiet-tones', 'audio.level.*'] },
  { seconds: 4, clauses: ['audio.all.everybody-loud', 'audio.*.loud-tones'] },
  { seconds: 10, clauses: ['audio.*.quiet-speech'] },
  { seconds: 8, clauses: ['audio.*.loud-speech'] },
  {
    seconds: 14,
    clauses: [
      'audio.join.*',
      'audio.leave.*',
      'audio.rejoin.*',
      'audio.mute.*',
      'audio.gaps',
      'audio.clicks',
    ],
  },
  { seconds: 3, clauses: ['audio.opus.*'] },
  { seconds: 10, clauses: ['audio.delay'] },
  {
    seconds: 13,
    clauses: [
      'video.grid.everybody',
      'video.grid.upright',
      'video.grid.colours',
      'video.grid.cells',
      'video.grid.pixels',
      'video.canvas',
    ],
  },
  {
    seconds: 15,
    clauses: [
      'video.grid.shapes',
      'video.grid.letterbox',
      'video.grid.background',
      'video.grid.clips',
      'video.grid.frame-rates',
      'video.grid.change-of-shape',
    ],
  },
  {
    seconds: 14,
    clauses: [
      'video.h264',
      'video.canvas.constant',
      'video.same-for-everybody',
      'video.everybody-moves',
      'video.join.*',
      'video.leave.*',
      'video.mute-video.*',
      'video.others-go-on',
      'video.delay',
      'video.lip-sync',
      'video.first-picture',
    ],
  },
];

/** What a clause that stands in no group takes: a few calls, or a room of its own. */
const loneSeconds = 1;

/** What is given to a machine as a whole. */
export interface WorkOfClause {
  /** The same for clauses that share their work. */
  readonly key: string;
  readonly seconds: number;
}

/** The work that a clause needs; a clause of no group needs its own. */
export function workOf(clauseId: string): WorkOfClause {
  const group = groups.find(({ clauses }) => clauses.some((pattern) => matches(clauseId, pattern)));
  if (group === undefined) return { key: clauseId, seconds: loneSeconds };
  return { key: group.clauses[0]!, seconds: group.seconds };
}
