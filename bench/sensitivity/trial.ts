import { dbToAmplitude } from '../../conformance/analysis/decibels.ts';
import { levelsOf } from '../../conformance/analysis/tone-levels.ts';
import {
  apartToneBotCount,
  toneBotCount,
  toneSignature,
} from '../../conformance/bots/signatures/catalogue.ts';
import { quietDbfs, render, toneLevelDbfs } from '../../conformance/bots/signatures/render.ts';
import type { ToneSignature } from '../../conformance/bots/signatures/signature.ts';
import { isAbsent } from '../../conformance/scenarios/heard-matrix.ts';
import { seededRandom } from '../../media/seeded-random.ts';
import { throughLeg } from './leg.ts';

/** One room in which somebody may hear itself. */
export interface TrialOptions {
  readonly members: number;
  /** Of the room's tracks. */
  readonly bitrateKbps: number;
  /** Share of the packets that are lost on each way, 0 to 1. */
  readonly loss: number;
  /** Another seed is another choice of voices, phases and losses. */
  readonly seed: number;
}

/** Of publishers, as the bots have it. */
const publisherKbps = 64;
const sampleRateHz = 48_000;
/** As the clauses record: a second for the codecs to settle, then what is measured. */
const settleSeconds = 1;
const measuredSeconds = 2.5;
const length = Math.round((settleSeconds + measuredSeconds) * sampleRateHz);

/** One member's own track, mixed of members that came through Opus; the same for the same options. */
export class Trial {
  readonly #options: TrialOptions;
  readonly #signatures: readonly ToneSignature[];
  /** As the server decodes them; the first is the member whose track it is. */
  readonly #voices: readonly Float32Array[];

  constructor(options: TrialOptions) {
    const { members, loss, seed } = options;
    const random = seededRandom(seed);
    // More members than there are tones far apart: the others lie nearer, and hide more of each other.
    const tones = members <= apartToneBotCount ? apartToneBotCount : toneBotCount;
    const first = Math.floor(random() * tones);
    this.#options = options;
    this.#signatures = Array.from({ length: members }, (_, i) => toneSignature((first + i) % tones));
    this.#voices = this.#signatures.map((signature) => {
      const loop = render(signature, { seconds: 1, levelDbfs: quietDbfs });
      const offset = Math.floor(random() * loop.length);
      const spoken = Float32Array.from({ length }, (_, n) => loop[(n + offset) % loop.length]!);
      return throughLeg(spoken, { bitrateKbps: publisherKbps, loss, lost: 'concealed', random });
    });
  }

  /**
   * Sends the track through Opus to a listener, and asks the suite's own instrument.
   * @param leakDb how loud the own voice is in it; -Infinity where it is not
   * @returns true where the instrument says that the member hears itself
   */
  findsLeak(leakDb: number): boolean {
    const { bitrateKbps, loss, seed } = this.#options;
    const leak = dbToAmplitude(leakDb);
    const mix = new Float32Array(length);
    for (const [member, voice] of this.#voices.entries()) {
      const gain = member === 0 ? leak : 1;
      for (let n = 0; n < length; n += 1) mix[n]! += gain * voice[n]!;
    }
    const random = seededRandom(~seed);
    const heard = throughLeg(mix, { bitrateKbps, loss, lost: 'silent', random });
    const [own] = levelsOf(
      heard.subarray(settleSeconds * sampleRateHz),
      this.#signatures.map((signature) => ({
        name: signature.name,
        frequenciesHz: signature.frequenciesHz,
        toneLevelDbfs: toneLevelDbfs(signature, quietDbfs),
      })),
    );
    return !isAbsent(own!);
  }
}
