import { type FaultRule, FaultRuleError, type FaultRuleState, type Faults } from '../../faults/types.ts';
import type { ApiRoute } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { HttpError } from '../errors.ts';
import type { Reply } from '../http-call.ts';
import { jsonReply } from '../replies.ts';
import { runFaultAct } from './fault-acts.ts';

const base = '/faults/api';

/**
 * The command API of faults on purpose, beside the documented one and no part of it: rules and what they did so far,
 * and acts.
 */
export function faultsApi(faults: Faults, guard: Guard): readonly ApiRoute[] {
  const one = (id: string) => {
    const state = faults.rules().find((rule) => rule.id === id);
    if (state === undefined) throw new HttpError('unknown-path', `There is no rule ${JSON.stringify(id)}.`);
    return state;
  };
  const list = (): Reply => jsonReply(200, { seed: faults.seed, rules: faults.rules().map(ruleJson) });
  return [
    { path: `${base}/`, methods: { GET: list }, guard },
    {
      path: `${base}/rules`,
      methods: {
        GET: list,
        POST: ({ body }) => {
          const id = addRule(faults, body);
          return jsonReply(201, ruleJson(one(id)), { location: `${base}/rules/${encodeURIComponent(id)}` });
        },
        DELETE: () => {
          faults.clear();
          return { status: 204 };
        },
      },
      guard,
    },
    {
      path: `${base}/rules/*`,
      methods: {
        GET: (_call, id) => jsonReply(200, ruleJson(one(id))),
        DELETE: (_call, id) => {
          faults.remove(one(id).id);
          return { status: 204 };
        },
      },
      guard,
    },
    {
      path: `${base}/acts`,
      methods: { POST: ({ body }) => jsonReply(200, runFaultAct(faults, readJson(body))) },
      guard,
    },
  ];
}

function ruleJson({ rule, ...state }: FaultRuleState) {
  return { ...rule, ...state };
}

function addRule(faults: Faults, body: string): string {
  const rule = readJson(body);
  try {
    return faults.add(rule as FaultRule);
  } catch (error) {
    if (error instanceof FaultRuleError) throw new HttpError('bad-value', error.message);
    throw error;
  }
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new HttpError('malformed-json', `The body is not JSON: ${(error as SyntaxError).message}.`);
  }
}
