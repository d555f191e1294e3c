import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

const statuses = ['passed', 'failed', 'skipped', 'pending', 'other'];

const schema = new URL('../../fixtures/schemas/ctrf-0.0.schema.json', import.meta.url);
const ajv = new Ajv({ allErrors: true });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

interface Ctrf {
  readonly results: {
    readonly summary: Readonly<Record<string, unknown>>;
    readonly tests: readonly { readonly status: string; readonly flaky?: boolean }[];
  };
}

/** What keeps a document from being one of CTRF 0.0 by its schema, one line each, and sums that do not add up. */
export function ctrfProblems(document: unknown): string[] {
  if (validate(document)) return sumProblems(document as Ctrf);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const field = 'additionalProperty' in params ? `: ${params.additionalProperty}` : '';
    return `${instancePath || 'the document'} ${message}${field}`;
  });
}

function sumProblems({ results: { summary, tests } }: Ctrf): string[] {
  const counted = [
    ...statuses.map((status) => [status, tests.filter((one) => one.status === status).length] as const),
    ['tests', tests.length] as const,
    ['flaky', tests.filter((one) => one.flaky === true).length] as const,
  ];
  return counted
    .filter(([name, count]) => summary[name] !== count)
    .map(([name, count]) => `summary.${name} is ${String(summary[name])}, and there are ${count}`);
}
