/** What one process that has just begun took for its first test. */
export interface FirstRoom {
  /** To load the package. */
  readonly loadMs: number;
  /** From the call of `startEmulator` until it is ready. */
  readonly startMs: number;
  /** From the same call until each of two bots is heard by the other. */
  readonly heardMs: number;
}

process.once('message', async () => {
  const beginMs = performance.now();
  const { hears, startEmulator } = await import('../../index.ts');
  const loadedMs = performance.now();
  await using emulator = await startEmulator();
  const startedMs = performance.now();
  await Promise.all(['alice', 'bob'].map((name) => emulator.publish(name, { room: 'demo' })));
  const tracks = await Promise.all(['alice', 'bob'].map((track) => emulator.listen('demo', { track })));
  const verdicts = await Promise.all([hears(tracks[0]!, 'bob'), hears(tracks[1]!, 'alice')]);
  const heardMs = performance.now() - loadedMs;
  for (const { pass, message } of verdicts) if (!pass) throw new Error(message);
  const result: FirstRoom = { loadMs: loadedMs - beginMs, startMs: startedMs - loadedMs, heardMs };
  process.send?.(result);
});
