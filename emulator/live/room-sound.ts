import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import type { TrackSource } from '../audio/mix-listener.ts';
import type { MixLevels, RoomMixerOptions } from '../audio/room-mixer.ts';
import type { RoomLevels, RoomMeter } from '../http/room-meter.ts';
import type { Room, RoomEvent } from '../rooms/types.ts';
import type { PlaySession } from '../webrtc/types.ts';
import { type LiveParts, straightToListeners } from './live-parts.ts';
import { RunningMixer } from './running-mixer.ts';
import type { Viewing } from './viewing.ts';

/**
 * The sound of one room, kept as the room's state says: members come, go and are muted by room events, and
 * listeners choose tracks by number. A number that nobody has is silence, and is heard as soon as somebody
 * gets it.
 */
export class RoomSound {
  readonly #mixer: RunningMixer;
  readonly #allTrackNumber: number;
  readonly #parts: LiveParts;
  /** Tells every listener that track numbers may stand for something else now. */
  readonly #refresh = new Set<() => void>();
  #room: Room;
  #closed = false;

  constructor(
    room: Room,
    allTrackNumber: number,
    options: RoomMixerOptions,
    parts: LiveParts = straightToListeners,
  ) {
    this.#room = room;
    this.#parts = parts;
    this.#allTrackNumber = allTrackNumber;
    this.#mixer = new RunningMixer(room.opus, options);
    for (const member of room.members) this.#mixer.addMember(member.stream);
  }

  /** Follows a change of the room's state. */
  apply(event: RoomEvent): void {
    this.#room = event.room;
    if (event.type === 'room-changed') this.#mixer.setOpus(event.room.opus);
    if (event.type === 'member-added') this.#mixer.addMember(event.member.stream);
    if (event.type === 'member-removed') this.#mixer.removeMember(event.member.stream);
    if (event.type === 'member-changed') {
      this.#mixer.setAudioMuted(event.member.stream, event.member.audioMuted);
    }
    for (const refresh of this.#refresh) refresh();
  }

  push(stream: string, packet: RtpAudioPacket, arrivalMs: number): void {
    this.#mixer.push(stream, packet, arrivalMs);
  }

  /** Another publisher sends for this member from here on. */
  restartMember(stream: string): void {
    this.#mixer.restartMember(stream);
  }

  /** @param trackNumber undefined for the default: everybody */
  play(session: PlaySession, trackNumber: number | undefined): Viewing {
    let selected = trackNumber ?? this.#allTrackNumber;
    const listener = this.#mixer.listen(
      this.#source(selected),
      this.#parts.deliverAudio((frame) => session.sendAudio(frame)),
      { isReady: () => session.connected, onDropped: () => void session.close('closed-by-server') },
    );
    const refresh = () => listener.select(this.#source(selected));
    this.#refresh.add(refresh);
    return {
      tracks: () => [`a${selected}`],
      select: ({ audio }) => {
        selected = audio ?? this.#allTrackNumber;
        refresh();
      },
      close: () => {
        this.#refresh.delete(refresh);
        listener.close();
      },
    };
  }

  /** Measures the levels of members and tracks until the meter is closed. */
  openMeter(): RoomMeter {
    const meter = this.#mixer.openMeter();
    return {
      read: () => (this.#closed ? undefined : this.#levels(meter.read())),
      close: () => meter.close(),
    };
  }

  close(): void {
    this.#closed = true;
    this.#mixer.close();
  }

  #levels({ members, tracks }: MixLevels): RoomLevels {
    const numbers = new Map(this.#room.members.map(({ stream, trackNumber }) => [stream, trackNumber]));
    const numberOf = (source: TrackSource) =>
      typeof source === 'object' ? numbers.get(source.minus) : this.#allTrackNumber;
    const heard = tracks.filter(({ source }) => source !== 'silence');
    return {
      members: new Map(
        [...members].map(([stream, dbfs]) => {
          return [stream, { dbfs, delayMs: this.#mixer.memberDelayMs(stream) ?? 0 }];
        }),
      ),
      tracks: new Map(
        heard.flatMap(({ source, dbfs }) => {
          const number = numberOf(source);
          return number === undefined ? [] : [[number, dbfs] as const];
        }),
      ),
    };
  }

  #source(trackNumber: number): TrackSource {
    return this.#parts.trackSource(this.#room, trackNumber, this.#allTrackNumber);
  }
}
