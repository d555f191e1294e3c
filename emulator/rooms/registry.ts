import {
  defaultOpusParameters,
  type OpusParameters,
  opusParametersProblem,
} from '../../media/opus-parameters.ts';
import type { RoomsProfile } from '../profile.ts';
import { quote, RoomError } from './room-error.ts';
import { RoomEvents } from './room-events.ts';
import { memberOf, removalOfAll, requireMember, withMembers } from './room-steps.ts';
import { streamNameProblem } from './stream-name.ts';
import { nextTrackNumber, type TrackNumbering } from './track-numbering.ts';
import type { Member, Room, RoomListener } from './types.ts';

export interface RoomRegistryOptions {
  readonly profile: RoomsProfile;
  /** Milliseconds; the same clock for all that is shown as a time. */
  readonly now: () => number;
  /** Default {@link nextTrackNumber}. */
  readonly trackNumbering?: TrackNumbering;
}

/** What a room is made with, or what of it changes. What is missing stays as it is, or gets its default. */
export interface RoomSettings {
  /** Default {@link defaultOpusParameters}. */
  readonly opus?: OpusParameters | undefined;
  /** Default by the profile, `addRoomDisablesVideo`. */
  readonly disableVideo?: boolean | undefined;
  /** True for a room of the configuration file; default false. */
  readonly configured?: boolean | undefined;
}

/** A room and what only the registry needs to know of it. */
interface Entry {
  readonly room: Room;
  /** The highest number that a member's track ever had. */
  readonly highestTrackNumber: number | undefined;
}

/**
 * All rooms with their members and tracks: a state machine without I/O. A `Room` that it hands out is a frozen
 * picture of one moment. A method that throws {@link RoomError} has changed nothing and told nobody.
 */
export class RoomRegistry {
  readonly #profile: RoomsProfile;
  readonly #now: () => number;
  readonly #trackNumbering: TrackNumbering;
  /** By name, in order of creation. */
  readonly #entries = new Map<string, Entry>();
  readonly #events = new RoomEvents();
  #ownerOf: (name: string) => string | undefined = () => undefined;

  constructor(options: RoomRegistryOptions) {
    this.#profile = options.profile;
    this.#now = options.now;
    this.#trackNumbering = options.trackNumbering ?? nextTrackNumber;
  }

  /** @returns a function that ends the subscription */
  onEvent(listener: RoomListener): () => void {
    return this.#events.subscribe(listener);
  }

  /**
   * Keeps names from new rooms.
   * @param ownerOf says whose a name is, as in "a published stream"; `undefined` where it is free
   */
  reserveNames(ownerOf: (name: string) => string | undefined): void {
    this.#ownerOf = ownerOf;
  }

  /** In order of creation. */
  rooms(): readonly Room[] {
    return [...this.#entries.values()].map(({ room }) => room);
  }

  room(name: string): Room | undefined {
    return this.#entries.get(name)?.room;
  }

  /**
   * Makes a room, or changes the settings of the one that has the name; its members stay unless the profile
   * says otherwise.
   * @throws RoomError bad-value: name or Opus parameters are unusable, or the name is another stream's
   */
  addRoom(name: string, settings: RoomSettings = {}): Room {
    requireUsableName('room', name);
    const problem = settings.opus && opusParametersProblem(settings.opus);
    if (problem !== undefined) throw new RoomError('bad-value', `${capitalised(problem)}.`);
    const present = this.#entries.get(name);
    return present === undefined ? this.#create(name, settings) : this.#change(present, settings);
  }

  /**
   * Removes a room with all its members.
   * @returns the room as it was
   * @throws RoomError unknown-room
   */
  removeRoom(name: string): Room {
    const entry = this.#entry(name);
    this.#entries.delete(name);
    const { events, emptied } = removalOfAll(entry.room);
    this.#events.tell(...events, { type: 'room-removed', room: emptied });
    return entry.room;
  }

  /**
   * Adds a stream to a room; for a stream that is in it already this is only a question.
   * @throws RoomError unknown-room, bad-value: the stream's name is unusable or stands for something else,
   *   room-full
   */
  addMember(roomName: string, stream: string): Member {
    const entry = this.#entry(roomName);
    const present = memberOf(entry.room, stream);
    if (present !== undefined) return present;
    this.#requireUsableMember(stream);
    const { members } = entry.room;
    if (members.length >= this.#profile.maxMembers) {
      const limit = `${this.#profile.maxMembers} streams and takes no more`;
      throw new RoomError('room-full', `Room ${quote(roomName)} has ${limit}.`);
    }
    const highest = entry.highestTrackNumber;
    const trackNumber = this.#trackNumbering(
      { present: members.map((member) => member.trackNumber), highest },
      this.#profile,
    );
    const member: Member = Object.freeze({ stream, trackNumber, audioMuted: false, videoMuted: false });
    const room = this.#store(
      withMembers(entry.room, [...members, member]),
      Math.max(highest ?? 0, trackNumber),
    );
    this.#events.tell({ type: 'member-added', room, member });
    return member;
  }

  /**
   * @returns the member as it was
   * @throws RoomError unknown-room, unknown-stream
   */
  removeMember(roomName: string, stream: string): Member {
    const entry = this.#entry(roomName);
    const member = requireMember(entry.room, stream);
    const rest = entry.room.members.filter((other) => other !== member);
    const room = this.#store(withMembers(entry.room, rest), entry.highestTrackNumber);
    this.#events.tell({ type: 'member-removed', room, member });
    return member;
  }

  /**
   * Mutes a member's sound on the server or lets it be heard again.
   * @param state true is muted; without it the profile says whether the call toggles or mutes
   * @returns the member as it is now
   * @throws RoomError unknown-room, unknown-stream
   */
  muteAudio(roomName: string, stream: string, state?: boolean): Member {
    return this.#changeMember(roomName, stream, (member) => ({
      audioMuted: state ?? (this.#profile.muteToggles ? !member.audioMuted : true),
    }));
  }

  /** As {@link muteAudio}, for the member's picture. */
  muteVideo(roomName: string, stream: string, state?: boolean): Member {
    return this.#changeMember(roomName, stream, (member) => ({
      videoMuted: state ?? (this.#profile.muteToggles ? !member.videoMuted : true),
    }));
  }

  /** Number of the audio track with that name, `all` or a member's stream; `undefined` where there is none. */
  trackNumberOf(roomName: string, trackName: string): number | undefined {
    const room = this.room(roomName);
    if (room === undefined) return undefined;
    if (trackName === this.#profile.allName) return this.#profile.allTrackNumber;
    return memberOf(room, trackName)?.trackNumber;
  }

  /** The member whose own track has that number; `undefined` for the track of everybody and for free numbers. */
  memberByTrack(roomName: string, trackNumber: number): Member | undefined {
    return this.room(roomName)?.members.find((member) => member.trackNumber === trackNumber);
  }

  #create(name: string, settings: RoomSettings): Room {
    const host = this.rooms().find((room) => memberOf(room, name) !== undefined);
    if (host !== undefined) {
      const sentence = `${quote(name)} is a published stream, a member of room ${quote(host.name)}.`;
      throw new RoomError('bad-value', sentence);
    }
    const owner = this.#ownerOf(name);
    if (owner !== undefined) throw new RoomError('bad-value', `${quote(name)} is ${owner}.`);
    const room: Room = {
      name,
      opus: Object.freeze({ ...(settings.opus ?? defaultOpusParameters) }),
      disableVideo: settings.disableVideo ?? this.#profile.addRoomDisablesVideo,
      configured: settings.configured ?? false,
      createdAtMs: this.#now(),
      members: Object.freeze([]),
    };
    const stored = this.#store(room, undefined);
    this.#events.tell({ type: 'room-added', room: stored });
    return stored;
  }

  #change(entry: Entry, settings: RoomSettings): Room {
    const removal = this.#profile.keepMembersOnSecondAddRoom
      ? { events: [], emptied: entry.room }
      : removalOfAll(entry.room);
    const before = removal.emptied;
    const wanted: Room = {
      ...before,
      opus: Object.freeze({ ...(settings.opus ?? before.opus) }),
      disableVideo: settings.disableVideo ?? before.disableVideo,
      configured: settings.configured ?? before.configured,
    };
    const isSame = JSON.stringify(wanted) === JSON.stringify(before);
    const room = this.#store(isSame ? before : wanted, entry.highestTrackNumber);
    this.#events.tell(...removal.events, ...(isSame ? [] : [{ type: 'room-changed', room } as const]));
    return room;
  }

  #changeMember(roomName: string, stream: string, change: (member: Member) => Partial<Member>): Member {
    const entry = this.#entry(roomName);
    const before = requireMember(entry.room, stream);
    const member: Member = Object.freeze({ ...before, ...change(before) });
    if (member.audioMuted === before.audioMuted && member.videoMuted === before.videoMuted) return before;
    const members = entry.room.members.map((other) => (other === before ? member : other));
    const room = this.#store(withMembers(entry.room, members), entry.highestTrackNumber);
    this.#events.tell({ type: 'member-changed', room, member });
    return member;
  }

  #requireUsableMember(stream: string): void {
    requireUsableName('stream', stream);
    if (stream === this.#profile.allName) {
      throw new RoomError(
        'bad-value',
        `${quote(stream)} is the name of the track in which everybody is heard.`,
      );
    }
    if (this.#entries.has(stream)) {
      throw new RoomError('bad-value', `${quote(stream)} is a room; only published streams can be members.`);
    }
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new RoomError('unknown-room', `There is no room ${quote(name)}.`);
    return entry;
  }

  #store(room: Room, highestTrackNumber: number | undefined): Room {
    this.#entries.set(room.name, { room: Object.freeze(room), highestTrackNumber });
    return room;
  }
}

function requireUsableName(kind: string, name: string): void {
  const problem = streamNameProblem(name);
  if (problem !== undefined)
    throw new RoomError('bad-value', `${quote(name)} cannot name a ${kind}: ${problem}.`);
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
