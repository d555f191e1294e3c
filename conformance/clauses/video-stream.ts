import { type Clause, judge } from '../run/clause.ts';
import { pictureChanges } from '../scenarios/picture-changes.ts';
import { pictureRoomFor } from '../scenarios/picture-room.ts';
import { changesClause } from '../scenarios/picture-verdicts.ts';
import { answeredLines, answerToPlayer } from '../scenarios/player-answer.ts';
import { answerText, isSuccess } from '../scenarios/text.ts';

const source = 'introduction, on the grid in a shared graphic buffer';

/** As what the grid comes. */
export const videoStreamClauses: readonly Clause[] = [
  {
    id: 'video.h264',
    title: 'the grid comes as one H.264 stream',
    level: 'documented',
    source,
    requirement:
      'A player’s video line is answered with H.264, there is one such line for everybody, and what comes decodes.',
    statements: ['page.grid.h264', 'page.grid.single-frame'],
    needs: ['video', 'whip', 'whep'],
    async run(context) {
      const room = pictureRoomFor(context, 'changes');
      const { canvases } = (await context.use(pictureChanges)).first;
      const answer = await answerToPlayer(context, room);
      const lines = isSuccess(answer) ? answeredLines(answer.body) : answerText(answer);
      const formats = videoFormats(answer.body);
      const holds = lines === 'audio sendonly, video sendonly' && formats === 'H264/90000';
      return judge(holds && canvases.length > 0, {
        expected: 'audio sendonly, video sendonly; one video line of H264/90000; pictures that decode',
        actual: `${lines}; ${formats || 'no video line'}; ${canvases.length} pictures decoded`,
        evidence: [answer.evidence],
      });
    },
  },
  changesClause(
    {
      id: 'video.canvas.constant',
      title: 'the canvas keeps its size while members come and go',
      level: 'documented',
      source,
      requirement: 'The buffer that the grid is drawn in has a certain size, however many are in it.',
      statements: ['page.grid.size'],
    },
    ({ canvases, canvasOfSecond }) => {
      const pictures = [
        { when: 'with four members', picture: canvases.muted },
        { when: 'after one has left', picture: canvases.left },
        { when: 'then for another viewer', picture: canvasOfSecond },
      ];
      const sizes = pictures.map(({ when, picture }) => ({
        when,
        size: picture === undefined ? 'no picture' : `${picture.width}x${picture.height}`,
      }));
      const isConstant = new Set(sizes.map(({ size }) => size)).size === 1;
      return judge(isConstant && pictures.every(({ picture }) => picture !== undefined), {
        expected: 'pictures of one size',
        actual: sizes.map(({ when, size }) => `${size} ${when}`).join(', '),
      });
    },
  ),
];

/** Formats of all video lines that were not refused: `H264/90000`, or more of them with a space between. */
function videoFormats(sdp: string): string {
  const sections = sdp.split(/^(?=m=)/m).filter((section) => /^m=video [1-9]/.test(section));
  return sections
    .flatMap((section) => Array.from(section.matchAll(/^a=rtpmap:\d+ ([^\s]+)/gm), ([, format]) => format!))
    .join(' ');
}
