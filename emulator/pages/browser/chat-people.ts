import type { MemberState, RoomLevelState, RoomState } from '../common/page-state.ts';
import { button, element, setText } from './dom.ts';
import { KeyedList, type Row } from './keyed-list.ts';
import { Meter } from './meter.ts';

/** Mutes on the server. */
export type MuteCommand = 'mute-audio' | 'mute_video';

/** Who is in the room, how loud they are, and how they are muted on the server. */
export class ChatPeople {
  readonly #list: KeyedList<MemberState, PersonRow>;

  /** @param self the name of the user */
  constructor(parent: HTMLElement, self: string, onMute: (command: MuteCommand, stream: string) => void) {
    parent.replaceChildren();
    this.#list = new KeyedList(
      parent,
      ({ stream }) => stream,
      (member) => new PersonRow(member, member.stream === self, onMute),
    );
  }

  update(room: RoomState): void {
    this.#list.update(room.members);
  }

  showLevels({ members }: RoomLevelState): void {
    for (const [stream, dbfs] of members) this.#list.get(stream)?.meter.show(dbfs);
  }
}

class PersonRow implements Row<MemberState> {
  readonly node: HTMLElement;
  readonly meter: Meter;
  readonly #note = element('span', { class: 'note' });
  readonly #muteAudio: HTMLButtonElement;
  readonly #muteVideo: HTMLButtonElement;

  constructor(
    { stream }: MemberState,
    isSelf: boolean,
    onMute: (command: MuteCommand, stream: string) => void,
  ) {
    this.meter = new Meter(`Level of ${stream}`);
    this.#muteAudio = button('Sound', () => onMute('mute-audio', stream));
    this.#muteVideo = button('Picture', () => onMute('mute_video', stream));
    this.#muteAudio.dataset.command = 'mute-audio';
    this.#muteVideo.dataset.command = 'mute_video';
    const name = element('span', { class: 'name', text: stream, attributes: { title: stream } });
    const line = element('div', { class: 'line' }, name);
    if (isSelf) line.append(element('span', { class: 'tag', text: 'you' }));
    line.append(this.#note);
    const mutes = element(
      'div',
      { class: 'mutes', attributes: { role: 'group', 'aria-label': `Mute ${stream} on the server` } },
      element('span', { class: 'hint', text: 'Mute on the server' }),
      this.#muteAudio,
      this.#muteVideo,
    );
    this.node = element('li', { class: 'person' }, line, this.meter.node, mutes);
    this.node.dataset.stream = stream;
  }

  update({ publishing, audioMuted, videoMuted }: MemberState): void {
    const notes = [
      ...(publishing ? [] : ['sends nothing']),
      ...(audioMuted ? ['sound muted'] : []),
      ...(videoMuted ? ['picture muted'] : []),
    ];
    setText(this.#note, notes.join(', '));
    this.#muteAudio.setAttribute('aria-pressed', String(audioMuted));
    this.#muteVideo.setAttribute('aria-pressed', String(videoMuted));
    this.node.classList.toggle('muted', audioMuted);
  }
}
