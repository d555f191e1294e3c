import { type Command, commandBody, commandPath } from '../common/curl-line.ts';
import { serverUrl } from './server-url.ts';

/** What the server answered to a command. */
export interface CommandAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** A command that failed; the message is a sentence for the user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Sends a command as the documentation says. The browser adds the user and the password that it has.
 * @param keepalive true: it is sent even where the page is being left
 * @throws CommandError where no answer comes
 */
export async function sendCommand(command: Command, keepalive = false): Promise<CommandAnswer> {
  const response = await fetch(serverUrl(commandPath(command)), {
    method: 'POST',
    body: commandBody(command),
    keepalive,
  }).catch(() => {
    throw new CommandError('The server cannot be reached.');
  });
  const text = await response.text().catch(() => '');
  return { ok: response.ok, status: response.status, text: text.trim(), json: parse(text) };
}

/**
 * Sends a command that has to succeed.
 * @throws CommandError with what the server says
 */
export async function requireCommand(command: Command): Promise<CommandAnswer> {
  const answer = await sendCommand(command);
  if (answer.ok) return answer;
  throw new CommandError(answerProblem(answer));
}

/** What is wrong, in a sentence, by an answer that is not good. */
export function answerProblem({ status, json }: Pick<CommandAnswer, 'status' | 'json'>): string {
  if (status === 401) return 'That needs the user and the password of edit_auth.';
  if (typeof json === 'object' && json !== null && 'detail' in json && typeof json.detail === 'string')
    return json.detail;
  return `The server answered with status ${status}.`;
}

/** The track in an answer like `{"track_id":"a3"}`, in the shapes that a profile can give it. */
export function trackOf(json: unknown): string | undefined {
  const value = typeof json === 'object' && json !== null && 'track_id' in json ? json.track_id : json;
  if (typeof value === 'number') return `a${value}`;
  return typeof value === 'string' && /^a\d+$/.test(value) ? value : undefined;
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
