import type { ClientInfo, SessionInfo } from '../http/services.ts';
import type { TrackSelection } from '../rooms/types.ts';
import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import type { Viewing } from './viewing.ts';

interface Entry {
  readonly session: PlaySession | PublishSession;
  readonly stream: string;
  readonly client: ClientInfo;
  readonly viewing: Viewing | undefined;
}

/** All sessions that run at present, by id; each leaves by itself when it ends. */
export class SessionTable {
  readonly #entries = new Map<string, Entry>();

  /** @param viewing what a play session gets; it is closed with the session */
  add(session: PlaySession | PublishSession, stream: string, client: ClientInfo, viewing?: Viewing): void {
    this.#entries.set(session.id, { session, stream, client, viewing });
    void session.ended.then(() => {
      viewing?.close();
      this.#entries.delete(session.id);
    });
  }

  get(id: string): SessionInfo | undefined {
    const entry = this.#entries.get(id);
    return entry && toInfo(entry);
  }

  all(): SessionInfo[] {
    return [...this.#entries.values()].map(toInfo);
  }

  /** @returns the tracks that are played now; undefined where no such session plays the stream */
  selectTracks(stream: string, id: string, tracks: TrackSelection): readonly string[] | undefined {
    const entry = this.#entries.get(id);
    if (entry?.stream !== stream) return undefined;
    entry.viewing?.select(tracks);
    return entry.viewing?.tracks();
  }

  viewersOf(stream: string): PlaySession[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.stream === stream)
      .map((entry) => entry.session)
      .filter((session) => session.kind === 'play');
  }
}

function toInfo({ session, stream, client, viewing }: Entry): SessionInfo {
  return { session, stream, ...client, tracks: viewing?.tracks() ?? [] };
}
