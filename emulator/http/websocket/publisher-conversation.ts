import type { PublishSession, SessionEnd } from '../../webrtc/types.ts';
import { HttpError } from '../errors.ts';
import { candidateFrames } from './candidate-frames.ts';
import type { Channel, Conversation } from './channel.ts';
import type { ClientFrame } from './client-frames.ts';
import { type ConversationCall, configFrame } from './conversation-call.ts';

/**
 * Publishing as the clients until 22.x do at `/STREAM/webrtc/publish`: the client offers, after the first frame
 * or at once; the server answers and adds its candidates, without which the client never says that it publishes.
 * Another offer on the same socket takes the place of the session. The media ends with the socket.
 */
export class PublisherConversation implements Conversation {
  readonly #channel: Channel;
  readonly #call: ConversationCall;
  /** The session whose end is the channel's. */
  #session: PublishSession | undefined;
  #isClosed = false;
  #patience: NodeJS.Timeout | undefined;

  constructor(channel: Channel, call: ConversationCall) {
    this.#channel = channel;
    this.#call = call;
  }

  async begin(): Promise<void> {
    const { connectTimeoutMs } = this.#call.services.profile.sessions;
    this.#patience = setTimeout(() => this.#channel.close('never-connected'), connectTimeoutMs);
    this.#patience.unref();
    this.#channel.send(configFrame(this.#call));
  }

  async receive(frame: ClientFrame): Promise<void> {
    switch (frame.type) {
      case 'offer':
        await this.#publish(frame.sdp);
        return;
      case 'publish_error':
        this.#channel.logger.info({ frame: frame.text }, 'a client could not publish');
        return;
      default:
        throw new HttpError(
          'bad-request',
          `A publisher cannot send ${frame.type}: it offers, the server answers.`,
        );
    }
  }

  closed(): void {
    this.#isClosed = true;
    clearTimeout(this.#patience);
    void this.#session?.close('closed-by-client');
  }

  async #publish(sdp: string): Promise<void> {
    const { services, stream, query, client } = this.#call;
    const previous = this.#session;
    // From here on the end of the one before is no end of the channel: it is to be replaced.
    this.#session = undefined;
    let session: PublishSession;
    try {
      session = await services.publish(stream, sdp, query.get('password') ?? undefined, client);
    } catch (error) {
      if (previous !== undefined) this.#follow(previous);
      throw error;
    }
    this.#follow(session);
    this.#channel.send({ type: 'answer', sdp: session.answer });
    for (const frame of candidateFrames(session.answer)) this.#channel.send(frame);
  }

  /** The channel lives as long as this session, and the session no longer than the channel. */
  #follow(session: PublishSession): void {
    clearTimeout(this.#patience);
    this.#session = session;
    void session.ended.then((end: SessionEnd) => {
      if (this.#session === session) this.#channel.close(end);
    });
    if (this.#isClosed) void session.close('closed-by-client');
  }
}
