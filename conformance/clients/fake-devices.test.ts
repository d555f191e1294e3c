import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readWav } from '../../media/wav.ts';
import { findCells } from '../picture/find-cells.ts';
import { writeFakeDevices } from './fake-devices.ts';

const picture = { bot: 7, width: 160, height: 96, fps: 5 };

describe('writeFakeDevices', () => {
  it('writes whole periods of the sound, and the numbered pictures of the bot', async () => {
    const sound = Float32Array.from({ length: 4800 }, (_, n) => n / 48_000);
    const devices = await writeFakeDevices({ ...picture, sound });
    const { sampleRateHz, channels, samples } = readWav(readFileSync(devices.microphone));
    expect({ sampleRateHz, channels, samples: samples.length }).toEqual({
      sampleRateHz: 48_000,
      channels: 1,
      samples: 480_000,
    });
    expect([samples[4799], samples[4800], samples[4801]]).toEqual([3276, 0, 1]);

    const camera = readFileSync(devices.camera);
    const bytes = (160 * 96 * 3) / 2;
    const marks = camera.toString('latin1').split('FRAME\n').length - 1;
    expect(marks).toBe(20);
    const last = { width: 160, height: 96, data: camera.subarray(camera.length - bytes) };
    expect(findCells(last)).toMatchObject([{ bot: 7, frame: 19 }]);

    await devices.remove();
    expect(existsSync(devices.microphone)).toBe(false);
  });

  it('refuses a sound that would have a seam', async () => {
    await expect(writeFakeDevices({ ...picture, sound: new Float32Array(100) })).rejects.toThrow(
      '100 samples',
    );
  });
});
