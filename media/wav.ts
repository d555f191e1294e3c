/** Sound from or for a WAV file. */
export interface WavAudio {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Interleaved 16-bit samples. */
  readonly samples: Int16Array;
}

/** A file that is no WAV, or not 16-bit PCM. */
export class WavFormatError extends Error {
  override readonly name = 'WavFormatError';
}

const headerBytes = 44;
const pcmFormat = 1;
/** WAVE_FORMAT_EXTENSIBLE: the real format stands in the first bytes of its sub-format. */
const extensibleFormat = 0xfffe;

/**
 * Makes a WAV file of 16-bit PCM (RIFF, little-endian).
 * @throws RangeError for samples that are not whole frames, or too many for the format (4 GB)
 */
export function writeWav(audio: WavAudio): Buffer {
  const { sampleRateHz, channels, samples } = audio;
  if (!Number.isInteger(channels) || channels < 1 || samples.length % channels !== 0) {
    throw new RangeError(`writeWav: ${samples.length} samples do not fill ${channels} channels`);
  }
  const dataBytes = samples.length * 2;
  if (dataBytes > 0xffffffff - headerBytes) throw new RangeError('writeWav: too long for a WAV file');

  const file = Buffer.alloc(headerBytes + dataBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(pcmFormat, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt32LE(sampleRateHz * channels * 2, 28);
  file.writeUInt16LE(channels * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
  for (let i = 0; i < samples.length; i++) file.writeInt16LE(samples[i]!, headerBytes + i * 2);
  return file;
}

/**
 * Reads a WAV file of 16-bit PCM. Other chunks are passed over; a data chunk that promises more than there is
 * (a file from a pipe) ends with the file.
 * @throws WavFormatError with what is wrong
 */
export function readWav(file: Uint8Array): WavAudio {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || tag(bytes, 0) !== 'RIFF' || tag(bytes, 8) !== 'WAVE') {
    throw new WavFormatError('not a WAV file: RIFF and WAVE are missing');
  }
  let format: { sampleRateHz: number; channels: number } | undefined;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const name = tag(bytes, at);
    const length = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, Math.min(at + 8 + length, bytes.length));
    if (name === 'fmt ') format = readFormat(body);
    if (name === 'data') {
      if (format === undefined) throw new WavFormatError('the data come before the format');
      return { ...format, samples: readSamples(body, format.channels) };
    }
    // Chunks are padded to an even length.
    at += 8 + length + (length & 1);
  }
  throw new WavFormatError('there are no data in the WAV file');
}

function tag(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}

function readFormat(body: Buffer): { sampleRateHz: number; channels: number } {
  if (body.length < 16) throw new WavFormatError(`the format chunk has ${body.length} bytes, not 16`);
  const isExtensible = body.readUInt16LE(0) === extensibleFormat && body.length >= 26;
  const format = body.readUInt16LE(isExtensible ? 24 : 0);
  const bitsPerSample = body.readUInt16LE(14);
  if (format !== pcmFormat || bitsPerSample !== 16) {
    throw new WavFormatError(`format ${format} of ${bitsPerSample} bits is not 16-bit PCM`);
  }
  const channels = body.readUInt16LE(2);
  const sampleRateHz = body.readUInt32LE(4);
  if (channels === 0 || sampleRateHz === 0) {
    throw new WavFormatError(`${channels} channels at ${sampleRateHz} Hz is no sound`);
  }
  return { sampleRateHz, channels };
}

function readSamples(body: Buffer, channels: number): Int16Array {
  const frames = Math.floor(body.length / (2 * channels));
  const samples = new Int16Array(frames * channels);
  for (let i = 0; i < samples.length; i++) samples[i] = body.readInt16LE(i * 2);
  return samples;
}
