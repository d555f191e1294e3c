import type { Target } from './target.ts';

/** A target's address cannot be used; the message is a sentence for the caller. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * A server that runs already.
 * @param text `http://user:pass@host[:port]`
 * @throws TargetError where it is no such URL
 */
export function urlTarget(text: string): Target {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new TargetError(`--target wants http://user:pass@host[:port], not ${text}`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TargetError(`--target speaks http or https, not ${url.protocol.slice(0, -1)}`);
  }
  if (url.pathname !== '/' || url.search !== '') {
    throw new TargetError(`--target is a server, without a path: http://user:pass@${url.host}`);
  }
  return {
    name: url.origin,
    url: url.origin,
    credentials: {
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    },
    insecure: false,
    reproduceWith: ['--target', `${url.protocol}//USER:PASSWORD@${url.host}`],
    close: async () => {},
  };
}
