import { managerPath } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Clause, Facts, Outcome } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { answerText, isRefusal } from '../scenarios/text.ts';

const source = 'Configuration and usage, steps 2 and 3, give only calls that succeed';

/**
 * Judges calls that must not be carried out. Which status says so is not documented: any refusal will do, and
 * it is shown. Of a server that promises nothing beyond the documentation it is only recorded.
 * @param kinds what is wrong with the calls, in the words of the profile; one for each call, or one for all
 * @param documented that the calls must not be carried out is said by the documentation
 */
async function refused(
  context: RunContext,
  calls: readonly Promise<Exchange>[],
  isUnchanged: (listed: Exchange) => boolean = () => true,
  documented = false,
  kinds: readonly string[] = [],
): Promise<Outcome> {
  const answers = await Promise.all(calls);
  const listed = await context.api.manager('list_room', []);
  const holds = answers.every(isRefusal) && listed.status === 200 && isUnchanged(listed);
  const evidence = [...answers, listed].map((answer) => answer.evidence);
  const actual = [...answers, listed].map(answerText).join('; ');
  if (!documented && context.target.bars === undefined) {
    return observed(actual, evidence, statusFacts(kinds, answers));
  }
  return judge(holds, {
    expected: 'a status from 400 to 499, nothing changed, and the server goes on',
    actual,
    evidence,
  });
}

/** The status of each kind of error; a list where calls of one kind are answered differently. */
function statusFacts(kinds: readonly string[], answers: readonly Exchange[]): Facts {
  const seen = new Map<string, Set<number>>();
  answers.forEach(({ status }, i) => {
    const kind = kinds[i] ?? kinds[0];
    if (kind !== undefined) seen.set(kind, (seen.get(kind) ?? new Set()).add(status));
  });
  return Object.fromEntries(
    [...seen].map(([kind, statuses]) => {
      const [first, ...others] = statuses;
      return [`errors.status.${kind}`, others.length === 0 ? first : [...statuses]];
    }),
  );
}

function post(context: RunContext, body: string, headers: Record<string, string> = {}, path = managerPath) {
  return context.api.request(path, { method: 'POST', body, headers });
}

function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** What must not work, and must do no harm. */
export const errorClauses: readonly Clause[] = [
  {
    id: 'errors.missing-credentials',
    title: 'a call without credentials is refused',
    level: 'documented',
    source: 'every documented call carries user:pass',
    requirement: 'The command API changes nothing for a caller without credentials.',
    statements: ['page.manager.credentials'],
    needs: ['credentials'],
    async run(context) {
      if (context.target.credentials.user === '') {
        return { verdict: 'not-applicable', reason: 'the target was given without credentials' };
      }
      const room = `${context.prefix}anonymous`;
      const body = JSON.stringify({ command: 'add_room', args: [room] });
      const call = context.api.request(managerPath, { method: 'POST', body, anonymous: true });
      context.leftovers.addRoom(room);
      return refused(context, [call], (listed) => !listed.body.includes(room), true);
    },
  },
  {
    id: 'errors.wrong-credentials',
    title: 'a call with wrong credentials is refused',
    level: 'documented',
    source: 'every documented call carries user:pass',
    requirement: 'The command API changes nothing for a caller with a wrong user or a wrong password.',
    statements: ['page.manager.credentials'],
    needs: ['credentials'],
    async run(context) {
      const { user, password } = context.target.credentials;
      if (user === '') {
        return { verdict: 'not-applicable', reason: 'the target was given without credentials' };
      }
      const room = `${context.prefix}intruder`;
      const body = JSON.stringify({ command: 'add_room', args: [room] });
      context.leftovers.addRoom(room);
      const pairs = [basic(user, `${password}x`), basic(`${user}x`, password), basic(user, '')];
      return refused(
        context,
        pairs.map((headers) => post(context, body, headers)),
        (listed) => !listed.body.includes(room),
        true,
      );
    },
  },
  {
    id: 'errors.challenge',
    title: 'a 401 says how to ask again',
    level: 'client-required',
    source: 'RFC 9110 §15.5.2, RFC 7617 §2',
    requirement: 'Where the answer to a call without credentials is 401, it has WWW-Authenticate: Basic.',
    statements: ['standard.challenge'],
    needs: ['credentials'],
    async run(context) {
      const body = '{"command":"list_room","args":[]}';
      const answer = await context.api.request(managerPath, { method: 'POST', body, anonymous: true });
      const { 'www-authenticate': challenge = 'none' } = answer.evidence.responseHeaders;
      return judge(answer.status !== 401 || /(^|, *)basic\b/i.test(challenge), {
        expected: 'WWW-Authenticate: Basic with a 401',
        actual: `${answer.status}, WWW-Authenticate: ${challenge}`,
        evidence: [answer.evidence],
      });
    },
  },
  {
    id: 'errors.bad-json',
    title: 'a body that is no JSON is refused',
    level: 'undocumented',
    source,
    requirement: 'A body that cannot be read does nothing, and is answered with an error.',
    statements: ['page.manager.call'],
    needs: [],
    run: (context) =>
      refused(
        context,
        ['{"command" : "add_room", "args" : [', 'command=add_room', ''].map((body) => post(context, body)),
        undefined,
        false,
        ['malformed-json'],
      ),
  },
  {
    id: 'errors.unknown-command',
    title: 'an unknown command is refused',
    level: 'undocumented',
    source,
    requirement: 'A command that does not exist does nothing, and is answered with an error.',
    statements: ['page.manager.call'],
    needs: [],
    run: (context) =>
      refused(
        context,
        [context.api.manager('paint_room', ['x']), context.api.manager('toString', [])],
        undefined,
        false,
        ['unknown-command'],
      ),
  },
  {
    id: 'errors.unknown-room',
    title: 'a call on a room that does not exist is refused',
    level: 'undocumented',
    source,
    requirement: 'A call on an unknown room does nothing, and is answered with an error.',
    statements: ['page.room.call', 'page.manager.remove-room'],
    needs: [],
    async run(context) {
      // Where names are not read, it would be carried out in the only room there is.
      context.requireRoomsByName();
      return refused(
        context,
        [
          context.api.room(`${context.prefix}nowhere`, 'add_stream', ['x']),
          context.api.manager('remove_room', [`${context.prefix}nowhere`]),
        ],
        undefined,
        false,
        ['unknown-room'],
      );
    },
  },
  {
    id: 'errors.missing-arguments',
    title: 'a command without its arguments is refused',
    level: 'undocumented',
    source,
    requirement: 'A command without what it needs does nothing, and is answered with an error.',
    statements: ['page.manager.add-room'],
    needs: [],
    run: (context) =>
      refused(
        context,
        [context.api.manager('add_room', []), post(context, '{"command":"add_room"}')],
        undefined,
        false,
        ['wrong-arity'],
      ),
  },
  {
    id: 'errors.unusable-opus-parameters',
    title: 'Opus parameters that Opus does not know are refused',
    level: 'undocumented',
    source: 'Configuration and usage, step 2; RFC 6716 §2.1',
    requirement: 'add_room with a sample rate or frame length that Opus does not have makes no room.',
    statements: ['page.manager.add-room.opus'],
    needs: [],
    async run(context) {
      const room = `${context.prefix}unusable`;
      const parameters = [
        ['64', '44100', '882'],
        ['64', '48000', '1000'],
        ['0', '48000', '960'],
        ['64', 'fast', '960'],
      ];
      // Where a server takes them after all, the room is not left behind.
      context.leftovers.addRoom(room);
      return refused(
        context,
        parameters.map((opus) => context.api.manager('add_room', [room, ...opus])),
        (listed) => !listed.body.includes(room),
        false,
        ['bad-value'],
      );
    },
  },
  {
    id: 'errors.publish-garbage',
    title: 'an offer that is no SDP is refused',
    level: 'client-required',
    source: 'RFC 9725 §4.2; the official client takes 201 as success and nothing else',
    requirement: 'An offer that cannot be used is answered with an error, and the server goes on.',
    statements: ['standard.unusable-offer', 'client.only-201'],
    needs: ['whip'],
    async run(context) {
      context.requireWhip();
      return refused(
        context,
        ['', 'v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n', '{"sdp":"v=0"}'].map((body) =>
          context.api.request(`/${context.prefix}garbage/whip`, {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/sdp' },
            anonymous: true,
          }),
        ),
      );
    },
  },
];
