import { levelsOf, type ToneLevel } from '../analysis/tone-levels.ts';
import type { ListenerBot } from '../bots/bot-host.ts';
import { nowMs } from '../bots/clock.ts';
import { waitForSound } from '../bots/collect.ts';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import { encodePath } from '../http/api-client.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { heardDb } from './heard-matrix.ts';
import { type ListenersRecording, recordListeners } from './record-listeners.ts';
import { refusalOf } from './refusal.ts';
import { PreparationError, SuiteRoom } from './suite-room.ts';

/** What came to a player after it had ended its session. */
export interface EndedPlayer {
  /** Packets of sound and picture; missing where it could not play at all. */
  readonly packets?: number;
  /** Why the server did not let it play, or refused its goodbye. */
  readonly refusal?: string | undefined;
}

/** What became of sessions whose clients are gone, each in another way, while one stays. */
export interface EndedSessions extends Pick<ListenersRecording, 'latenessMs'> {
  /** In `all`: of a publisher who said goodbye and goes on sending, of one who vanished, and of one who stays. */
  readonly ended: ToneLevel;
  readonly vanished: ToneLevel;
  readonly staying: ToneLevel;
  /** Why the server refused the publisher’s goodbye. */
  readonly refusal: string | undefined;
  readonly player: EndedPlayer;
  /** For how long the vanished publisher’s stream is said to be there; undefined: to the end of the patience. */
  readonly saidToBeThereMs: number | undefined;
}

/** After this nothing more is on its way: neither packets, nor sound in buffers, nor fades. */
const settleSeconds = 1;
const measuredSeconds = 1.2;
/** A vanished publisher that is there for longer is taken for one that stays. */
export const patienceMs = 15_000;
const pollMs = 250;

/** The signatures: apart from each other, so that short recordings say enough. */
const labels = ['alice', 'bob', 'carol'];

/**
 * Alice says goodbye and goes on sending, bob vanishes, carol stays; a player says goodbye and goes on listening. Then one
 * waits for the server to notice that bob is gone.
 */
export const endedSessions: Scenario<EndedSessions> = {
  name: 'sessions that end',
  play: (context) =>
    SuiteRoom.use(context, 'ended', async (room) => {
      const clips = labels.map((label, i) => toneClip(label, toneSignature(i), quietDbfs));
      const [alice, bob, carol] = await room.joinAll(clips.map(({ sent, clip }) => [sent.name, clip]));
      const [listener, player] = await Promise.all([room.listenToAll(), room.listenToAll()]);
      const sent = clips.map((clip) => clip.sent);
      await waitForSound([listener], settleSeconds);
      requireAll(levelsOf((await recordListeners(context, [listener], 0.8)).recordings[0]!.pcm, sent));

      const vanishedAtMs = nowMs();
      const [refusal, playerRefusal] = await Promise.all([
        refusalOf(alice!.publisher.sayGoodbye()),
        refusalOf(player.sayGoodbye()),
        bob!.publisher.abandon(),
      ]);
      await waitForSound([listener], settleSeconds);
      await takeAll(player);
      const { recordings, latenessMs } = await recordListeners(context, [listener], measuredSeconds);
      const packets = await takeAll(player);
      const [ended, vanished, staying] = levelsOf(recordings[0]!.pcm, sent);
      // What is waited for needs none of them any more.
      await Promise.allSettled(
        [listener, player, alice!.publisher, carol!.publisher].map((bot) => bot.close()),
      );
      return {
        ended: ended!,
        vanished: vanished!,
        staying: staying!,
        refusal,
        player: { packets, refusal: playerRefusal },
        latenessMs,
        saidToBeThereMs: await untilGone(context, bob!.stream, vanishedAtMs),
      };
    }),
};

/** A player over WebSocket closes its socket, and goes on listening. */
export const endedWebSocketPlayer: Scenario<EndedPlayer> = {
  name: 'a player over WebSocket that ends',
  play: (context) =>
    SuiteRoom.use(context, 'ws-ended', async (room) => {
      const { sent, clip } = toneClip('alice', toneSignature(0), quietDbfs);
      await room.join(sent.name, clip);
      const player = await room.listen(context.trackOfAll, 'websocket').catch((error: Error) => error);
      if (player instanceof Error) return { refusal: player.message };
      await waitForSound([player], 0.3);
      const refusal = await refusalOf(player.sayGoodbye());
      await after(settleSeconds);
      await takeAll(player);
      await after(measuredSeconds);
      return { packets: await takeAll(player), refusal };
    }),
};

/** @throws PreparationError where somebody is not heard: nothing could be said of its end */
function requireAll(levels: readonly ToneLevel[]): void {
  const missing = levels.filter(({ gainDb }) => gainDb < heardDb).map(({ name }) => name);
  if (missing.length > 0) throw new PreparationError(`not heard before the end: ${missing.join(', ')}`);
}

/** How many packets have come. */
async function takeAll(listener: ListenerBot): Promise<number> {
  const [sound, picture] = await Promise.all([listener.take(), listener.takeVideo()]);
  return sound.length + picture.length;
}

/**
 * Asks as players do whether there is something to be played.
 * @returns when it was last said to be there: an answer that is read late, on a busy machine, makes it no longer
 */
async function untilGone(context: RunContext, stream: string, sinceMs: number): Promise<number | undefined> {
  const path = `/${encodePath(stream)}/media_info.json`;
  let thereMs = 0;
  while (nowMs() < sinceMs + patienceMs) {
    const askedMs = nowMs();
    const { status, json } = await context.api.request(path, { anonymous: true });
    const { tracks } = (json ?? {}) as { tracks?: unknown };
    if (status !== 200 || !Array.isArray(tracks) || tracks.length === 0) return thereMs;
    thereMs = askedMs - sinceMs;
    await after(pollMs / 1000);
  }
  return undefined;
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
