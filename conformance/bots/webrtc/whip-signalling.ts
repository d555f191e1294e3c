import { type Answer, readAnswer } from './answer.ts';
import { offeredPayloadTypes } from './offer.ts';
import { deleteSession, type PostedSession, postSdp, putTracks } from './post-sdp.ts';
import type { Session, Signalling, StreamAddress } from './session.ts';

/** WHIP (RFC 9725) and WHEP: the bot offers in one POST, with all its candidates. */
export const whipSignalling: Signalling = {
  async publish(peer, address, video) {
    const posted = await postSdp(peer.offer('sendonly', video), address);
    const answer = readAnswer(posted.answer);
    if (answer.audio !== 'recvonly')
      throw new Error(`the server does not take the audio: ${answer.audio ?? 'refused'}`);
    return sessionOf(posted, answer, answer.video === 'recvonly', address);
  },
  async play(peer, address, video) {
    const posted = await postSdp(peer.offer('recvonly', video), address);
    const answer = readAnswer(posted.answer);
    if (answer.audio !== 'sendonly')
      throw new Error(`the server sends no audio: ${answer.audio ?? 'refused'}`);
    return {
      ...sessionOf(posted, answer, answer.video === 'sendonly', address),
      async selectTracks(tracks) {
        const status = await putTracks(posted.url, posted.sid ?? '', tracks, address);
        return { accepted: status >= 200 && status < 300, answer: String(status) };
      },
    };
  },
};

function sessionOf(
  { sid, location }: PostedSession,
  answer: Answer,
  hasVideo: boolean,
  address: StreamAddress,
): Session {
  return {
    sid,
    transport: answer,
    // The agent that offers, against one that is lite or answers.
    iceControlling: true,
    trickles: false,
    opusPayloadType: offeredPayloadTypes.opus,
    h264PayloadType: hasVideo ? offeredPayloadTypes.h264 : undefined,
    close: async () => {
      if (location !== undefined) await deleteSession(location, address);
    },
    abandon: () => {},
  };
}
