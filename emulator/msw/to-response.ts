import { HttpResponse } from 'msw';
import type { Reply } from '../http/http-call.ts';
import type { Profile } from '../profile.ts';

/** Makes the answer of a route one of the Fetch standard; HEAD gets no body. */
export function toResponse(
  { status, headers = {}, body }: Reply,
  method: string,
  profile: Profile,
): Response {
  const fields = new Headers({ server: profile.server.header });
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) fields.append(name, one);
  }
  return new HttpResponse(method === 'HEAD' ? null : toBody(body), { status, headers: fields });
}

/** `undefined` stays what it is: an answer such as 204 may not even have an empty body. */
function toBody(body: Reply['body']) {
  return typeof body === 'string' ? body : body && new Uint8Array(body);
}
