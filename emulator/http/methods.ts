import type { Guard } from './auth.ts';
import { HttpError } from './errors.ts';

/** Something for each request method of a resource. HEAD is answered wherever GET is. */
export type Methods<Entry> = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Entry>>>;

/** Who may call a resource: for all methods, or one for each; missing: everybody. */
export type GuardOfMethods = Guard | Methods<Guard> | undefined;

/**
 * @throws HttpError `wrong-method` with an `Allow` header
 */
export function requireHandler<Entry>(methods: Methods<Entry>, method: string): Entry {
  const name = (method === 'HEAD' ? 'GET' : method) as keyof typeof methods;
  const handler = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (handler !== undefined) return handler;
  const allowed = allowedMethods(methods);
  throw new HttpError('wrong-method', `${method} is not possible here, only ${allowed.join(', ')}.`, {
    allow: allowed.join(', '),
  });
}

/**
 * Looks whether a call may be made at all, before its body is read: other methods than the resource's get 405, then
 * the guard is asked.
 *
 * @throws HttpError `wrong-method`, `unauthorized`
 */
export function requireAdmission(
  methods: Methods<unknown>,
  guard: GuardOfMethods,
  method: string,
  authorization: string | undefined,
): void {
  requireHandler(methods, method);
  const guardNow = typeof guard === 'object' ? requireHandler(guard, method) : guard;
  guardNow?.(authorization);
}

/** For the `Allow` header. */
export function allowedMethods(methods: Methods<unknown>): readonly string[] {
  return Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}
