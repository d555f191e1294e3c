import { describe, expect, it } from 'vitest';
import type { Exchange } from '../http/exchange.ts';
import { isRefusal } from './text.ts';

describe('isRefusal', () => {
  it.each([
    [400, true],
    [404, true],
    [429, false],
    [500, false],
    [200, false],
  ])('of %i is %s', (status, isOne) => {
    expect(isRefusal({ status } as Exchange)).toBe(isOne);
  });
});
