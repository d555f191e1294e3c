import type { RtpAudioPacket } from '../../../media/rtp-audio-packet.ts';
import type { RtpVideoPacket } from '../../../media/rtp-video-packet.ts';
import type { HeardSenderReport } from '../webrtc/listener.ts';
import type {
  BotAnswers,
  ReceivedPacket,
  ReceivedSenderReport,
  ReceivedVideoPacket,
  Taken,
  TakenPart,
} from './messages.ts';
import { nowNs } from './pacer.ts';
import { SoundCount } from './sound-count.ts';

/** Keeps what a listener gets, with the times of arrival, until it is taken. */
export class Reception {
  /** For the listener, from its first packet on. */
  readonly handlers = {
    onAudio: ({ sequenceNumber, timestamp, ssrc, payload }: RtpAudioPacket) => {
      this.#count.packets += 1;
      this.#sound.add({ ssrc, sequenceNumber, timestamp, payload });
      this.#packets.push({ sequenceNumber, timestamp, ssrc, payload, arrivalNs: nowNs() });
    },
    onVideo: ({ sequenceNumber, timestamp, ssrc, marker, payload }: RtpVideoPacket) => {
      this.#count.videoPackets += 1;
      this.#videoPackets.push({ sequenceNumber, timestamp, ssrc, marker, payload, arrivalNs: nowNs() });
    },
    onSenderReport: (report: HeardSenderReport) => {
      this.#senderReports.push({ ...report, arrivalNs: nowNs() });
    },
  };
  readonly #count = { packets: 0, videoPackets: 0 };
  readonly #sound = new SoundCount();
  #packets: ReceivedPacket[] = [];
  #videoPackets: ReceivedVideoPacket[] = [];
  #senderReports: ReceivedSenderReport[] = [];

  /** Received since the start, taken or not. */
  counts(): BotAnswers['count'] {
    return { ...this.#count, soundMs: this.#sound.ms };
  }

  take(what: readonly TakenPart[]): Taken {
    const taken = {
      packets: what.includes('packets') ? this.#packets : [],
      videoPackets: what.includes('videoPackets') ? this.#videoPackets : [],
      senderReports: what.includes('senderReports') ? this.#senderReports : [],
    };
    if (what.includes('packets')) this.#packets = [];
    if (what.includes('videoPackets')) this.#videoPackets = [];
    if (what.includes('senderReports')) this.#senderReports = [];
    return taken;
  }
}
