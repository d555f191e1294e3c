import type { SignallingWish } from '../bots/process/messages.ts';
import { HttpCallError } from '../http/http-call.ts';
import { redactUrls } from '../http/redact.ts';
import { preflight } from '../preflight/preflight.ts';
import { findRoomReading } from '../preflight/room-reading.ts';
import { oneLine } from '../reporters/text.ts';
import { RunContext } from '../run/context.ts';
import { OutputFile } from '../run/output-file.ts';
import { OutputError } from '../run/output-folder.ts';
import type { Target } from '../targets/target.ts';
import { TargetError, urlTarget } from '../targets/url.ts';
import { toolVersion } from '../tool-version.ts';
import type { Findings } from './findings.ts';
import { profileJson } from './profile-json.ts';
import { recordServer } from './record.ts';

export interface RunRecordOptions {
  readonly target: string;
  /** Take any certificate; default false. */
  readonly insecure?: boolean;
  /** How bots agree on their sessions; default `auto`. */
  readonly signalling?: SignallingWish;
  /** A TURN server that media goes through, as `--turn` has it; missing: none. */
  readonly turn?: string;
  /** A configured room with a picture. */
  readonly room?: readonly string[];
  /** Stands before every name that is made. */
  readonly prefix?: string;
  /** The profile file to be written. */
  readonly out: string;
}

/**
 * Records what a server decides where the documentation is silent, as a profile file.
 * @param signal ends it early: what was made on the server is removed, and nothing is written
 * @returns the exit code: 0, or 2 where it could not be done
 */
export async function runRecord(options: RunRecordOptions, signal: AbortSignal): Promise<number> {
  try {
    const target = targetOf(options);
    const file = await OutputFile.prepare(options.out);
    try {
      return await recordInto(file, target, options, signal);
    } finally {
      await file.close();
    }
  } catch (error) {
    const expected = [TargetError, OutputError, HttpCallError];
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error(redactUrls(oneLine((error as Error).message)));
    return 2;
  }
}

function targetOf({ target, insecure, signalling, turn, room, prefix }: RunRecordOptions): Target {
  return urlTarget(target, { insecure, signalling, turn, rooms: room, prefix });
}

async function recordInto(
  file: OutputFile,
  target: Target,
  options: RunRecordOptions,
  signal: AbortSignal,
): Promise<number> {
  const startedAt = new Date();
  const server = await preflight(target, signal);
  const context = new RunContext(target, 0, signal);
  context.readRoomsAs((await findRoomReading(context)).reading);
  const findings = await recordServer(context, {
    probeStarted: ({ name }) => console.log(`looking at ${name}`),
  }).finally(() => context.close());
  if (signal.aborted) {
    console.error('ended before everything was seen: nothing is written');
    return 2;
  }
  const facts = { target: target.name, server, startedAt, toolVersion: toolVersion() };
  await file.write(Buffer.from(await profileJson(findings, facts)));
  tell(findings, options.out);
  return 0;
}

function tell(findings: Findings, out: string): void {
  console.log(`\n${findings.values.size} decisions recorded in ${out}:`);
  for (const [path, { value }] of findings.values)
    console.log(`  ${path} = ${oneLine(JSON.stringify(value))}`);
  console.log(`\n${findings.unknowns.size} could not be observed:`);
  for (const [path, reason] of findings.unknowns) console.log(`  ${path}: ${reason}`);
}
