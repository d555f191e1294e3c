/** What faults have to know of the emulator, and what they do to it. */
export interface FaultTargets {
  /** `Server` header of the emulator's answers. */
  readonly server: string;
  hasRoom(name: string): boolean;
  removeRoom(name: string): void;
  /** Names of the rooms that the stream is a member of. */
  roomsOf(stream: string): readonly string[];
  /** Called whenever that may have changed. */
  onRoomEvent(listener: () => void): void;
  /** Ends the session of a publisher. @returns false where nobody publishes the stream */
  closePublisher(stream: string): boolean;
}
