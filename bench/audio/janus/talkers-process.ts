import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clip } from '../../../conformance/bots/process/messages.ts';
import { nowNs, Pacer } from '../../../conformance/bots/process/pacer.ts';
import { isRtcp, rtpHeaderBytes, writeRtpHeader } from '../../../emulator/webrtc/rtp-packet.ts';
import { opusPayloadType, type ReceivedCount, type TalkersRequest } from './talkers-messages.ts';

const sockets: Socket[] = [];
const packets: number[] = [];
let bytes = 0;

async function open(members: number): Promise<number[]> {
  for (let member = 0; member < members; member += 1) {
    const socket = createSocket('udp4');
    packets.push(0);
    socket.on('message', (datagram) => {
      if (isRtcp(datagram)) return;
      packets[member]! += 1;
      bytes += datagram.length - rtpHeaderBytes;
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    sockets.push(socket);
  }
  return sockets.map((socket) => socket.address().port);
}

function talk(ports: readonly number[], clips: readonly Clip[]): void {
  new Pacer(clips[0]!.samplesAt48k, (frame) => {
    sockets.forEach((socket, member) => {
      const { packets: payloads, samplesAt48k } = clips[member]!;
      const header = writeRtpHeader({
        payloadType: opusPayloadType,
        marker: frame === 0,
        sequenceNumber: frame & 0xffff,
        timestamp: (frame * samplesAt48k) >>> 0,
        ssrc: 1000 + member,
      });
      socket.send([header, payloads[frame % payloads.length]!], ports[member]!, '127.0.0.1');
    });
  });
}

process.on('message', async (request: TalkersRequest) => {
  if (request.type === 'open') process.send?.({ ports: await open(request.members) });
  if (request.type === 'talk') {
    talk(request.ports, request.clips);
    process.send?.({});
  }
  if (request.type === 'count') process.send?.({ atNs: nowNs(), packets, bytes } satisfies ReceivedCount);
});
process.once('disconnect', () => process.exit(0));
