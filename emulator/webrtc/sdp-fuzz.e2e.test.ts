import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createPlaySession } from './play-session.ts';
import { createPublishSession } from './publish-session.ts';
import { readSdpSections } from './sdp-lines.ts';
import { openUdpSockets } from './test-client.ts';
import { testOffers } from './test-offers.ts';
import { readTrickleFragment } from './trickle.ts';
import { InvalidSdpError, type WebRtcSession } from './types.ts';

const rejections: unknown[] = [];
const remember = (reason: unknown) => rejections.push(reason);
process.on('unhandledRejection', remember);

afterAll(() => {
  process.off('unhandledRejection', remember);
});

/** What may go wrong with a line of an offer. */
const mutation = fc.oneof(
  fc.record({ type: fc.constant('delete' as const), at: fc.nat() }),
  fc.record({ type: fc.constant('repeat' as const), at: fc.nat(), times: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ type: fc.constant('swap' as const), at: fc.nat(), with: fc.nat() }),
  fc.record({ type: fc.constant('cut' as const), at: fc.nat(), length: fc.nat(80) }),
  fc.record({ type: fc.constant('insert' as const), at: fc.nat(), text: fc.string({ maxLength: 40 }) }),
  fc.record({
    type: fc.constant('overwrite' as const),
    at: fc.nat(),
    column: fc.nat(80),
    text: fc.string({ maxLength: 12 }),
  }),
  fc.record({ type: fc.constant('number' as const), at: fc.nat(), number: fc.maxSafeInteger() }),
  fc.record({ type: fc.constant('truncate' as const), at: fc.nat() }),
);

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(lines: readonly string[], change: Mutation): string[] {
  if (lines.length === 0) return [];
  const at = change.at % lines.length;
  const line = lines[at] ?? '';
  const replaced = (...texts: string[]) => lines.toSpliced(at, 1, ...texts);
  switch (change.type) {
    case 'delete':
      return replaced();
    case 'repeat':
      return replaced(...Array.from({ length: change.times }, () => line));
    case 'swap':
      return replaced(lines[change.with % lines.length] ?? '').toSpliced(change.with % lines.length, 1, line);
    case 'cut':
      return replaced(line.slice(0, change.length));
    case 'insert':
      return replaced(line, change.text);
    case 'overwrite':
      return replaced(
        line.slice(0, change.column) + change.text + line.slice(change.column + change.text.length),
      );
    case 'number':
      return replaced(line.replace(/[0-9]+/, String(change.number)));
    case 'truncate':
      return lines.slice(0, at);
  }
}

const mutatedOffer = fc
  .tuple(fc.constantFrom(...Object.values(testOffers)), fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([offer, mutations]) => mutations.reduce<string[]>(mutate, offer.split('\r\n')).join('\r\n'));

/** Makes a session; `undefined` where the offer is refused, which only InvalidSdpError may say. */
async function attempt(make: () => Promise<WebRtcSession>): Promise<WebRtcSession | undefined> {
  try {
    return await make();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidSdpError);
    expect((error as Error).message.length).toBeGreaterThan(10);
    return undefined;
  }
}

describe('mutated offers', () => {
  it('are answered in the offer’s shape or refused with a sentence, and leave nothing open', async () => {
    let answered = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(mutatedOffer, fc.boolean(), async (offer, publish) => {
        const session = await attempt(() =>
          publish ? createPublishSession(offer) : createPlaySession(offer, { audio: true, video: false }),
        );
        if (session === undefined) {
          refused += 1;
          return;
        }
        answered += 1;
        const offered = readSdpSections(offer).media.map(({ kind, protocol }) => ({ kind, protocol }));
        expect(readSdpSections(session.answer).media).toMatchObject(offered);
        await session.close('closed-by-server');
      }),
      { numRuns: 600 },
    );
    // Both must happen, or the mutations are too weak or too strong to say anything.
    expect(answered).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
    await vi.waitUntil(() => openUdpSockets() === 0, { timeout: 5000, interval: 5 });
    expect(rejections).toEqual([]);
  });

  it('of any text are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        expect(await attempt(() => createPublishSession(text))).toBeUndefined();
        expect(await attempt(() => createPublishSession(`v=0\r\n${text}`))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('trickle fragments', () => {
  it('of any text are read or refused with a sentence', () => {
    const line = fc.oneof(
      fc.constantFrom('a=ice-ufrag:abcd', 'a=mid:0', 'm=audio 9 X 0', 'a=end-of-candidates'),
      fc.string().map((text) => `a=candidate:${text}`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        try {
          expect(readTrickleFragment(lines.join('\r\n')).candidates).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidSdpError);
        }
      }),
    );
  });
});
