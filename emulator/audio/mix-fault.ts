/** What a mixer had to give up, so that the rest of the room could go on. */
export interface MixFault {
  readonly error: unknown;
  /**
   * `member`: it is silent until it is restarted. `track`: a frame of it is missing. `listener`: it is
   * dropped. `tick`: a frame of all tracks is missing.
   */
  readonly part: 'member' | 'track' | 'listener' | 'tick';
  /** Name of the member. */
  readonly member?: string;
}

/** Where nobody else is told. */
export function warnOfFault({ error, part, member }: MixFault): void {
  const whose = member === undefined ? '' : ` of ${member}`;
  process.emitWarning(`a ${part}${whose} failed in the mix: ${error}`);
}
