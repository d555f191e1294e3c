import { byId, setText } from './dom.ts';
import type { LinkState, MediaLink } from './media-link.ts';
import { Meter } from './meter.ts';
import { play } from './play.ts';

/** The bar at the foot of the dashboard: the track that is listened to. */
export class Listening {
  readonly #bar = byId('listening', HTMLElement);
  readonly #text = byId('listening-text', HTMLElement);
  readonly #sound = byId('sound', HTMLAudioElement);
  readonly #meter = new Meter('Level of what is heard', byId('listening-level', HTMLElement));
  #link: MediaLink | undefined;
  #heard: { readonly room: string; readonly trackId: string } | undefined;

  constructor() {
    byId('stop-listening', HTMLButtonElement).addEventListener('click', () => this.stop());
    window.addEventListener('pagehide', () => this.stop());
  }

  /** Plays a track instead of the one before. */
  start(room: string, trackId: string, whatIsHeard: string): void {
    this.stop();
    this.#heard = { room, trackId };
    this.#bar.hidden = false;
    const say = (text: string) => setText(this.#text, `${trackId}: ${whatIsHeard} – ${text}`);
    this.#link = play({
      stream: room,
      tracks: () => trackId,
      video: () => false,
      onMedia: (media) => {
        this.#sound.srcObject = media;
        void this.#sound.play().catch(() => say('the browser does not let sound begin'));
      },
      onState: (state) => say(stateText(state)),
    });
    this.#link.start();
  }

  /** @param level gives the mixed level of a room's track */
  showLevel(level: (room: string, trackId: string) => number | undefined): void {
    if (this.#heard !== undefined) this.#meter.show(level(this.#heard.room, this.#heard.trackId));
  }

  stop(): void {
    this.#link?.stop();
    this.#link = undefined;
    this.#heard = undefined;
    this.#sound.srcObject = null;
    this.#bar.hidden = true;
  }
}

function stateText(state: LinkState): string {
  if (state.kind === 'connecting') return 'connecting…';
  return state.kind === 'connected' ? 'playing' : state.problem;
}
