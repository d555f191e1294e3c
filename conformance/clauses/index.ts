import type { Clause } from '../run/clause.ts';
import { managerClauses } from './api-manager.ts';
import { roomClauses } from './api-room.ts';
import { streamClauses } from './api-streams.ts';
import { changeClauses } from './audio-changes.ts';
import { clickClauses } from './audio-clicks.ts';
import { continuityClauses } from './audio-continuity.ts';
import { delayClauses } from './audio-delay.ts';
import { fidelityClauses } from './audio-fidelity.ts';
import { muteAgainClauses } from './audio-mute-again.ts';
import { opusClauses } from './audio-opus.ts';
import { apartClauses } from './audio-rooms.ts';
import { speechClauses } from './audio-speech.ts';
import { toneClauses } from './audio-tones.ts';
import { configurationClauses } from './configuration.ts';
import { decisionClauses } from './decisions.ts';
import { errorClauses } from './errors.ts';
import { playingClauses } from './playing.ts';
import { publishingClauses } from './publishing.ts';
import { sessionAnswerClauses } from './session-answers.ts';
import { playerEndClauses, publisherEndClauses } from './session-ends.ts';
import { playSignallingClauses, publishSignallingClauses } from './signalling.ts';
import { videoChangeClauses } from './video-changes.ts';
import { gridClauses } from './video-grid.ts';
import { shapeClauses } from './video-shapes.ts';
import { videoStreamClauses } from './video-stream.ts';
import { videoTimeClauses } from './video-times.ts';

/** All clauses, in the order of the documentation and of the report. */
export const catalogue: readonly Clause[] = [
  ...configurationClauses,
  ...managerClauses,
  ...roomClauses,
  ...streamClauses,
  ...errorClauses,
  ...decisionClauses,
  ...publishingClauses,
  ...publishSignallingClauses,
  ...playingClauses,
  ...playSignallingClauses,
  ...sessionAnswerClauses,
  ...publisherEndClauses,
  ...playerEndClauses,
  ...toneClauses,
  ...fidelityClauses,
  ...speechClauses,
  ...apartClauses,
  ...changeClauses,
  ...muteAgainClauses,
  ...continuityClauses,
  ...clickClauses,
  ...opusClauses,
  ...delayClauses,
  ...videoStreamClauses,
  ...gridClauses,
  ...shapeClauses,
  ...videoChangeClauses,
  ...videoTimeClauses,
];
