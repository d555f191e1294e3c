import { describe, expect, it } from 'vitest';
import type { ClauseResult, Verdict } from '../report.ts';
import type { Defect } from './defect.ts';
import { proofOf } from './proof.ts';
import { ProofTable, soundLines, summaryLine } from './proof-lines.ts';
import { needsNoMedia } from './prove.ts';

const defect: Defect = {
  description: 'everything is upside down',
  caughtBy: ['video.upright', 'video.cells'],
  untouched: ['video.colours'],
};

function results(verdicts: Readonly<Record<string, Verdict>>): ClauseResult[] {
  return Object.entries(verdicts).map(([id, verdict]) => {
    const reason = verdict === 'error' ? { reason: 'too busy' } : {};
    return { clause: { id }, verdict, ...reason } as ClauseResult;
  });
}

function proof(verdicts: Readonly<Record<string, Verdict>>) {
  return proofOf('upside-down', defect, results(verdicts), 1234);
}

describe('the proof that a defect is caught', () => {
  it('holds where all clauses that name it fail, and no other', () => {
    expect(proof({ 'video.upright': 'fail', 'video.cells': 'fail', 'video.colours': 'pass' })).toEqual({
      defect: 'upside-down',
      chapter: 'video',
      description: defect.description,
      holds: true,
      caughtBy: ['video.upright', 'video.cells'],
      missedBy: [],
      wronglyFailed: [],
      unmeasured: [],
      durationMs: 1234,
    });
  });

  it.each([
    ['one of them passes', { 'video.upright': 'fail', 'video.cells': 'pass', 'video.colours': 'pass' }],
    [
      'one of them is not measured',
      { 'video.upright': 'error', 'video.cells': 'fail', 'video.colours': 'pass' },
    ],
    ['one of them is not run', { 'video.upright': 'fail', 'video.colours': 'pass' }],
    [
      'an untouched one does not apply',
      { 'video.upright': 'fail', 'video.cells': 'fail', 'video.colours': 'not-applicable' },
    ],
    ['an untouched one fails', { 'video.upright': 'fail', 'video.cells': 'fail', 'video.colours': 'fail' }],
  ] as const)('does not hold where %s', (_case, verdicts) => {
    expect(proof(verdicts).holds).toBe(false);
  });

  it('holds where an untouched clause could not be measured, and says so', () => {
    const { holds, unmeasured } = proof({
      'video.upright': 'fail',
      'video.cells': 'fail',
      'video.colours': 'error',
    });
    expect({ holds, unmeasured }).toEqual({ holds: true, unmeasured: ['video.colours: error, too busy'] });
  });
});

describe('the table of proofs', () => {
  it('has a line for each, and one for each thing that is wrong', () => {
    const table = new ProofTable(['upside-down']);
    const wrong = proof({ 'video.upright': 'pass', 'video.cells': 'fail', 'video.colours': 'pass' });
    expect([table.header, ...table.lines(wrong), summaryLine([wrong])]).toEqual([
      'defect       chapter  seconds  caught by',
      'upside-down  video        1.2  video.cells',
      '  not caught by video.upright: pass',
      '0 of 1 defects caught by the clauses that name them; 1 s',
    ]);
  });
});

it('says what was wrong with the sound emulator, and what was so once only', () => {
  const wrong = [
    { ...results({ 'audio.gaps': 'error' })[0]!, actual: '50 ms' },
    { ...results({ 'audio.delay': 'fail' })[0]!, actual: '90 ms' },
  ];
  expect(soundLines({ wrong, flaky: ['api.stat'] })).toEqual([
    'the sound emulator: audio.gaps error: too busy',
    'the sound emulator: audio.delay fail: 90 ms',
    'the sound emulator: api.stat passed only when it was measured again',
  ]);
});

it('looks at defects beside each other that show in answers alone', () => {
  expect(needsNoMedia('password-not-compared')).toBe(true);
  expect(needsNoMedia('self-at-40-db')).toBe(false);
  expect(needsNoMedia('newer-publisher-refused')).toBe(false);
});
