import type { SentTones } from '../analysis/tone-levels.ts';
import { apartToneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { loudDbfs, quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { SoundEvidence } from '../report.ts';
import type { Scenario } from '../run/context.ts';
import { type HeardMatrix, measureTones } from './heard-matrix.ts';
import { type RoomRecording, recordRoom } from './room-recording.ts';
import { soundOf } from './sound-evidence.ts';

const labels = ['alice', 'bob', 'carol', 'dave', 'erin'];

/** What was heard in a room of tones. */
export interface ToneRoom extends Pick<RoomRecording, 'tracks' | 'latenessMs'> {
  readonly sent: readonly SentTones[];
  readonly matrix: HeardMatrix;
  readonly sound: SoundEvidence;
}

/** A room of members who each send a tone of their own. */
function toneRoom(label: string, members: number, levelDbfs: number): Scenario<ToneRoom> {
  return {
    name: label,
    async play(context) {
      const clips = labels
        .slice(0, members)
        .map((name, i) => toneClip(name, toneSignature(context.pick(i, apartToneBotCount)), levelDbfs));
      const recorded = await recordRoom(context, {
        label,
        clips: new Map(clips.map(({ sent, clip }) => [sent.name, clip])),
        seconds: 2.5,
        settleSeconds: 1,
      });
      const sent = clips.map((clip) => clip.sent);
      const { tracks, latenessMs } = recorded;
      return { tracks, sent, matrix: measureTones(recorded, sent), sound: soundOf(recorded), latenessMs };
    },
  };
}

/** Four who fit into full scale together. */
export const quietRoom = toneRoom('quiet', 4, quietDbfs);

/** Five of whom two are more than full scale. */
export const loudRoom = toneRoom('loud', 5, loudDbfs);

/** The tones that are to be heard in a track. */
export function tonesIn(track: string, sent: readonly SentTones[]): number[] {
  return sent.filter(({ name }) => name !== track).flatMap(({ frequenciesHz }) => frequenciesHz);
}
