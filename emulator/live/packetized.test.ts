import { expect, it } from 'vitest';
import { joinAnnexB } from '../../media/h264/nal.ts';
import { Packetized } from './packetized.ts';

it('cuts each picture once, whoever watches', () => {
  const packetized = new Packetized();
  const slices = [1, 2].map((value) => Buffer.alloc(2000, value));
  const [first, second] = slices.map((slice) => joinAnnexB([slice])) as [Buffer, Buffer];
  const payloads = packetized.payloadsOf(first);
  expect(payloads.map(({ length }) => length)).toEqual([1001, 1002]);
  expect(packetized.payloadsOf(first)).toBe(payloads);
  expect(packetized.payloadsOf(second)).not.toEqual(payloads);
  expect(packetized.payloadsOf(first)).toEqual(payloads);
});
