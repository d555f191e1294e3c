import { expect } from 'vitest';

/** The message of a failure, with its figures masked: they differ from run to run. */
export async function failureOf(expectation: Promise<void>): Promise<string> {
  const message = await expectation.then(
    () => 'it passed',
    (error: Error) => error.message,
  );
  return message.replace(/-?\d+\.\d+ (dB|s)/g, '# $1').replace(/\d+ ms of/g, '# ms of');
}

/** For what is to come: a busy machine may need long, and nothing is waited for in vain. */
export const patient = { timeoutMs: 30_000 };
/** For what is never to come. */
export const brief = { timeoutMs: 2000 };

/** The figure of a message that stands before ` dB (bar`. */
export async function measuredDb(expectation: Promise<void>): Promise<number> {
  const failure = await expectation.catch((error: Error) => error.message);
  expect(failure).toMatch(/reads -?\d+\.\d dB \(bar/);
  return Number(/reads (-?\d+\.\d) dB \(bar/.exec(String(failure))?.[1]);
}
