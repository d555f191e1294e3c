import { type Clause, judge, notApplicable, type Outcome, observed } from '../run/clause.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import {
  type EndedPlayer,
  endedSessions,
  endedWebSocketPlayer,
  patienceMs,
} from '../scenarios/ended-sessions.ts';
import { db, heardDb, notHeardDb } from '../scenarios/heard-matrix.ts';

const needs = ['whip', 'whep'] as const;

/** A goodbye that is refused is another clause’s business, but has to be told of. */
function told(refusal: string | undefined, actual: string): string {
  return refusal === undefined ? actual : `${refusal}; ${actual}`;
}

function noMoreMedia({ packets, refusal }: EndedPlayer): Outcome {
  return judge(packets === 0, {
    expected: 'not one packet more, a second after the end',
    actual: told(
      refusal,
      packets === undefined ? 'it was not played' : `${packets} packets in the second after that`,
    ),
  });
}

/** How publishers end. */
export const publisherEndClauses: readonly Clause[] = [
  {
    id: 'publish.delete.not-heard',
    title: 'who has ended its session by DELETE is not heard any more',
    level: 'client-required',
    source: 'RFC 9725 §4.2: DELETE ends the session and frees its resources',
    requirement:
      'After DELETE of a publisher’s session nothing of it is heard, also while it goes on sending; the others are.',
    statements: ['standard.session-delete'],
    needs,
    beginsFirst: true,
    async run(context) {
      context.requireWhip();
      const { ended, staying, refusal, latenessMs } = await context.use(endedSessions);
      const isGone = ended.gainDb <= notHeardDb;
      const outcome = judge(isGone && staying.gainDb >= heardDb, {
        expected: `who has ended at ${db(notHeardDb)} or less, who stays at ${db(heardDb)} or more`,
        actual: told(refusal, `who has ended at ${db(ended.gainDb)}, who stays at ${db(staying.gainDb)}`),
      });
      return isGone ? unlessBusy(outcome, latenessMs, maxStallMs) : outcome;
    },
  },
  {
    id: 'publish.vanished',
    title: 'who vanishes without a word is not heard, and its stream ends',
    level: 'undocumented',
    source: 'nothing is said of publishers that are lost',
    requirement:
      'Whether a publisher whose network is gone is still heard, and how long its stream is said to be there.',
    statements: ['page.intro.webrtc-publish'],
    needs,
    async run(context) {
      const { vanished, saidToBeThereMs } = await context.use(endedSessions);
      const isGone = vanished.gainDb <= notHeardDb;
      const there =
        saidToBeThereMs === undefined
          ? `${patienceMs / 1000} s or more`
          : `${(saidToBeThereMs / 1000).toFixed(1)} s`;
      const actual = `at ${db(vanished.gainDb)} a second later; media_info.json has tracks of it for ${there}`;
      const bar = context.target.bars?.vanishedMs;
      if (bar === undefined) return observed(actual);
      return judge(isGone && saidToBeThereMs !== undefined && saidToBeThereMs <= bar, {
        expected: `at ${db(notHeardDb)} or less a second later, and no tracks after ${bar / 1000} s`,
        actual,
      });
    },
  },
];

/** How players end. */
export const playerEndClauses: readonly Clause[] = [
  {
    id: 'play.delete.media-ends',
    title: 'after DELETE nothing more is sent to a player',
    level: 'client-required',
    source: 'WHEP draft, as RFC 9725 §4.2: DELETE ends the session and frees its resources',
    requirement:
      'After DELETE of a player’s session no media comes any more, also where the player goes on listening.',
    statements: ['standard.session-delete'],
    needs,
    async run(context) {
      context.requireWhip();
      const { player } = await context.use(endedSessions);
      return noMoreMedia(player);
    },
  },
  {
    id: 'play.websocket.media-ends',
    title: 'with a player’s WebSocket its media ends',
    level: 'client-required',
    source: 'official player 20.x: stop() closes the socket, not the connection of the media',
    requirement: 'After a player has closed its WebSocket no media comes any more.',
    statements: ['client.websocket.stop'],
    needs: ['whip', 'websocket'],
    async run(context) {
      const player = await context.use(endedWebSocketPlayer);
      // A newer server need not serve the clients of that time; the emulator promises to.
      if (player.packets === undefined && context.target.bars === undefined) {
        return notApplicable(`nothing is played over WebSocket: ${player.refusal}`);
      }
      return noMoreMedia(player);
    },
  },
];
