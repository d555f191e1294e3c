/** The native library, FFmpeg inside the process, with its constants. */
export type NodeAv = typeof import('node-av/lib') & typeof import('node-av/constants');

let loaded: Promise<NodeAv> | undefined;

/**
 * Loads the native library at the first call, which takes some 50 to 100 ms: a process that shows no picture
 * never pays for it.
 */
export function loadNodeAv(): Promise<NodeAv> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<NodeAv> {
  const [library, constants] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
  // What FFmpeg has to say of broken streams is told by errors instead.
  library.Log.setLevel(constants.AV_LOG_QUIET);
  return { ...library, ...constants };
}
