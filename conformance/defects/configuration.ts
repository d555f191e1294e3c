import { type EmulatorParts, parseConfig } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';

/** Reads another text than the one that is there. */
function reading(change: (text: string) => string): EmulatorParts {
  return { parseConfig: (text, name) => parseConfig(change(text), name) };
}

/** Another default of one option of `mosaic2://`. */
function withDefault(key: string, value: string): EmulatorParts {
  return reading((text) =>
    text.replace(/mosaic2:\/\/[^;]*/g, (input) =>
      input.includes(`${key}=`) ? input : `${input} ${key}=${value}`,
    ),
  );
}

/** Options that are passed over. */
function without(...keys: readonly string[]): EmulatorParts {
  return reading((text) => text.replace(new RegExp(` (${keys.join('|')})=[^ ;]*`, 'g'), ''));
}

/** Mistakes in reading the configuration. */
export const configurationDefects = {
  'default-bit-rate-32': {
    description: 'the bit rate is 32 kbit/s where the configuration does not say',
    parts: withDefault('bitrate', '32'),
    caughtBy: ['config.defaults'],
    untouched: ['config.bitrate'],
  },
  'default-samples-480': {
    description: 'a packet has 480 samples where the configuration does not say',
    parts: withDefault('samples', '480'),
    caughtBy: ['config.defaults', 'config.bitrate'],
    untouched: ['config.samplerate-samples'],
  },
  'default-sample-rate-16000': {
    description: 'the sample rate is 16000 Hz where the configuration does not say; packets last 20 ms',
    parts: withDefault('samplerate', '16000 samples=320'),
    caughtBy: ['config.defaults', 'config.bitrate'],
    untouched: ['config.samplerate-samples'],
  },
  'bit-rate-option-passed-over': {
    description: 'the option bitrate is passed over',
    parts: without('bitrate'),
    caughtBy: ['config.bitrate'],
    untouched: ['config.defaults'],
  },
  'frame-options-passed-over': {
    description: 'the options samplerate and samples are passed over',
    parts: without('samplerate', 'samples'),
    caughtBy: ['config.samplerate-samples'],
    untouched: ['config.defaults', 'config.bitrate'],
  },
  'sample-rate-option-passed-over': {
    description: 'the option samplerate is passed over, and packets last as long as if it were not',
    parts: reading((text) => text.replaceAll('samplerate=16000 samples=320', 'samplerate=48000 samples=960')),
    caughtBy: ['config.samplerate-samples'],
    untouched: ['config.defaults', 'config.bitrate'],
  },
  'samples-option-passed-over': {
    description: 'the option samples is passed over: at 16000 Hz the default of 960 makes packets of 60 ms',
    parts: without('samples'),
    caughtBy: ['config.samplerate-samples'],
    untouched: ['config.defaults', 'config.bitrate'],
  },
  'picture-by-default': {
    description: 'disable_video is false where the configuration does not say',
    parts: withDefault('disable_video', 'false'),
    caughtBy: ['config.video-off-by-default', 'config.video-off-by-default.answer'],
    untouched: ['config.video-off', 'config.video-off.answer'],
  },
  'picture-although-disabled': {
    description: 'disable_video=true is read as if it enabled the picture',
    parts: reading((text) => text.replaceAll('disable_video=true', 'disable_video=false')),
    caughtBy: ['config.video-off', 'config.video-off.answer'],
    untouched: ['config.video-off-by-default'],
  },
  'url-spelling-unknown': {
    description: 'url mosaic2:// makes no room, only input mosaic2:// does',
    parts: reading((text) => text.replace('url mosaic2://', 'url publish://')),
    caughtBy: ['config.url-spelling'],
    untouched: ['config.snippet'],
  },
} as const satisfies Defects;
