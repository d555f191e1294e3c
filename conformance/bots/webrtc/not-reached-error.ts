/** What did not get through: a call, to the server itself, or media. */
export type NotReached = 'call' | 'media';

/** A server was not reached: nothing is known of what it would have done. */
export class NotReachedError extends Error {
  override readonly name = 'NotReachedError';
  readonly by: NotReached;

  constructor(by: NotReached, message: string, options?: ErrorOptions) {
    super(message, options);
    this.by = by;
  }
}
