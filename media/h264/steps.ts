/** One native call, in both of its forms; the result is FFmpeg's: negative for an error. */
export interface NativeStep {
  sync(): number;
  async(): Promise<number>;
}

/** Runs a sequence of native calls on the calling thread. */
export function runStepsSync<Result>(steps: Generator<NativeStep, Result, number>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next(step.value.sync());
  return step.value;
}

/** Runs a sequence of native calls outside the calling thread, which goes on meanwhile. */
export async function runSteps<Result>(steps: Generator<NativeStep, Result, number>): Promise<Result> {
  let step = steps.next();
  while (!step.done) step = steps.next(await step.value.async());
  return step.value;
}
