import { describe, expect, it } from 'vitest';
import { closeNames } from './close-names.ts';

const ids = [
  'api.stat',
  'api.stat.count',
  'api.stats',
  'audio.mute.silences',
  'audio.mute.twice',
  'video.delay',
];

describe('closeNames', () => {
  it.each([
    ['api.stst', ['api.stat', 'api.stats']],
    ['audio.mute', ['audio.mute.*', 'audio.mute.silences', 'audio.mute.twice']],
    ['AUDIO.*', ['audio.*', 'audio.mute.silences', 'audio.mute.twice']],
    ['vidoe.*', ['video.*']],
    ['**.count', ['api.stat.count']],
    ['video.delays', ['video.delay']],
    ['nothing', []],
    ['', []],
    ['*', []],
  ])('for %j finds %j', (pattern, names) => {
    const found = closeNames(pattern, ids);
    expect(names.length === 0 ? found : found.slice(0, names.length)).toEqual(names);
  });

  it('names three at most', () => {
    expect(closeNames('a', ids)).toHaveLength(3);
  });

  it('is quick for whatever it is given', () => {
    const startedMs = performance.now();
    closeNames('x.'.repeat(1_000_000), ids);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});
