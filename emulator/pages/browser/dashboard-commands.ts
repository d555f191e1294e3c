import { type Command, curlLine } from '../common/curl-line.ts';
import { button, byId, element, setText } from './dom.ts';
import { CommandError, sendCommand } from './run-command.ts';

/** What the fields hold. */
interface Fields {
  readonly room: string;
  readonly stream: string;
  /** Bit rate, sample rate, samples: all or none are sent. */
  readonly opus: readonly string[];
}

interface DocumentedCommand {
  readonly name: string;
  readonly about: string;
  readonly needs: 'nothing' | 'room' | 'stream';
  readonly call: (fields: Fields) => Command;
}

const manager = (command: string, args: readonly string[] = []): Command => ({ command, args });
const inRoom = (command: string) => ({
  name: command,
  needs: 'stream' as const,
  call: ({ room, stream }: Fields): Command => ({ room, command, args: [stream] }),
});

const commands: readonly DocumentedCommand[] = [
  {
    name: 'add_room',
    about: 'Makes a room, or changes its Opus parameters',
    needs: 'room',
    call: ({ room, opus }) => manager('add_room', [room, ...opus]),
  },
  {
    name: 'remove_room',
    about: 'Removes a room with all who are in it',
    needs: 'room',
    call: ({ room }) => manager('remove_room', [room]),
  },
  { name: 'list_room', about: 'Names the rooms', needs: 'nothing', call: () => manager('list_room') },
  { name: 'stats', about: 'Tells of all rooms', needs: 'nothing', call: () => manager('stats') },
  { ...inRoom('add_stream'), about: 'Lets a stream take part' },
  { ...inRoom('remove_stream'), about: 'Takes a stream out' },
  {
    name: 'stat',
    about: 'Counts and names who is in the room',
    needs: 'room',
    call: ({ room }) => ({ room, command: 'stat', args: [] }),
  },
  { ...inRoom('mute-audio'), about: 'Mutes its sound; again, and it is undone' },
  { ...inRoom('mute_video'), about: 'Mutes its picture; again, and it is undone' },
];

/** The documented commands, each with the line that does the same in a shell, and the last answer. */
export class DashboardCommands {
  readonly #room = byId('room', HTMLInputElement);
  readonly #stream = byId('stream', HTMLInputElement);
  readonly #opus = ['bitrate', 'samplerate', 'samples'].map((id) => byId(id, HTMLInputElement));
  readonly #answer = byId('answer', HTMLElement);
  readonly #lines: {
    readonly command: DocumentedCommand;
    readonly line: HTMLElement;
    readonly run: HTMLButtonElement;
  }[];
  #needsAuth = false;

  constructor() {
    const list = byId('commands', HTMLElement);
    this.#lines = commands.map((command) => {
      const line = element('code', { class: 'curl' });
      const call = () => command.call(this.#fields);
      const run = button(command.name, () => void this.run(call()), { class: 'run' });
      const copy = button('Copy', () => void this.#copy(copy, curlLineOf(call(), this.#needsAuth)));
      copy.setAttribute('aria-label', `Copy the line for ${command.name}`);
      const about = element('span', { class: 'about', text: command.about });
      list.append(element('li', {}, run, about, line, copy));
      return { command, line, run };
    });
    const form = byId('fields', HTMLFormElement);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => this.#showLines());
    this.#showLines();
  }

  /** Shows which lines need a user and a password. */
  setNeedsAuth(needsAuth: boolean): void {
    if (needsAuth === this.#needsAuth) return;
    this.#needsAuth = needsAuth;
    byId('auth-hint', HTMLElement).hidden = !needsAuth;
    this.#showLines();
  }

  /** Names that the fields suggest; an empty field takes the first room there is. */
  suggest(rooms: readonly string[], streams: readonly string[]): void {
    fillList('room-names', rooms);
    fillList('stream-names', streams);
    if (this.#room.value !== '' || document.activeElement === this.#room || rooms.length === 0) return;
    this.#room.value = rooms[0]!;
    this.#showLines();
  }

  /** Sends a command and shows what comes back. */
  async run(command: Command): Promise<void> {
    const line = curlLineOf(command, this.#needsAuth);
    let answer: string;
    let isGood = false;
    try {
      const { ok, status, text } = await sendCommand(command);
      isGood = ok;
      const hint = status === 401 ? ' – commands need the pair of edit_auth' : '';
      answer = `${status} ${text}${hint}`;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      answer = error.message;
    }
    this.#answer.replaceChildren(
      element('code', { class: 'curl', text: line }),
      element('pre', { class: isGood ? 'good' : 'bad', text: answer }),
    );
  }

  get #fields(): Fields {
    const opus = this.#opus.map(({ value }) => value.trim());
    // The documented forms have all three or none: what is left out is the default.
    const isGiven = opus.some((value) => value !== '');
    return {
      room: this.#room.value.trim(),
      stream: this.#stream.value.trim(),
      opus: isGiven ? opus.map((value, index) => value || this.#opus[index]!.placeholder) : [],
    };
  }

  #showLines(): void {
    const { room, stream } = this.#fields;
    for (const { command, line, run } of this.#lines) {
      const { needs } = command;
      const isMissing = (needs !== 'nothing' && room === '') || (needs === 'stream' && stream === '');
      run.disabled = isMissing;
      const missing = { room: room || 'ROOM', stream: stream || 'STREAM', opus: this.#fields.opus };
      setText(line, curlLineOf(command.call(missing), this.#needsAuth));
    }
  }

  async #copy(control: HTMLButtonElement, line: string): Promise<void> {
    // Browsers keep the clipboard from pages without https, too.
    const isDone = await navigator.clipboard?.writeText(line).then(
      () => true,
      () => false,
    );
    setText(control, isDone ? 'Copied' : 'Select it by hand');
    setTimeout(() => setText(control, 'Copy'), 2000);
  }
}

function curlLineOf(command: Command, needsAuth: boolean): string {
  return curlLine(command, location.origin, needsAuth ? 'USER:PASSWORD' : undefined);
}

function fillList(id: string, names: readonly string[]): void {
  const list = byId(id, HTMLDataListElement);
  const present = [...list.options].map(({ value }) => value);
  if (JSON.stringify(present) === JSON.stringify(names)) return;
  list.replaceChildren(...names.map((value) => element('option', { attributes: { value } })));
}
