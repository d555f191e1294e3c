import { once } from 'node:events';
import { ApiClient } from '../http/api-client.ts';
import { trackIdOf } from '../http/track-id.ts';
import { endProcess, spawnModule, whenGone } from '../processes.ts';

/** A session as the server's own list has it. */
export interface ListedSession {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** An emulator in a process of its own, so that its timing is not disturbed, and how to talk to it. */
export class TestEmulator {
  /** `http://127.0.0.1:PORT` and `https://127.0.0.1:PORT`. */
  readonly http: string;
  readonly https: string;
  readonly #child: ReturnType<typeof spawnModule>;
  readonly #api: ApiClient;

  private constructor(child: ReturnType<typeof spawnModule>, urls: { http: string; https: string }) {
    this.#child = child;
    this.http = urls.http;
    this.https = urls.https;
    this.#api = new ApiClient({
      name: 'emulator',
      url: urls.http,
      credentials: { user: 'user', password: 'pass' },
      insecure: false,
      close: async () => {},
    });
  }

  /** @param streams the streams of the configuration, rooms among them */
  static async start(streams: string): Promise<TestEmulator> {
    const child = spawnModule(new URL('./test-emulator-process.ts', import.meta.url));
    const config = `
      http 127.0.0.1:0;
      https 127.0.0.1:0;
      edit_auth user pass;
      ${streams}
    `;
    child.send({ config });
    const gone = whenGone(child).then((why) => Promise.reject(new Error(`the emulator has ended: ${why}`)));
    const [urls] = (await Promise.race([once(child, 'message'), gone])) as [{ http: string; https: string }];
    return new TestEmulator(child, urls);
  }

  /** Adds members by the documented call, which also makes what they publish to; their track numbers. */
  async addStreams(room: string, ...streams: readonly string[]): Promise<string[]> {
    const tracks: string[] = [];
    for (const stream of streams) {
      const { status, json, body } = await this.#api.room(room, 'add_stream', [stream]);
      if (status !== 200) throw new Error(`add_stream ${stream}: ${status} ${body}`);
      tracks.push(trackIdOf(json)!);
    }
    return tracks;
  }

  /** Sessions of a stream that the server says it has. */
  async sessions(stream: string): Promise<ListedSession[]> {
    const { json } = await this.#api.request('/streamer/api/v3/sessions');
    return (json as { sessions: ListedSession[] }).sessions.filter(({ name }) => name === stream);
  }

  /** Whether it answers, and has not been started anew. */
  async isAlive(): Promise<boolean> {
    return (await this.#api.request('/streamer/api/v3/monitoring/liveness')).status === 200;
  }

  /** Ends its process. Idempotent. */
  close(): Promise<void> {
    return endProcess(this.#child);
  }
}
