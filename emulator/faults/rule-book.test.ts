import { describe, expect, it } from 'vitest';
import { RuleBook } from './rule-book.ts';

const rule = { on: {}, do: { status: 503 } };
const loss = { on: { direction: 'in' }, do: { lose: 0.5 } };

describe('RuleBook', () => {
  it('names rules that have no id, and keeps their order', () => {
    const book = new RuleBook();
    expect([book.add(rule), book.add({ ...rule, id: 'rule-2' }), book.add(loss)]).toEqual([
      'rule-1',
      'rule-2',
      'rule-3',
    ]);
    expect(book.states().map(({ id }) => id)).toEqual(['rule-1', 'rule-2', 'rule-3']);
    expect(book.http.map(({ id }) => id)).toEqual(['rule-1', 'rule-2']);
    expect(book.packets.map(({ id }) => id)).toEqual(['rule-3']);
  });

  it('refuses an id that is taken, and more rules than anybody needs', () => {
    const book = new RuleBook();
    book.add({ ...rule, id: 'x' });
    expect(() => book.add({ ...loss, id: 'x' })).toThrow('id: there is a rule x already');
    for (let i = 1; i < 1000; i += 1) book.add(rule);
    expect(() => book.add(rule)).toThrow('there are 1000 rules already');
  });

  it('changes its version with its rules', () => {
    const book = new RuleBook();
    const versions = [book.version];
    for (const change of [() => book.add(rule), () => book.remove('rule-1'), () => book.clear()]) {
      change();
      versions.push(book.version);
    }
    expect(new Set(versions).size).toBe(4);
    expect(book.remove('rule-1')).toBe(false);
  });

  it('shows a state that later hits do not change', () => {
    const book = new RuleBook();
    const id = book.add(rule);
    const before = book.state(id);
    book.http[0]!.hits += 1;
    expect(before).toEqual({ id, rule, matched: 0, hits: 0 });
    expect(book.state(id)?.hits).toBe(1);
    expect(book.state('other')).toBeUndefined();
  });
});
