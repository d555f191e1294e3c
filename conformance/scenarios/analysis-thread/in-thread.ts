import { once } from 'node:events';
import { spawnThread } from '../../../spawn-thread.ts';
import type { JobCall, Jobs } from './jobs.ts';

const module = new URL('./thread-main.ts', import.meta.url);

/**
 * Computes something on a thread of its own, so that both processors of a small machine work on it, and calls and bots of
 * other clauses do not wait for it.
 * @param args copied, so that they may be used on
 * @param signal gives it up
 * @throws what the job throws, and AbortError
 */
export async function inThread<Name extends keyof Jobs>(
  name: Name,
  args: Parameters<Jobs[Name]>,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<Jobs[Name]>>> {
  signal.throwIfAborted();
  const thread = spawnThread(module, { name, args } satisfies JobCall<Name>);
  // What is thrown after the end is nobody's, and would end the process.
  thread.on('error', () => {});
  try {
    // It rejects with what is thrown in the thread.
    const [result] = await once(thread, 'message', { signal });
    return result;
  } finally {
    await thread.terminate();
  }
}
