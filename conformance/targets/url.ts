import type { SignallingWish } from '../bots/process/messages.ts';
import { parseTurnServer, type TurnServer } from '../bots/turn-server.ts';
import type { Target } from './target.ts';

/** A target cannot be used; the message is a sentence for the caller, without a password. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** How a server is reached. */
export interface UrlTargetOptions {
  /** Take any certificate of it; default false. */
  readonly insecure?: boolean | undefined;
  /** Configured rooms with a picture that a run may use; default none. */
  readonly rooms?: readonly string[] | undefined;
  /** Stands before every name that a run makes; default nothing. */
  readonly prefix?: string | undefined;
  /** How bots agree with it on their sessions; default `auto`. */
  readonly signalling?: SignallingWish | undefined;
  /** A TURN server that the bots’ media goes through, as `--turn` has it; default none. */
  readonly turn?: string | undefined;
}

/** How many scenarios look at pictures, each in a room that it has for itself. */
const pictureScenarios = 3;

/**
 * A server that runs already.
 * @param text `http://user:pass@host[:port]`
 * @throws TargetError where it is no such URL
 */
export function urlTarget(text: string, options: UrlTargetOptions = {}): Target {
  const { insecure = false, rooms = [], prefix, signalling = 'auto' } = options;
  const turn = options.turn === undefined ? undefined : turnServer(options.turn);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // What was given is not repeated: it may hold a password, wherever that stands in it.
    throw new TargetError('--target wants http://user:pass@host[:port], and what was given is no such URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TargetError(`--target speaks http or https, not ${url.protocol.slice(0, -1)}`);
  }
  if (url.pathname !== '/' || url.search !== '') {
    throw new TargetError(`--target is a server, without a path: ${url.protocol}//user:pass@${url.host}`);
  }
  const shownPair = url.username === '' ? '' : 'USER:PASSWORD@';
  return {
    name: url.origin,
    url: url.origin,
    credentials: { user: decoded(url.username), password: decoded(url.password) },
    insecure,
    ...(signalling !== 'auto' && { signalling }),
    ...(turn !== undefined && { turn }),
    reproduceWith: [
      '--target',
      `${url.protocol}//${shownPair}${url.host}`,
      ...(insecure ? ['--insecure'] : []),
      ...(signalling === 'auto' ? [] : ['--signalling', signalling]),
      ...(turn === undefined ? [] : ['--turn', turn.url.replace(':', ':USER:PASSWORD@')]),
      ...rooms.flatMap((room) => ['--room', room]),
      ...(prefix === undefined ? [] : ['--prefix', prefix]),
    ],
    ...(prefix !== undefined && { prefix }),
    ...(rooms.length > 0 && { configured: { pictures: takingTurns(rooms) } }),
    close: async () => {},
  };
}

function turnServer(text: string): TurnServer {
  try {
    return parseTurnServer(text);
  } catch (error) {
    throw new TargetError(`--turn cannot be read: ${(error as Error).message}`);
  }
}

/** Every scenario has a room, and the last one given has all that are left over. */
function takingTurns(rooms: readonly string[]): string[] {
  return Array.from({ length: pictureScenarios }, (_, i) => rooms[Math.min(i, rooms.length - 1)]!);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new TargetError('in user and password of --target, a % is written %25');
  }
}
