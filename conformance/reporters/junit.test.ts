import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJunit } from './junit.ts';
import { hostileReport, hostileTexts } from './sample-hostile.ts';
import { sampleReport } from './sample-report.ts';
import { oneLine, visibleText } from './text.ts';
import { allElements, parseXml, type XmlNode } from './xml-check.ts';

const root = parseXml(renderJunit(sampleReport()));

function testCase(name: string): XmlNode {
  return allElements(root, 'testcase').find((node) => node.attributes.name === name)!;
}

function childNames(node: XmlNode): string[] {
  return node.children.map((child) => child.name);
}

describe('the JUnit report', () => {
  it('has a suite for each chapter and a case for each clause', () => {
    expect(allElements(root, 'testsuite').map((suite) => suite.attributes.name)).toEqual([
      'rooms',
      'members',
      'audio',
      'play',
      'video',
    ]);
    expect(allElements(root, 'testcase').map((node) => node.attributes.name)).toEqual(
      sampleReport().results.map((result) => result.clause.id),
    );
  });

  it('counts at the root what the suites count together', () => {
    expect(root.attributes).toMatchObject({
      tests: '22',
      failures: '4',
      errors: '1',
      skipped: '2',
      time: '83.412',
    });
    for (const count of ['tests', 'failures', 'errors', 'skipped']) {
      const sum = root.children.reduce((total, suite) => total + Number(suite.attributes[count]), 0);
      expect(sum).toBe(Number(root.attributes[count]));
    }
  });

  it('has the time of each case in seconds, of each suite what its cases took, and when it began', () => {
    expect(testCase('rooms.add').attributes.time).toBe('0.041');
    const [rooms] = root.children;
    expect(rooms!.attributes).toMatchObject({ time: '0.095', timestamp: '2026-11-22T23:06:29' });
  });

  it('says of each case how binding it is, and what is said of the server', () => {
    const properties = testCase('members.remove.track-id').children.find(
      ({ name }) => name === 'properties',
    )!;
    const pairs = properties.children.map(({ attributes }) => [attributes.name, attributes.value]);
    expect(pairs).toEqual([
      ['level', 'documented'],
      [
        'statement',
        expect.stringMatching(/^page\.mix\.own\.without-self \(introduction, on mixing\): .*\.$/),
      ],
      ['statement', expect.stringMatching(/^page\.mix\.own\.others \(introduction, on mixing\): .*\.$/)],
      ['reproduce', 'mosaic2 conformance --seed 1482907 --only members.remove.track-id'],
      ['page', 'index.html#clause-members.remove.track-id'],
    ]);
  });

  it('says in a failure what was required, expected and seen, and how to repeat it', () => {
    const [failure] = testCase('members.remove.track-id').children;
    expect(failure!.name).toBe('failure');
    expect(failure!.attributes.message).toBe(
      'remove_stream answers with the track of the member: 200 with an empty object; there is no track number in the answer.',
    );
    expect(failure!.attributes.type).toBe('documented');
    expect(failure!.text).toContain('Requirement: remove_stream answers');
    expect(failure!.text).toContain('Expected:    JSON with the track number');
    expect(failure!.text).toContain(`curl -X POST -d '{"command":"remove_stream","args":["alice"]}'`);
    expect(failure!.text).toContain(
      'Reproduce:   mosaic2 conformance --seed 1482907 --only members.remove.track-id',
    );
  });

  it('does not say twice why a clause failed', () => {
    const output = testCase('members.remove.track-id').children.find(({ name }) => name === 'system-out')!;
    expect(output.text.trim()).toBe('remove_stream answers with the track of the member');
  });

  it('tells an error of the instrument from a failure of the target', () => {
    const node = testCase('audio.speech');
    expect(childNames(node)).toEqual(['error', 'system-out', 'properties']);
    expect(node.children[0]!.attributes.message).toContain('lost its connection');
  });

  it('skips what does not apply, with the reason', () => {
    const node = testCase('video.grid.leave');
    expect(childNames(node)).toEqual(['skipped', 'system-out', 'properties']);
    expect(node.children[0]!.attributes.message).toContain('disable_video=true');
  });

  it('passes what was observed and says what it was', () => {
    const node = testCase('audio.mute.second-call');
    expect(childNames(node)).toEqual(['system-out', 'properties']);
    expect(node.children[0]!.text).toContain('It unmutes: the call is a toggle.');
  });

  it('says that a pass is flaky', () => {
    expect(testCase('audio.mute.server').children[0]!.text).toContain('Flaky');
  });

  it('gives every suite the seed and the target', () => {
    for (const suite of root.children) {
      const properties = allElements(suite, 'property').map(({ attributes }) => [
        attributes.name,
        attributes.value,
      ]);
      expect(properties).toContainEqual(['seed', '1482907']);
      expect(properties).toContainEqual(['target', 'emulator started by the suite']);
      expect(properties).toContainEqual(['server', 'Streamer 20.08']);
    }
  });

  it('keeps line breaks of a message in an attribute out of it and in the text', () => {
    const report = sampleReport();
    const result = { ...report.results[6]!, actual: 'first\nsecond' };
    const [failure] = allElements(parseXml(renderJunit({ ...report, results: [result] })), 'failure');
    expect(failure!.attributes.message).toMatch(/first second$/);
    expect(failure!.text).toContain('first\nsecond');
  });

  it.each(hostileTexts)('stays well-formed and keeps hostile text as text: %j', (text) => {
    const hostile = parseXml(renderJunit(hostileReport(text)));
    const cases = allElements(hostile, 'testcase');
    expect(cases).toHaveLength(22);
    for (const node of cases) expect(node.attributes.name).toBe(oneLine(text));
    expect(allElements(hostile, 'failure')[0]!.text).toContain(visibleText(text));
  });

  it('stays well-formed whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(allElements(parseXml(renderJunit(hostileReport(text))), 'testcase')).toHaveLength(22);
      }),
      { numRuns: 40 },
    );
  });

  it('can be empty', () => {
    const empty = parseXml(
      renderJunit({ ...sampleReport(), results: [], startedAt: 'never', durationMs: Number.NaN }),
    );
    expect(empty.attributes).toMatchObject({ tests: '0', time: '0.000' });
  });
});
