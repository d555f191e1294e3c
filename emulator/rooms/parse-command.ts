import { RoomError } from './room-error.ts';

/** A call as it came: nothing is known yet of whether such a command exists. */
export interface CommandCall {
  readonly command: string;
  readonly args: readonly unknown[];
}

/**
 * Reads the body of a call, `{"command":"…","args":[…]}`. The content type is no help: `curl -d` says it is a
 * form. Missing `args` are none.
 * @throws RoomError malformed-json: no JSON object; bad-value: `command` or `args` is something else
 */
export function parseCommand(body: string): CommandCall {
  const call = parseObject(body);
  const { command, args = [] } = call as { command?: unknown; args?: unknown };
  if (typeof command !== 'string') {
    throw new RoomError('bad-value', 'The body must name the command: {"command":"list_room","args":[]}.');
  }
  if (!Array.isArray(args)) {
    throw new RoomError('bad-value', 'The arguments must be a list: {"command":"add_room","args":["ROOM"]}.');
  }
  return { command, args };
}

function parseObject(body: string): object {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new RoomError('malformed-json', `The body is not JSON: ${(error as SyntaxError).message}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new RoomError('malformed-json', 'The body must be a JSON object: {"command":"list_room","args":[]}.');
}
