import { speechClipCount } from '../../media-samples/index.ts';
import type { KnownSource } from '../analysis/joint-projection.ts';
import type { SentTones } from '../analysis/tone-levels.ts';
import type { Clip } from '../bots/process/messages.ts';
import { toneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { encodeLoop } from '../bots/signatures/encode-loop.ts';
import { speechClip } from '../bots/speech-clip.ts';
import { toneClip } from '../bots/tone-clip.ts';
import { NumberedNames } from './numbered-names.ts';
import { type SoundMeter, speechMeter, toneMeter } from './sound-meter.ts';
import { listed, TestingError } from './testing-error.ts';

/** What a bot sends: a tone of its own, a recorded voice of its own, or packets of silence. */
export type BotSound = (typeof botSounds)[number];
const botSounds = ['tone', 'speech', 'silence'] as const;

/** The sounds of all bots of one test: which bot sends what, and how it is found again. */
export class BotSounds {
  readonly #tones = new NumberedNames(toneBotCount, 'tones');
  readonly #voices = new NumberedNames(speechClipCount, 'voices');
  readonly #sentTones = new Map<string, SentTones>();
  readonly #sentVoices = new Map<string, KnownSource>();

  /**
   * What the bot of that name sends from now on.
   * @param levelDbfs highest sample of a tone
   * @throws TestingError for a sound that is none, where all tones or voices are in use, or where tones and voices would come together
   */
  take(name: string, sound: BotSound, levelDbfs: number): Clip {
    if (!botSounds.includes(sound)) {
      throw new TestingError(`sound is one of ${listed(botSounds)}, and not ${JSON.stringify(sound)}`);
    }
    if (sound === 'silence') return { packets: silence(), samplesAt48k: 960 };
    this.#requireOneKind(sound);
    if (sound === 'tone') {
      const { clip, sent } = toneClip(name, toneSignature(this.#tones.take(name)), levelDbfs);
      this.#sentTones.set(name, sent);
      return clip;
    }
    const { clip, sent } = speechClip(name, this.#voices.take(name));
    this.#sentVoices.set(name, sent);
    return clip;
  }

  /** That bot sends no more. */
  release(name: string, sound: BotSound): void {
    if (sound !== 'silence') this.#namesOf(sound).release(name);
  }

  /** True: a bot of that name sends, or has sent, something that can be found. */
  knows(name: string): boolean {
    return this.#tones.has(name) || this.#voices.has(name);
  }

  isSending(name: string): boolean {
    return this.#tones.isInUse(name) || this.#voices.isInUse(name);
  }

  get names(): readonly string[] {
    return [...this.#tones.names, ...this.#voices.names];
  }

  /** Finds all that was ever sent, so that nobody is taken for somebody who has gone. */
  meter(): SoundMeter {
    const voices = this.#voices.names;
    if (voices.length > 0) return speechMeter(voices.map((name) => this.#sentVoices.get(name)!));
    return toneMeter(this.#tones.names.map((name) => this.#sentTones.get(name)!));
  }

  #namesOf(sound: Exclude<BotSound, 'silence'>): NumberedNames {
    return sound === 'tone' ? this.#tones : this.#voices;
  }

  /** A voice has something of every tone in it. */
  #requireOneKind(sound: Exclude<BotSound, 'silence'>): void {
    const others = this.#namesOf(sound === 'tone' ? 'speech' : 'tone').names;
    if (others.length === 0) return;
    throw new TestingError(
      `tones and voices cannot be told apart in one mix: ${JSON.stringify(others[0])} sends ${sound === 'tone' ? 'speech' : 'a tone'}, so send that here too`,
    );
  }
}

let silentPackets: readonly Buffer[] | undefined;

function silence(): readonly Buffer[] {
  silentPackets ??= encodeLoop(new Float32Array(48_000));
  return silentPackets;
}
