import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's own Python, which has GStreamer's bindings; another may stand before it in the PATH. */
const python = '/usr/bin/python3';

const elements = ['webrtcbin', 'nicesrc', 'dtlssrtpenc', 'srtpenc', 'rtpopuspay', 'opusenc', 'openh264enc'];

const check = `
import gi
for name in ("Gst", "GstSdp", "GstWebRTC"):
    gi.require_version(name, "1.0")
from gi.repository import Gst, GstSdp, GstWebRTC
from gi.overrides import Gst as overrides
Gst.init(None)
missing = [name for name in "${elements.join(' ')}".split() if Gst.ElementFactory.find(name) is None]
raise SystemExit("no element " + ", ".join(missing) if missing else 0)
`;

/** What GStreamer lacks for the scripts in this folder, in a line; `undefined` where all is there. */
export function missingOfGStreamer(): string | undefined {
  const { status, error, stderr } = spawnSync(python, ['-c', check], { encoding: 'utf8', timeout: 30_000 });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : stderr.trim().split('\n').at(-1) || `${python} ended with ${status}`;
}

/** What a script tells: see `peer.py`. */
export interface GStreamerEvent {
  readonly event: string;
  readonly [fact: string]: unknown;
}

/** A script of this folder that runs. */
export class GStreamerClient {
  readonly events: GStreamerEvent[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #gone: Promise<unknown>;
  #isGone = false;
  #complaints = '';

  /** @param args options of the script, `['--url', …]` */
  constructor(script: 'publish.py' | 'play.py', args: readonly string[]) {
    // -B: no compiled modules beside the sources.
    this.#child = spawn(python, ['-B', join(import.meta.dirname, script), ...args]);
    this.#gone = once(this.#child, 'close').finally(() => {
      this.#isGone = true;
    });
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.on('data', (text: Buffer) => {
      this.#complaints = (this.#complaints + text.toString()).slice(-4000);
    });
    createInterface(this.#child.stdout).on('line', (line) => this.events.push(JSON.parse(line)));
  }

  /** The last event of that kind so far. */
  last(event: string): GStreamerEvent | undefined {
    return this.events.findLast((one) => one.event === event);
  }

  /** True when media flows. @throws Error where the process has ended, with what it said */
  get connected(): boolean {
    if (this.#isGone) {
      const said = this.events.map((event) => JSON.stringify(event)).join('\n');
      throw new Error(`GStreamer has ended:\n${said}\n${this.#complaints}`);
    }
    return this.last('state')?.state === 'connected';
  }

  /** Ends the session by DELETE. */
  delete(): void {
    this.#child.stdin.write('delete\n');
  }

  /** Vanishes without a word to the server. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  /** Ends the process; the session is left to the server. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    const insist = setTimeout(() => this.#child.kill('SIGKILL'), 3000);
    await this.#gone;
    clearTimeout(insist);
  }
}
