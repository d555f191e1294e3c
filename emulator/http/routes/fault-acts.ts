import { FaultRuleError, type Faults, publisherCuts } from '../../faults/types.ts';
import { type Fields, fieldProblems, isObject, oneOf, show, text, wholeNumber } from '../../value-checks.ts';
import { HttpError } from '../errors.ts';

/** An act: what it takes, and what it does. */
interface Act {
  readonly required: Fields;
  readonly optional: Fields;
  /** @param fields checked. @returns the body of the answer. @throws RangeError where there is no such thing */
  readonly run: (faults: Faults, fields: Readonly<Record<string, unknown>>) => object;
}

const acts: Readonly<Record<string, Act>> = {
  cut_publisher: {
    required: { stream: text },
    optional: { how: oneOf(publisherCuts) },
    run(faults, { stream, how }) {
      faults.cutPublisher(stream as string, how as (typeof publisherCuts)[number] | undefined);
      return { success: true };
    },
  },
  kill_room: {
    required: { room: text },
    optional: { status: wholeNumber(400, 599, 'an HTTP status') },
    run(faults, { room, status }) {
      const rule = faults.killRoom(room as string, status as number | undefined);
      return { success: true, ...(rule !== undefined && { rule }) };
    },
  },
  close_websockets: {
    required: {},
    optional: { name: text },
    run: (faults, { name }) => ({
      success: true,
      closed: faults.closeWebSockets(name as string | undefined),
    }),
  },
};

/**
 * Does what `{"act":"cut_publisher","stream":"alice"}` says.
 * @returns the body of the answer
 * @throws HttpError `bad-value`, and `unknown-stream` where there is no such publisher or room
 */
export function runFaultAct(faults: Faults, json: unknown): object {
  if (!isObject(json)) throw new HttpError('bad-value', `expected an object with "act", not ${show(json)}`);
  const { act: name, ...fields } = json;
  const wrongName = oneOf(Object.keys(acts))(name);
  if (wrongName !== undefined)
    throw new HttpError('bad-value', `act: expected ${wrongName}, not ${show(name)}`);
  const act = acts[name as string]!;
  const problems = problemsOf(act, fields);
  if (problems.length > 0) throw new HttpError('bad-value', problems.join('\n'));
  try {
    return act.run(faults, fields);
  } catch (error) {
    if (error instanceof FaultRuleError) throw new HttpError('bad-value', error.message);
    if (error instanceof RangeError) throw new HttpError('unknown-stream', error.message);
    throw error;
  }
}

function problemsOf({ required, optional }: Act, fields: Readonly<Record<string, unknown>>): string[] {
  const missing = Object.keys(required).filter((key) => !Object.hasOwn(fields, key));
  return [
    ...missing.map((key) => `${key}: is missing`),
    ...fieldProblems(fields, { ...required, ...optional }),
  ];
}
