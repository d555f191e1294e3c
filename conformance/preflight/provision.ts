import { ApiClient, encodePath } from '../http/api-client.ts';
import { runPrefix } from '../run/run-prefix.ts';
import { deleteStream, putStream, type StreamSettings } from '../run/v3-streams.ts';
import { roomLines } from '../targets/config-lines.ts';
import type { ConfiguredStreams, Target } from '../targets/target.ts';
import { TargetError } from '../targets/url.ts';

const timeoutMs = 5000;
const pictures = ['pictures-1', 'pictures-2', 'pictures-3'];

/** What is made, by label: the rooms that only a configuration makes. */
const rooms: Readonly<Record<string, StreamSettings['inputs'][number]>> = {
  snippet: { url: 'mosaic2://', bitrate: 128 },
  defaults: { url: 'mosaic2://' },
  options: { url: 'mosaic2://', samplerate: 16000, samples: 320 },
  soundOnly: { url: 'mosaic2://', disable_video: true },
  ...Object.fromEntries(pictures.map((label) => [label, { url: 'mosaic2://', disable_video: false }])),
};

/**
 * Makes the streams that a run needs through the server's v3 API, as if they stood in its configuration. They go
 * when the target is closed.
 * @returns the target with these streams
 * @throws TargetError where the server does not make them; none is left behind then
 */
export async function provision(target: Target, signal?: AbortSignal): Promise<Target> {
  const prefix = `${target.prefix ?? ''}${runPrefix()}`;
  const api = new ApiClient(target, { signal, timeoutMs });
  const made: string[] = [];
  const remove = async () => {
    // Not with the run's signal: after Ctrl-C, too, the streams go.
    const goodbye = new ApiClient(target, { timeoutMs });
    for (const name of made.splice(0)) await deleteStream(goodbye, name).catch(() => {});
  };
  try {
    for (const [label, input] of Object.entries(rooms)) {
      const name = prefix + label;
      made.push(name);
      await putRoom(api, name, input, target);
    }
  } catch (error) {
    await remove();
    if (!signal?.aborted) throw error;
    throw new TargetError('ended before anything was measured');
  }
  return {
    ...target,
    configured: configuredBy((label) => prefix + label),
    // Another run makes its own.
    reproduceWith: target.reproduceWith && [...target.reproduceWith, '--provision'],
    close: async () => {
      await remove();
      await target.close();
    },
  };
}

function configuredBy(name: (label: string) => string): ConfiguredStreams {
  return {
    snippet: name('snippet'),
    defaults: name('defaults'),
    options: name('options'),
    soundOnly: name('soundOnly'),
    pictures: pictures.map(name),
  };
}

async function putRoom(
  api: ApiClient,
  name: string,
  input: StreamSettings['inputs'][number],
  target: Target,
): Promise<void> {
  const lines = roomLines((label) => `${target.prefix ?? ''}${label}`);
  const instead = `configure them yourself and name them by --room:\n${lines.join('\n')}`;
  const answer = await putStream(api, name, { inputs: [input] });
  if (answer.status < 200 || answer.status >= 300) {
    const what = `the server makes no rooms by its v3 API: PUT of ${name} is answered ${answer.status}`;
    throw new TargetError(`${what}; ${instead}`);
  }
  if (input.disable_video !== false) return;
  const told = await api.request(`/${encodePath(name)}/media_info.json`);
  const { tracks } = (told.json ?? {}) as { tracks?: { content?: unknown }[] };
  if (Array.isArray(tracks) && tracks.some((track) => track?.content === 'video')) return;
  throw new TargetError(
    `a room that is made by the v3 API with disable_video=false has no picture; ${instead}`,
  );
}
