import type { EmulatorParts, HttpReply } from '../../emulator/index.ts';

/** Which answers are changed, and how. */
export interface AnswerChange {
  /** Default: any. */
  readonly method?: string;
  /** Of the path without the query; default: any. */
  readonly path?: RegExp;
  /** Changes status and headers. */
  readonly change?: (reply: HttpReply) => unknown;
  /** Changes the body. */
  readonly body?: (text: string) => string;
}

/** An emulator whose answers are right until they are sent. */
export function changingAnswers({ method, path = /./, change, body }: AnswerChange): EmulatorParts {
  return {
    extendHttp: (app) =>
      void app.addHook('onSend', async (request, reply, payload) => {
        if (method !== undefined && request.method !== method) return payload;
        if (!path.test(pathOf(request.url))) return payload;
        change?.(reply);
        return body === undefined ? payload : body(String(payload));
      }),
  };
}

/** An emulator that answers some calls itself, and passes on all others. */
export function answering(
  method: string,
  path: RegExp,
  answer: (path: string, reply: HttpReply) => HttpReply | undefined,
): EmulatorParts {
  return {
    extendHttp: (app) =>
      void app.addHook('onRequest', async (request, reply) => {
        const called = pathOf(request.url);
        return request.method === method && path.test(called) ? answer(called, reply) : undefined;
      }),
  };
}

/** A path without its query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0]!;
}
