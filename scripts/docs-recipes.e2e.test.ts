import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DocsPlace } from './docs-place.ts';

const root = join(import.meta.dirname, '..');
const recipe = (name: string) => parse(readFileSync(join(root, 'docs/ci', name), 'utf8'));

/** What jobs hand on to others: each job has a folder of its own, as on runners. */
let artifacts: string;
const places: DocsPlace[] = [];
/** Actions and commands that are only pretended. */
const notRun = new Set<string>();

beforeAll(async () => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
  artifacts = await mkdtemp(join(tmpdir(), 'mosaic2-artifacts-'));
}, 300_000);

afterAll(async () => {
  for (const place of places) await place.close();
  await rm(artifacts, { recursive: true, force: true });
  console.log(`Not run of the CI recipes: ${[...notRun].sort().join(', ')}`);
});

/** A runner's folder, where packages are installed already; few clauses are measured instead of all. */
async function runner(): Promise<DocsPlace> {
  const place = await DocsPlace.create();
  places.push(place);
  await place.program('npm', '[ "$1" = ci ] || exit 9');
  await place.program(
    'npx',
    `[ "$1" = mosaic2 ] || exit 9
    shift; [ "$1" != conformance ] || set -- "$@" --filter 'api.stat*,api.add-room*'
    exec mosaic2 "$@"`,
  );
  notRun.add('npm ci');
  return place;
}

async function runScript(place: DocsPlace, script: string, variables: Readonly<Record<string, string>>) {
  const { code, output } = await place.shell(script, { CI: 'true', ...variables });
  expect(code, `${script}\n${output}`).toBe(0);
}

/** Paths that a pattern stands for. @throws AssertionError where there are none */
async function filesAt(place: DocsPlace, pattern: string): Promise<string[]> {
  const { code, output } = await place.shell(`ls -d ${pattern}`);
  expect(code, output).toBe(0);
  return output.trim().split('\n');
}

async function requireJunit(file: string) {
  const xml = await readFile(file, 'utf8');
  expect(xml).toMatch(/<testsuites [^>]*failures="0" errors="0"/);
  expect(xml).toContain('api.stat.count');
}

interface GitHubStep {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

/** What of the expressions a run of the workflow has values for; any other is a mistake in the recipe. */
const expressions = /\$\{\{ (matrix\.shard|inputs\.target|secrets\.MOSAIC_CREDENTIALS) \}\}/g;

/** Runs the steps of a job as the service does. @returns its folder */
async function runGitHubJob(name: string, values: Readonly<Record<string, string>>): Promise<DocsPlace> {
  const { jobs } = recipe('github-actions.yml');
  const place = await runner();
  const fill = (text: string) => text.replace(expressions, (_, key: string) => values[key] ?? '');
  for (const { uses = '', run, env = {}, with: settings = {} } of jobs[name].steps as GitHubStep[]) {
    const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, fill(value)]));
    if (run !== undefined) {
      await runScript(place, fill(run), { ...own, GITHUB_STEP_SUMMARY: join(place.folder, 'summary.md') });
    } else if (uses.startsWith('actions/upload-artifact@')) {
      const folder = join(artifacts, fill(settings.name!));
      await mkdir(folder, { recursive: true });
      for (const pattern of fill(settings.path!).trim().split('\n')) {
        for (const file of await filesAt(place, pattern))
          await cp(join(place.folder, file), join(folder, basename(file)), { dereference: true });
      }
    } else if (uses.startsWith('actions/download-artifact@')) {
      await mkdir(join(place.folder, settings.path!));
      await place.shell(`cp -r "$ARTIFACTS"/${settings.pattern} ${settings.path}/`, { ARTIFACTS: artifacts });
    }
    if (uses !== '') notRun.add(uses);
  }
  return place;
}

describe('docs/ci/github-actions.yml', () => {
  it('measures in shards, joins them, and keeps summary, JUnit and HTML', async () => {
    const { jobs } = recipe('github-actions.yml');
    const shards: number[] = jobs.conformance.strategy.matrix.shard;
    expect(jobs.conformance.steps.at(-2).run).toContain(`/${shards.length} `);
    for (const shard of shards) await runGitHubJob('conformance', { 'matrix.shard': String(shard) });
    const report = await runGitHubJob('report', {});

    await requireJunit(join(artifacts, 'conformance/junit.xml'));
    expect(await readFile(join(artifacts, 'conformance/index.html'), 'utf8')).toContain('api.add-room');
    expect(await readFile(join(report.folder, 'summary.md'), 'utf8')).toContain('mosaic2 conformance');
  });

  it('measures a server of one’s own, by hand', async () => {
    const server = await runner();
    const values = {
      'inputs.target': `http://${await server.standIn()}`,
      'secrets.MOSAIC_CREDENTIALS': 'user:pass',
    };
    const { folder } = await runGitHubJob('target', values);
    await requireJunit(join(folder, 'reports/latest/junit.xml'));
    expect(await readFile(join(folder, 'summary.md'), 'utf8')).toContain(
      values['inputs.target'].slice(7, 16),
    );
  });
});

/** Runs a job as the service does. @returns its folder, and the paths that it keeps */
async function runGitLabJob(name: string, variables: Readonly<Record<string, string>>) {
  const { default: common, [name]: job } = recipe('gitlab-ci.yml');
  const place = await runner();
  const { needs = [], script, artifacts: kept } = job;
  for (const { job: before } of needs as readonly { readonly job: string }[])
    await cp(join(artifacts, before), place.folder, { recursive: true, verbatimSymlinks: true });
  await runScript(place, [...common.before_script, ...script].join('\n'), variables);
  for (const pattern of kept.paths as readonly string[]) {
    for (const path of await filesAt(place, pattern)) {
      const copy = join(artifacts, name, path);
      await mkdir(dirname(copy), { recursive: true });
      await cp(join(place.folder, path), copy, { recursive: true, verbatimSymlinks: true });
    }
  }
  const junit = kept.reports === undefined ? [] : await filesAt(place, kept.reports.junit);
  notRun.add(`image ${common.image}`);
  return { place, junit };
}

describe('docs/ci/gitlab-ci.yml', () => {
  it('measures in shards, joins them, and keeps JUnit and HTML', async () => {
    const { conformance } = recipe('gitlab-ci.yml');
    const total = String(conformance.parallel);
    for (let index = 1; index <= conformance.parallel; index += 1)
      await runGitLabJob('conformance', { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: total });
    const { place, junit } = await runGitLabJob('report', {});

    // A second one, over the link to the newest run, would count every clause twice.
    expect(junit).toHaveLength(1);
    await requireJunit(join(place.folder, junit[0]!));
    expect(await readFile(join(place.folder, 'reports/latest/index.html'), 'utf8')).toContain('api.add-room');
  });

  it('measures a server of one’s own, by hand', async () => {
    const server = await runner();
    const { place, junit } = await runGitLabJob('target', {
      MOSAIC_TARGET: `http://user:pass@${await server.standIn()}`,
    });
    await requireJunit(join(place.folder, junit[0]!));
  });
});
