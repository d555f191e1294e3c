import type { SentTones, ToneLevel } from '../analysis/tone-levels.ts';
import type { ListenerBot } from '../bots/bot-host.ts';
import { nowMs } from '../bots/clock.ts';
import { collectRecordings, waitForSound } from '../bots/collect.ts';
import type { Recording } from '../bots/recording.ts';
import { apartToneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Scenario } from '../run/context.ts';
import { latenessSince } from './busy.ts';
import { SuiteRoom } from './suite-room.ts';
import { levelsDuring, type Part, Timeline } from './timeline.ts';

/** The parts of the scenario, in order. */
export const changes = ['alone', 'joined', 'muted', 'unmuted', 'left', 'returned'] as const;
export type Change = (typeof changes)[number];

/**
 * What was heard in one room while a third member came, another was muted, and the third left; then a fourth came, and the
 * third returned.
 */
export interface RoomChanges {
  readonly sent: readonly SentTones[];
  readonly tracks: readonly { readonly label: string; readonly recording: Recording }[];
  readonly parts: ReadonlyMap<Change, Part>;
  readonly mute: Exchange;
  readonly unmute: Exchange;
  readonly carolsTracks: readonly string[];
  /** How late the bots were at the worst: what is missing then may not be the server's fault. */
  readonly latenessMs: number;
}

const labels = ['alice', 'bob', 'carol', 'dave'];
/** Carol has two tracks: the one of her first stay, and the one of her return. */
const trackLabels = ['all', 'alice', 'bob', 'carol', 'dave', 'carol-returned'];
const secondsPerPart = 1.5;

/**
 * Alice and bob are there from the start; bob is muted for a while; carol joins and leaves; dave joins, who may get the
 * track number that is free now; carol returns.
 */
export const roomChanges: Scenario<RoomChanges> = {
  name: 'join, mute, leave and return',
  play: (context) =>
    SuiteRoom.use(context, 'changes', async (room) => {
      const clips = labels.map((label, i) =>
        toneClip(label, toneSignature(context.pick(i, apartToneBotCount)), quietDbfs),
      );
      const alice = await room.join('alice', clips[0]!.clip);
      const bob = await room.join('bob', clips[1]!.clip);
      const listeners: ListenerBot[] = await Promise.all([
        room.listenToAll(),
        ...[alice, bob].map(({ trackId }) => room.listen(trackId)),
      ]);
      await waitForSound(listeners, 1);
      for (const listener of listeners) await listener.take();
      const startedMs = nowMs();

      const timeline = new Timeline();
      const part = (label: Change) => timeline.part(label, () => waitForSound(listeners, secondsPerPart));
      await part('alone');
      const carol = await room.join('carol', clips[2]!.clip);
      const carolAtFirst = await room.listen(carol.trackId);
      await part('joined');
      const mute = await room.command('mute-audio', [bob.stream]);
      await part('muted');
      const unmute = await room.command('mute-audio', [bob.stream]);
      await part('unmuted');
      await room.remove(carol);
      await part('left');
      await carol.publisher.close();
      const dave = await room.join('dave', clips[3]!.clip);
      const returned = await room.join('carol', clips[2]!.clip);
      const later = await Promise.all([dave, returned].map(({ trackId }) => room.listen(trackId)));
      await part('returned');
      const parts = new Map(timeline.parts().map((one) => [one.label as Change, one]));
      const recordings = await collectRecordings([...listeners, carolAtFirst, ...later]);
      return {
        sent: clips.map(({ sent }) => sent),
        tracks: trackLabels.map((label, i) => ({ label, recording: recordings[i]! })),
        parts,
        mute,
        unmute,
        carolsTracks: [carol.trackId, returned.trackId],
        latenessMs: (await latenessSince(context, startedMs)).latenessMostMs,
      };
    }),
};

/** Levels of all members in one track after one change. */
export function heardIn(result: RoomChanges, track: string, change: Change): Record<string, ToneLevel> {
  const { recording } = result.tracks.find(({ label }) => label === track)!;
  const levels = levelsDuring(recording, result.parts.get(change)!, result.sent);
  return Object.fromEntries(levels.map((level) => [level.name, level]));
}
