/** How loud a room is, over the last 100 ms or so. */
export interface RoomLevels {
  /** By stream: as the member comes in, muted or not. */
  readonly members: ReadonlyMap<string, MemberLevel>;
  /** By track number, in dBFS: as mixed and encoded, for the tracks that somebody listens to. */
  readonly tracks: ReadonlyMap<number, number>;
}

export interface MemberLevel {
  readonly dbfs: number;
  /** How long the member's sound waits at present until it is mixed. */
  readonly delayMs: number;
}

/** Somebody who looks at the levels of a room; nothing is measured where nobody does. */
export interface RoomMeter {
  /** `undefined` once the room is gone. */
  read(): RoomLevels | undefined;
  /** Idempotent. */
  close(): void;
}
