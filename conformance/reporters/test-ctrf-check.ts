/** What the schema of CTRF 0.0.0 says of a field; `text+` is a text that is not empty, `texts+` a list of at least one. */
type Kind =
  | 'text'
  | 'text+'
  | 'integer'
  | 'boolean'
  | 'object'
  | 'texts'
  | 'texts+'
  | 'date'
  | 'status'
  | 'list';

/** Fields by kind. Objects of the schema have no other fields than those it names; `!` marks those that must be there. */
type Shape = { readonly [K in Kind]?: string };

const statuses = ['passed', 'failed', 'skipped', 'pending', 'other'];

const root: Shape = {
  text: 'reportFormat! specVersion! reportId runId generatedBy',
  date: 'timestamp',
  object: 'results! insights baseline extra',
};
const results: Shape = { object: 'tool! summary! environment extra', list: 'tests!' };
const tool: Shape = { 'text+': 'name!', text: 'version', object: 'extra' };
const summary: Shape = {
  integer: 'tests! passed! failed! skipped! pending! other! start! stop! flaky suites duration',
  object: 'extra',
};
const environment: Shape = {
  text: 'reportName appName appVersion buildId buildName buildUrl repositoryName repositoryUrl commit branchName osPlatform osRelease osVersion testEnvironment',
  integer: 'buildNumber',
  boolean: 'healthy',
  object: 'extra',
};
const test: Shape = {
  'text+': 'name!',
  status: 'status!',
  integer: 'duration! start stop line retries',
  'texts+': 'suite',
  texts: 'tags stdout stderr',
  text: 'id message trace snippet ai rawStatus type filePath threadId browser device screenshot',
  boolean: 'flaky',
  object: 'labels parameters insights extra',
  list: 'retryAttempts attachments steps',
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isKind: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: isText,
  'text+': (value) => isText(value) && value !== '',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  texts: isTexts,
  'texts+': (value) => isTexts(value) && value.length > 0,
  // RFC 3339, as `date-time` of JSON Schema wants it.
  date: (value) =>
    isText(value) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  status: (value) => statuses.includes(String(value)),
  list: Array.isArray,
};

type Part = Readonly<Record<string, unknown>>;

/** What keeps a document from being one of CTRF 0.0.0 (ctrf.io), one sentence each, and sums that do not add up. */
export function ctrfProblems(document: unknown): string[] {
  const found = shapeProblems(document as Part, root, 'the document');
  if (found.length > 0) return found;
  const {
    reportFormat,
    specVersion,
    results: all,
  } = document as { [name: string]: string } & { results: Part };
  if (reportFormat !== 'CTRF') found.push('reportFormat is not CTRF');
  if (!/^\d+\.\d+\.\d+$/.test(specVersion!)) found.push('specVersion is no version');
  found.push(...shapeProblems(all, results, 'results'));
  if (found.length > 0) return found;
  const tests = all.tests as Part[];
  found.push(
    ...shapeProblems(all.tool as Part, tool, 'tool'),
    ...shapeProblems(all.summary as Part, summary, 'summary'),
    ...shapeProblems((all.environment ?? {}) as Part, environment, 'environment'),
    ...tests.flatMap((one, index) => shapeProblems(one, test, `test ${index}`)),
  );
  return [...found, ...sumProblems(all.summary as Part, tests)];
}

function shapeProblems(part: Part, shape: Shape, where: string): string[] {
  const rules = Object.entries(shape).flatMap(([kind, names]) =>
    names
      .split(' ')
      .map((name) => ({ kind: kind as Kind, name: name.replace('!', ''), required: name.endsWith('!') })),
  );
  const known = rules.map(({ name }) => name);
  return [
    ...Object.keys(part)
      .filter((name) => !known.includes(name))
      .map((name) => `${where} has a field ${name}`),
    ...rules
      .filter(({ name, required }) => required && !(name in part))
      .map(({ name }) => `${where} has no ${name}`),
    ...rules
      .filter(({ name, kind }) => name in part && !isKind[kind](part[name]))
      .map(({ name, kind }) => `${name} of ${where} is no ${kind}`),
  ];
}

function sumProblems(summaryPart: Part, tests: readonly Part[]): string[] {
  const counted = [
    ...statuses.map((status) => [status, tests.filter((one) => one.status === status).length] as const),
    ['tests', tests.length] as const,
    ['flaky', tests.filter((one) => one.flaky === true).length] as const,
  ];
  return counted
    .filter(([name, count]) => summaryPart[name] !== count)
    .map(([name, count]) => `summary.${name} is ${String(summaryPart[name])}, and there are ${count}`);
}
