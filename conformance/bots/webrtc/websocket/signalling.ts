import { readAnswer } from '../answer.ts';
import { offeredPayloadTypes } from '../offer.ts';
import type { Peer } from '../peer.ts';
import { readServerOffer, writeAnswer } from '../server-offer.ts';
import type { PlaySession, Session, Signalling, StreamAddress, TrackChange } from '../session.ts';
import { webSocketUrl } from './address.ts';
import { FrameChannel } from './frame-channel.ts';
import { candidateFrame, candidateOf, type ServerFrame, SignallingError, tracksOfInfo } from './frames.ts';

/** For an offer, or an answer. */
const descriptionTimeoutMs = 10_000;
/** Older servers send no `config`: after so long the publisher offers without it. */
const configTimeoutMs = 1000;
/** For `info`, after the bot has asked for other tracks. */
const infoTimeoutMs = 3000;

/**
 * The signalling of Flussonic's clients until 22.x: JSON frames over a WebSocket of the stream. A publisher offers
 * after the server's first frame; a player is offered what there is, and answers. The media lives as long as the
 * socket.
 */
export const webSocketSignalling: Signalling = {
  publish: (peer, address, video) =>
    withTalk(peer, address, async (talk) => {
      await talk.channel.next(isConfig, configTimeoutMs);
      talk.channel.send({ type: 'offer', sdp: peer.offer('sendonly', video) });
      talk.sendCandidates(peer, '0', 0);
      const answer = readAnswer(await talk.description('answer'));
      if (!takes(answer.audio)) {
        throw talk.channel.error(`the server does not take the audio: ${answer.audio ?? 'refused'}`);
      }
      return {
        ...talk.session(),
        transport: answer,
        iceControlling: true,
        opusPayloadType: offeredPayloadTypes.opus,
        h264PayloadType: takes(answer.video) ? offeredPayloadTypes.h264 : undefined,
      };
    }),
  play: (peer, address, video) =>
    withTalk(peer, address, async (talk): Promise<PlaySession> => {
      const offer = readServerOffer(await talk.description('offer'), video);
      talk.channel.send({ type: 'answer', sdp: writeAnswer(offer, peer.localTransport()) });
      const first = offer.lines.findIndex(({ payloadType }) => payloadType !== undefined);
      talk.sendCandidates(peer, offer.lines[first]?.mid, first);
      return {
        ...talk.session(),
        transport: offer.transport,
        opusPayloadType: offer.opusPayloadType,
        h264PayloadType: offer.h264PayloadType,
        // Who answers is controlled, unless the other end is lite (RFC 8445 §6.1.1).
        iceControlling: offer.transport.iceLite,
        selectTracks: (tracks) => talk.selectTracks(tracks),
      };
    }),
};

/** Servers of that time may repeat the `sendrecv` of their own clients. */
function takes(direction: string | undefined): boolean {
  return direction === 'recvonly' || direction === 'sendrecv';
}

/** Opens a talk and does some work in it; where that fails, the socket is closed. */
async function withTalk<T>(peer: Peer, address: StreamAddress, work: (talk: Talk) => Promise<T>): Promise<T> {
  const talk = await Talk.open(peer, { ...address, url: webSocketUrl(address.url) });
  try {
    return await work(talk);
  } catch (error) {
    await talk.channel.close();
    throw error;
  }
}

const maxIdLength = 200;

/** What bot and server say to each other about one session. */
class Talk {
  readonly channel: FrameChannel;
  readonly #heard: { sid: string | undefined };

  private constructor(channel: FrameChannel, heard: { sid: string | undefined }) {
    this.channel = channel;
    this.#heard = heard;
  }

  static async open(peer: Peer, address: StreamAddress): Promise<Talk> {
    const heard: { sid: string | undefined } = { sid: undefined };
    const channel = await FrameChannel.open(address, (frame) => {
      const candidate = candidateOf(frame);
      if (candidate !== undefined) void peer.addCandidate(candidate);
      const { session_id: id } = frame;
      if (typeof id === 'string' && id.length <= maxIdLength) heard.sid ??= id;
    });
    return new Talk(channel, heard);
  }

  /** The SDP of the server's offer or answer. */
  async description(type: 'offer' | 'answer'): Promise<string> {
    const isWanted = (frame: ServerFrame) => frame.type === type && typeof frame.sdp === 'string';
    const frame = await this.channel.next(isWanted, descriptionTimeoutMs);
    if (frame === undefined) throw this.channel.error(`no ${type} within ${descriptionTimeoutMs / 1000} s`);
    return String(frame.sdp);
  }

  /** Once more as frames of their own, for servers that do not look for them in the SDP. */
  sendCandidates(peer: Peer, mid: string | undefined, lineIndex: number): void {
    for (const candidate of peer.localTransport().candidates) {
      this.channel.send(candidateFrame(candidate, mid, lineIndex));
    }
  }

  session(): Pick<Session, 'sid' | 'trickles' | 'ended' | 'close' | 'abandon'> {
    return {
      sid: this.#heard.sid,
      trickles: true,
      ended: this.channel.ended,
      close: () => this.channel.close(),
      abandon: () => this.channel.abandon(),
    };
  }

  /** Servers before 22.x do not know of it, and say nothing. */
  async selectTracks(tracks: readonly string[]): Promise<TrackChange> {
    this.channel.forget();
    this.channel.send({ type: 'select_tracks', tracks: tracks.length === 0 ? 'auto' : tracks.join('') });
    const wanted = tracks.flatMap((id) => id.match(/[av]\d+/g) ?? id);
    let told = `no info within ${infoTimeoutMs / 1000} s`;
    const isInForce = (frame: ServerFrame) => {
      if (frame.type !== 'info') return false;
      const inForce = tracksOfInfo(frame);
      told = ['info', ...inForce].join(' ');
      return wanted.every((id) => inForce.includes(id) || inForce.includes(id.slice(1)));
    };
    try {
      const info = await this.channel.next(isInForce, infoTimeoutMs);
      return { accepted: info !== undefined, answer: told };
    } catch (error) {
      if (!(error instanceof SignallingError)) throw error;
      return { accepted: false, answer: error.message };
    }
  }
}

function isConfig({ config }: ServerFrame): boolean {
  return typeof config === 'object' && config !== null;
}
