import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { icon } from './icon.ts';
import { style } from './style/index.ts';

/** A file that the pages load. */
export interface Asset {
  readonly type: string;
  readonly body: string;
  /** Changes with the body; with its quotes, as for the `ETag` header. */
  readonly etag: string;
}

/** Where the compiled scripts are: an emulator that runs from its sources has them beside, in `dist`. */
const builtFolder = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '../../dist/emulator')
  : join(import.meta.dirname, '..');

/** The compiled files that browsers may have, below `builtFolder`. */
const scriptPath = /^(?:pages\/(?:browser|common)\/[a-z0-9-]+|rooms\/stream-name)\.js$/;

/**
 * A file by its path below `/ui/assets/`: the stylesheet, the icon, or a script, which lies there as in the
 * compiled emulator, so that its imports find what they name.
 * @returns `undefined` where there is none
 */
export async function readAsset(path: string): Promise<Asset | undefined> {
  if (path === 'style.css') return asset('text/css; charset=utf-8', style);
  if (path === 'icon.svg') return asset('image/svg+xml', icon);
  if (!scriptPath.test(path)) return undefined;
  try {
    return asset('text/javascript; charset=utf-8', await readFile(join(builtFolder, path), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function asset(type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { type, body, etag: `"${hash}"` };
}
