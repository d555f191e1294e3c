import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../emulator/index.ts';
import { composeConfig, emulatorDefaultConfig } from './config-text.ts';

describe('composeConfig', () => {
  it('adds rooms to what is there, each with all its options', async () => {
    const { text } = await composeConfig('edit_auth a b;', [
      { name: 'lobby', options: {} },
      {
        name: 'chat/lobby',
        options: { bitrateKbps: 32, sampleRateHz: 16_000, samplesPerFrame: 320, video: true },
      },
    ]);
    expect(text).toBe(`edit_auth a b;
stream lobby { input mosaic2:// bitrate=64 samplerate=48000 samples=960 disable_video=true; }
stream chat/lobby { input mosaic2:// bitrate=32 samplerate=16000 samples=320 disable_video=false; }
`);
  });

  it('knows ports, pairs and rooms with a picture', async () => {
    const config = await composeConfig(
      `http 80; https 443; edit_auth user pass; view_auth viewer secret;
       stream configured { input mosaic2:// disable_video=false; }
       stream sound { input mosaic2://; }`,
      [
        { name: 'added', options: { video: true } },
        { name: 'quiet', options: {} },
      ],
    );
    expect(config).toMatchObject({
      httpPorts: [80],
      httpsPorts: [443],
      editAuth: { user: 'user', password: 'pass' },
      viewAuth: { user: 'viewer', password: 'secret' },
      pictureRooms: ['configured', 'added'],
    });
  });

  it('has no pairs where none are configured', async () => {
    const { editAuth, viewAuth, httpPorts } = await composeConfig('', []);
    expect({ editAuth, viewAuth, httpPorts }).toEqual({
      editAuth: undefined,
      viewAuth: undefined,
      httpPorts: [],
    });
  });

  it.each(['', '/', 'a b', 'a;', 'a {', '"a"', 'lobby/', '/lobby', 'a\nb', '#a', 'x'.repeat(201)])(
    'refuses %j as the name of a room',
    async (name) => {
      await expect(composeConfig('', [{ name, options: {} }])).rejects.toThrow(
        new TypeError(
          `withRoom: a name has letters, digits and _ - . / only, as lobby or chat/lobby, not ${JSON.stringify(name)}`,
        ),
      );
    },
  );

  it('tells of a bad option by its line', async () => {
    const composing = composeConfig('edit_auth a b;', [{ name: 'lobby', options: { sampleRateHz: 44_100 } }]);
    await expect(composing).rejects.toThrow(ConfigError);
    await expect(composing).rejects.toThrow(/flussonic\.conf:2:\d+: .*samplerate/);
  });

  it('tells of a mistake in the configuration itself', async () => {
    await expect(composeConfig('stream a { input mosaic2:// samples=1; }', [])).rejects.toThrow(ConfigError);
  });
});

describe('emulatorDefaultConfig', () => {
  it('guards changes by the documented pair, lets any name be published, and listens nowhere', async () => {
    const config = await composeConfig(await emulatorDefaultConfig(), [{ name: 'lobby', options: {} }]);
    expect(config.editAuth).toEqual({ user: 'user', password: 'pass' });
    expect(config.httpPorts).toEqual([]);
    expect(config.text).toMatch(/input "?publish:\/\/"?;/);
  });
});
