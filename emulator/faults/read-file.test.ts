import { describe, expect, it } from 'vitest';
import { parseFaults } from './read-file.ts';

describe('parseFaults', () => {
  const rule = { on: {}, do: { status: 503 } };

  it('reads options, and a list of rules alone', () => {
    expect(parseFaults(JSON.stringify({ seed: 7, rules: [rule], api: true }), 'f.json')).toEqual({
      seed: 7,
      rules: [rule],
      api: true,
    });
    expect(parseFaults(JSON.stringify([rule]), 'f.json')).toEqual({ seed: 1, rules: [rule], api: false });
    expect(parseFaults('{}', 'f.json')).toEqual({ seed: 1, rules: [], api: false });
  });

  it.each([
    ['{', /^f\.json: not valid JSON: /],
    ['7', /^f\.json: expected an object with seed, rules and api, not 7$/],
    ['{"sed":7}', /^f\.json: unknown key sed, did you mean seed\?$/],
    ['{"seed":-1}', /^f\.json: seed: expected a whole number from 0 to 4294967295, not -1$/],
    ['{"api":1}', /^f\.json: api: expected true or false, not 1$/],
    ['{"rules":{}}', /^f\.json: rules: expected a list, not an object$/],
    [
      '[{"on":{},"do":{"status":1}},7]',
      /^f\.json: rules\[0\]\.do\.status: .*\nf\.json: rules\[1\]: expected an object/,
    ],
    [`"${'x'.repeat(5_000_000)}"`, /^f\.json: longer than 5000000 characters$/],
  ])('names file and field: %.40s', (text, message) => {
    expect(() => parseFaults(text, 'f.json')).toThrow(message);
  });
});
