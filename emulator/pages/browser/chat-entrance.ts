import { joinProblem } from '../common/name-problem.ts';
import type { PageState } from '../common/page-state.ts';
import { type Devices, openDevices } from './devices.ts';
import { byId, element, setText, showText } from './dom.ts';
import { showLocalLevel } from './local-level.ts';
import { Meter } from './meter.ts';
import { serverUrl } from './server-url.ts';

/** What somebody wants to join with. */
export interface JoinWish {
  readonly room: string;
  /** True: the room is to be made. */
  readonly isNewRoom: boolean;
  readonly name: string;
  readonly password: string;
  readonly media: MediaStream;
}

/** The value of the choice that asks for a new room: no room can have this name. */
const newRoom = '/';
const refreshMs = 3000;

/** The form in front of the room: which room, which name, which devices. */
export class ChatEntrance {
  readonly #form = byId('entrance', HTMLFormElement);
  readonly #rooms = byId('room', HTMLSelectElement);
  readonly #newRoom = byId('new-room', HTMLInputElement);
  readonly #name = byId('name', HTMLInputElement);
  readonly #password = byId('password', HTMLInputElement);
  readonly #join = byId('join', HTMLButtonElement);
  readonly #switches = byId('switches', HTMLFieldSetElement);
  readonly #microphone = byId('use-microphone', HTMLInputElement);
  readonly #camera = byId('use-camera', HTMLInputElement);
  readonly #processing = byId('use-processing', HTMLInputElement);
  readonly #preview = byId('preview', HTMLVideoElement);
  readonly #meter = new Meter('Level of your microphone', byId('self-level', HTMLElement));
  readonly #problem = byId('problem', HTMLElement);
  readonly #onJoin: (wish: JoinWish) => Promise<void>;
  #devices: Devices | undefined;
  #opening: Promise<void> = Promise.resolve();
  #stopLevel = () => {};
  #timer: ReturnType<typeof setInterval> | undefined;
  #wantedRoom: string | undefined;

  /** @param onJoin throws an `Error` with a sentence for the user where it cannot be done */
  constructor(onJoin: (wish: JoinWish) => Promise<void>) {
    this.#onJoin = onJoin;
    const query = new URLSearchParams(location.search);
    this.#wantedRoom = query.get('room') ?? undefined;
    this.#name.value = query.get('name') ?? '';
    if (query.get('processing') === 'off') this.#processing.checked = false;
    this.#rooms.addEventListener('change', () => this.#showNewRoom());
    for (const box of [this.#microphone, this.#camera, this.#processing]) {
      box.addEventListener('change', () => this.#openDevices());
    }
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Shows it, and asks for the devices unless they are open. */
  show(): void {
    this.#form.hidden = false;
    void this.#refresh();
    this.#timer ??= setInterval(() => void this.#refresh(), refreshMs);
    this.#openDevices();
  }

  hide(): void {
    this.#form.hidden = true;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stopLevel();
    this.#preview.srcObject = null;
  }

  async #submit(): Promise<void> {
    if (this.#join.disabled) return;
    this.#join.disabled = true;
    // What is joined with is not to be opened anew meanwhile.
    this.#switches.disabled = true;
    showText(this.#problem, undefined);
    try {
      const isNewRoom = this.#rooms.value === newRoom;
      const room = isNewRoom ? this.#newRoom.value.trim() : this.#rooms.value;
      const name = this.#name.value.trim();
      const problem = joinProblem(await readState(), room, name);
      if (problem !== undefined) throw new Error(problem);
      await this.#opening;
      const media = this.#devices?.media ?? new MediaStream();
      this.#wantedRoom = room;
      await this.#onJoin({ room, isNewRoom, name, password: this.#password.value, media });
      // They belong to the room now, which ends them.
      this.#devices = undefined;
    } catch (error) {
      showText(this.#problem, error instanceof Error ? error.message : String(error));
      this.#name.focus();
    } finally {
      this.#join.disabled = false;
      this.#switches.disabled = false;
    }
  }

  async #refresh(): Promise<void> {
    const state = await readState().catch(() => undefined);
    if (state === undefined) return;
    const chosen = this.#rooms.value || this.#wantedRoom;
    const names = state.rooms.map(({ name }) => name);
    const options = state.rooms.map(({ name, picture, members }) => {
      const text = `${name} – ${members.length === 1 ? '1 person' : `${members.length} people`}${picture ? '' : ', sound only'}`;
      return element('option', { text, attributes: { value: name } });
    });
    options.push(element('option', { text: 'A new room…', attributes: { value: newRoom } }));
    const texts = (list: Iterable<HTMLOptionElement>) => [...list].map(({ text }) => text).join('\n');
    if (texts(this.#rooms.options) === texts(options)) return;
    this.#rooms.replaceChildren(...options);
    if (chosen !== undefined && chosen !== newRoom && !names.includes(chosen)) {
      this.#newRoom.value ||= chosen;
      this.#rooms.value = newRoom;
    } else {
      this.#rooms.value = chosen ?? names[0] ?? newRoom;
    }
    this.#showNewRoom();
  }

  #showNewRoom(): void {
    const isNew = this.#rooms.value === newRoom;
    byId('new-room-field', HTMLElement).hidden = !isNew;
    this.#newRoom.required = isNew;
  }

  #openDevices(): void {
    const wanted = {
      microphone: this.#microphone.checked,
      camera: this.#camera.checked,
      processing: this.#processing.checked,
    };
    this.#opening = this.#opening.then(async () => {
      for (const track of this.#devices?.media.getTracks() ?? []) track.stop();
      const text = byId('preview-text', HTMLElement);
      setText(text, wanted.camera ? 'Waiting for the camera…' : '');
      this.#devices = await openDevices(wanted);
      const { media, problems } = this.#devices;
      const hasPicture = media.getVideoTracks().length > 0;
      this.#preview.srcObject = hasPicture ? new MediaStream(media.getVideoTracks()) : null;
      setText(text, hasPicture ? '' : 'No picture');
      const silent = media.getTracks().length === 0 ? ['You can join to watch and to listen.'] : [];
      setText(byId('devices', HTMLElement), [...problems, ...silent].join(' '));
      this.#stopLevel();
      this.#stopLevel = this.#form.hidden ? () => {} : showLocalLevel(media, this.#meter);
    });
  }
}

/** @throws Error with a sentence for the user */
export async function readState(): Promise<PageState> {
  const response = await fetch(serverUrl('/ui/api/state')).catch(() => undefined);
  if (response === undefined) throw new Error('The server cannot be reached.');
  if (!response.ok) throw new Error(`The server answered with status ${response.status}.`);
  return await response.json();
}
