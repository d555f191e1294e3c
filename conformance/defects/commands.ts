import {
  type CommandTable,
  defaultCommandTable,
  defaultProfile,
  type EmulatorParts,
} from '../../emulator/index.ts';
import type { Defects } from './defect.ts';

type ManagerRun = CommandTable['manager'][string]['run'];
type RoomRun = CommandTable['room'][string]['run'];

const { manager, room } = defaultCommandTable;

/** A command of the manager that does something else than it should. */
function managerCommand(name: string, make: (right: ManagerRun) => ManagerRun): EmulatorParts {
  const command = manager[name]!;
  const broken = { ...command, run: make(command.run) };
  return { commands: { ...defaultCommandTable, manager: { ...manager, [name]: broken } } };
}

/** The same for commands of a room. */
function roomCommands(names: readonly string[], make: (right: RoomRun) => RoomRun): EmulatorParts {
  const broken = names.map((name) => [name, { ...room[name]!, run: make(room[name]!.run) }]);
  return { commands: { ...defaultCommandTable, room: { ...room, ...Object.fromEntries(broken) } } };
}

/** Answers are kept for a while, and given again. */
function cached(forMs: number): (right: ManagerRun) => ManagerRun {
  let known: { readonly answer: unknown; readonly untilMs: number } | undefined;
  return (right) => (context, args) => {
    const nowMs = performance.now();
    if (known === undefined || nowMs > known.untilMs) {
      known = { answer: right(context, args), untilMs: nowMs + forMs };
    }
    return known.answer;
  };
}

/** Mistakes in the command API. */
export const commandDefects = {
  'mute-audio-with-underscore-only': {
    description: 'the command is called mute_audio, as mute_video is, and mute-audio is not known',
    parts: {
      commands: {
        ...defaultCommandTable,
        room: Object.fromEntries(Object.entries(room).filter(([name]) => name !== 'mute-audio')),
      },
    },
    caughtBy: ['api.mute-audio'],
    untouched: ['api.mute-video', 'api.add-stream'],
  },
  'mute-answers-no-track': {
    description: 'mute_video and mute-audio answer that they succeeded, and no track',
    parts: roomCommands(['mute_video', 'mute-audio'], (right) => (...call) => {
      right(...call);
      return { success: true };
    }),
    caughtBy: ['api.mute-video', 'api.mute-audio'],
    untouched: ['api.remove-stream'],
  },
  'remove-stream-answers-no-track': {
    description: 'remove_stream answers that it succeeded, and no track',
    parts: roomCommands(['remove_stream'], (right) => (...call) => {
      right(...call);
      return { success: true };
    }),
    caughtBy: ['api.remove-stream'],
    untouched: ['api.remove-stream.leaves', 'api.add-stream'],
  },
  'adding-twice-gives-another-track': {
    description: 'add_stream with a name that is there already takes the participant out and in again',
    parts: roomCommands(['add_stream'], (right) => (context, where, [stream]) => {
      const isThere = where.members.some((member) => member.stream === stream);
      if (isThere) context.registry.removeMember(where.name, String(stream));
      return right(context, where, [stream]);
    }),
    caughtBy: ['api.add-stream.twice'],
    untouched: ['api.add-stream', 'api.add-stream.own-track'],
  },
  'track-as-bare-number': {
    description: 'add_stream answers the number alone, without an object and without the letter a',
    profile: { ...defaultProfile, answers: { ...defaultProfile.answers, addStream: 'number' } },
    caughtBy: ['api.add-stream'],
    untouched: ['api.add-stream.own-track', 'api.stat'],
  },
  'remove-stream-leaves-the-member': {
    description: 'remove_stream answers as it should, and the participant stays',
    parts: roomCommands(['remove_stream'], () => ({ registry, profile }, where, [stream]) => {
      const number = registry.trackNumberOf(where.name, String(stream));
      return { track_id: `${profile.answers.audioTrackPrefix}${number}` };
    }),
    caughtBy: ['api.remove-stream.leaves', 'audio.leave.gone'],
    untouched: ['api.remove-stream', 'audio.join.heard'],
  },
  'list-room-stale': {
    description: 'list_room answers what was so up to half a minute before',
    parts: managerCommand('list_room', cached(30_000)),
    caughtBy: ['api.list-room'],
    untouched: ['api.stat'],
  },
  'list-room-without-configured-rooms': {
    description: 'list_room answers the rooms that add_room made, and not those of the configuration',
    parts: managerCommand('list_room', () => ({ registry }) => {
      const made = registry.rooms().filter((one) => !one.configured);
      return made.map(({ name }) => name);
    }),
    caughtBy: ['config.snippet'],
    untouched: ['api.list-room', 'config.url-spelling'],
  },
  'stats-spelled-stat': {
    description: 'the manager’s command is called stat, as that of a room is, and stats is not known',
    parts: {
      commands: {
        ...defaultCommandTable,
        manager: Object.fromEntries(
          Object.entries(manager).map(([name, command]) => [name === 'stats' ? 'stat' : name, command]),
        ),
      },
    },
    caughtBy: ['api.stats'],
    untouched: ['api.stat', 'api.list-room'],
  },
  'stat-without-all': {
    description: 'stat names the participants, and not all',
    parts: roomCommands(['stat'], () => (_context, where) => {
      const clients = where.members.map(({ stream }) => stream);
      return { count: clients.length, clients };
    }),
    caughtBy: ['api.stat'],
    untouched: ['api.remove-stream.leaves'],
  },
  'stat-doubles-the-newest': {
    description: 'stat names the newest participant twice',
    parts: roomCommands(['stat'], (right) => (...call) => {
      const { count, clients } = right(...call) as { count: number; clients: readonly string[] };
      return { count, clients: [...clients, ...clients.slice(1).slice(-1)] };
    }),
    caughtBy: ['api.stat.names'],
    untouched: ['api.stat', 'api.remove-stream.leaves'],
  },
  'stat-names-by-track': {
    description: 'stat names all by its name, and participants by their tracks',
    parts: roomCommands(['stat'], (right) => (...call) => {
      const { count, clients } = right(...call) as { count: number; clients: readonly string[] };
      return { count, clients: clients.map((name, i) => (i === 0 ? name : `a${i + 1}`)) };
    }),
    caughtBy: ['api.stat', 'api.stat.names'],
    untouched: ['api.add-stream'],
  },
  'remove-room-keeps-the-room': {
    description: 'remove_room answers as it should, and the room stays',
    parts: managerCommand(
      'remove_room',
      () =>
        ({ profile }) =>
          profile.answers.removeRoom,
    ),
    caughtBy: ['api.remove-room'],
    untouched: ['api.add-room', 'api.list-room'],
  },
  'add-room-takes-a-name-only': {
    description: 'add_room with Opus parameters is refused',
    parts: {
      commands: {
        ...defaultCommandTable,
        manager: { ...manager, add_room: { ...manager.add_room!, usage: ['ROOM'] } },
      },
    },
    caughtBy: ['api.add-room.opus-parameters'],
    untouched: ['api.add-room'],
  },
  'bit-rate-of-add-room-passed-over': {
    description: 'add_room takes a bit rate, and makes a room of 64 kbit/s all the same',
    parts: managerCommand(
      'add_room',
      (right) =>
        (context, [name, ...opus]) =>
          right(context, opus.length === 0 ? [name] : [name, '64', ...opus.slice(1)]),
    ),
    caughtBy: ['audio.opus.bitrate'],
    untouched: ['audio.opus.frame-duration', 'audio.opus.bandwidth'],
  },
  'samples-of-add-room-passed-over': {
    description: 'add_room takes a number of samples, and makes frames of 20 ms all the same',
    parts: managerCommand(
      'add_room',
      (right) =>
        (context, [name, bitrate, rate]) =>
          right(context, rate === undefined ? [name] : [name, bitrate, rate, Number(rate) / 50]),
    ),
    caughtBy: ['audio.opus.frame-duration'],
    untouched: ['audio.opus.bandwidth'],
  },
  'sample-rate-of-add-room-passed-over': {
    description: 'add_room takes a sample rate, and makes a room of 48 kHz with frames as long',
    parts: managerCommand(
      'add_room',
      (right) =>
        (context, [name, bitrate, rate, samples]) =>
          right(
            context,
            rate === undefined ? [name] : [name, bitrate, 48_000, (48_000 * Number(samples)) / Number(rate)],
          ),
    ),
    caughtBy: ['audio.opus.bandwidth'],
    untouched: ['audio.opus.frame-duration'],
  },
  'mute-mutes-everybody': {
    description: 'mute-audio mutes all who are in the room',
    parts: roomCommands(['mute-audio'], (right) => (context, where, args) => {
      for (const { stream } of where.members) {
        if (stream !== args[0]) context.registry.muteAudio(where.name, stream);
      }
      return right(context, where, args);
    }),
    caughtBy: ['audio.mute.nobody-else'],
    untouched: ['audio.mute.silences', 'audio.join.heard'],
  },
  'mute-video-mutes-sound-too': {
    description: 'mute_video takes away the participant’s sound as well',
    parts: roomCommands(['mute_video'], (right) => (context, where, args) => {
      context.registry.muteAudio(where.name, String(args[0]));
      return right(context, where, args);
    }),
    caughtBy: ['video.mute-video.keeps-sound'],
    untouched: ['video.mute-video.covers'],
  },
  'mute-video-covers-everybody': {
    description: 'mute_video takes all pictures out of the grid',
    parts: roomCommands(['mute_video'], (right) => (context, where, args) => {
      for (const { stream } of where.members) {
        if (stream !== args[0]) context.registry.muteVideo(where.name, stream);
      }
      return right(context, where, args);
    }),
    caughtBy: ['video.mute-video.covers'],
    untouched: ['video.mute-video.keeps-sound', 'video.leave.gone'],
  },
} as const satisfies Defects;
