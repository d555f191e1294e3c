import { Listener } from '../webrtc/listener.ts';
import { Publisher } from '../webrtc/publisher.ts';
import { agreeing } from './agreeing.ts';
import { checkVideoClip, playClip } from './clip-player.ts';
import { LatenessLog } from './lateness-log.ts';
import type { BotAddress, BotAnswers, BotEnvelope, BotRequest, Clip } from './messages.ts';
import { nowNs } from './pacer.ts';
import { Reception } from './reception.ts';

interface Bot {
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

async function publish(clip: Clip, address: BotAddress): Promise<BotAnswers['publish']> {
  if (clip.video !== undefined) checkVideoClip(clip.video);
  const startedNs = nowNs();
  const { url, insecure } = address;
  const { bot: publisher, signalling } = await agreeing(address.signalling, (signalling) =>
    Publisher.connect({ url, insecure, signalling, video: clip.video !== undefined }),
  );
  const setUpMs = Number(nowNs() - startedNs) / 1e6;
  const pacer = playClip(publisher, clip, (lateMs) => {
    lateness.add(Number(nowNs()) / 1e6, lateMs);
  });
  const bot = nextBot++;
  bots.set(bot, {
    close: async (abruptly) => {
      pacer.stop();
      await (abruptly ? publisher.abandon() : publisher.close());
    },
  });
  const { sid: sessionId, hasVideo } = publisher;
  return { bot, sessionId, signalling, setUpMs, hasVideo, firstSampleNs: pacer.firstSampleNs };
}

async function listen(video: boolean, address: BotAddress): Promise<BotAnswers['listen']> {
  const startedNs = nowNs();
  const reception = new Reception();
  const { url, insecure } = address;
  const { bot: listener, signalling } = await agreeing(address.signalling, (signalling) =>
    Listener.connect({ url, insecure, signalling, video, ...reception.handlers }),
  );
  const setUpMs = Number(nowNs() - startedNs) / 1e6;
  const bot: ListeningBot = {
    listener,
    reception,
    close: (abruptly) => (abruptly ? listener.abandon() : listener.close()),
  };
  const number = nextBot++;
  bots.set(number, bot);
  const { sid: sessionId, hasVideo } = listener;
  return { bot: number, sessionId, signalling, setUpMs, hasVideo };
}

function listening(bot: number): ListeningBot {
  const found = bots.get(bot);
  if (found === undefined || !('listener' in found)) throw new Error(`bot ${bot} is no listener`);
  return found;
}

async function answer(request: BotRequest): Promise<BotAnswers[BotRequest['type']]> {
  switch (request.type) {
    case 'publish':
      return publish(request.clip, request);
    case 'listen':
      return listen(request.video, request);
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
    (result) => reply({ id, result }),
    (error: unknown) => reply({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});

/** The suite may have let go while the answer was made: then nobody waits for it. */
function reply(message: object): void {
  if (process.connected) process.send?.(message, () => {});
}

// The suite has gone, or has let go of its bots: they say goodbye to the server and end.
process.on('disconnect', () => {
  void Promise.allSettled([...bots.values()].map((bot) => bot.close(false))).then(() => process.exit(0));
});

// Ctrl-C goes to every process of the terminal; this one ends when the suite lets go of it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
