import { offeredPayloadTypes } from './offer.ts';

/** What a bot needs of a server's answer. */
export interface Answer {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly iceLite: boolean;
  /** `a=candidate` values without the attribute's name, in order. */
  readonly candidates: readonly string[];
  readonly fingerprints: readonly { readonly algorithm: string; readonly value: string }[];
  /** The server's DTLS role. */
  readonly setup: 'active' | 'passive';
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
  const all = [...bundled.flat(), ...session];
  const value = (name: string) => all.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
  const iceUfrag = value('ice-ufrag');
  const icePwd = value('ice-pwd');
  const setup = value('setup');
  if (iceUfrag === undefined || icePwd === undefined) throw new Error('the answer has no ICE credentials');
  if (setup !== 'active' && setup !== 'passive')
    throw new Error(`the answer’s a=setup is ${setup ?? 'missing'}`);
  const fingerprints = [...new Set(valuesOf(all, 'fingerprint'))].map((text) => {
    const [algorithm = '', hex = ''] = text.split(' ');
    return { algorithm, value: hex };
  });
  if (fingerprints.length === 0) throw new Error('the answer has no fingerprint');
  return {
    iceUfrag,
    icePwd,
    setup,
    fingerprints,
    iceLite: all.includes('a=ice-lite'),
    candidates: [...new Set(valuesOf(all, 'candidate'))],
    audio: directionOf(audio, offeredPayloadTypes.opus),
    video: directionOf(sections[1] ?? [], offeredPayloadTypes.h264),
  };
}

function sectionsOf(sdp: string): string[][] {
  const sections: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections;
}

function directionOf(section: readonly string[], payloadType: number): string | undefined {
  if (portOf(section) === 0) return undefined;
  const formats = section[0]?.split(' ').slice(3) ?? [];
  const direction = section.find((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line))?.slice(2);
  if (direction !== 'inactive' && !formats.includes(String(payloadType))) {
    throw new Error(`the answer takes formats that were not offered: ${section[0]}`);
  }
  return direction ?? 'sendrecv';
}

function portOf(section: readonly string[]): number {
  return Number(/^m=\S+ ([0-9]+)/.exec(section[0] ?? '')?.[1] ?? 0);
}

function valuesOf(lines: readonly string[], name: string): string[] {
  return lines.filter((line) => line.startsWith(`a=${name}:`)).map((line) => line.slice(name.length + 3));
}
