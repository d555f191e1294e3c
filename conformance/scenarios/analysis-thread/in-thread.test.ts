import { expect, it } from 'vitest';
import { loadSpeech } from '../../../media-samples/index.ts';
import { steadyLevels } from '../steady-levels.ts';
import { inThread } from './in-thread.ts';

const { name, pcm } = loadSpeech(0);
const args: Parameters<typeof steadyLevels> = [[pcm.slice(0, 96_000)], [{ name, period: pcm }], -30];
const { signal } = new AbortController();

it('computes the same as here', async () => {
  const [found] = await inThread('steadyLevels', args, signal);
  expect(found!.levels[0]!.isClear).toBe(true);
  expect([found]).toEqual(steadyLevels(...args));
});

it('throws what is thrown there', async () => {
  const empty = inThread('steadyLevels', [[new Float32Array(0)], args[1], -30], signal);
  await expect(empty).rejects.toThrow(RangeError);
});

it('is given up', async () => {
  const ending = new AbortController();
  const running = inThread('steadyLevels', args, ending.signal);
  ending.abort();
  await expect(running).rejects.toThrow('aborted');
  await expect(inThread('steadyLevels', args, ending.signal)).rejects.toThrow('aborted');
});
