import { describe, expect, it } from 'vitest';
import { contextOf } from './testing.ts';

/** Work that ends when it is told to, and writes down what happens. */
function workOf(name: string, log: string[]) {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const work = async () => {
    log.push(`${name} begins`);
    await finished;
    log.push(`${name} ends`);
    return name;
  };
  return { work, finish };
}

describe('takeTurns', () => {
  it('lets one after the other into a room, and those of other rooms at once', async () => {
    const context = contextOf();
    const log: string[] = [];
    const [first, second, other] = ['first', 'second', 'other'].map((name) => workOf(name, log));
    const turns = [
      context.takeTurns('room', first!.work),
      context.takeTurns('room', second!.work),
      context.takeTurns('elsewhere', other!.work),
    ];
    second!.finish();
    other!.finish();
    await turns[2];
    expect(log).toEqual(['first begins', 'other begins', 'other ends']);
    first!.finish();
    expect(await Promise.all(turns)).toEqual(['first', 'second', 'other']);
    expect(log.slice(3)).toEqual(['first ends', 'second begins', 'second ends']);
    await context.close();
  });

  it('goes on after one that failed, and lets nobody in once the run has ended', async () => {
    const context = contextOf();
    const failing = context.takeTurns('room', async () => {
      throw new Error('no room');
    });
    const after = context.takeTurns('room', async () => 'in');
    await expect(failing).rejects.toThrow('no room');
    expect(await after).toBe('in');
    await context.close();
    await expect(context.takeTurns('room', async () => 'in')).rejects.toThrow('the run has ended');
  });
});
