import type { PageLevels, PageState, RoomState, SessionState } from '../pages/common/page-state.ts';
import type { RoomLevels } from './room-meter.ts';
import type { Services, SessionInfo, StreamInfo } from './services.ts';

/** More than a person can look at is left out. */
const maxRooms = 100;
const maxStreams = 1000;
const maxSessions = 200;

export interface PageStateOptions {
  readonly needsEditAuth: boolean;
  /** Only this room, its members and its sessions; missing: everything. */
  readonly room?: string | undefined;
}

/** What the pages show, as of now. */
export function pageState(services: Services, { needsEditAuth, room }: PageStateOptions): PageState {
  const { profile } = services;
  const streams = services.streams();
  const alive = new Set(streams.filter((stream) => stream.alive).map(({ name }) => name));
  const rooms = streams.filter(({ room: one, name }) => one !== undefined && (room ?? name) === name);
  const members = new Set(rooms.flatMap((stream) => stream.room!.members.map((member) => member.stream)));
  const sessions = services
    .sessions()
    .filter(({ stream }) => room === undefined || stream === room || members.has(stream));
  return {
    nowMs: Date.now(),
    version: profile.server.version,
    needsEditAuth,
    allName: profile.rooms.allName,
    rooms: rooms.slice(0, maxRooms).map((stream) => roomState(stream, alive, services)),
    roomCount: rooms.length,
    published: streams
      .filter((stream) => stream.room === undefined && stream.alive)
      .slice(0, maxStreams)
      .map(({ name }) => name),
    sessions: sessions.slice(0, maxSessions).map(sessionState),
    sessionCount: sessions.length,
  };
}

/** The levels of rooms as they are sent; tenths of a decibel and milliseconds are enough. */
export function pageLevels(rooms: ReadonlyMap<string, RoomLevels>, audioTrackPrefix: string): PageLevels {
  return [...rooms].map(([name, { members, tracks }]) => ({
    name,
    members: [...members].map(([stream, { dbfs, delayMs }]) => [stream, tenths(dbfs), Math.round(delayMs)]),
    tracks: [...tracks].map(([number, dbfs]) => [`${audioTrackPrefix}${number}`, tenths(dbfs)]),
  }));
}

function roomState(stream: StreamInfo, alive: ReadonlySet<string>, { profile }: Services): RoomState {
  const room = stream.room!;
  const { audioTrackPrefix } = profile.answers;
  const picture = stream.tracks.find(({ content }) => content === 'video');
  return {
    name: room.name,
    bitrateKbps: room.opus.bitrateKbps,
    sampleRateHz: room.opus.sampleRateHz,
    samplesPerFrame: room.opus.samplesPerFrame,
    ...(picture && { picture: `${picture.width}×${picture.height}, ${picture.fps} fps` }),
    createdAtMs: room.createdAtMs,
    viewerCount: stream.clientCount,
    allTrackId: `${audioTrackPrefix}${profile.rooms.allTrackNumber}`,
    members: room.members.map((member) => ({
      stream: member.stream,
      trackId: `${audioTrackPrefix}${member.trackNumber}`,
      publishing: alive.has(member.stream),
      audioMuted: member.audioMuted,
      videoMuted: member.videoMuted,
    })),
  };
}

/** A session as people are shown it: numbers of its statistics, and no id by which it could be ended. */
export function sessionState({ session, stream, remoteAddress, tracks }: SessionInfo): SessionState {
  const { packets, bytes, packetsLost, jitterMs, roundTripMs } = session.stats();
  return {
    key: session.id.slice(0, 8),
    kind: session.kind,
    stream,
    remoteAddress,
    connected: session.connected,
    tracks,
    startedAtMs: session.startedAtMs,
    packets,
    bytes,
    packetsLost,
    jitterMs: tenths(jitterMs),
    ...(roundTripMs === undefined ? {} : { roundTripMs: tenths(roundTripMs) }),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
