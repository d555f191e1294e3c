import { describe, expect, it } from 'vitest';
import { type ExpectedProfile, expectedProfile } from '../targets/profile.ts';
import { type Facts, judge, observed } from './clause.ts';
import { judgeByProfile } from './judge-by-profile.ts';

async function verdictOf(facts: Facts, overrides: object): Promise<[string, string | undefined]> {
  const profile = await expectedProfile(JSON.stringify(overrides), 'p.json');
  const { verdict, expected } = judgeByProfile(observed('seen', [], facts), profile);
  return [verdict, expected];
}

describe('judgeByProfile', () => {
  it('leaves what is observed as it is without a profile, and what no profile has a value for', async () => {
    const outcome = observed('seen', [], { 'rooms.allName': 'all' });
    expect(judgeByProfile(outcome, undefined)).toBe(outcome);
    expect(await verdictOf({}, {})).toEqual(['observed', undefined]);
    expect(await verdictOf({ 'rooms.colour': 'red' }, {})).toEqual(['observed', undefined]);
  });

  it('leaves a verdict as it is', () => {
    const profile: ExpectedProfile = { name: 'p', values: new Map([['rooms.allName', 'other']]) };
    const passed = { ...judge(true, { expected: 'a', actual: 'a' }), facts: { 'rooms.allName': 'all' } };
    expect(judgeByProfile(passed, profile)).toBe(passed);
    const outcome = { ...judge(false, { expected: 'a', actual: 'b' }), facts: { 'rooms.allName': 'all' } };
    expect(judgeByProfile(outcome, profile)).toBe(outcome);
  });

  it('passes what is as the profile says, also by default', async () => {
    expect(await verdictOf({ 'rooms.allName': 'all' }, {})).toEqual([
      'pass',
      'by p.json: rooms.allName "all"',
    ]);
    const body = { deep: [1, { a: null }] };
    expect((await verdictOf({ 'answers.addRoom': body }, { answers: { addRoom: body } }))[0]).toBe('pass');
  });

  it('fails where anything is another way, and names only that', async () => {
    const facts = { 'rooms.allName': 'all', 'rooms.muteToggles': true };
    const expected = 'by p.json: rooms.muteToggles false';
    expect(await verdictOf(facts, { rooms: { muteToggles: false } })).toEqual(['fail', expected]);
    const several = { 'errors.status.bad-value': [400, 422] };
    expect((await verdictOf(several, {}))[0]).toBe('fail');
  });

  it.each([
    ['video.fps', 24, 'pass'],
    ['video.fps', 26, 'pass'],
    ['video.fps', 27, 'fail'],
    ['video.placeholderAfterMs', 2500, 'pass'],
    ['video.placeholderAfterMs', 2600, 'fail'],
    ['video.placeholderAfterMs', 1400, 'fail'],
    ['video.background', '#010101', 'fail'],
    ['video.background', '#000000', 'pass'],
  ])('compares %s as exactly as it can be measured: %j is %s', async (path, seen, verdict) => {
    expect((await verdictOf({ [path]: seen }, {}))[0]).toBe(verdict);
  });

  it('takes two colours of the web that are one in a picture for the same', async () => {
    const overrides = { video: { background: '#203040' } };
    expect((await verdictOf({ 'video.background': '#213040' }, overrides))[0]).toBe('pass');
  });
});
