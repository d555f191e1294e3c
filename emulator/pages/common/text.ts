/** `1:05`, `2:03:04`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Lost packets with their share: `12 (0.3 %)`. */
export function lossText(lost: number, packets: number): string {
  if (lost <= 0) return '0';
  return `${lost} (${((100 * lost) / (lost + packets)).toFixed(1)} %)`;
}

/** `20 ms` of 960 samples at 48 kHz. */
export function opusText(room: {
  bitrateKbps: number;
  sampleRateHz: number;
  samplesPerFrame: number;
}): string {
  const frameMs = (room.samplesPerFrame * 1000) / room.sampleRateHz;
  return `Opus ${room.bitrateKbps} kbit/s, ${room.sampleRateHz / 1000} kHz, ${frameMs} ms`;
}
