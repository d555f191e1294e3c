import { parseTracks } from '../../rooms/track-selection.ts';
import type { TrackSelection } from '../../rooms/types.ts';
import type { PlayOffer, PlaySession } from '../../webrtc/types.ts';
import { HttpError } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import { mediaInfoJson } from '../info-json.ts';
import { tracksOfQuery } from '../track-query.ts';
import type { Channel, Conversation } from './channel.ts';
import type { ClientFrame } from './client-frames.ts';
import { type ConversationCall, configFrame } from './conversation-call.ts';

/**
 * Playing as the clients of 20.x and 22.x do at `/STREAM/webrtc`: the server offers, the client answers, and
 * changes tracks by `select_tracks` later on. The media ends with the socket: `stop()` of 20.x closes nothing else.
 */
export class PlayerConversation implements Conversation {
  readonly #channel: Channel;
  readonly #call: ConversationCall;
  #offer: PlayOffer | undefined;
  #session: PlaySession | undefined;
  /** Asked for before there was a session. */
  #wanted: TrackSelection | undefined;
  #isClosed = false;

  constructor(channel: Channel, call: ConversationCall) {
    this.#channel = channel;
    this.#call = call;
  }

  async begin(): Promise<void> {
    const offer = await this.#makeOffer().catch((error: unknown) => {
      this.#channel.send(configFrame(this.#call));
      throw error;
    });
    if (this.#isClosed) {
      await offer.close('closed-by-client');
      return;
    }
    this.#offer = offer;
    void offer.ended.then((end) => this.#channel.close(end));
    const { services, stream } = this.#call;
    this.#channel.send(configFrame(this.#call, offer.id));
    this.#channel.send({
      type: 'offer',
      sdp: offer.sdp,
      media_info: mediaInfoJson(requireStream(services, stream)),
    });
  }

  receive(frame: ClientFrame): void {
    switch (frame.type) {
      case 'answer':
        this.#accept(frame.sdp);
        return;
      case 'select_tracks':
        this.#wanted = parseTracks(frame.tracks, this.#audioPrefix);
        this.#select();
        return;
      default:
        throw new HttpError(
          'bad-request',
          `A player cannot send ${frame.type}: it answers the server’s offer.`,
        );
    }
  }

  closed(): void {
    this.#isClosed = true;
    void this.#offer?.close('closed-by-client');
  }

  get #audioPrefix(): string {
    return this.#call.services.profile.answers.audioTrackPrefix;
  }

  async #makeOffer(): Promise<PlayOffer> {
    const { services, stream, query, client } = this.#call;
    return await services.offerPlay(stream, tracksOfQuery(query, this.#audioPrefix), client);
  }

  #accept(sdp: string): void {
    if (this.#offer === undefined) throw new HttpError('bad-request', 'There is no offer to answer.');
    if (this.#session !== undefined) throw new HttpError('bad-request', 'The offer was answered before.');
    this.#session = this.#offer.accept(sdp);
    this.#select();
  }

  /** Changes to the wanted tracks as soon as there is a session, and tells which ones are in force. */
  #select(): void {
    if (this.#session === undefined || this.#wanted === undefined) return;
    const { services, stream } = this.#call;
    const tracks = services.selectTracks(stream, this.#session.id, this.#wanted) ?? [];
    this.#wanted = undefined;
    this.#channel.send({
      type: 'info',
      audio_track_id: tracks.find((id) => !id.startsWith('v')) ?? null,
      video_track_id: tracks.find((id) => id.startsWith('v')) ?? null,
    });
  }
}
