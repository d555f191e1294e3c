import type { Statement } from './statement.ts';

/** What official clients, public configurations and standards ask of the server beyond the documentation page. */
export const clientFacts = [
  {
    id: 'client.media-info',
    where: 'official player 24.7.1',
    text: 'It gets media_info.json first, and plays only after a 200 with an array tracks, each with its content.',
  },
  {
    id: 'client.offers-video',
    where: 'official player 24.7.1',
    text: 'It always offers to receive a picture, whether there is one or not.',
  },
  {
    id: 'client.only-201',
    where: 'official client 24.7.1',
    text: 'It takes 201 for success of WHIP and WHEP, and nothing else.',
  },
  {
    id: 'client.session-id',
    where: 'official client 24.7.1',
    text: 'It reads the id of its session from X-Sid of the answer to WHIP or WHEP.',
  },
  {
    id: 'client.restart',
    where: 'official publisher 24.7.1',
    text: 'It publishes over its own session that is half dead, and expects the newer one to win.',
  },
  {
    id: 'client.request-tracks',
    where: 'official player 24.7.1',
    text: 'It changes tracks while playing by PUT of sessions/SID/request_tracks.',
  },
  {
    id: 'client.websocket.config',
    where: 'official clients 20.x and 22.x',
    text: 'They fail for good where the first frame over WebSocket has no object config.',
  },
  {
    id: 'client.websocket.offer',
    where: 'official players 20.x and 22.x',
    text: 'Over WebSocket they wait for a frame with the server’s offer, and answer it.',
  },
  {
    id: 'client.websocket.answer',
    where: 'official publishers 20.x and 22.x',
    text: 'Over WebSocket they offer, and say that they publish only after an answer and one frame with a candidate.',
  },
  {
    id: 'client.websocket.stop',
    where: 'official player 20.x',
    text: 'Its stop() closes the WebSocket and nothing else: the server has to end the media.',
  },
  {
    id: 'client.cross-origin',
    where: 'official player 24.7.1',
    text: 'It runs in pages of any origin, where a browser reads answers and X-Sid only as CORS allows.',
  },
  {
    id: 'public.url-spelling',
    where: 'public configurations of 20.08',
    text: 'They write url mosaic2:// where later ones write input mosaic2://.',
  },
  {
    id: 'standard.rtp-counts-on',
    where: 'RFC 3550 §5.1',
    text: 'Sequence numbers and timestamps of one source go on without a step.',
  },
  {
    id: 'standard.unusable-offer',
    where: 'RFC 9725 §4.2',
    text: 'An offer that cannot be used is answered with an error of the client.',
  },
  {
    id: 'standard.session-answer',
    where: 'RFC 9725 §4.2',
    text: 'An offer is answered with 201, the SDP answer as application/sdp, and a Location for the session.',
  },
  {
    id: 'standard.session-delete',
    where: 'RFC 9725 §4.2',
    text: 'DELETE of the session’s address ends the session.',
  },
  {
    id: 'standard.challenge',
    where: 'RFC 9110 §15.5.2',
    text: 'A 401 names in WWW-Authenticate how to ask with credentials.',
  },
] as const satisfies readonly Statement[];
