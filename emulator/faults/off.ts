import type { Faults } from './types.ts';

function refuse(): never {
  throw new Error('Faults are off: start the emulator with the option `faults: {}`.');
}

/** The faults of an emulator that was started without any: there are no rules, and none can be added. */
export const faultsOff: Faults = {
  seed: 1,
  add: refuse,
  remove: refuse,
  clear: refuse,
  rules: () => [],
  hits: refuse,
  cutPublisher: refuse,
  killRoom: refuse,
  closeWebSockets: refuse,
};
