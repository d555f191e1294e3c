import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import type { TrackSource } from '../audio/mix-listener.ts';
import type { Room } from '../rooms/types.ts';
import type { EncodedVideoFrame } from '../video/room-viewers.ts';

/** Takes a packet of a member's picture, which came at that time of the monotonic clock. */
export type TakeVideo = (stream: string, packet: RtpVideoPacket, arrivalMs: number) => void;

/** The parts between a room, its members and its listeners that a deliberately broken emulator replaces. */
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
  /** The way of one viewer's wish for a keyframe to the room. @param request asks for one now */
  askForKeyframe(request: () => void): () => void;
  /** The way of the members' pictures into the room. @param take takes a packet now */
  takeVideo(take: TakeVideo): TakeVideo;
}

/** The right way: a member's track is everybody else, one that nobody has is silence, and all is passed on at once. */
export const straightToListeners: LiveParts = {
  trackSource(room, trackNumber, allTrackNumber) {
    if (trackNumber === allTrackNumber) return 'all';
    const member = room.members.find((one) => one.trackNumber === trackNumber);
    return member === undefined ? 'silence' : { minus: member.stream };
  },
  deliverAudio: (send) => send,
  deliverVideo: (send) => send,
  askForKeyframe: (request) => request,
  takeVideo: (take) => take,
};
