import type { Profile } from '../profile.ts';
import { listAnswer, roomStat, roomStats, trackAnswer } from './answers.ts';
import { nameArgument, opusArguments, stateArgument } from './command-arguments.ts';
import type { RoomRegistry } from './registry.ts';
import type { Room } from './types.ts';

/** What commands work on. */
export interface CommandContext {
  readonly registry: RoomRegistry;
  readonly profile: Profile;
  /** Milliseconds, the clock of the registry. */
  readonly now: () => number;
}

/** One command: how many arguments it takes, and what it does with them. */
interface CommandOf<Run> {
  /** Arguments as a person writes them, one text for each form of the call: `ROOM bitrate samplerate samples`. */
  readonly usage: readonly string[];
  /** @returns the body of the answer. @throws RoomError */
  readonly run: Run;
}

export type ManagerCommand = CommandOf<(context: CommandContext, args: readonly unknown[]) => unknown>;
export type RoomCommand = CommandOf<
  (context: CommandContext, room: Room, args: readonly unknown[]) => unknown
>;

/** The commands of both addresses, by their names in the call. */
export interface CommandTable {
  readonly manager: Readonly<Record<string, ManagerCommand>>;
  readonly room: Readonly<Record<string, RoomCommand>>;
}

const addRoom: ManagerCommand = {
  usage: ['ROOM', 'ROOM bitrate samplerate samples'],
  run({ registry, profile }, [name, ...opus]) {
    registry.addRoom(nameArgument(name), { opus: opusArguments(opus) });
    return profile.answers.addRoom;
  },
};

const removeRoom: ManagerCommand = {
  usage: ['ROOM'],
  run({ registry, profile }, [name]) {
    registry.removeRoom(nameArgument(name));
    return profile.answers.removeRoom;
  },
};

const listRoom: ManagerCommand = {
  usage: [''],
  run({ registry, profile }) {
    const names = registry.rooms().map((room) => room.name);
    return listAnswer(names, profile.answers.listRoom);
  },
};

const stats: ManagerCommand = {
  usage: [''],
  run({ registry, profile, now }) {
    const nowMs = now();
    const rooms = registry.rooms().map((room) => roomStats(room, profile.rooms, nowMs));
    return listAnswer(rooms, profile.answers.stats);
  },
};

const addStream: RoomCommand = {
  usage: ['STREAM'],
  run({ registry, profile }, room, [stream]) {
    const { trackNumber } = registry.addMember(room.name, nameArgument(stream));
    return trackAnswer(trackNumber, profile.answers.addStream, profile);
  },
};

const removeStream: RoomCommand = {
  usage: ['STREAM'],
  run({ registry, profile }, room, [stream]) {
    const { trackNumber } = registry.removeMember(room.name, nameArgument(stream));
    return trackAnswer(trackNumber, profile.answers.removeStream, profile);
  },
};

const stat: RoomCommand = {
  usage: [''],
  run: ({ profile }, room) => roomStat(room, profile.rooms),
};

const muteAudio: RoomCommand = {
  usage: ['STREAM', 'STREAM state'],
  run({ registry, profile }, room, [stream, state]) {
    const { trackNumber } = registry.muteAudio(room.name, nameArgument(stream), stateArgument(state));
    return trackAnswer(trackNumber, profile.answers.mute, profile);
  },
};

const muteVideo: RoomCommand = {
  usage: ['STREAM', 'STREAM state'],
  run({ registry, profile }, room, [stream, state]) {
    const { trackNumber } = registry.muteVideo(room.name, nameArgument(stream), stateArgument(state));
    return trackAnswer(trackNumber, profile.answers.mute, profile);
  },
};

/**
 * The documented commands. The documentation spells `mute_video` with an underscore and `mute-audio` with a
 * hyphen; both spellings of both are taken.
 */
export const defaultCommandTable: CommandTable = {
  manager: { add_room: addRoom, remove_room: removeRoom, list_room: listRoom, stats },
  room: {
    add_stream: addStream,
    remove_stream: removeStream,
    stat,
    'mute-audio': muteAudio,
    mute_audio: muteAudio,
    mute_video: muteVideo,
    'mute-video': muteVideo,
  },
};
