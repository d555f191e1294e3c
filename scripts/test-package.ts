import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

/** What `npm pack --json` says. */
interface Packed {
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** What a program has said until it ended. */
export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Somebody else's project, in a folder of its own, with the packed package installed as npm does it. */
export class OtherProject {
  readonly folder: string;
  readonly tarball: string;
  readonly packed: Packed;

  private constructor(folder: string, tarball: string, packed: Packed) {
    this.folder = folder;
    this.tarball = tarball;
    this.packed = packed;
  }

  /**
   * Builds and packs this package, and installs it into an empty project.
   * @throws Error with npm's own words where one of these fails
   */
  static async create(): Promise<OtherProject> {
    const folder = await mkdtemp(join(tmpdir(), 'mosaic2-package-'));
    await run('npm', ['run', 'build'], { cwd: root });
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
    const [packed] = JSON.parse(stdout) as [Packed];
    const project = join(folder, 'project');
    await mkdir(project);
    await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', type: 'module' }));
    const tarball = join(folder, packed!.filename);
    // What install scripts make is taken from here: to compile libopus once more would take half a minute.
    const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...options, tarball], { cwd: project });
    const built = 'node_modules/@discordjs/opus/prebuild';
    await cp(join(root, built), join(project, built), { recursive: true });
    return new OtherProject(project, tarball, packed!);
  }

  /** Puts a package of this checkout into the project, as if it had been installed beside. */
  async borrow(name: string): Promise<void> {
    const link = join(this.folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link);
  }

  write(file: string, text: string): Promise<void> {
    return writeFile(join(this.folder, file), text);
  }

  /** The installed package.json. */
  async manifest(): Promise<{ exports: Record<string, { types: string; default: string }> }> {
    return JSON.parse(await readFile(join(this.folder, 'node_modules/mosaic2/package.json'), 'utf8'));
  }

  /** Starts a program of the project: `mosaic2` as npx finds it, or `node` with a file. */
  start(program: 'mosaic2' | 'node' | 'vitest', ...args: string[]): RunningProgram {
    const file = program === 'node' ? process.execPath : join(this.folder, 'node_modules/.bin', program);
    return new RunningProgram(this.folder, file, args);
  }

  remove(): Promise<void> {
    return rm(dirname(this.folder), { recursive: true, force: true });
  }
}

/** A program that runs, and what it has said so far. */
export class RunningProgram {
  readonly #child;
  readonly #ended: Promise<Said>;
  #out = '';
  #err = '';

  constructor(folder: string, file: string, args: readonly string[]) {
    // Vitest tells programs that they are under test, which is not so for somebody else's.
    const { VITEST: _, NODE_ENV: __, NODE_OPTIONS: ___, FORCE_COLOR: ____, ...own } = process.env;
    const env = { ...own, NO_COLOR: '1' };
    const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    this.#child = child;
    this.#ended = once(child, 'close').then(([code]) => ({ code, out: this.#out, err: this.#err }));
  }

  /**
   * Waits until the program has said something.
   * @throws Error where it ends before
   */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#out);
      if (found !== null) return found;
      const more = await Promise.race([once(this.#child.stdout, 'data'), this.#ended]);
      if ('code' in more && !pattern.test(this.#out)) {
        throw new Error(`ended with ${more.code} before it said ${pattern}: ${more.out}${more.err}`);
      }
    }
  }

  /** Waits for its end. */
  get ended(): Promise<Said> {
    return this.#ended;
  }

  /** Ends it as Ctrl-C does. */
  interrupt(): Promise<Said> {
    this.#child.kill('SIGINT');
    return this.#ended;
  }
}
