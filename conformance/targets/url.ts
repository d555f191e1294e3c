import type { Target } from './target.ts';

/** A target cannot be used; the message is a sentence for the caller, without a password. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** How a server is reached. */
export interface UrlTargetOptions {
  /** Take any certificate of it; default false. */
  readonly insecure?: boolean | undefined;
}

/**
 * A server that runs already.
 * @param text `http://user:pass@host[:port]`
 * @throws TargetError where it is no such URL
 */
export function urlTarget(text: string, { insecure = false }: UrlTargetOptions = {}): Target {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // What was given is not repeated: it may hold a password, wherever that stands in it.
    throw new TargetError('--target wants http://user:pass@host[:port], and what was given is no such URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TargetError(`--target speaks http or https, not ${url.protocol.slice(0, -1)}`);
  }
  if (url.pathname !== '/' || url.search !== '') {
    throw new TargetError(`--target is a server, without a path: ${url.protocol}//user:pass@${url.host}`);
  }
  const shownPair = url.username === '' ? '' : 'USER:PASSWORD@';
  return {
    name: url.origin,
    url: url.origin,
    credentials: { user: decoded(url.username), password: decoded(url.password) },
    insecure,
    reproduceWith: [
      '--target',
      `${url.protocol}//${shownPair}${url.host}`,
      ...(insecure ? ['--insecure'] : []),
    ],
    close: async () => {},
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new TargetError('in user and password of --target, a % is written %25');
  }
}
