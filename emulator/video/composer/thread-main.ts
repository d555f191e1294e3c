import { parentPort, workerData } from 'node:worker_threads';
import { LocalComposer } from './local-composer.ts';
import type { ComposerOptions } from './messages.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

const composer = new LocalComposer(workerData as ComposerOptions);

/** Messages are worked off one at a time: a snapshot must not see a canvas that is being drawn. */
let queue: Promise<void> = Promise.resolve();

parentPort!.on('message', (message: ToThread) => {
  queue = queue.then(() => answer(message));
});

async function answer(message: ToThread): Promise<void> {
  if (message.type === 'start') {
    composer.start();
    return;
  }
  try {
    const reply = await work(message);
    parentPort!.postMessage(reply);
    // Without it the thread would wait for messages for ever.
    if (reply.type === 'closed') parentPort!.close();
  } catch (error) {
    parentPort!.postMessage({ type: 'failed', reason: String(error) } satisfies FromThread);
  }
}

async function work(message: Exclude<ToThread, { type: 'start' }>): Promise<FromThread> {
  if (message.type === 'compose') {
    return { type: 'composed', result: await composer.compose(message.request) };
  }
  if (message.type === 'snapshot') return { type: 'snapshot', file: await composer.snapshot() };
  await composer.close();
  return { type: 'closed' };
}
