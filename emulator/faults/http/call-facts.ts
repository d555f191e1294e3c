import { corsHeaders } from '../../http/cors.ts';
import { parsePath } from '../../http/parse-path.ts';
import { matchesGlob } from '../glob.ts';
import { commandName } from '../read-rule.ts';
import type { HttpMatch } from '../types.ts';

/** A command as its body says it. */
interface CommandFacts {
  readonly name: string;
  /** The first argument, where it is a text. */
  readonly argument: string | undefined;
}

/** What a rule may look at in a call. */
export interface CallFacts {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** What is called, without names and session ids: the same for all calls of a kind. */
  readonly resource: string;
  /** The stream's or room's name in the path. */
  readonly name: string | undefined;
  /** Known only when the body is. */
  readonly command?: CommandFacts;
  /** Handshake of a WebSocket. */
  readonly isUpgrade: boolean;
}

const manager = '/flussonic/api/dynamic_mosaic/';
/** Below these a name follows, and nothing behind it. */
const namePrefixes = [
  manager,
  '/flussonic/api/media_info/',
  '/flussonic/api/stream_health/',
  '/streamer/api/v3/streams/',
];

/** @param target path and query, as in the request line; hostile */
export function callFacts(method: string, target: string, isUpgrade = false): CallFacts {
  const path = target.split(/[?#]/, 1)[0]!;
  const prefix = namePrefixes.find((one) => path.startsWith(one) && path.length > one.length);
  if (prefix !== undefined) {
    return { method, path, resource: prefix, name: decode(path.slice(prefix.length)), isUpgrade };
  }
  const below = parsePath(target);
  if (below?.action !== undefined) {
    return { method, path, resource: `*/${below.action}`, name: below.stream, isUpgrade };
  }
  return { method, path, resource: path, name: undefined, isUpgrade };
}

/** The same with the command in the body, which is hostile; where there is none, nothing is added. */
export function withCommand(facts: CallFacts, body: unknown): CallFacts {
  if (!facts.path.startsWith(manager.slice(0, -1)) || typeof body !== 'string') return facts;
  try {
    const { command, args } = JSON.parse(body) as { command?: unknown; args?: unknown };
    if (typeof command !== 'string') return facts;
    const first: unknown = Array.isArray(args) ? args[0] : undefined;
    return { ...facts, command: { name: command, argument: typeof first === 'string' ? first : undefined } };
  } catch {
    return facts;
  }
}

/** Says whether a rule is for a call. */
export function matchesCall(on: HttpMatch, facts: CallFacts): boolean {
  const { command, name } = facts;
  if (on.method === undefined ? facts.method === 'OPTIONS' : facts.method !== on.method) return false;
  if (on.path !== undefined && !matchesGlob(on.path, facts.path)) return false;
  if (on.command === undefined) return fits(on.stream, name) && fits(on.room, name);
  if (command === undefined || commandName(command.name) !== commandName(on.command)) return false;
  // A room's name is in the path, a command of the manager has it as its argument.
  const [stream, room] = name === undefined ? [undefined, command.argument] : [command.argument, name];
  return fits(on.stream, stream) && fits(on.room, room);
}

/** Calls that are told apart: each such flow has its own numbers. */
export function flowOf({ method, resource, name, command }: CallFacts): string {
  return JSON.stringify([method, resource, name, command?.name, command?.argument]);
}

/** Headers without which pages of other origins could not see the answer, where they may see the right one. */
export function headersFor({ resource }: CallFacts): Readonly<Record<string, string>> {
  return resource.startsWith('*/') ? corsHeaders : {};
}

function fits(pattern: string | undefined, name: string | undefined): boolean {
  return pattern === undefined || (name !== undefined && matchesGlob(pattern, name));
}

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
