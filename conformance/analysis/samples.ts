/** All analysis is done at 48 kHz mono (RFC 7587 §4.1), on samples from -1 to 1. */
export const sampleRateHz = 48000;

/** Samples of Opus's usual 20 ms frame at 48 kHz. */
export const samplesPerFrame = 960;

/** 16-bit samples to -1..1; -32768 is -1. */
export function floatFromInt16(pcm: Int16Array): Float32Array {
  const samples = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) samples[i] = pcm[i]! / 32768;
  return samples;
}

/** 16-bit little-endian bytes to -1..1; an odd last byte is left out. */
export function floatFromBuffer(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(bytes.byteLength >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(i * 2, true) / 32768;
  return samples;
}

/** -1..1 to 16 bit, rounded; what lies outside is limited, never wrapped. */
export function int16FromFloat(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    pcm[i] = Math.max(-32768, Math.min(32767, Math.round(samples[i]! * 32768)));
  }
  return pcm;
}

/** Joins pieces of a recording. */
export function concatSamples(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
