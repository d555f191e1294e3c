import type { Probe } from './probe.ts';
import { capacityProbe } from './probes/capacity.ts';
import { credentialsProbe, errorsProbe, literalRoomProbe } from './probes/errors.ts';
import { muteProbe } from './probes/mute.ts';
import { pictureProbe } from './probes/picture.ts';
import { managerProbe, membersProbe } from './probes/rooms.ts';
import { serverProbe } from './probes/server.ts';

/** All experiments, in the order in which they are made. */
export const probes: readonly Probe[] = [
  serverProbe,
  credentialsProbe,
  managerProbe,
  membersProbe,
  errorsProbe,
  literalRoomProbe,
  capacityProbe,
  muteProbe,
  pictureProbe,
];

const notProvoked = 'no experiment errs, or is thrown out, over WebSocket';
const looksAlike = 'from outside it cannot be told from what the network does';

/** Fields of the profile that no experiment can tell, and why. */
export const unrecoverableFields: Readonly<Record<string, string>> = {
  'audio.opusComplexity': 'effort of an encoder: two streams of one bit rate do not say it',
  'audio.rampMs': 'shorter than a packet, and smoothed by the codec',
  'audio.jitterBuffer.earlinessFloorMs': looksAlike,
  'audio.jitterBuffer.maxDelayMs': looksAlike,
  'sessions.silenceTimeoutMs': looksAlike,
  'sessions.connectTimeoutMs': 'may be as long as an hour, and nobody is told when it is over',
  'sessions.lostTimeoutMs': looksAlike,
  'signalling.errorFrames': notProvoked,
  ...Object.fromEntries(
    [
      'closed-by-client',
      'closed-by-server',
      'replaced',
      'never-connected',
      'connection-lost',
      'silent',
      'bad-request',
      'forbidden',
      'unknown-stream',
      'too-many-errors',
      'internal-error',
    ].map((reason) => [`signalling.closeCodes.${reason}`, notProvoked]),
  ),
};
