import { setTimeout as delay } from 'node:timers/promises';
import { nowNs } from '../bots/process/pacer.ts';
import type { BotListener } from './bot-listener.ts';
import type { HeardBot, SoundMeter } from './sound-meter.ts';
import { listed, TestingError } from './testing-error.ts';
import { db, seconds, type Verdict, type Waiting } from './verdict.ts';

/** When a bot counts as heard. */
export interface HearOptions extends Waiting {
  /** How far its level may be from what it sends; default 3 dB, 6 dB for speech. */
  readonly withinDb?: number;
}

/** When a bot counts as not heard. */
export interface NotHearOptions extends Waiting {
  /** Its level is at or below this at all times; default -40 dB, -25 dB for speech. */
  readonly belowDb?: number;
}

/** Others are named in messages from here on: softer ones are leaks at most. */
const namedDb = -20;
const lookEveryMs = 20;

/**
 * Waits until a bot is heard as loud as it sends, in sound that has come since the call.
 * @throws TestingError where no bot of that name has sent anything
 */
export function hears(
  listener: BotListener,
  name: string,
  { withinDb, timeoutMs }: HearOptions = {},
): Promise<Verdict> {
  const bar = (meter: SoundMeter) => withinDb ?? meter.withinDb;
  return judge(listener, name, {
    expected: `expected ${listener.description} to have ${name}`,
    timeoutMs,
    windowMs: (meter) => meter.heardMs,
    isRight: ({ gainDb }, meter) => Math.abs(gainDb) <= bar(meter),
    reads: ({ gainDb }, meter) => `${db(gainDb)} (bar ${gainDb < 0 ? '-' : '+'}${bar(meter)} dB)`,
  });
}

/**
 * Waits until a bot is not heard for a while in which sound did come, all of it since the call.
 * @throws TestingError where no bot of that name has sent anything
 */
export function hearsNot(
  listener: BotListener,
  name: string,
  { belowDb, timeoutMs }: NotHearOptions = {},
): Promise<Verdict> {
  const bar = (meter: SoundMeter) => belowDb ?? meter.belowDb;
  return judge(listener, name, {
    expected: `expected ${listener.description} not to have ${name}`,
    timeoutMs,
    windowMs: (meter) => meter.notHeardMs,
    isRight: ({ loudestDb }, meter) => loudestDb <= bar(meter),
    reads: ({ loudestDb }, meter) => `${db(loudestDb)} (bar ${bar(meter)} dB)`,
  });
}

interface Judging {
  readonly expected: string;
  readonly timeoutMs: number | undefined;
  windowMs(meter: SoundMeter): number;
  isRight(bot: HeardBot, meter: SoundMeter): boolean;
  reads(bot: HeardBot, meter: SoundMeter): string;
}

async function judge(listener: BotListener, name: string, judging: Judging): Promise<Verdict> {
  const startedMs = performance.now();
  let last: string | undefined;
  let since = from(listener);
  for (;;) {
    // Anew each time: others may begin to send meanwhile.
    requireKnown(listener, name);
    const meter = listener.bots.sounds.meter();
    const windowMs = judging.windowMs(meter);
    const pcm = since.sound(windowMs);
    const soundMs = Math.round(pcm.length / 48);
    if (soundMs >= windowMs && since.ms() >= windowMs + meter.settleMs) {
      const levels = meter.levels(pcm);
      const bot = levels.find((level) => level.name === name)!;
      if (judging.isRight(bot, meter)) return { pass: true, message: '' };
      const reads = `${name} reads ${judging.reads(bot, meter)} in ${soundMs} ms of sound`;
      last = `${reads}; others heard: ${others(levels, name)}`;
      if (meter.settleMs > 0) since = from(listener);
    }
    const waitedMs = performance.now() - startedMs;
    if (waitedMs >= (judging.timeoutMs ?? meter.timeoutMs) || listener.end !== undefined) {
      const but = last ?? tooLittle(listener, soundMs, windowMs, waitedMs);
      const silent = last !== undefined && !listener.bots.sounds.isSending(name);
      const message = `${judging.expected}, but ${but}${silent ? `; ${name} sends no more` : ''}`;
      return { pass: false, message };
    }
    await delay(lookEveryMs);
  }
}

/**
 * What comes from now on. What had come before may be handed out later, where the thread was busy: so the time that
 * has passed counts, too.
 */
function from({ sound }: BotListener) {
  const sinceNs = nowNs();
  return {
    sound: (windowMs: number) => sound.newest(sinceNs, windowMs),
    ms: () => Number(nowNs() - sinceNs) / 1e6,
  };
}

function requireKnown({ bots }: BotListener, name: string): void {
  if (bots.sounds.knows(name)) return;
  throw new TestingError(
    `no bot ${JSON.stringify(name)} has sent anything that can be heard: that have ${listed(bots.sounds.names)}`,
  );
}

function tooLittle({ end }: BotListener, soundMs: number, windowMs: number, waitedMs: number): string {
  const why = end === undefined ? '' : `, for ${end}`;
  if (soundMs === 0) return `no packet of sound came in ${seconds(waitedMs)}${why}`;
  return `only ${soundMs} ms of sound came in ${seconds(waitedMs)}${why}: it takes ${windowMs} ms`;
}

function others(levels: readonly HeardBot[], but: string): string {
  const loud = levels.filter(({ name, gainDb }) => name !== but && gainDb > namedDb);
  if (loud.length === 0) return 'nobody';
  return loud.map(({ name, gainDb }) => `${name} ${db(gainDb)}`).join(', ');
}
