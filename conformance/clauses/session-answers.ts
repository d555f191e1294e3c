import type { Exchange } from '../http/exchange.ts';
import type { Clause, Outcome } from '../run/clause.ts';
import { judge } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { type OpenedAndEnded, openAndEnd } from '../scenarios/player-answer.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import { isSuccess } from '../scenarios/text.ts';

type Endpoint = 'whip' | 'whep';

/** A session that nobody uses, and that is ended twice. */
function endedSession(endpoint: Endpoint): Scenario<OpenedAndEnded> {
  return {
    name: `a session of ${endpoint} that is ended`,
    play: (context) =>
      SuiteRoom.use(context, `${endpoint}-ended`, async (room) => {
        const { stream } = await room.add('alice');
        return openAndEnd(context, endpoint === 'whip' ? stream : room.name, endpoint);
      }),
  };
}

/** The answer to an offer and what the session's address is good for; the same for publishers and players. */
function sessionClauses(endpoint: Endpoint, chapter: string, who: string): Clause[] {
  const session = endedSession(endpoint);
  const common = { level: 'client-required', needs: [endpoint] } as const;
  return [
    {
      ...common,
      id: `${chapter}.answer`,
      title: `${who} is answered with SDP, and with the address of its session`,
      source: 'RFC 9725 §4.2; the WHEP draft says the same',
      requirement: 'The answer is 201, of the type application/sdp, with a Location.',
      statements: ['standard.session-answer', 'client.only-201'],
      async run(context) {
        const { created } = await context.use(session);
        const { 'content-type': type = 'none', location } = created.evidence.responseHeaders;
        const holds = created.status === 201 && /^application\/sdp\b/.test(type) && location !== undefined;
        return judge(holds, {
          expected: '201, Content-Type: application/sdp, a Location',
          actual: `${created.status}, Content-Type: ${type}, ${location === undefined ? 'no Location' : `Location: ${location}`}`,
          evidence: [created.evidence],
        });
      },
    },
    {
      ...common,
      id: `${chapter}.delete`,
      title: `${who} ends its session by DELETE`,
      source: 'RFC 9725 §4.2; the WHEP draft says the same',
      requirement: 'DELETE of the session’s address succeeds, and then there is no such session any more.',
      statements: ['standard.session-delete'],
      async run(context) {
        const { created, first, second } = await context.use(session);
        return endedOutcome(created, first, second);
      },
    },
  ];
}

function endedOutcome(created: Exchange, first?: Exchange, second?: Exchange): Outcome {
  const holds = first !== undefined && isSuccess(first) && [404, 410].includes(second?.status ?? 0);
  return judge(holds, {
    expected: 'success of the first DELETE, 404 or 410 for a second one',
    actual:
      first === undefined
        ? `${created.status} without an address on this server`
        : `${first.status}, then ${second === undefined ? 'no second one' : second.status}`,
    evidence: [created, first, second].flatMap((answer) => answer?.evidence ?? []),
  });
}

/** A page that the player runs in, and that does not come from the server. */
const origin = 'https://chat.example';

/** What clients read besides the media: addresses, headers, and what pages of others may do. */
export const sessionAnswerClauses: readonly Clause[] = [
  ...sessionClauses('whip', 'publish', 'who publishes'),
  ...sessionClauses('whep', 'play', 'who plays'),
  {
    id: 'play.cross-origin',
    title: 'pages of other origins may play',
    level: 'client-required',
    source: 'official player 24.7.1, which runs in the pages of its users; Fetch standard, CORS protocol',
    requirement:
      'A preflight for WHEP is allowed, and answers of WHEP and media_info.json may be read, X-Sid too.',
    statements: ['client.cross-origin'],
    needs: ['whep'],
    async run(context) {
      const { preflight, played, described } = await SuiteRoom.use(context, 'origin', async (room) => {
        const path = `/${encodeURIComponent(room.name)}`;
        const headers = { origin };
        return {
          preflight: await context.api.request(`${path}/whep`, {
            method: 'OPTIONS',
            headers: {
              ...headers,
              'access-control-request-method': 'POST',
              'access-control-request-headers': 'content-type',
            },
            anonymous: true,
          }),
          played: (await openAndEnd(context, room.name, 'whep', headers)).created,
          described: await context.api.request(`${path}/media_info.json`, { headers, anonymous: true }),
        };
      });
      const answers = [preflight, played, described];
      const exposed = header(played, 'access-control-expose-headers');
      const holds =
        answers.every(isOpen) && isSuccess(preflight) && /(^|[\s,])(x-sid|\*)($|[\s,])/i.test(exposed);
      return judge(holds, {
        expected: `all three with Access-Control-Allow-Origin, X-Sid exposed`,
        actual: `${answers.map((one) => `${one.evidence.method}: ${header(one, 'access-control-allow-origin') || 'not allowed'}`).join(', ')}; exposed: ${exposed || 'nothing'}`,
        evidence: answers.map((one) => one.evidence),
      });
    },
  },
];

function header({ evidence }: Exchange, name: string): string {
  return evidence.responseHeaders[name] ?? '';
}

function isOpen(answer: Exchange): boolean {
  return ['*', origin].includes(header(answer, 'access-control-allow-origin'));
}
