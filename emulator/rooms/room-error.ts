import type { ErrorKind } from '../profile.ts';

/** A call on rooms that cannot be done. Nothing has changed. The message is a sentence for the caller. */
export class RoomError extends Error {
  override readonly name = 'RoomError';
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * A value for a sentence: quoted, on one line, cut after 80 characters. Lists and objects are only named, since
 * hostile ones may be nested deeper than `JSON.stringify` goes.
 */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
