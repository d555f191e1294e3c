import type { PageState } from '../common/page-state.ts';
import type { JoinWish } from './chat-entrance.ts';
import { ChatPeople, type MuteCommand } from './chat-people.ts';
import { byId, setText, showText } from './dom.ts';
import type { LinkState, MediaLink } from './media-link.ts';
import { play } from './play.ts';
import { publish } from './publish.ts';
import { answerProblem, parse, requireCommand, sendCommand, trackOf } from './run-command.ts';
import { serverUrl } from './server-url.ts';
import { followUpdates } from './updates.ts';

/** One stay in a room, from joining until it is left. */
export class ChatRoom {
  readonly #wish: JoinWish;
  readonly #onEnd: (problem: string | undefined) => void;
  readonly #people: ChatPeople;
  readonly #grid = byId('grid', HTMLVideoElement);
  readonly #self = byId('self', HTMLVideoElement);
  readonly #playSound = byId('play-sound', HTMLButtonElement);
  readonly #again = byId('again', HTMLButtonElement);
  readonly #problem = byId('problem', HTMLElement);
  readonly #events = new AbortController();
  #trackId = '';
  #state: PageState | undefined;
  #publisher: MediaLink | undefined;
  #player: MediaLink | undefined;
  #stopUpdates = () => {};
  /** What the user is told of, by what it is about. */
  readonly #problems = new Map<string, string>();
  readonly #connected = { publisher: false, player: false };
  #isMember = false;
  #isOver = false;

  /** @param onEnd called once, with a sentence where the user did not want it */
  constructor(wish: JoinWish, onEnd: (problem: string | undefined) => void) {
    this.#wish = wish;
    this.#onEnd = onEnd;
    this.#people = new ChatPeople(byId('people', HTMLUListElement), wish.name, (command, stream) =>
      this.#mute(command, stream),
    );
  }

  /**
   * Joins: makes the room where it is new, adds the stream to it, publishes and plays.
   * @throws Error with a sentence for the user; then the stream is in no room
   */
  async join(): Promise<void> {
    const { room, isNewRoom, name } = this.#wish;
    window.addEventListener('pagehide', () => this.leave(), { signal: this.#events.signal });
    try {
      if (isNewRoom) await requireCommand({ command: 'add_room', args: [room] });
      const added = await requireCommand({ room, command: 'add_stream', args: [name] });
      this.#isMember = true;
      await this.#follow();
      this.#trackId = trackOf(added.json) ?? this.#member?.trackId ?? '';
    } catch (error) {
      this.#end();
      if (this.#isMember) this.#removeStream();
      throw error;
    }
    this.#show();
    this.#startMedia();
  }

  /** Leaves: nothing of the user stays behind. Also while the page is being left. Idempotent. */
  leave(problem?: string): void {
    if (this.#isOver) return;
    this.#end();
    if (this.#isMember) this.#removeStream();
    this.#onEnd(problem);
  }

  #removeStream(): void {
    const { room, name } = this.#wish;
    void sendCommand({ room, command: 'remove_stream', args: [name] }, true).catch(() => {});
  }

  #end(): void {
    this.#isOver = true;
    this.#events.abort();
    this.#stopUpdates();
    this.#publisher?.stop();
    this.#player?.stop();
    this.#grid.srcObject = null;
    this.#self.srcObject = null;
  }

  get #room() {
    return this.#state?.rooms.find(({ name }) => name === this.#wish.room);
  }

  get #member() {
    return this.#room?.members.find(({ stream }) => stream === this.#wish.name);
  }

  /** The newer publisher wins: coming back would only throw the other one out. */
  get #isReplaced(): boolean {
    const own = this.#publisher?.lastSessionId ?? '';
    return (this.#state?.sessions ?? []).some(
      ({ kind, stream, connected, key }) =>
        kind === 'publish' && stream === this.#wish.name && connected && !own.startsWith(key),
    );
  }

  /** Holds the member for as long as the page is there; the first state tells that it may. */
  #follow(): Promise<void> {
    const { room, name } = this.#wish;
    const key = crypto.getRandomValues(new Uint32Array(4)).join('-');
    const path = `/ui/api/hold?${new URLSearchParams({ room, stream: name, key })}`;
    return new Promise((resolve, reject) => {
      this.#stopUpdates = followUpdates(path, {
        onState: (state) => {
          this.#onState(state);
          resolve();
        },
        onLevels: (levels) => {
          const room = levels.find((one) => one.name === this.#wish.room);
          if (room !== undefined) this.#people.showLevels(room);
        },
        onBroken: () => this.#tell('updates', 'The server cannot be reached.'),
        onRefused: () => {
          if (this.#state === undefined) {
            void this.#whyRefused(path).then(reject);
            return;
          }
          // The server was started anew, or the room is gone.
          this.#isMember = false;
          this.leave('You are not in the room any more.');
        },
      });
    });
  }

  /** Updates that are refused do not say why: the same is asked once more. */
  async #whyRefused(path: string): Promise<Error> {
    const response = await fetch(serverUrl(path)).catch(() => undefined);
    if (response === undefined) return new Error('The server cannot be reached.');
    if (response.ok) {
      void response.body?.cancel();
      return new Error('That did not work: try again.');
    }
    // Another page holds the name: the member is not ours to take out.
    if (response.status === 403) this.#isMember = false;
    return new Error(answerProblem({ status: response.status, json: parse(await response.text()) }));
  }

  #onState(state: PageState): void {
    this.#state = state;
    this.#tell('updates', undefined);
    const room = this.#room;
    if (room === undefined || this.#member === undefined) {
      this.#isMember = false;
      if (!this.#isOver) this.leave(room ? 'You were taken out of the room.' : 'The room was removed.');
      return;
    }
    this.#people.update(room);
    const hasPicture = room.picture !== undefined;
    byId('sound-only', HTMLElement).hidden = hasPicture;
    byId('room-view', HTMLElement).classList.toggle('without-picture', !hasPicture);
  }

  #show(): void {
    const { room, name, media } = this.#wish;
    setText(byId('title', HTMLElement), `Room ${room}`);
    setText(
      byId('track', HTMLElement),
      `You are ${name}, and hear track ${this.#trackId}: everybody but you.`,
    );
    this.#self.srcObject = new MediaStream(media.getVideoTracks());
    this.#self.parentElement!.hidden = media.getVideoTracks().length === 0;
    this.#switch('microphone', 'Microphone', media.getAudioTracks());
    this.#switch('camera', 'Camera', media.getVideoTracks());
    const { signal } = this.#events;
    byId('leave', HTMLButtonElement).addEventListener('click', () => this.leave(), { signal });
    this.#again.hidden = true;
    this.#again.addEventListener('click', () => this.#connectAgain(), { signal });
    this.#playSound.hidden = true;
    this.#playSound.addEventListener('click', () => void this.#playGrid(), { signal });
  }

  #switch(id: string, text: string, tracks: readonly MediaStreamTrack[]): void {
    const control = byId(id, HTMLButtonElement);
    const show = () => {
      const isOn = tracks.some(({ enabled }) => enabled);
      control.setAttribute('aria-pressed', String(isOn));
      setText(control, tracks.length === 0 ? `No ${text.toLowerCase()}` : `${text} ${isOn ? 'on' : 'off'}`);
    };
    control.disabled = tracks.length === 0;
    control.addEventListener(
      'click',
      () => {
        for (const track of tracks) track.enabled = !track.enabled;
        show();
      },
      { signal: this.#events.signal },
    );
    show();
  }

  #startMedia(): void {
    const { room, name, media, password } = this.#wish;
    if (media.getTracks().length > 0) {
      this.#publisher = publish(name, media, password, {
        onState: (state) => this.#onLink('publisher', 'You are not heard', state),
        whyNotAgain: () => (this.#isReplaced ? `Another publisher has taken over “${name}”.` : undefined),
      });
      this.#publisher.start();
    }
    this.#player = play({
      stream: room,
      tracks: () => `${this.#room?.picture === undefined ? '' : 'v1'}${this.#trackId}`,
      video: () => this.#room?.picture !== undefined,
      onMedia: (incoming) => {
        this.#grid.srcObject = incoming;
        void this.#playGrid();
      },
      onState: (state) => this.#onLink('player', 'You hear nothing', state),
    });
    this.#player.start();
  }

  async #playGrid(): Promise<void> {
    try {
      await this.#grid.play();
      this.#playSound.hidden = true;
    } catch (error) {
      // Browsers let sound begin only after the user has done something on the page.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#playSound.hidden = false;
    }
  }

  #connectAgain(): void {
    this.#again.hidden = true;
    this.#publisher?.start();
    this.#player?.start();
  }

  #onLink(link: 'publisher' | 'player', effect: string, state: LinkState): void {
    if (this.#isOver) return;
    if (state.kind === 'refused') this.#again.hidden = false;
    if (state.kind === 'connecting') return;
    const isBad = state.kind !== 'connected';
    this.#tell(link, isBad ? `${effect}: ${lowerFirst(state.problem)}` : undefined);
    this.#connected[link] = !isBad;
    const isAll = this.#connected.player && (this.#connected.publisher || this.#publisher === undefined);
    const text = isAll ? 'Connected' : state.kind === 'waiting' ? 'Connecting again…' : 'Connecting…';
    setText(byId('status', HTMLElement), text);
  }

  #tell(about: string, problem: string | undefined): void {
    if (problem === undefined) this.#problems.delete(about);
    else this.#problems.set(about, problem);
    const all = [...this.#problems.values()].join(' ');
    showText(this.#problem, all === '' ? undefined : all);
  }

  async #mute(command: MuteCommand, stream: string): Promise<void> {
    const { room } = this.#wish;
    const answer = await sendCommand({ room, command, args: [stream] }).catch(() => undefined);
    const problem = answer === undefined ? 'The server cannot be reached.' : answerProblem(answer);
    this.#tell('mute', answer?.ok ? undefined : problem);
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
