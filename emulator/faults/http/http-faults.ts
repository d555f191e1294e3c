import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dropAnswer, truncateAnswer } from './break-off.ts';
import { type CallFacts, callFacts, headersFor, withCommand } from './call-facts.ts';
import type { Effect, FaultAnswer, HttpJudge, Verdict } from './http-judge.ts';
import type { Waits } from './waits.ts';

/** Where rules are given: no rule holds there, or nobody could take one back. */
export const ownPaths = '/faults/api/';

export interface HttpFaultsOptions {
  readonly judge: HttpJudge;
  readonly waits: Waits;
  /** `Server` header of the emulator's answers. */
  readonly server: string;
}

/** What is to happen to an answer, and of which call it is. */
interface Pending {
  readonly facts: CallFacts;
  readonly effect: Effect;
}

/**
 * Puts faults in front of all routes: before credentials are asked for, or, where a rule asks for a command, when the
 * call is let in and its body is there.
 * @param app without routes yet
 */
export function addHttpFaults(app: FastifyInstance, { judge, waits, server }: HttpFaultsOptions): void {
  const pending = new WeakMap<FastifyRequest, readonly Pending[]>();

  /** @returns the reply where the call ends here */
  const carryOut = async (
    facts: CallFacts,
    { before, after, truncate }: Verdict,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    if (truncate !== undefined) truncateAnswer(reply.raw, truncate);
    pending.set(request, [...(pending.get(request) ?? []), { facts, effect: after }]);
    const isThere = await waits.wait(before.delayMs, reply.raw);
    if (!isThere || before.ending === 'drop') {
      reply.hijack();
      reply.raw.destroy();
      return reply;
    }
    if (before.ending === undefined) return undefined;
    reply.header('server', server);
    return reply.send(turnInto(reply, before.ending, facts));
  };

  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith(ownPaths)) return undefined;
    const facts = callFacts(request.method, request.url);
    const verdict = judge.judge(facts);
    return verdict && carryOut(facts, verdict, request, reply);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!judge.asksForCommands || request.url.startsWith(ownPaths)) return undefined;
    const facts = withCommand(callFacts(request.method, request.url), request.body);
    const verdict = facts.command && judge.judge(facts);
    return verdict && carryOut(facts, verdict, request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    let sent = payload;
    for (const { facts, effect } of pending.get(request) ?? []) {
      await waits.wait(effect.delayMs, reply.raw);
      if (effect.ending === 'drop') dropAnswer(reply.raw);
      else if (effect.ending !== undefined) sent = turnInto(reply, effect.ending, facts);
    }
    return sent;
  });
}

/** Makes another answer of one that may be finished already. @returns its body */
function turnInto(reply: FastifyReply, { status, headers, body }: FaultAnswer, facts: CallFacts): Buffer {
  for (const name of Object.keys(reply.getHeaders())) if (name !== 'server') reply.removeHeader(name);
  reply.code(status).headers({ ...headersFor(facts), ...headers });
  return Buffer.from(body);
}
