import { type HttpCall, mediaType } from '../http/http-call.ts';
import { bodyTooLarge, maxBodyBytes } from '../http/limits.ts';

/**
 * Reads a request as the routes want it.
 *
 * @throws HttpError `body-too-large`
 */
export async function readCall(request: Request): Promise<HttpCall> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > maxBodyBytes) throw bodyTooLarge();
  const header = (name: string) => request.headers.get(name) ?? undefined;
  return {
    header,
    query: new URL(request.url).searchParams,
    bodyType: mediaType(header('content-type')),
    body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    client: { remoteAddress: '127.0.0.1', userAgent: header('user-agent') ?? '' },
  };
}
