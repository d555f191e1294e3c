const endpoints = { whip: 'webrtc/publish', whep: 'webrtc' } as const;

/**
 * Where a stream's WebSocket is: `ws://host/STREAM/webrtc/publish` for publishers, `ws://host/STREAM/webrtc` for
 * players, with the same query.
 * @param url of WHIP or WHEP; one of `ws:` or `wss:` is left as it is
 * @throws TypeError for any other
 */
export function webSocketUrl(url: string): string {
  const target = new URL(url);
  if (target.protocol === 'ws:' || target.protocol === 'wss:') return target.href;
  const [, stream, endpoint] = /^(.*\/)(whip|whep)\/?$/.exec(target.pathname) ?? [];
  if (stream === undefined)
    throw new TypeError(`no WebSocket is known for ${target.origin}${target.pathname}`);
  target.pathname = stream + endpoints[endpoint as keyof typeof endpoints];
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
  return target.href;
}
