import { toldTracksOf } from '../http/answer-shapes.ts';
import { encodePath } from '../http/api-client.ts';
import { trackIdOf } from '../http/track-id.ts';
import type { RunContext } from '../run/context.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import type { ExpectedProfile } from '../targets/profile.ts';

/**
 * Finds out by what id a listener asks for everybody: as a profile says, else as the only track of sound in an empty
 * room is called, which the documentation does not tell. It never fails.
 * @param profile what the server is expected to decide; missing: nothing is
 * @returns undefined where nobody knows: an audience that asks for no track hears everybody, as documented
 */
export async function findTrackOfAll(
  context: RunContext,
  profile?: ExpectedProfile,
): Promise<string | undefined> {
  if (profile !== undefined) {
    const [prefix, number] = ['answers.audioTrackPrefix', 'rooms.allTrackNumber'].map((path) =>
      profile.values.get(path),
    );
    return `${prefix}${number}`;
  }
  try {
    return await SuiteRoom.use(context, 'track-of-all', async ({ name }) => {
      const { json } = await context.api.request(`/${encodePath(name)}/media_info.json`);
      const sound = toldTracksOf(json).filter(({ content }) => content === 'audio');
      return sound.length === 1 ? trackIdOf(sound[0]!.trackId) : undefined;
    });
  } catch {
    return undefined;
  }
}
