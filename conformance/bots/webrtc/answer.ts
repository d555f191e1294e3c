import { offeredPayloadTypes } from './offer.ts';
import { type RemoteTransport, readTransport } from './remote-transport.ts';
import { directionOf, formatsOf, portOf, sectionsOf } from './sdp-sections.ts';

/** What a bot needs of a server's answer. */
export interface Answer extends RemoteTransport {
  /** Which way the answered lines go, as the server says it; missing for lines it refused. */
  readonly audio: string | undefined;
  readonly video: string | undefined;
}

/**
 * Reads the answer to an offer of `writeOffer`.
 *
 * @throws Error saying what is missing or contradicts the offer
 */
export function readAnswer(sdp: string): Answer {
  const [session = [], ...sections] = sectionsOf(sdp);
  const audio = sections[0];
  if (audio === undefined || !/^m=audio /.test(audio[0] ?? '')) {
    throw new Error(`the answer has no audio line: ${JSON.stringify(sdp.slice(0, 80))}`);
  }
  const bundled = sections.filter((section) => portOf(section) !== 0);
  const transport = readTransport('answer', [...bundled.flat(), ...session]);
  const { setup } = transport;
  if (setup !== 'active' && setup !== 'passive')
    throw new Error(`the answer’s a=setup is ${setup ?? 'missing'}`);
  return {
    ...transport,
    setup,
    audio: answeredDirection(audio, offeredPayloadTypes.opus),
    video: answeredDirection(sections[1] ?? [], offeredPayloadTypes.h264),
  };
}

function answeredDirection(section: readonly string[], payloadType: number): string | undefined {
  if (portOf(section) === 0) return undefined;
  const direction = directionOf(section);
  if (direction !== 'inactive' && !formatsOf(section).includes(String(payloadType))) {
    throw new Error(`the answer takes formats that were not offered: ${section[0]}`);
  }
  return direction;
}
