import type { PlannedLine } from './answer-plan.ts';
import type { SdpCodec } from './sdp-codecs.ts';

const protocol = 'UDP/TLS/RTP/SAVPF';

/** Opus, always two channels in SDP (RFC 7587 §7). */
const opus: SdpCodec = {
  payloadType: 111,
  name: 'opus',
  clockHz: 48000,
  channels: 2,
  parameters: new Map(),
  fmtp: '',
};

/** H.264 as every decoder knows it: constrained baseline, level 3.1, packets of mode 1 (RFC 6184 §8.1). */
const h264: SdpCodec = {
  payloadType: 102,
  name: 'H264',
  clockHz: 90000,
  channels: 1,
  parameters: new Map([
    ['packetization-mode', '1'],
    ['profile-level-id', '42e01f'],
  ]),
  fmtp: '',
};

/** The sections of an offer to a viewer, as `writeAnswer` takes them: sound first, all in one bundle. */
export function offeredLines(video: boolean): readonly PlannedLine[] {
  const lines = [line('audio', '0', opus, [])];
  if (video) lines.push(line('video', '1', h264, ['nack', 'nack pli', 'ccm fir']));
  return lines;
}

function line(kind: string, mid: string, codec: SdpCodec, feedback: readonly string[]): PlannedLine {
  return {
    media: {
      kind,
      mid,
      protocol,
      formats: [String(codec.payloadType)],
      usable: true,
      direction: 'sendonly',
      codecs: [codec],
      feedback: feedback.map((value) => `${codec.payloadType} ${value}`),
      transport: undefined,
    },
    direction: 'sendonly',
    codec,
  };
}
