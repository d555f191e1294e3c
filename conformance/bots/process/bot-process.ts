import { WhepListener } from '../webrtc/whep-listener.ts';
import { WhipPublisher } from '../webrtc/whip-publisher.ts';
import type { BotAnswers, BotEnvelope, BotRequest, Clip, ReceivedPacket } from './messages.ts';
import { nowNs, Pacer } from './pacer.ts';

interface Bot {
  close(abruptly: boolean): Promise<void>;
}

interface ListeningBot extends Bot {
  readonly listener: WhepListener;
  packets: ReceivedPacket[];
  received: number;
}

/** Bots by number. A publisher has no packets to give. */
const bots = new Map<number, Bot | ListeningBot>();
let nextBot = 1;
/** Of the packets sent since this was last asked for; from a certain number on they are not kept. */
let latenessMs: number[] = [];
const maxLatenesses = 20_000;

async function publish(url: string, clip: Clip, insecure: boolean): Promise<BotAnswers['publish']> {
  const startedNs = nowNs();
  const publisher = await WhipPublisher.connect({ url, insecure });
  const setUpMs = Number(nowNs() - startedNs) / 1e6;
  const packets = clip.packets.map((packet) => Buffer.from(packet));
  const pacer = new Pacer(clip.samplesAt48k, (frame, lateMs) => {
    if (latenessMs.length < maxLatenesses) latenessMs.push(lateMs);
    publisher.sendOpus(packets[frame % packets.length]!, clip.samplesAt48k);
  });
  const bot = nextBot++;
  bots.set(bot, {
    close: async (abruptly) => {
      pacer.stop();
      await (abruptly ? publisher.abandon() : publisher.close());
    },
  });
  return { bot, sessionId: publisher.sid, setUpMs, firstSampleNs: pacer.firstSampleNs };
}

async function listen(url: string, insecure: boolean): Promise<BotAnswers['listen']> {
  const startedNs = nowNs();
  const listener = await WhepListener.connect({ url, insecure });
  const setUpMs = Number(nowNs() - startedNs) / 1e6;
  const bot: ListeningBot = {
    listener,
    packets: [],
    received: 0,
    close: (abruptly) => (abruptly ? listener.abandon() : listener.close()),
  };
  listener.onAudio = ({ sequenceNumber, timestamp, ssrc, payload }) => {
    bot.received += 1;
    bot.packets.push({ sequenceNumber, timestamp, ssrc, payload, arrivalNs: nowNs() });
  };
  const number = nextBot++;
  bots.set(number, bot);
  return { bot: number, sessionId: listener.sid, setUpMs };
}

function listening(bot: number): ListeningBot {
  const found = bots.get(bot);
  if (found === undefined || !('listener' in found)) throw new Error(`bot ${bot} is no listener`);
  return found;
}

async function answer(request: BotRequest): Promise<BotAnswers[BotRequest['type']]> {
  switch (request.type) {
    case 'publish':
      return publish(request.url, request.clip, request.insecure);
    case 'listen':
      return listen(request.url, request.insecure);
    case 'count':
      return { packets: listening(request.bot).received };
    case 'take': {
      const bot = listening(request.bot);
      const { packets } = bot;
      bot.packets = [];
      return { packets };
    }
    case 'select':
      return { status: await listening(request.bot).listener.selectTracks(request.tracks) };
    case 'lateness': {
      const answered = latenessMs;
      latenessMs = [];
      return { latenessMs: answered };
    }
    case 'close': {
      const bot = bots.get(request.bot);
      bots.delete(request.bot);
      await bot?.close(request.abruptly);
      return {};
    }
  }
}

process.on('message', ({ id, body }: BotEnvelope<BotRequest>) => {
  answer(body).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});

// The suite has gone, or has let go of its bots: they say goodbye to the server and end.
process.on('disconnect', () => {
  void Promise.allSettled([...bots.values()].map((bot) => bot.close(false))).then(() => process.exit(0));
});

// Ctrl-C goes to every process of the terminal; this one ends when the suite lets go of it.
process.on('SIGINT', () => {});
