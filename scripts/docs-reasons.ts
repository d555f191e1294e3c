/** Why a command of the documentation is not run with the others, and what runs it. */
interface Reason {
  readonly command: RegExp;
  readonly reason: string;
}

const program = String.raw`^(npx mosaic2 conformance|npm run conformance( --)?)(?=\s|$)`;

const reasons: readonly Reason[] = [
  {
    command: /^git |^npm (ci|install|pack|rebuild|install-scripts)\b/,
    reason: 'it gets the project or its packages, as scripts/package.e2e.test.ts does',
  },
  { command: /^npm run bench\b/, reason: 'it takes minutes; bench has tests of its own' },
  { command: /^npm (test|run (check|build|format|docs))\b|^\.ci\/run/, reason: '.ci/run runs it, or is it' },
  { command: /^npx (vitest|tsc|biome)\b/, reason: '.ci/run runs it' },
  {
    command: /conformance:defects|conformance-defects/,
    reason: 'it takes minutes; conformance/defects/cli.e2e.test.ts runs it',
  },
  {
    command: /^npx mosaic2 (compare reports\/before|merge shards )/,
    reason: 'it needs other runs; docs/ci.md has it with them',
  },
  {
    command: new RegExp(`${program}(?!.*--(filter|list|preflight))`),
    reason: 'the whole suite takes a minute; .ci/run runs something of each chapter',
  },
];

/** Why this command is not run by the test of the documentation; nothing where it is. */
export function whyNotRun(command: string): string | undefined {
  return reasons.find((one) => one.command.test(command))?.reason;
}

/** Pages whose code is run by a test of its own, which names the page. */
export const testedElsewhere: Readonly<Record<string, string>> = {
  'docs/faults.md': 'emulator/faults/docs.e2e.test.ts',
  'docs/msw.md': 'emulator/msw/snippets.e2e.test.ts',
  'docs/testing.md': 'conformance/testing/docs.e2e.test.ts',
  'docs/writing-a-clause.md': 'scripts/docs-clause.e2e.test.ts',
};

/** Pages whose code is run by no test, and why. */
export const notRunPages: Readonly<Record<string, string>> = {
  'docs/containers.md':
    'it needs a container engine; where there is one, .ci/run builds the image, and conformance/targets/containers/containers.e2e.test.ts tries it',
};

/** Everything that is said of why something is not run. */
export const allReasons: readonly string[] = [
  ...reasons.map(({ reason }) => reason),
  ...Object.values(notRunPages),
];
