import { afterEach, describe, expect, it, vi } from 'vitest';
import { BotSession } from '../bots/bot-session.ts';
import type { BotAccount } from '../bots/process/messages.ts';
import type { HttpEvidence, PacketsEvidence, TranscriptEvidence } from '../report.ts';
import type { Scenario } from './context.ts';
import { runClauses } from './runner.ts';
import { clauseOf, contextOf, passed } from './testing.ts';
import { Witnessed } from './witnessed.ts';
import { witnessedEvidence } from './witnessed-evidence.ts';

afterEach(() => void vi.useRealTimers());

const session = (path: string, role: BotSession['role'] = 'publish') =>
  new BotSession(role, `http://127.0.0.1:8080/${path}`);

const account = (line: string, more: Partial<BotAccount> = {}): BotAccount => ({
  messages: [{ atMs: 0, direction: 'sent', line }],
  leftOut: 0,
  received: {},
  sent: {},
  ...more,
});

const received = {
  packets: 100,
  lost: 1,
  reordered: 0,
  duplicates: 0,
  jitterMs: 0.4,
  bytes: 8000,
  bitrateKbps: 32,
  largestGapMs: 41,
};
const sent = { packets: 100, bytes: 8000, bitrateKbps: 32, late: 0, worstLateMs: 1 };

const call = (url: string): HttpEvidence => ({
  type: 'http',
  title: url,
  curl: 'curl',
  method: 'POST',
  url,
  requestHeaders: { authorization: 'Basic REDACTED' },
  requestBody: '{}',
  status: 200,
  responseHeaders: { 'content-type': 'application/json', date: 'today' },
  responseBody: 'true',
  durationMs: 2,
});

describe('Witnessed', () => {
  it('gets what is said in its work, however deep, and in nothing beside it', async () => {
    const [one, other] = [new Witnessed(), new Witnessed()];
    const say = async (path: string) => {
      await new Promise((resolve) => setImmediate(resolve));
      Witnessed.current?.addSession(session(path));
    };
    await Promise.all([one.during(() => say('a/whip')), other.during(() => say('b/whip')), say('c/whip')]);
    expect(one.sessions.map(({ url }) => new URL(url).pathname)).toEqual(['/a/whip']);
    expect(other.sessions.map(({ url }) => new URL(url).pathname)).toEqual(['/b/whip']);
  });

  it('gives what was said in a scenario to every clause that uses it, once each', async () => {
    const scenario: Scenario<number> = {
      name: 'room',
      play: async () => {
        const bot = session('room/whip');
        Witnessed.current?.addSession(bot);
        bot.ended(account('POST whip'));
        return 7;
      },
    };
    const uses = (id: string) =>
      clauseOf(id, async (context) => {
        await Promise.all([context.use(scenario), context.use(scenario)]);
        return passed;
      });
    const clauses = [uses('first'), uses('second'), clauseOf('third')];
    const results = await runClauses({
      clauses,
      context: contextOf(),
      reporters: [],
      concurrency: 3,
      clauseTimeoutMs: 120_000,
      reproduce: () => 'run',
    });
    const talks = results.map(({ evidence }) =>
      evidence.flatMap((one) => (one.type === 'transcript' ? one.talks.map(({ label }) => label) : [])),
    );
    expect(talks).toEqual([['publish room'], ['publish room'], []]);
  });
});

describe('witnessedEvidence', () => {
  it('is nothing where nothing was said', async () => {
    expect(await witnessedEvidence(new Witnessed(), [], 'p-')).toEqual([]);
  });

  it('shows the packets of each track, by names without the prefix of the run', async () => {
    const witnessed = new Witnessed();
    const publisher = session('p-room-alice/whip');
    publisher.ended(account('POST', { sent: { audio: sent, video: sent } }));
    const player = session('p-chat/p-room/whep?start_track=a2', 'play');
    player.started(async () => account('POST', { received: { audio: received } }));
    for (const one of [publisher, player]) witnessed.addSession(one);
    const [packets] = await witnessedEvidence(witnessed, [], 'p-');
    expect(packets).toEqual({
      type: 'packets',
      title: 'Packets of each track',
      received: [{ track: 'sound of chat/room track a2', ...received }],
      sent: [
        { track: 'sound of room-alice', ...sent },
        { track: 'picture of room-alice', ...sent },
      ],
      leftOut: 0,
    });
  });

  it('shows a few talks, of both kinds, those that failed among them, and says how many more there were', async () => {
    const witnessed = new Witnessed();
    for (let i = 0; i < 8; i += 1) {
      const bot = session(i < 6 ? `m${i}/whip` : `room/whep?start_track=a${i}`, i < 6 ? 'publish' : 'play');
      bot.ended(account(`POST ${i}`), i === 5);
      witnessed.addSession(bot);
    }
    const [transcript] = await witnessedEvidence(witnessed, [], '');
    expect(transcript).toMatchObject({
      type: 'transcript',
      talks: [
        { label: 'publish m0' },
        { label: 'publish m1' },
        { label: 'publish m5' },
        { label: 'play room track a6' },
      ],
      leftOut: 4,
    });
  });

  it('shows calls of the API that are not evidence of the clause already', async () => {
    const witnessed = new Witnessed();
    const own = call('http://h/own');
    for (const one of [own, call('http://h/other')]) witnessed.addCall(one);
    const [transcript, ...more] = await witnessedEvidence(witnessed, [own], '');
    expect(more).toEqual([]);
    expect(transcript).toMatchObject({
      title: 'Calls of the API',
      talks: [
        {
          messages: [
            {
              atMs: 0,
              direction: 'sent',
              line: 'POST http://h/other',
              headers: { authorization: 'Basic REDACTED' },
              body: '{}',
            },
            {
              direction: 'received',
              line: '200',
              headers: { 'content-type': 'application/json' },
              body: 'true',
            },
          ],
        },
      ],
      leftOut: 0,
    });
  });

  it('shows no more calls than anybody reads, and counts both messages of those left out', async () => {
    const witnessed = new Witnessed();
    for (let i = 0; i < 43; i += 1) witnessed.addCall(call(`http://h/${i}`));
    const [transcript] = await witnessedEvidence(witnessed, [], '');
    const [talk] = (transcript as TranscriptEvidence).talks;
    expect([talk!.messages.length, talk!.leftOut]).toEqual([80, 6]);
    expect(talk!.messages[78]!.line).toBe('POST http://h/39');
  });

  it('says how many tracks it leaves out', async () => {
    const witnessed = new Witnessed();
    for (let i = 0; i < 70; i += 1) {
      const bot = session(`m${i}/whip`);
      bot.ended(account('POST', { messages: [], sent: { audio: sent } }));
      witnessed.addSession(bot);
    }
    const [packets] = (await witnessedEvidence(witnessed, [], '')) as PacketsEvidence[];
    expect([packets!.sent.length, packets!.leftOut]).toEqual([64, 6]);
  });

  it('waits three seconds at most for a bot that does not answer', async () => {
    vi.useFakeTimers();
    const witnessed = new Witnessed();
    const silent = session('silent/whip');
    silent.started(() => new Promise(() => {}));
    const other = session('other/whip');
    other.ended(account('POST other'));
    for (const one of [silent, other]) witnessed.addSession(one);
    const evidence = witnessedEvidence(witnessed, [], '');
    await vi.advanceTimersByTimeAsync(3000);
    expect(await evidence).toMatchObject([{ talks: [{ label: 'publish other' }] }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does without a bot whose process is gone', async () => {
    const witnessed = new Witnessed();
    const bot = session('a/whip');
    bot.started(() => Promise.reject(new Error('gone')));
    witnessed.addSession(bot);
    expect(await witnessedEvidence(witnessed, [], '')).toEqual([]);
  });
});
