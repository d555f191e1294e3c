import { parentPort, workerData } from 'node:worker_threads';
import { CanvasReader } from './canvas-reader.ts';
import type { ReadingOptions, ToReader } from './messages.ts';

const port = parentPort!;
const opening = CanvasReader.open(workerData as ReadingOptions);

/** Messages are worked off in their order, and none after one that failed: that rejects, and so ends the thread. */
let queue: Promise<void> = Promise.resolve();

port.on('message', (message: ToReader) => {
  queue = queue.then(async () => take(await opening, message));
});

function take(reader: CanvasReader, message: ToReader): void {
  if (message.type === 'packets') reader.push(message.packets);
  else if (message.type === 'keep') reader.keep(message.momentMs);
  else {
    port.postMessage(reader.viewed);
    reader.close();
    port.close();
  }
}
