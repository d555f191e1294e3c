/** The parts of the talk over WebSocket that a deliberately broken emulator replaces. */
export interface SignallingParts {
  /** What is sent in place of a frame; undefined: nothing. */
  frame(frame: object): object | undefined;
  /** The socket is gone. @param end ends what belongs to it, media and all */
  closed(end: () => void): void;
}

/** The right way: every frame as it is, and the media ends with the socket. */
export const straightSignalling: SignallingParts = {
  frame: (frame) => frame,
  closed: (end) => end(),
};
