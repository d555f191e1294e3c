/** What a clause needs, of the target or of the machine that measures, beyond the command API itself. */
export const needs = {
  credentials: 'the target asks for the pair of edit_auth, and was given with it',
  'configured-rooms': 'rooms in the target’s configuration that the suite knows of',
  video: 'one of these rooms with disable_video=false, for H.264 in a grid',
  whip: 'the target takes publishers over UDP, by WHIP or by WebSocket',
  whep: 'the target serves players over UDP, by WHEP or by WebSocket',
  websocket: 'the target serves clients until 22.x, by WebSocket at /STREAM/webrtc',
  curl: 'the program curl on the machine that measures',
} as const;

export type Need = keyof typeof needs;
