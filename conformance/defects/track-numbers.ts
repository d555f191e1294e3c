import {
  defaultProfile,
  type EmulatorParts,
  type Profile,
  straightToListeners,
} from '../../emulator/index.ts';
import type { Defects } from './defect.ts';

/** Numbers of those who have left are given again: nothing documented is against it. */
const reusing: Profile = {
  ...defaultProfile,
  rooms: { ...defaultProfile.rooms, reuseTrackNumbers: true },
};

/** A track is without the member that had its number first, whoever has it now. */
function tracksOfFirstOwners(): EmulatorParts {
  const owners = new Map<string, string>();
  return {
    live: {
      ...straightToListeners,
      trackSource(room, trackNumber, allTrackNumber) {
        const keyOf = (number: number) => `${room.name} ${number}`;
        for (const { stream, trackNumber: number } of room.members) {
          if (!owners.has(keyOf(number))) owners.set(keyOf(number), stream);
        }
        const right = straightToListeners.trackSource(room, trackNumber, allTrackNumber);
        if (typeof right !== 'object') return right;
        const owner = owners.get(keyOf(trackNumber))!;
        return room.members.some(({ stream }) => stream === owner) ? { minus: owner } : 'all';
      },
    },
  };
}

/** Mistakes in the numbers of tracks. */
export const trackNumberDefects = {
  'track-number-given-twice': {
    description:
      'track numbers are counted by who is there: when one has left, the next gets another’s number',
    parts: { trackNumbering: ({ present }) => present.length + 2 },
    caughtBy: ['api.add-stream.own-track'],
    untouched: ['api.add-stream', 'api.add-stream.twice'],
  },
  'freed-track-number-given-again': {
    description: 'who comes gets the track number of somebody who has left',
    profile: reusing,
    caughtBy: ['api.add-stream.freed-number'],
    untouched: ['api.add-stream.own-track', 'audio.newcomer.minus-self'],
  },
  'freed-track-stays-with-its-owner': {
    description:
      'who comes gets the track number of somebody who has left, and the track is still without that one only',
    profile: reusing,
    parts: tracksOfFirstOwners(),
    caughtBy: ['audio.newcomer.minus-self'],
    untouched: ['api.add-stream.own-track', 'audio.minus-self.quiet-tones', 'audio.join.heard'],
  },
  'first-track-is-the-one-of-all': {
    description: 'the first participant’s track is a1, which is the track of everybody',
    parts: { trackNumbering: ({ highest }) => (highest ?? 0) + 1 },
    caughtBy: ['audio.minus-self.quiet-tones'],
    untouched: ['api.add-stream', 'api.add-stream.own-track', 'audio.all.everybody'],
  },
} as const satisfies Defects;
