import { describe, expect, it } from 'vitest';
import { profilePaths } from '../../emulator/index.ts';
import { probes, unrecoverableFields } from './fields.ts';

describe('the fields of a profile', () => {
  const told = probes.flatMap(({ fields }) => fields);
  const untold = Object.keys(unrecoverableFields);

  it('are each told by one experiment, or stand among those that none can tell', () => {
    expect([...told, ...untold].toSorted()).toEqual([...profilePaths()].toSorted());
  });

  it('have a reason where they cannot be told', () => {
    for (const reason of Object.values(unrecoverableFields)) expect(reason).toMatch(/\w+ \w+/);
  });
});
