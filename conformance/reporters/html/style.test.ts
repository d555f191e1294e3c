import { describe, expect, it } from 'vitest';
import { pageStyle, schemes } from './style.ts';
import { contrast } from './test-contrast.ts';

/** Colours by name. */
function coloursOf(scheme: string): Map<string, string> {
  return new Map(
    [...scheme.matchAll(/--([\w-]+):(#[\da-f]{3,6})(?![\da-f])/g)].map(([, name, value]) => [name!, value!]),
  );
}

const inks = ['ink', 'soft', 'link', 'pass', 'fail', 'observed', 'known', 'na', 'error'];
const codeInks = ['json-key', 'json-text', 'json-literal'];
const grounds = ['ground', 'paper', 'sunken'];
/** Of what is no text but has to be seen: focus, borders of fields, plots. */
const marks = ['focus', 'plot', 'fail-bar'];

describe.each(Object.entries(schemes))('the colours of the %s page', (_name, scheme) => {
  const colours = coloursOf(scheme);

  it('has a contrast of at least 4.5 for all text', () => {
    for (const ground of grounds) {
      for (const ink of [...inks, ...codeInks]) {
        const value = contrast(colours.get(ground)!, colours.get(ink)!);
        expect(value, `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('has a contrast of at least 3 for what is drawn', () => {
    for (const ground of grounds) {
      for (const mark of marks) {
        const value = contrast(colours.get(ground)!, colours.get(mark)!);
        expect(value, `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });
});

describe('the rules of the page', () => {
  it('name only colours that both schemes have, and make none fainter', () => {
    const names = new Set([...pageStyle().matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name!));
    const own = new Set(['tone', 'bar', 'w', 'shadow', 'plot-soft']);
    for (const name of names) {
      if (own.has(name)) continue;
      for (const scheme of Object.values(schemes)) expect(coloursOf(scheme).has(name), name).toBe(true);
    }
    // Only what is put away from sight has an opacity.
    const faint = [...pageStyle().matchAll(/([^{}]*)\{[^}]*opacity:([\d.]+)/g)].map(([, selector, value]) => [
      selector!.trim(),
      value,
    ]);
    expect(faint).toEqual([
      ['.filter input::placeholder', '1'],
      ['.chip input', '0'],
    ]);
  });

  it('print everything that is shown, without what is there to be pressed', () => {
    const print = pageStyle().slice(pageStyle().indexOf('@media print{html'));
    for (const hidden of ['.filter', '.copy', '.skip', 'nav.chapters', '.step', '.alone-link']) {
      expect(print).toContain(hidden);
    }
    expect(print).toContain('.code{max-height:none!important');
  });
});
