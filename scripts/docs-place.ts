import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist/cli.js');

/** Both streams of what has been run, in the order in which they came. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** What stands in for a configured server of somebody else: rooms with a picture, and names to publish. */
const standInConfig = `
http 127.0.0.1:0;
edit_auth user pass;
template chat { prefix chat; input publish://; }
template mosaic2 { prefix mosaic2; input publish://; }
stream pictures { input mosaic2:// disable_video=false; }
stream mosaic2/pictures-1 { input mosaic2:// disable_video=false; }
`;

/**
 * A folder in which the commands of a page are run one after the other, like the folder of somebody who has this
 * package: `npx mosaic2` and `npm run conformance` are the built command line, addresses are those of emulators on
 * free ports, and `media.example.com` is one that stands in for a server. What stays running is ended by `close`.
 */
export class DocsPlace {
  readonly folder: string;
  readonly #staying: Staying[] = [];
  /** Documented address, and the one that is meant here. */
  readonly #addresses = new Map<string, string>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<DocsPlace> {
    const place = new DocsPlace(await mkdtemp(join(tmpdir(), 'mosaic2-docs-')));
    const { folder } = place;
    await mkdir(join(folder, 'node_modules'));
    await symlink(root, join(folder, 'node_modules/mosaic2'), 'dir');
    await symlink(join(root, 'fixtures'), join(folder, 'fixtures'), 'dir');
    // Outside of a terminal, curl draws its progress.
    await place.write('.curlrc', 'silent\nshow-error\n');
    await place.program('mosaic2', `exec '${process.execPath}' '${cli}' "$@"`);
    // As a server on a machine of its own: what else is tested here does not hold it up, where that is permitted.
    await place.program(
      'stand-in',
      'chrt --rr 2 true 2>/dev/null && exec chrt --rr 2 mosaic2 emulator "$@"; exec mosaic2 emulator "$@"',
    );
    await place.program('npx', '[ "$1" = mosaic2 ] && shift && exec mosaic2 "$@"; exit 9');
    await place.program(
      'npm',
      '[ "$1 $2" = "run conformance" ] || exit 9; shift 2; [ "$1" != -- ] || shift; exec mosaic2 conformance "$@"',
    );
    await place.program('node', `exec '${process.execPath}' "$@"`);
    return place;
  }

  async write(file: string, text: string): Promise<void> {
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }

  /**
   * Runs one command. One that would stay until Ctrl-C is left running as soon as it says that it is ready.
   * @param mayStay false: it is to end by itself, because it has a mistake in it
   */
  async run(command: string, mayStay = true): Promise<Ran> {
    const emulator = /^(npx mosaic2 emulator|npm start)\b/.test(command);
    if (mayStay && emulator) return this.#startEmulator(command.replace('npm start --', 'npm start'));
    const line = await this.#withAddresses(command);
    if (mayStay && /^npx mosaic2 bots\b(?!.*--seconds)/.test(command)) return this.#stay(line, /\S.*\n/);
    return this.shell(line);
  }

  /** Runs a script to its end. */
  async shell(script: string, variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const shell = this.#start(['-eo', 'pipefail', '-c', script], '', variables);
    return { code: await shell.ended, output: shell.output };
  }

  /** Puts a program before those of the system. @param script of `sh` */
  async program(name: string, script: string): Promise<void> {
    const file = join('.bin', name);
    await this.write(file, `#!/bin/sh\n${script}\n`);
    await chmod(join(this.folder, file), 0o755);
  }

  /** Starts what stands in for somebody else's server, where it does not run yet. @returns `127.0.0.1:40123` */
  async standIn(): Promise<string> {
    const known = this.#addresses.get('media.example.com');
    if (known !== undefined) return known;
    await this.write('.stand-in.conf', standInConfig);
    const ran = await this.#stay('stand-in --config .stand-in.conf --log-level warn', /is ready: .*\n/);
    const address = /http:\/\/(\S+)/.exec(ran.output)![1]!;
    this.#addresses.set('media.example.com', address);
    return address;
  }

  /** Ends bots that stay, as Ctrl-C does. @throws Error where one does not end with 0 */
  async endBots(): Promise<void> {
    await this.#end(this.#staying.filter(({ command }) => command.includes(' bots ')));
  }

  /** Ends what stays, the youngest first. @throws Error where something does not end with 0 */
  async close(): Promise<void> {
    try {
      await this.#end(this.#staying);
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  async #end(some: readonly Staying[]): Promise<void> {
    for (const one of some.toReversed()) {
      this.#staying.splice(this.#staying.indexOf(one), 1);
      const code = await one.interrupt();
      if (code !== 0) throw new Error(`${one.command} ended with ${code}:\n${one.output}`);
    }
  }

  async #startEmulator(command: string): Promise<Ran> {
    const documented = await this.#documentedAddresses(command);
    const words = command
      .replace(/^npm start/, 'npx mosaic2 emulator')
      .replace(/ --https? \d+/g, '')
      .replace(/ --udp-port \d+/, ` --udp-port ${await freePort()}`);
    const ran = await this.#stay(`${words} --http 0 --https 0 --log-level warn`, /is ready: .*\n/);
    const [http = '', https = ''] = [...ran.output.matchAll(/https?:\/\/(127\.0\.0\.1:\d+)/g)].map(
      (m) => m[1]!,
    );
    this.#addresses.set(documented.http, http).set(documented.https, https);
    return ran;
  }

  /** Where the page says that it listens: what is on the command line, else in its configuration, else 8080 and 8443. */
  async #documentedAddresses(command: string): Promise<{ readonly http: string; readonly https: string }> {
    const file = /--config (\S+)/.exec(command)?.[1];
    const config = file === undefined ? '' : await readFile(join(this.folder, file), 'utf8');
    const port = (name: string, usual: string) =>
      new RegExp(`--${name} (\\d+)`).exec(command)?.[1] ??
      new RegExp(`^${name} (\\d+);`, 'm').exec(config)?.[1] ??
      usual;
    return { http: `127.0.0.1:${port('http', '8080')}`, https: `127.0.0.1:${port('https', '8443')}` };
  }

  /** The addresses of the page, made to those of what runs here; emulators that nobody has started yet are. */
  async #withAddresses(written: string): Promise<string> {
    const command = written.replaceAll('FLUSSONIC-IP', '127.0.0.1:8080');
    if (command.includes('127.0.0.1:8080') && !this.#addresses.has('127.0.0.1:8080'))
      await this.#startEmulator('npx mosaic2 emulator');
    if (command.includes('media.example.com')) await this.standIn();
    let line = command;
    for (const [documented, real] of this.#addresses) line = line.replaceAll(documented, real);
    return line;
  }

  async #stay(line: string, ready: RegExp): Promise<Ran> {
    const one = this.#start(['-c', `exec ${line.replace(/^npx /, '')}`], line);
    this.#staying.push(one);
    await one.says(ready);
    return { code: 0, output: one.output };
  }

  #start(args: readonly string[], command = '', variables: Readonly<Record<string, string>> = {}): Staying {
    const { VITEST: _, NODE_ENV: __, NODE_OPTIONS: ___, FORCE_COLOR: ____, ...own } = process.env;
    const path = `${join(this.folder, '.bin')}:${process.env.PATH}`;
    const env = {
      ...own,
      ...variables,
      NO_COLOR: '1',
      PATH: path,
      XDG_STATE_HOME: join(this.folder, '.state'),
      CURL_HOME: this.folder,
    };
    return new Staying(
      command,
      spawn('/bin/bash', args, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }
}

/** A program that runs, and what it has said. */
class Staying {
  readonly command: string;
  readonly ended: Promise<number | null>;
  output = '';
  readonly #child: ChildProcess;

  constructor(command: string, child: ChildProcess) {
    this.command = command;
    this.#child = child;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  /** @throws Error where it ends before it says so */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) {
      const code = await Promise.race([once(this.#child.stdout!, 'data').then(() => undefined), this.ended]);
      if (code !== undefined) throw new Error(`${this.command} ended with ${code}:\n${this.output}`);
    }
  }

  interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.ended;
  }
}
