import { afterEach, describe, expect, it, vi } from 'vitest';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { Listener } from '../listener.ts';
import { Publisher } from '../publisher.ts';
import { waitForClosedPorts, waiting } from '../test-server.ts';
import { type FrameServer, onFrame, startFrameServer } from './test-frame-server.ts';

/** Numbers that no bot offers. */
const payloadTypes = { opus: 97, h264: 101 };

let server: FrameServer;
const peers: RTCPeerConnection[] = [];

afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.close()));
  server.close();
  await waitForClosedPorts();
});

/** A server with a full ICE agent, as a browser has; its candidates come one by one. */
function fullPeer(tell: (candidate: object) => void): RTCPeerConnection {
  const peer = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    bundlePolicy: 'max-bundle',
    codecs: {
      audio: [
        new RTCRtpCodecParameters({
          mimeType: 'audio/opus',
          clockRate: 48000,
          channels: 2,
          payloadType: payloadTypes.opus,
        }),
      ],
      video: [
        new RTCRtpCodecParameters({ mimeType: 'video/VP8', clockRate: 90000, payloadType: 99 }),
        new RTCRtpCodecParameters({
          mimeType: 'video/H264',
          clockRate: 90000,
          payloadType: payloadTypes.h264,
          parameters: 'packetization-mode=1;profile-level-id=42e01f',
        }),
      ],
    },
  });
  peers.push(peer);
  peer.onicecandidate = ({ candidate }) => {
    if (candidate) tell({ type: 'candidate', candidate: candidate.toJSON() });
  };
  return peer;
}

/** Of bots, too: only if a bot tries the candidates that it is told of, there is a connection. */
const withoutCandidates = (sdp: string) => sdp.replaceAll(/a=(candidate|end-of-candidates).*\r\n/g, '');

describe('a player whose server is a full ICE agent', () => {
  it('is offered the picture first, by numbers of the server, hears of candidates late, and gets both', async () => {
    const heard: string[] = [];
    let send = () => {};
    server = await startFrameServer({
      onSocket: async (socket) => {
        const late: object[] = [];
        const peer = fullPeer((candidate) => late.push(candidate));
        const [video, audio] = [
          new MediaStreamTrack({ kind: 'video' }),
          new MediaStreamTrack({ kind: 'audio' }),
        ];
        for (const track of [video, audio]) peer.addTransceiver(track, { direction: 'sendonly' });
        onFrame(socket, async (frame) => {
          heard.push(String(frame.type));
          if (frame.type !== 'answer') return;
          await peer.setRemoteDescription({ type: 'answer', sdp: withoutCandidates(String(frame.sdp)) });
          for (const candidate of late) socket.send(JSON.stringify(candidate));
          send = () => {
            for (const [track, payloadType] of [
              [video, payloadTypes.h264],
              [audio, payloadTypes.opus],
            ] as const) {
              const header = new RtpHeader({ payloadType, sequenceNumber: 1, timestamp: 1, ssrc: 7 });
              track.writeRtp(new RtpPacket(header, Buffer.from(track.kind)));
            }
          };
        });
        socket.send(JSON.stringify({ config: {}, session_id: 's-7' }));
        const offer = await peer.createOffer();
        await peer.setLocalDescription(offer);
        const twoIds = withoutCandidates(offer.sdp).replace(/(a=msid:)\S+/, '$1other');
        socket.send(JSON.stringify({ type: 'offer', sdp: twoIds }));
      },
    });
    const got: string[] = [];
    const listener = await Listener.connect({
      url: `${server.url}/whep`,
      signalling: 'websocket',
      onAudio: ({ payload }) => got.push(String(payload)),
      onVideo: ({ payload }) => got.push(String(payload)),
    });
    expect(listener).toMatchObject({ sid: 's-7', hasVideo: true });
    await vi.waitUntil(() => {
      send();
      return got.includes('audio') && got.includes('video');
    }, waiting);
    expect(heard.slice(0, 2)).toEqual(['answer', 'candidate']);
    await listener.close();
    expect(await listener.ended).toBe('closed-by-us');
    await vi.waitUntil(() => server.sockets.size === 0, waiting);
  });
});

describe('a publisher whose server is a full ICE agent', () => {
  it('offers without a first frame, takes candidates that come before the answer, and ends with the socket', async () => {
    const got: string[] = [];
    server = await startFrameServer({
      onSocket: (socket) => {
        // They are told while the description is set: before the answer.
        const peer = fullPeer((candidate) => socket.send(JSON.stringify(candidate)));
        peer.onTrack.subscribe((track) => {
          track.onReceiveRtp.subscribe(({ payload }) => got.push(String(payload)));
        });
        onFrame(socket, async ({ type, sdp }) => {
          if (type !== 'offer') return;
          await peer.setRemoteDescription({ type: 'offer', sdp: withoutCandidates(String(sdp)) });
          const answer = await peer.createAnswer();
          await peer.setLocalDescription(answer);
          socket.send(JSON.stringify({ type: 'answer', sdp: withoutCandidates(answer.sdp) }));
        });
      },
    });
    const publisher = await Publisher.connect({
      url: `${server.url}/whip`,
      signalling: 'websocket',
      video: true,
    });
    expect(publisher).toMatchObject({ sid: undefined, hasVideo: true });
    await vi.waitUntil(() => {
      publisher.sendOpus(Buffer.from('sound'), 960);
      publisher.sendVideo([Buffer.from('picture')], 1);
      return got.includes('sound') && got.includes('picture');
    }, waiting);
    for (const socket of server.sockets) socket.close(1001);
    expect(await publisher.ended).toBe('closed-by-server');
  });
});
