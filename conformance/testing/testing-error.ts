/** A test cannot be made the way it is written; the message says what to change. */
export class TestingError extends Error {
  override readonly name = 'TestingError';
}

/** `"alice", "bob"`, or `nobody`. */
export function listed(names: Iterable<string>): string {
  const quoted = [...names].map((name) => JSON.stringify(name));
  return quoted.length === 0 ? 'nobody' : quoted.join(', ');
}
