import { concatSamples } from '../analysis/samples.ts';
import { median, percentile } from '../analysis/statistics.ts';
import { nowMs } from '../bots/clock.ts';
import { collectRecordings, waitForSound } from '../bots/collect.ts';
import type { Clip } from '../bots/process/messages.ts';
import type { Recording } from '../bots/recording.ts';
import { lagChirpSignature } from '../bots/signatures/catalogue.ts';
import { encodeLoop } from '../bots/signatures/encode-loop.ts';
import { render } from '../bots/signatures/render.ts';
import type { Clause } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { inThread } from '../scenarios/analysis-thread/in-thread.ts';
import { judgeLongest, type Lateness, latenessSince, unlessBusy, untilInTime } from '../scenarios/busy.ts';
import { atDelayRate, delayGrowth, isClear, longestWaitMs, type PacketDelay } from '../scenarios/delay.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';

/** Four whole ones, and what a decoder needs to begin. */
const measuredSeconds = 4.1;

/** Before it is measured. */
const settledSeconds = 3;

/** What one listener got of one speaker. */
interface OneWay {
  readonly delays: readonly PacketDelay[];
  /** The speaker was heard clearly for half of the time or more. */
  readonly isClear: boolean;
  readonly longestWaitMs: number;
}

/** What was measured of all pairs at once. */
interface Pairs extends Lateness {
  readonly ways: readonly OneWay[];
  /** The delay of each packet. */
  readonly valuesMs: readonly number[];
}

/** What one listener got of a speaker whose first sample was spoken then. */
interface RecordedWay {
  readonly recording: Recording;
  readonly firstSampleNs: bigint;
}

/** Two members who hear each other: both ways. */
function recordPair(context: RunContext, label: string, clip: Clip): Promise<RecordedWay[]> {
  return SuiteRoom.use(context, label, async (room) => {
    const alice = await room.join('alice', clip);
    const bob = await room.join('bob', clip);
    const listeners = await Promise.all([alice, bob].map(({ trackId }) => room.listen(trackId)));
    // A jitter buffer takes some seconds to shorten what joining has cost.
    await waitForSound(listeners, settledSeconds);
    for (const listener of listeners) await listener.take();
    await waitForSound(listeners, measuredSeconds);
    const [hears, isHeard] = await collectRecordings(listeners);
    return [
      { recording: hears!, firstSampleNs: bob.publisher.firstSampleNs },
      { recording: isHeard!, firstSampleNs: alice.publisher.firstSampleNs },
    ];
  });
}

async function measureWay(
  { recording, firstSampleNs }: RecordedWay,
  spoken: Float32Array,
  signal: AbortSignal,
): Promise<OneWay> {
  const delays = await inThread('mouthToMix', [recording, spoken, firstSampleNs], signal);
  return { delays, isClear: isClear(delays, recording), longestWaitMs: longestWaitMs(recording) };
}

/** Bots that are later than this measure their own machine. */
const maxLatenessMs = 3;
/** Over the four seconds of a measurement, bots that are late by this add less than 3 ms to each second. */
const maxTiltMs = 10;
/** A packet that is later than this lengthens the delay of whoever waits for it, for seconds. */
const lengthensDelayMs = 30;

/** A different sweep in each of eight seconds, so that a delay of one is not taken for none. */
function sweeps(): Float32Array {
  const ends = [
    [300, 3400],
    [3400, 300],
    [300, 1700],
    [1700, 300],
    [1700, 3400],
    [3400, 1700],
    [900, 2500],
    [2500, 900],
  ] as const;
  return concatSamples(
    ends.map(([fromHz, toHz]) =>
      render({ ...lagChirpSignature, fromHz, toHz }, { seconds: 1, levelDbfs: -12 }),
    ),
  );
}

/** Several pairs, because the delay depends on when in the room’s pace a member happens to speak. */
const pairs: Scenario<Pairs> = {
  name: 'delay from mouth to mix',
  async play(context) {
    const sound = sweeps();
    const spoken = atDelayRate(sound);
    const clip = { packets: encodeLoop(sound), samplesAt48k: 960 };
    let attempt = 0;
    const { recorded, ...lateness } = await untilInTime(
      async () => {
        attempt += 1;
        const startedMs = nowMs();
        const labels = [1, 2, 3].map((pair) => `delay-${attempt}-${pair}`);
        const recorded = await Promise.all(labels.map((label) => recordPair(context, label, clip)));
        return { recorded: recorded.flat(), ...(await latenessSince(context, startedMs)) };
      },
      ({ latenessP95Ms, latenessMostMs }) =>
        latenessP95Ms <= maxLatenessMs && latenessMostMs <= lengthensDelayMs,
    );
    const ways = await Promise.all(recorded.map((way) => measureWay(way, spoken, context.signal)));
    const valuesMs = ways.flatMap(({ delays }) => delays.map(({ delayMs }) => delayMs));
    return { ways, valuesMs, ...lateness };
  },
};

/** How late one is heard. */
export const delayClauses: readonly Clause[] = [
  {
    id: 'audio.delay',
    title: 'members are heard soon',
    level: 'undocumented',
    source: 'nothing is said about delay',
    requirement:
      'Time from a sample being spoken to it being there for a listener, 20 ms of framing included.',
    statements: ['page.mix.members-frames'],
    needs: ['whip', 'whep'],
    exclusive: true,
    async run(context) {
      const measured = await context.use(pairs);
      const { valuesMs: values, latenessP95Ms, latenessMostMs } = measured;
      if (values.length === 0)
        return { verdict: 'error', reason: 'the sweep was not heard clearly in any track' };
      const p95 = percentile(values, 95);
      const bar = context.target.bars?.delayP95Ms;
      const actual = `p50 ${percentile(values, 50).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${Math.max(...values).toFixed(1)} ms of ${values.length} packets; the bots were late by ${latenessP95Ms.toFixed(1)} ms (p95), ${latenessMostMs.toFixed(0)} ms at most`;
      const evidence = [
        {
          type: 'series' as const,
          title: 'Delay from mouth to mix, each packet',
          unit: 'ms',
          values,
          ...(bar === undefined ? {} : { limit: bar }),
        },
      ];
      if (bar === undefined) return observed(actual, evidence);
      const judgement = { expected: `p95 at most ${bar} ms`, actual, evidence };
      return judgeLongest(p95, bar, measured, judgement, lengthensDelayMs);
    },
  },
  {
    id: 'audio.delay.steady',
    title: 'the delay does not grow',
    level: 'undocumented',
    source: 'nothing is said about delay',
    requirement: 'How much later members are heard with every second that a listener stays.',
    statements: ['page.mix.members-frames'],
    needs: ['whip', 'whep'],
    exclusive: true,
    async run(context) {
      const { ways, latenessP95Ms, latenessMostMs } = await context.use(pairs);
      const clear = ways.filter(({ isClear }) => isClear);
      if (clear.length === 0)
        return { verdict: 'error', reason: 'the sweep was not heard clearly in any track' };
      // One listener’s delay may still be on its way down from what joining cost.
      const growth = median(clear.map(({ delays }) => delayGrowth(delays)));
      const actual = `${growth.toFixed(1)} ms each second, median of ${clear.length} listeners`;
      const bar = context.target.bars?.delayGrowthMsPerSecond;
      if (bar === undefined) return observed(actual);
      const expected = `at most ${bar} ms each second`;
      const outcome = unlessBusy(judge(growth <= bar, { expected, actual }), latenessP95Ms, maxTiltMs);
      return unlessBusy(outcome, latenessMostMs, lengthensDelayMs);
    },
  },
  {
    id: 'audio.stalls',
    title: 'packets come evenly',
    level: 'undocumented',
    source: 'nothing is said about how evenly packets are sent',
    requirement: 'The longest time between two packets of a track, whatever their timestamps say.',
    statements: ['page.mix.members-frames'],
    needs: ['whip', 'whep'],
    exclusive: true,
    async run(context) {
      const measured = await context.use(pairs);
      const { ways } = measured;
      const longestMs = Math.max(...ways.map((way) => way.longestWaitMs));
      const actual = `${longestMs.toFixed(0)} ms at most, packets of 20 ms for ${ways.length} listeners`;
      const bar = context.target.bars?.stallMs;
      if (bar === undefined) return observed(actual);
      const expected = `at most ${bar} ms`;
      return judgeLongest(longestMs, bar, measured, { expected, actual }, lengthensDelayMs);
    },
  },
];
