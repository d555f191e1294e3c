import { encodePath } from '../http/api-client.ts';
import { roomNamesOf } from '../http/room-names.ts';
import { oneLine } from '../reporters/text.ts';
import { NotApplicableError } from '../run/clause.ts';
import { RunContext } from '../run/context.ts';
import { roomInstead } from '../scenarios/only-room.ts';
import { answerToPublisher, publisherOffer } from '../scenarios/player-answer.ts';
import { converse, type SignallingFrame } from '../scenarios/signalling.ts';
import { prefixOption, roomLines, templateLines } from '../targets/config-lines.ts';
import type { Target } from '../targets/target.ts';
import { findWays } from './ways.ts';

/** Something that a run needs and the server has not. */
export interface Lack {
  /** A sentence: what is missing, and what is not measured therefore. */
  readonly what: string;
  /** Lines for the server's configuration that would help. */
  readonly lines: readonly string[];
  /** What to give on the command line then. */
  readonly options?: string;
}

/** What a server has for a run. */
export interface Examination {
  /** Its Server header. */
  readonly server?: string | undefined;
  /** What it says its version is. */
  readonly version?: string | undefined;
  /** Missing where `list_room` cannot be understood. */
  readonly rooms?: readonly string[] | undefined;
  /** Sentences on what is not as nearly always: how rooms are called, and bots agree on their sessions with it. */
  readonly notes: readonly string[];
  readonly lacks: readonly Lack[];
  /** True: calls can only mean the only room there is, so that it is to have one at most. */
  readonly oneRoomAtMost?: true;
}

/**
 * Looks what a server has for a run, beyond being reachable: a picture, and names that may be published. What it
 * makes for that is removed again.
 * @throws HttpCallError where it does not answer any more, TargetError where it refuses the credentials for a room
 */
export async function examine(target: Target, signal?: AbortSignal): Promise<Examination> {
  const context = new RunContext(target, 0, signal);
  try {
    const { notes } = await findWays(context);
    const listed = await context.api.manager('list_room', []);
    const liveness = await context.api.request('/streamer/api/v3/monitoring/liveness');
    const { server_version: version } = (liveness.json ?? {}) as { server_version?: unknown };
    return {
      server: listed.evidence.responseHeaders.server,
      version: typeof version === 'string' ? version : undefined,
      rooms: roomNamesOf(listed.json),
      notes,
      lacks: [...(await pictureLacks(context)), ...(await publishLacks(context))],
      ...(context.reading === 'only-room' && { oneRoomAtMost: true as const }),
    };
  } finally {
    await context.close();
  }
}

async function pictureLacks({ target, api, reading }: RunContext): Promise<Lack[]> {
  const names = [...new Set(target.configured?.pictures ?? [])];
  const all = roomLines((label) => `${target.prefix ?? ''}${label}`);
  const lines = reading === 'by-name' ? all : all.slice(0, 1);
  if (names.length === 0) {
    const options = lines.map((line) => `--room ${line.split(' ')[1]}`).join(' ');
    return [{ what: 'no room with a picture is known: clauses on pictures do not apply', lines, options }];
  }
  const lacks: Lack[] = [];
  for (const name of names) {
    const answer = await api.request(`/${encodePath(name)}/media_info.json`);
    const tracks = (answer.json as { tracks?: { content?: unknown }[] } | undefined)?.tracks;
    const own = [`stream ${name} { input mosaic2:// disable_video=false; }`];
    if (answer.status !== 200 || !Array.isArray(tracks)) {
      lacks.push({
        what: `there is no room ${name}: media_info.json is answered ${answer.status}`,
        lines: own,
      });
    } else if (!tracks.some((track) => track?.content === 'video')) {
      lacks.push({ what: `the room ${name} has no picture`, lines: own });
    }
  }
  return lacks;
}

/** Whether a publisher of a member would be taken, as the documentation says. */
async function publishLacks(context: RunContext): Promise<Lack[]> {
  const { target, api, leftovers, prefix } = context;
  const stream = `${prefix}look-member`;
  let room: string;
  try {
    room = (await roomInstead(context, true)) ?? `${prefix}look`;
  } catch (error) {
    if (!(error instanceof NotApplicableError)) throw error;
    return [{ what: `nothing can be measured in a room: ${error.message}`, lines: [] }];
  }
  if (room.startsWith(prefix)) {
    leftovers.addRoom(room);
    const added = await api.manager('add_room', [room]);
    if (added.status >= 300) {
      return [{ what: `add_room is answered ${added.status}: nothing can be measured in a room`, lines: [] }];
    }
  }
  leftovers.addMember(room, stream);
  const added = await api.room(room, 'add_stream', [stream]);
  if (added.status >= 300) {
    return [{ what: `add_stream is answered ${added.status}: nothing can be measured in a room`, lines: [] }];
  }
  const refusal = await publisherRefusal(context, stream);
  if (refusal === undefined) return [];
  const what = `a participant’s publisher is answered ${refusal}: nobody can be heard or seen`;
  const options = prefixOption(target.prefix);
  return [{ what, lines: templateLines(target.prefix), ...(options !== undefined && { options }) }];
}

/** What is said to a publisher that is not taken; undefined where it is. */
async function publisherRefusal(context: RunContext, stream: string): Promise<string | undefined> {
  if (context.signalling !== 'websocket') {
    const { status } = await answerToPublisher(context, stream);
    return status === 201 ? undefined : String(status);
  }
  const path = { stream, endpoint: 'webrtc/publish' } as const;
  const isLast = ({ json }: SignallingFrame) => json?.type === 'answer' || json?.type === 'error';
  const { frames, ended } = await converse(context, path, {
    reply: JSON.stringify({ type: 'offer', sdp: publisherOffer }),
    isEnough: (all) => all.some(isLast),
  });
  const last = frames.find(isLast);
  return last?.json?.type === 'answer' ? undefined : oneLine((last?.text ?? ended ?? '').slice(0, 200));
}

/** What was found, for a person. */
export function examinationLines(target: Target, found: Examination): string[] {
  const { server, version, rooms, notes, lacks } = found;
  const named = [server, version && `version ${version}`].filter(Boolean).join(', ');
  // The server says it: nothing that steers a terminal.
  const who = oneLine(named) || 'a server without a name';
  const known = rooms === undefined ? 'its list of rooms cannot be understood' : roomsText(rooms);
  const lines = [`${target.name} answers as ${who}; ${known}`];
  lines.push(...notes.map(oneLine));
  for (const lack of lacks) {
    lines.push(oneLine(`It lacks something: ${lack.what}.`));
    if (lack.lines.length > 0)
      lines.push('  For its configuration:', ...lack.lines.map((line) => `    ${line}`));
    if (lack.options !== undefined) lines.push(`  and then: ${lack.options}`);
  }
  if (lacks.length > 0 && !found.oneRoomAtMost)
    lines.push('With --provision the rooms are made for the run, where the server lets us.');
  return lines;
}

function roomsText(rooms: readonly string[]): string {
  return rooms.length === 1 ? 'it has one room' : `it has ${rooms.length} rooms`;
}
