import type { Command } from '../common/curl-line.ts';
import { encodeName } from '../common/names.ts';
import type { MemberState, PageLevels, RoomState } from '../common/page-state.ts';
import { durationText, opusText } from '../common/text.ts';
import { button, element, setText } from './dom.ts';
import { KeyedList, type Row } from './keyed-list.ts';
import { Meter } from './meter.ts';
import { PreviewImage } from './preview-image.ts';

export interface RoomActions {
  run(command: Command): void;
  listen(room: string, trackId: string, whatIsHeard: string): void;
}

/** All rooms with their members and tracks. */
export class DashboardRooms {
  readonly #list: KeyedList<RoomState, RoomCard>;

  constructor(parent: HTMLElement, actions: RoomActions) {
    // A room that keeps its name but gets a picture is another card.
    this.#list = new KeyedList(parent, keyOf, (room) => new RoomCard(room, actions));
  }

  update(rooms: readonly RoomState[], nowMs: number): void {
    this.#list.update(rooms);
    for (const room of rooms) this.#list.get(keyOf(room))?.showAge(nowMs - room.createdAtMs);
  }

  showLevels(levels: PageLevels, rooms: readonly RoomState[]): void {
    const byName = new Map(levels.map((level) => [level.name, level]));
    for (const room of rooms) {
      const level = byName.get(room.name);
      this.#list.get(keyOf(room))?.showLevels(level?.members ?? [], level?.tracks ?? []);
    }
  }
}

const keyOf = ({ name, picture }: RoomState) => JSON.stringify([name, picture !== undefined]);

class RoomCard implements Row<RoomState> {
  readonly node: HTMLElement;
  readonly #facts = element('p', { class: 'facts' });
  readonly #age = element('span', { class: 'age' });
  readonly #all: TrackRow;
  readonly #members: KeyedList<MemberState, MemberRow>;
  readonly #empty = element('p', { class: 'empty', text: 'Nobody is in the room.' });
  readonly #preview: PreviewImage | undefined;

  constructor(room: RoomState, actions: RoomActions) {
    const { name } = room;
    const head = element(
      'div',
      { class: 'room-head' },
      element('h3', { text: name }),
      this.#age,
      element(
        'span',
        { class: 'links' },
        link('Chat', `/ui/chat?room=${encodeURIComponent(name)}`, `Chat in ${name}`),
        link('Player', `/${encodeName(name)}/embed.html?proto=webrtc`, `Player of ${name}`),
      ),
    );
    this.#all = new TrackRow('Everybody', () =>
      actions.listen(name, this.#all.trackId, `${name}, everybody`),
    );
    const body = element('tbody');
    const columns = ['Member', 'In', 'Track', 'Mixed', 'Delay', 'On the server'];
    const cells = columns.map((text) => {
      return element('th', { text, class: text === 'Delay' ? 'number' : '', attributes: { scope: 'col' } });
    });
    const table = element(
      'table',
      { class: 'members' },
      element('thead', {}, element('tr', {}, ...cells)),
      element('tbody', {}, this.#all.node),
      body,
    );
    this.#members = new KeyedList(
      body,
      ({ stream }) => stream,
      (member) => new MemberRow(room, member, actions),
    );
    this.node = element('article', { class: 'room', attributes: { 'aria-label': `Room ${name}` } });
    this.node.dataset.room = name;
    if (room.picture !== undefined) this.#preview = new PreviewImage(name);
    const scroll = element(
      'div',
      { class: 'scroll', attributes: { tabindex: '0', role: 'region', 'aria-label': `Members of ${name}` } },
      table,
    );
    const details = element('div', { class: 'room-body' }, head, this.#facts, scroll, this.#empty);
    this.node.append(...(this.#preview ? [this.#preview.node] : []), details);
    this.node.classList.toggle('with-picture', this.#preview !== undefined);
  }

  update(room: RoomState): void {
    const picture = room.picture === undefined ? 'sound only' : `picture ${room.picture}`;
    const viewers = room.viewerCount === 1 ? '1 viewer' : `${room.viewerCount} viewers`;
    setText(this.#facts, [opusText(room), picture, viewers].join(' · '));
    this.#all.trackId = room.allTrackId;
    this.#members.update(room.members);
    this.#empty.hidden = room.members.length > 0;
  }

  showAge(ms: number): void {
    setText(this.#age, durationText(ms));
  }

  showLevels(
    members: readonly (readonly [string, number, number])[],
    tracks: readonly (readonly [string, number])[],
  ): void {
    const mixed = new Map(tracks);
    this.#all.showMixed(mixed.get(this.#all.trackId));
    for (const [stream, dbfs, delayMs] of members) {
      const row = this.#members.get(stream);
      row?.showLevel(dbfs, delayMs);
      row?.showMixed(mixed.get(row.trackId));
    }
  }

  close(): void {
    this.#preview?.close();
  }
}

/** One track: what is heard in it, and how loud. */
class TrackRow {
  readonly node: HTMLElement;
  /** The name, cut off where there is no room for it, and what is to be said of it. */
  protected readonly who: HTMLElement;
  protected readonly delay = element('td', { class: 'number' });
  protected readonly incoming = element('td');
  protected readonly actions = element('div');
  readonly #listen: HTMLButtonElement;
  readonly #mixed: Meter;
  #trackId = '';

  constructor(name: string, onListen: () => void) {
    this.#listen = button('', onListen, { class: 'listen' });
    this.#mixed = new Meter(`Mixed level of the track of ${name}`);
    const nameNode = element('span', { class: 'name', text: name, attributes: { title: name } });
    this.who = element('div', { class: 'who' }, nameNode);
    this.node = element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, this.who),
      this.incoming,
      element('td', {}, this.#listen),
      element('td', {}, this.#mixed.node),
      this.delay,
      element('td', { class: 'actions' }, this.actions),
    );
  }

  get trackId(): string {
    return this.#trackId;
  }

  set trackId(id: string) {
    this.#trackId = id;
    setText(this.#listen, id);
    this.#listen.setAttribute('aria-label', `Listen to track ${id}`);
    this.#listen.title = `Listen to track ${id}`;
  }

  /** @param dbfs undefined: nobody listens to the track, so it is not mixed */
  showMixed(dbfs: number | undefined): void {
    this.#mixed.show(dbfs);
  }
}

class MemberRow extends TrackRow implements Row<MemberState> {
  readonly #level: Meter;
  readonly #note = element('span', { class: 'note' });
  readonly #muteAudio: HTMLButtonElement;
  readonly #muteVideo: HTMLButtonElement;

  constructor(room: RoomState, { stream }: MemberState, actions: RoomActions) {
    super(stream, () => actions.listen(room.name, this.trackId, `${room.name}, everybody but ${stream}`));
    const run = (command: string) => () => actions.run({ room: room.name, command, args: [stream] });
    this.#level = new Meter(`Level of ${stream}`);
    this.#muteAudio = button('Sound', run('mute-audio'), { 'aria-label': `Mute the sound of ${stream}` });
    this.#muteVideo = button('Picture', run('mute_video'), { 'aria-label': `Mute the picture of ${stream}` });
    this.node.dataset.stream = stream;
    this.who.append(this.#note);
    this.incoming.append(this.#level.node);
    this.actions.append(
      element('span', { class: 'hint', text: 'mute' }),
      this.#muteAudio,
      this.#muteVideo,
      button('Remove', run('remove_stream'), { 'aria-label': `Remove ${stream}`, class: 'danger' }),
    );
  }

  update({ trackId, publishing, audioMuted, videoMuted }: MemberState): void {
    this.trackId = trackId;
    setText(this.#note, publishing ? '' : 'sends nothing');
    this.#muteAudio.setAttribute('aria-pressed', String(audioMuted));
    this.#muteVideo.setAttribute('aria-pressed', String(videoMuted));
  }

  showLevel(dbfs: number, delayMs: number): void {
    this.#level.show(dbfs);
    setText(this.delay, `${delayMs} ms`);
  }
}

function link(text: string, href: string, label: string): HTMLAnchorElement {
  return element('a', { text, attributes: { href, 'aria-label': label } });
}
