import { goBeforeOthers, realTimePriorities } from '../../real-time.ts';
import type { TurnServer } from '../turn-server.ts';
import { Listener } from '../webrtc/listener.ts';
import { notReachedBy } from '../webrtc/not-reached.ts';
import { Peer } from '../webrtc/peer.ts';
import { Publisher } from '../webrtc/publisher.ts';
import { Transcript } from '../webrtc/transcript.ts';
import { agreeing } from './agreeing.ts';
import { checkVideoClip, playClip } from './clip-player.ts';
import { LatenessLog } from './lateness-log.ts';
import type {
  BotAccount,
  BotAddress,
  BotAnswers,
  BotEnvelope,
  BotReply,
  BotRequest,
  Clip,
} from './messages.ts';
import { nowNs } from './pacer.ts';
import { Reception } from './reception.ts';
import { SentLog } from './sent-log.ts';

void goBeforeOthers(realTimePriorities.bots);

interface Bot {
  account(): BotAccount;
  sayGoodbye(): Promise<void>;
  close(abruptly: boolean): Promise<void>;
}

interface ListeningBot extends Bot {
  readonly listener: Listener;
  readonly reception: Reception;
}

/** Bots by number. A publisher has no packets to give. */
const bots = new Map<number, Bot | ListeningBot>();
let nextBot = 1;
const lateness = new LatenessLog();

async function publish(
  clip: Clip,
  address: BotAddress,
  transcript: Transcript,
): Promise<BotAnswers['publish']> {
  if (clip.video !== undefined) checkVideoClip(clip.video);
  const startedNs = nowNs();
  const { url, insecure, turn } = address;
  const { bot: publisher, signalling } = await agreeing(address.signalling, (signalling) =>
    Publisher.connect({ url, insecure, turn, signalling, transcript, video: clip.video !== undefined }),
  );
  const setUpMs = Number(nowNs() - startedNs) / 1e6;
  const sentLog = new SentLog();
  const pacer = playClip(publisher, clip, (lateMs, track) => {
    lateness.add(Number(nowNs()) / 1e6, lateMs);
    sentLog.add(track, lateMs);
  });
  const bot = nextBot++;
  bots.set(bot, {
    account: () => ({ ...transcript.said, received: {}, sent: sentLog.summary(publisher.sent) }),
    sayGoodbye: () => publisher.sayGoodbye(),
    close: async (abruptly) => {
      pacer.stop();
      await (abruptly ? publisher.abandon() : publisher.close());
    },
  });
  const { sid: sessionId, hasVideo } = publisher;
  return { bot, sessionId, signalling, setUpMs, hasVideo, firstSampleNs: pacer.firstSampleNs };
}

async function listen(
  video: boolean,
  address: BotAddress,
  transcript: Transcript,
): Promise<BotAnswers['listen']> {
  const startedNs = nowNs();
  const reception = new Reception();
  const { url, insecure, turn } = address;
  const { bot: listener, signalling } = await agreeing(address.signalling, (signalling) =>
    Listener.connect({ url, insecure, turn, signalling, transcript, video, ...reception.handlers }),
  );
  const setUpMs = Number(nowNs() - startedNs) / 1e6;
  const bot: ListeningBot = {
    listener,
    reception,
    account: () => ({ ...transcript.said, received: listener.statistics, sent: {} }),
    sayGoodbye: () => listener.sayGoodbye(),
    close: (abruptly) => (abruptly ? listener.abandon() : listener.close()),
  };
  const number = nextBot++;
  bots.set(number, bot);
  const { sid: sessionId, hasVideo } = listener;
  return { bot: number, sessionId, signalling, setUpMs, hasVideo };
}

/** Time for a relay over UDP, and, where that is not answered, over TCP. */
const relayTimeoutMs = 10_000;

async function tryRelay(turn: TurnServer): Promise<void> {
  const peer = await Peer.open({ turn, loopback: false, timeoutMs: relayTimeoutMs });
  await peer.close();
}

function listening(bot: number): ListeningBot {
  const found = bots.get(bot);
  if (found === undefined || !('listener' in found)) throw new Error(`bot ${bot} is no listener`);
  return found;
}

/** What is told of a request, should it fail. */
class Witness {
  readonly transcript = new Transcript();
  account = (): BotAccount => ({ ...this.transcript.said, received: {}, sent: {} });
}

function botOf(number: number): Bot {
  const bot = bots.get(number);
  if (bot === undefined) throw new Error(`there is no bot ${number}`);
  return bot;
}

async function answer(request: BotRequest, witness: Witness): Promise<BotAnswers[BotRequest['type']]> {
  switch (request.type) {
    case 'publish':
      return publish(request.clip, request, witness.transcript);
    case 'listen':
      return listen(request.video, request, witness.transcript);
    case 'relay':
      await tryRelay(request.turn);
      return {};
    case 'count':
      return listening(request.bot).reception.counts();
    case 'take':
      return listening(request.bot).reception.take(request.what);
    case 'keyframe':
      listening(request.bot).listener.requestKeyframe();
      return {};
    case 'select':
      return listening(request.bot).listener.selectTracks(request.tracks);
    case 'lateness':
      return { latenessMs: lateness.since(request.sinceMs) };
    case 'account':
      return botOf(request.bot).account();
    case 'goodbye':
      await botOf(request.bot).sayGoodbye();
      return {};
    case 'close': {
      const bot = bots.get(request.bot);
      if (bot === undefined) return {};
      bots.delete(request.bot);
      witness.account = () => bot.account();
      await bot.close(request.abruptly);
      return { account: bot.account() };
    }
  }
}

process.on('message', ({ id, body }: BotEnvelope<BotRequest>) => {
  const witness = new Witness();
  answer(body, witness).then(
    (result) => reply({ id, result }),
    (error: unknown) =>
      reply({
        id,
        error: error instanceof Error ? error.message : String(error),
        account: witness.account(),
        notReached: notReachedBy(error),
      }),
  );
});

/** The suite may have let go while the answer was made: then nobody waits for it. */
function reply(message: BotReply): void {
  if (process.connected) process.send?.(message, () => {});
}

// The suite has gone, or has let go of its bots: they say goodbye to the server and end.
process.on('disconnect', () => {
  void Promise.allSettled([...bots.values()].map((bot) => bot.close(false))).then(() => process.exit(0));
});

// Ctrl-C goes to every process of the terminal; this one ends when the suite lets go of it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
