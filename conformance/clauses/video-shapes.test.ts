import { describe, expect, it } from 'vitest';
import type { FoundCell } from '../picture/find-cells.ts';
import { upright } from '../picture/orientation.ts';
import { outcomeOn } from '../run/testing.ts';
import { turnedPhone } from '../scenarios/mixed-members.ts';
import { shapeClauses } from './video-shapes.ts';

const [tall, wide] = turnedPhone.shapes;
const border = { left: true, right: true, top: true, bottom: true };
const colour = { measured: { y: 1, u: 1, v: 1 }, error: 0, nearest: 0, uvExchanged: false };
const noPicture = Buffer.alloc(0);

/** The phone as it is seen. */
const phone = ({ width, height }: { width: number; height: number }, more: Partial<FoundCell> = {}) =>
  ({
    ...{
      bot: turnedPhone.bot,
      frame: 0,
      source: { width, height },
      rectangle: { x: 0, y: 0, width, height },
    },
    ...{ orientation: upright, stretch: 1, border, cropped: false, colour, ...more },
  }) as FoundCell;

const step = (more: object = {}) => ({
  ...{ phone: tall, defects: [], anywhereDefects: [], differing: [], geometry: '' },
  ...{ triple: { expected: noPicture, actual: noPicture, difference: noPicture }, ...more },
});

/** Ten canvases with the phone in both shapes; the cells of some are others. */
function shapes(change: (canvas: number) => FoundCell[] | undefined = () => undefined, more: object = {}) {
  const canvases = Array.from({ length: 10 }, (_, n) => ({
    ...{ arrivalMs: 40 * n, keyframe: false },
    cells: change(n) ?? [phone(n < 5 ? tall : wide)],
  }));
  return {
    ...{ members: [], viewed: { canvases }, steps: [step()], latenessP95Ms: 0, latenessMostMs: 0 },
    ...more,
  };
}

const outcomeOf = (id: string, measured: object, bars?: object) =>
  outcomeOn(shapeClauses, id, measured, bars);

describe('a member whose shape changes', () => {
  const changed = (measured: object) => outcomeOf('video.grid.change-of-shape', measured);
  const stretched = shapes((n) => (n === 5 ? [phone(wide, { stretch: 1.5 })] : undefined));

  it.each([
    ['is shown in both', shapes(), 'pass'],
    ['is missing in two of ten pictures', shapes((n) => (n === 4 || n === 5 ? [] : undefined)), 'pass'],
    ['is missing in three', shapes((n) => (n > 3 && n < 7 ? [] : undefined)), 'fail'],
    ['keeps its first', shapes(() => [phone(tall)]), 'fail'],
    ['is stretched for a moment', stretched, 'fail'],
  ])('%s: %#', async (_case, measured, verdict) => {
    expect(await changed(measured)).toMatchObject({ verdict });
  });

  it('may be stretched where all others are', async () => {
    const others = [step({ anywhereDefects: [{ kind: 'stretched', bot: 0, detail: '' }] })];
    expect(await changed({ ...stretched, steps: others })).toMatchObject({ verdict: 'pass' });
    const alone = [step({ anywhereDefects: [{ kind: 'stretched', bot: turnedPhone.bot, detail: '' }] })];
    expect(await changed({ ...stretched, steps: alone })).toMatchObject({ verdict: 'fail' });
  });

  it('is missing where bots were late, and of a wrong shape on any machine', async () => {
    const late = { latenessP95Ms: 21 };
    expect(await changed(shapes(() => [], late))).toMatchObject({ verdict: 'error' });
    expect(await changed({ ...stretched, ...late })).toMatchObject({ verdict: 'fail' });
  });
});

describe('what is beside the pictures', () => {
  const black = { y: 16, u: 128, v: 128 };
  const background = (more: object) => ({
    worstBackground: { colour: black, points: 100, notBlackShare: 0, ...more },
  });

  it.each([
    ['black', background({}), 'pass'],
    ['black but for ringing', background({ notBlackShare: 0.01 }), 'pass'],
    ['not all black', background({ notBlackShare: 0.02 }), 'fail'],
    ['nothing at all', background({ points: 0 }), 'fail'],
    ['not known, since somebody was missing', { worstBackground: undefined }, 'error'],
  ])('is %s: %#', async (_case, found, verdict) => {
    expect(await outcomeOf('video.grid.background', shapes(undefined, found), {})).toMatchObject({ verdict });
  });
});

describe('recorded pictures', () => {
  const recorded = (share: number) => ({ member: { name: 'balls', recorded: true }, share });
  const clips = (differing: object[], more: object = {}, change?: () => FoundCell[]) =>
    outcomeOf(
      'video.grid.clips',
      shapes(change, { steps: [step({ differing: [recorded(0)] }), step({ differing })], ...more }),
    );

  it.each([
    ['as sent', [recorded(0.15)], 'pass'],
    ['another', [recorded(0), recorded(0.16)], 'fail'],
    ['as sent beside a painted one that differs', [{ member: { recorded: false }, share: 1 }], 'pass'],
  ])('are %s: %#', async (_case, differing, verdict) => {
    expect(await clips(differing)).toMatchObject({ verdict });
  });

  it('are missed where none is found, but for those that are cut off', async () => {
    const none = { steps: [step()] };
    expect(await clips([], none)).toMatchObject({ verdict: 'fail' });
    expect(await clips([], none, () => [phone(tall, { cropped: true })])).toMatchObject({
      verdict: 'not-applicable',
    });
  });
});

it('cannot judge shapes where the canvas never stood still', async () => {
  const moving = shapes(undefined, { steps: [] });
  expect(await outcomeOf('video.grid.shapes', moving)).toMatchObject({ verdict: 'fail' });
  expect(await outcomeOf('video.grid.shapes', { ...moving, latenessMostMs: 60 })).toMatchObject({
    verdict: 'error',
  });
});
