import type { RunContext } from '../run/context.ts';
import type { ExpectedProfile } from '../targets/profile.ts';
import { findRoomReading } from './room-reading.ts';
import { findSignalling } from './signalling-kind.ts';
import { findTrackOfAll } from './track-of-all.ts';

/** What was found of a server before it is measured. */
export interface WaysFound {
  /** Sentences on what is not as nearly always. */
  readonly notes: readonly string[];
}

/**
 * Finds out once for a run what the documentation leaves open and every measurement stands on, and settles it: which room
 * the path of a call means, how bots agree on their sessions, and in which track everybody is heard.
 * @param profile what the server is expected to decide
 * @throws TargetError where the credentials are good for some calls only
 */
export async function findWays(context: RunContext, profile?: ExpectedProfile): Promise<WaysFound> {
  const { reading, note: readingNote, silence } = await findRoomReading(context);
  // Each call would be waited for; clauses tell what is wrong.
  if (silence !== undefined) return { notes: [`Before the run nothing was found out: ${silence}.`] };
  context.readRoomsAs(reading);
  const { kind, note: signallingNote } = await findSignalling(context);
  context.agreeBy(kind);
  const trackOfAll = await findTrackOfAll(context, profile);
  context.hearAllIn(trackOfAll);
  return { notes: [readingNote, signallingNote, trackNote(trackOfAll)].filter((note) => note !== undefined) };
}

function trackNote(trackOfAll: string | undefined): string | undefined {
  if (trackOfAll === 'a1') return undefined;
  if (trackOfAll === undefined)
    return 'Which track everybody is heard in is not told: listeners ask for none.';
  return `Everybody is heard in the track ${JSON.stringify(trackOfAll)}.`;
}
