import type { ListAnswerShape, Profile, RoomsProfile, TrackAnswerShape } from '../profile.ts';
import type { Room } from './types.ts';

/** What `stat` tells of a room. */
export interface RoomStat {
  readonly count: number;
  /** The track of everybody, then the members in order of joining. */
  readonly clients: readonly string[];
}

/** What `stats` tells of each room. */
export interface RoomStats extends RoomStat {
  readonly name: string;
  /** In kbit/s. */
  readonly bitrate: number;
  /** In Hz. */
  readonly samplerate: number;
  /** Samples per frame. */
  readonly samples: number;
  /** Whole seconds since the room was made. */
  readonly uptime: number;
}

/** Body of `stat`. */
export function roomStat(room: Room, profile: RoomsProfile): RoomStat {
  const clients = [profile.allName, ...room.members.map((member) => member.stream)];
  return { count: profile.countIncludesAll ? clients.length : room.members.length, clients };
}

/** One room's part in the body of `stats`. */
export function roomStats(room: Room, profile: RoomsProfile, nowMs: number): RoomStats {
  return {
    name: room.name,
    bitrate: room.opus.bitrateKbps,
    samplerate: room.opus.sampleRateHz,
    samples: room.opus.samplesPerFrame,
    ...roomStat(room, profile),
    uptime: Math.max(0, Math.floor((nowMs - room.createdAtMs) / 1000)),
  };
}

/** Body of a call that answers a member's audio track. */
export function trackAnswer(trackNumber: number, shape: TrackAnswerShape, profile: Profile): unknown {
  const trackId = `${profile.answers.audioTrackPrefix}${trackNumber}`;
  switch (shape) {
    case 'object':
      return { track_id: trackId };
    case 'number-object':
      return { track_id: trackNumber };
    case 'string':
      return trackId;
    case 'number':
      return trackNumber;
  }
}

/** Body of a call that answers a list with something for each room. */
export function listAnswer(rooms: readonly unknown[], shape: ListAnswerShape): unknown {
  return shape === 'array' ? rooms : { rooms };
}
