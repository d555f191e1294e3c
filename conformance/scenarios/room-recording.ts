import { waitForSound } from '../bots/collect.ts';
import type { Clip } from '../bots/process/messages.ts';
import type { Recording } from '../bots/recording.ts';
import type { RunContext } from '../run/context.ts';
import { recordListeners } from './record-listeners.ts';
import { type SuiteMember, SuiteRoom } from './suite-room.ts';

/** Everything that is heard in a room, for a while: each track with its recording. */
export interface RoomRecording {
  /** `all`, then the members in order of joining. */
  readonly tracks: readonly { readonly label: string; readonly recording: Recording }[];
  readonly members: readonly SuiteMember[];
  /** How late the bots were at the worst: what is missing then may not be the server's fault. */
  readonly latenessMs: number;
}

export interface RoomRecordingOptions {
  readonly label: string;
  /** What each member sends, by its label. */
  readonly clips: ReadonlyMap<string, Clip>;
  /** How long is measured. */
  readonly seconds: number;
  /** What is left out before: joining disturbs a server, and its buffers need a while to settle. */
  readonly settleSeconds: number;
}

/**
 * Fills a room with members, listens to `all` and to every member's track, and empties it again. What was recorded
 * while this machine was too busy is recorded anew.
 */
export function recordRoom(context: RunContext, options: RoomRecordingOptions): Promise<RoomRecording> {
  return SuiteRoom.use(context, options.label, async (room) => {
    const members = await room.joinAll(options.clips);
    const listeners = await Promise.all([
      room.listenToAll(),
      ...members.map(({ trackId }) => room.listen(trackId)),
    ]);
    await waitForSound(listeners, options.settleSeconds);
    const { recordings, latenessMs } = await recordListeners(context, listeners, options.seconds);
    const labels = ['all', ...members.map((member) => member.label)];
    return {
      tracks: recordings.map((recording, i) => ({ label: labels[i]!, recording })),
      members,
      latenessMs,
    };
  });
}
