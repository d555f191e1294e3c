import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { ApiClient } from '../http/api-client.ts';
import { targetOption } from '../run/testing-command.ts';
import { startEmbeddedTarget } from '../targets/embedded.ts';
import type { Target } from '../targets/target.ts';

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly command: readonly [string, ...string[]];
  readonly args: readonly string[];
}
/** What is looked at of the manifest. */
interface Job {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completionMode: string;
    readonly completions: number;
    readonly parallelism: number;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly terminationGracePeriodSeconds: number;
        readonly containers: readonly [Container];
      };
    };
  };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const job = parse(readFileSync(`${root}docs/kubernetes-bots.yaml`, 'utf8')) as Job;
const container = job.spec.template.spec.containers[0];
const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

let target: Target;
let api: ApiClient;

beforeAll(async () => {
  target = await startEmbeddedTarget();
  api = new ApiClient(target);
});

afterAll(() => target.close());

/** The container's command, as a pod of the Job runs it, with what a test may change: how many bots. */
function startPod(index: number, bots: number) {
  const [program, ...before] = container.command;
  const pod = spawn(program, [...before, ...container.args], {
    cwd: root,
    env: {
      ...process.env,
      ...environment,
      BOTS: String(bots),
      TARGET: targetOption(target),
      JOB_COMPLETION_INDEX: String(index),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  pod.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(pod, 'exit').then(([code]) => code as number | null);
  return { pod, ended, said: () => said };
}

async function clientsOf(room: string): Promise<readonly string[]> {
  const { json } = await api.room(room, 'stat', []);
  return ((json as { clients?: string[] } | undefined)?.clients ?? []).toSorted();
}

describe('the manifest for Kubernetes', () => {
  it('is an indexed Job whose numbers agree', () => {
    expect([job.apiVersion, job.kind, job.spec.completionMode]).toEqual(['batch/v1', 'Job', 'Indexed']);
    expect(job.spec.template.spec.restartPolicy).toBe('Never');
    const shards = Number(environment.SHARDS);
    expect([job.spec.completions, job.spec.parallelism]).toEqual([shards, shards]);
    expect(Number(environment.BOTS)).toBeLessThanOrEqual(64 * shards);
    // What its command line names is set: by the Job, by the secret, or by Kubernetes itself.
    const used = [...container.args.join(' ').matchAll(/\$\(?\(?([A-Z_]+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(
      new Set([...container.env.map(({ name }) => name), 'JOB_COMPLETION_INDEX']),
    );
  });

  it('makes each pod bring its share of the bots into the room that was made beforehand', async () => {
    await api.manager('add_room', ['load']);
    const shards = Number(environment.SHARDS);
    const pods = [0, shards - 1].map((index) => startPod(index, shards));
    let toldMs = 0;
    try {
      await vi.waitUntil(
        async () => (await clientsOf('load')).length === 3 || pods.some(({ said }) => said() !== ''),
        {
          timeout: 30_000,
          interval: 100,
        },
      );
      expect(pods.map(({ said }) => said())).toEqual(['', '']);
      expect(await clientsOf('load')).toEqual(['all', 'load-bot-1', `load-bot-${shards}`]);
    } finally {
      toldMs = performance.now();
      for (const { pod } of pods) pod.kill('SIGTERM');
    }
    // They leave when Kubernetes tells them to end, and within the time that it gives them.
    const graceMs = job.spec.template.spec.terminationGracePeriodSeconds * 1000;
    expect(await Promise.all(pods.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(performance.now() - toldMs).toBeLessThan(graceMs);
    expect(await clientsOf('load')).toEqual(['all']);
  });
});
