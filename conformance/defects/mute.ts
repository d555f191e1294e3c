import {
  defaultProfile,
  type EmulatorParts,
  minusSelfMix,
  straightToListeners,
} from '../../emulator/index.ts';
import type { Defects } from './defect.ts';

/** Takes muted members out of the track of everybody, and leaves them in the tracks of members. */
function mutedInAllOnly(): EmulatorParts {
  // One for each member, in the order of their frames: everybody is asked for, and all who publish have one.
  let asked: boolean[] = [];
  let muted: readonly Int16Array[] = [];
  return {
    mix: {
      ...minusSelfMix,
      isHeard(member) {
        asked.push(member.audioMuted);
        return true;
      },
      sum(frames, wide) {
        muted = frames.filter((_, i) => asked[i]);
        asked = [];
        minusSelfMix.sum(frames, wide);
      },
      withoutOwn(sum, own, wide) {
        minusSelfMix.withoutOwn(sum, own, wide);
        if (own !== undefined) return;
        for (const frame of muted) minusSelfMix.withoutOwn(wide, frame, wide);
      },
    },
  };
}

/** Members are let into the mix only a while after they came. */
function heardAfter(delayMs: number): EmulatorParts {
  const cameMs = new WeakMap<object, number>();
  return {
    mix: {
      ...minusSelfMix,
      isHeard(member) {
        const nowMs = performance.now();
        if (!cameMs.has(member)) cameMs.set(member, nowMs);
        return minusSelfMix.isHeard(member) && nowMs - cameMs.get(member)! > delayMs;
      },
    },
  };
}

/** A member is known by the track that it had first: with another number it counts as one of the audience. */
function knownByFirstTrack(): EmulatorParts {
  const first = new Map<string, number>();
  return {
    live: {
      ...straightToListeners,
      trackSource(room, trackNumber, allTrackNumber) {
        for (const { stream, trackNumber: number } of room.members) {
          if (!first.has(stream)) first.set(stream, number);
        }
        const member = room.members.find((one) => one.trackNumber === trackNumber);
        const isOther = member !== undefined && first.get(member.stream) !== trackNumber;
        return straightToListeners.trackSource(room, isOther ? allTrackNumber : trackNumber, allTrackNumber);
      },
    },
  };
}

/** Mistakes in who is heard where, and when: muting, joining, leaving, tracks. */
export const muteDefects = {
  'mute-does-not-mute': {
    description: 'mute-audio answers as it should, and the member is heard all the same',
    parts: { mix: { ...minusSelfMix, isHeard: () => true } },
    caughtBy: ['audio.mute.silences'],
    untouched: ['audio.mute.nobody-else', 'audio.mute.still-hears'],
  },
  'mute-in-all-only': {
    description: 'who is muted is missing from the track of everybody, and the other members still hear it',
    parts: mutedInAllOnly(),
    caughtBy: ['audio.mute.silences'],
    untouched: ['audio.mute.nobody-else', 'audio.join.heard'],
  },
  'mute-deafens': {
    description: 'who is muted does not hear the others any more',
    parts: {
      live: {
        ...straightToListeners,
        trackSource(room, trackNumber, allTrackNumber) {
          const member = room.members.find((one) => one.trackNumber === trackNumber);
          if (member?.audioMuted) return 'silence';
          return straightToListeners.trackSource(room, trackNumber, allTrackNumber);
        },
      },
    },
    caughtBy: ['audio.mute.still-hears'],
    untouched: ['audio.mute.silences', 'audio.mute.nobody-else'],
  },
  'mute-forgotten': {
    description: 'who is muted and publishes again is heard',
    parts: { mix: { ...minusSelfMix, isMutedAfterRestart: () => false } },
    caughtBy: ['audio.mute.publishes-again'],
    untouched: ['audio.mute.silences'],
  },
  'joiner-heard-late': {
    description: 'who joins is heard three seconds later',
    parts: heardAfter(3000),
    caughtBy: ['audio.join.heard'],
    untouched: ['audio.leave.gone', 'audio.mute.silences'],
  },
  'returned-hears-itself': {
    description: 'who has left and joins again hears itself in its new track',
    parts: knownByFirstTrack(),
    caughtBy: ['audio.rejoin.minus-self'],
    untouched: ['audio.minus-self.quiet-tones', 'audio.leave.gone'],
  },
  'track-numbers-off-by-one': {
    description: 'in a member’s track the member after it is missing, and it hears itself',
    parts: {
      live: {
        ...straightToListeners,
        trackSource: (room, trackNumber, allTrackNumber) =>
          straightToListeners.trackSource(
            room,
            trackNumber === allTrackNumber ? trackNumber : trackNumber + 1,
            allTrackNumber,
          ),
      },
    },
    caughtBy: ['audio.minus-self.quiet-tones', 'audio.others.quiet-tones'],
    untouched: ['audio.all.everybody', 'api.add-stream'],
  },
  'click-at-every-change': {
    description: 'members are switched on and off at once, without a ramp',
    profile: { ...defaultProfile, audio: { ...defaultProfile.audio, rampMs: 0 } },
    caughtBy: ['audio.clicks'],
    untouched: ['audio.gaps', 'audio.leave.gone'],
  },
} as const satisfies Defects;
