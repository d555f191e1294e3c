import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { TrackSource } from '../audio/mix-listener.ts';
import type { Room } from '../rooms/types.ts';
import type { EncodedVideoFrame } from '../video/room-viewers.ts';

/** The parts between a room and its listeners that a deliberately broken emulator replaces. */
export interface LiveParts {
  /**
   * What is heard in the audio track of that number.
   * @param allTrackNumber number of the track in which everybody is heard
   */
  trackSource(room: Room, trackNumber: number, allTrackNumber: number): TrackSource;
  /** The way of a room's sound to one listener. @param send sends a frame now */
  deliverAudio(send: (frame: EncodedAudioFrame) => void): (frame: EncodedAudioFrame) => void;
  /** The same for the room's picture, from a keyframe on. */
  deliverVideo(send: (frame: EncodedVideoFrame) => void): (frame: EncodedVideoFrame) => void;
}

/** The right way: a member's track is everybody else, one that nobody has is silence, and all is sent at once. */
export const straightToListeners: LiveParts = {
  trackSource(room, trackNumber, allTrackNumber) {
    if (trackNumber === allTrackNumber) return 'all';
    const member = room.members.find((one) => one.trackNumber === trackNumber);
    return member === undefined ? 'silence' : { minus: member.stream };
  },
  deliverAudio: (send) => send,
  deliverVideo: (send) => send,
};
