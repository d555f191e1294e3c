import { expect, it } from 'vitest';
import { curlLines, shortReason } from './evidence-text.ts';
import { sampleHttp } from './sample-evidence.ts';
import { sampleResult } from './sample-report.ts';

it('says why in one line: the reason, what was seen, or what is required', () => {
  const result = sampleResult('a', 'A', 'error', 1, { reason: 'too busy', actual: '90 ms' });
  expect(shortReason(result)).toBe('too busy');
  expect(shortReason(sampleResult('a', 'A', 'fail', 1, { actual: '90 ms' }))).toBe('90 ms');
  expect(shortReason(sampleResult('a', 'A', 'pass', 1))).toMatch(/^A, for as long as/);
});

it('has each command line once, in order', () => {
  const [add, stat] = [sampleHttp('add_stream', ['alice'], 200, {}), sampleHttp('stat', [], 200, {})];
  const note = { type: 'note', title: 'a note', text: 'curl' } as const;
  expect(curlLines([add, note, stat, add])).toEqual([add.curl, stat.curl]);
});
