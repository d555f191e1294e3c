import type { ErrorKind, Profile } from '../profile.ts';
import { type CommandContext, type CommandTable, defaultCommandTable } from './command-table.ts';
import { parseCommand } from './parse-command.ts';
import { quote, RoomError } from './room-error.ts';
import type { Room } from './types.ts';

/** The answer to a call. */
export interface CommandOutcome {
  /** HTTP status. */
  readonly status: number;
  /** To be sent as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CommandDeps extends CommandContext {
  /** Default {@link defaultCommandTable}. */
  readonly commands?: CommandTable;
}

/** Where the calls go; shown to callers who went elsewhere. */
const managerPath = '/flussonic/api/dynamic_mosaic/';

/**
 * Runs a call on the manager, `POST /flussonic/api/dynamic_mosaic/`.
 * @param body the raw request body, JSON whatever its content type says
 */
export function runManagerCommand(deps: CommandDeps, body: string): CommandOutcome {
  const commands = deps.commands ?? defaultCommandTable;
  return answering(deps.profile, () => {
    const { command, args } = parseCommand(body);
    const { run, usage } = lookUp(commands.manager, command, () =>
      Object.hasOwn(commands.room, command) ? ` It is a command of a room: call ${managerPath}ROOM.` : '',
    );
    requireArity(command, usage, args.length);
    return run(deps, args);
  });
}

/**
 * Runs a call on a room, `POST /flussonic/api/dynamic_mosaic/NAME`.
 * @param roomPath the decoded rest of the path: a room's name, which may have slashes; or the profile's
 *   literal room name, which means the only room where none has that name
 */
export function runRoomCommand(deps: CommandDeps, roomPath: string, body: string): CommandOutcome {
  const commands = deps.commands ?? defaultCommandTable;
  return answering(deps.profile, () => {
    const { command, args } = parseCommand(body);
    const { run, usage } = lookUp(commands.room, command, () =>
      Object.hasOwn(commands.manager, command) ? ` It is a command of the manager: call ${managerPath}.` : '',
    );
    requireArity(command, usage, args.length);
    return run(deps, findRoom(deps, roomPath), args);
  });
}

/** An error as all parts of the API answer it: `{"error":"unknown-room","detail":"There is no room \"x\"."}`. */
export function errorOutcome(profile: Profile, kind: ErrorKind, detail: string): CommandOutcome {
  return { status: profile.errors.status[kind], body: { error: kind, detail } };
}

function answering(profile: Profile, run: () => unknown): CommandOutcome {
  try {
    return { status: 200, body: run() };
  } catch (error) {
    if (error instanceof RoomError) return errorOutcome(profile, error.kind, error.message);
    throw error;
  }
}

function lookUp<Command>(
  table: Readonly<Record<string, Command>>,
  name: string,
  elsewhere: () => string,
): Command {
  if (Object.hasOwn(table, name)) return table[name]!;
  const known = `Known here are ${Object.keys(table).join(', ')}.`;
  throw new RoomError('unknown-command', `There is no command ${quote(name)}.${elsewhere()} ${known}`);
}

function requireArity(command: string, usage: readonly string[], count: number): void {
  const forms = usage.map((form) => form.split(' ').filter((word) => word !== ''));
  if (forms.some((words) => words.length === count)) return;
  const wanted = forms
    .map((words) => (words.length === 0 ? 'no arguments' : `[${words.join(', ')}]`))
    .join(' or ');
  throw new RoomError('wrong-arity', `${command} takes ${wanted}, not ${count} arguments.`);
}

function findRoom({ registry, profile }: CommandDeps, roomPath: string): Room {
  const name = roomPath.replace(/\/$/, '');
  const { namesInPath, literalRoomName } = profile.rooms;
  const room = namesInPath ? registry.room(name) : undefined;
  if (room !== undefined) return room;
  if (name !== literalRoomName) throw new RoomError('unknown-room', `There is no room ${quote(name)}.`);
  const rooms = registry.rooms();
  if (rooms.length === 1) return rooms[0]!;
  if (rooms.length === 0) {
    throw new RoomError('unknown-room', `There is no room yet: make one with add_room at ${managerPath}.`);
  }
  if (!namesInPath) {
    const sentence = `There are ${rooms.length} rooms, and ${quote(literalRoomName)} means the only one there is.`;
    throw new RoomError('ambiguous-room', sentence);
  }
  const url = managerPath + rooms[0]!.name.split('/').map(encodeURIComponent).join('/');
  throw new RoomError('ambiguous-room', `There are ${rooms.length} rooms: say which one, as in ${url}.`);
}
