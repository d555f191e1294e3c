import { defaultOpusParameters, type OpusParameters } from '../../media/opus-parameters.ts';
import { quote, RoomError } from './room-error.ts';

/**
 * The name of a room or a stream. Whether it can be one is the registry's to say.
 * @throws RoomError bad-value
 */
export function nameArgument(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new RoomError('bad-value', `A name must be a string, not ${quote(value)}.`);
}

/**
 * Bit rate, sample rate and samples per frame. The documented call has them as strings; plain numbers do as
 * well, and `64k` for the bit rate, as in the configuration. Their ranges are the registry's to check.
 * @throws RoomError bad-value
 */
export function opusArguments(values: readonly unknown[]): OpusParameters | undefined {
  if (values.length === 0) return undefined;
  const [bitrate, samplerate, samples] = values;
  return {
    ...defaultOpusParameters,
    bitrateKbps: numberArgument(
      'bitrate',
      typeof bitrate === 'string' ? bitrate.replace(/^(\d+)k$/, '$1') : bitrate,
    ),
    sampleRateHz: numberArgument('samplerate', samplerate),
    samplesPerFrame: numberArgument('samples', samples),
  };
}

/**
 * The state that a mute call may set outright, an extension: "true" or "false", or the JSON values.
 * @throws RoomError bad-value
 */
export function stateArgument(value: unknown): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new RoomError('bad-value', `The state must be "true" or "false", not ${quote(value)}.`);
}

function numberArgument(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  // More digits are no audio parameter, and would lose some of them as a number.
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  throw new RoomError('bad-value', `The ${name} must be a whole number like "480", not ${quote(value)}.`);
}
