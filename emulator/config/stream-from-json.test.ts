import { describe, expect, it } from 'vitest';
import { StreamSettingsError, streamFromJson } from './stream-from-json.ts';

describe('streamFromJson', () => {
  it('reads a room with the options of the configuration file, as texts or as values', () => {
    for (const options of [
      { bitrate: 128, samplerate: 16000, samples: 320, disable_video: false },
      { bitrate: '128', samplerate: '16000', samples: '320', disable_video: 'false' },
    ]) {
      expect(streamFromJson('a room', { inputs: [{ url: 'mosaic2://', ...options }] })).toMatchObject({
        name: 'a room',
        mosaic: {
          opus: { bitrateKbps: 128, sampleRateHz: 16000, samplesPerFrame: 320 },
          disableVideo: false,
        },
      });
    }
  });

  it('reads a publishing point with a password', () => {
    const stream = { name: 'chat/alice', inputs: [{ url: 'publish://' }], password: 'a "secret";}' };
    expect(streamFromJson('chat/alice', stream)).toMatchObject({
      name: 'chat/alice',
      inputs: [{ url: 'publish://', options: [] }],
      password: 'a "secret";}',
    });
  });

  it.each([
    ['no object', [], 'must be an object'],
    ['no inputs', {}, 'inputs must be a list'],
    ['too many inputs', { inputs: Array(11).fill({ url: 'publish://' }) }, '1 to 10'],
    ['another name', { name: 'other', inputs: [{ url: 'publish://' }] }, 'another one than in the path'],
    ['another input', { inputs: [{ url: 'file:///etc/passwd' }] }, 'one of mosaic2://, publish://'],
    ['options in the URL', { inputs: [{ url: 'mosaic2://?bitrate=64' }] }, 'one of mosaic2://'],
    ['an unknown option', { inputs: [{ url: 'mosaic2://', fps: 5 }] }, '"fps" is not known here'],
    ['an option of a publishing point', { inputs: [{ url: 'publish://', bitrate: 5 }] }, 'not known here'],
    ['a bad value', { inputs: [{ url: 'mosaic2://', bitrate: 9999 }] }, 'bitrate must be'],
    ['an object for a value', { inputs: [{ url: 'mosaic2://', bitrate: {} }] }, 'bitrate must be a string'],
    ['words in a value', { inputs: [{ url: 'mosaic2://', bitrate: '64; } stream x {' }] }, 'bitrate must be'],
    ['two rooms', { inputs: [{ url: 'mosaic2://' }, { url: 'mosaic2://' }] }, 'one mosaic2:// input'],
    ['a member of its own', { inputs: [{ url: 'publish://' }], static: true }, '"static" is not known here'],
    ['an empty password', { inputs: [{ url: 'publish://' }], password: '' }, 'password must be a string'],
  ])('refuses %s', (_what, json, message) => {
    expect(() => streamFromJson('s', json)).toThrow(StreamSettingsError);
    expect(() => streamFromJson('s', json)).toThrow(message);
  });

  it.each(['', '/a', 'a/../b', 'a\u0000'])('refuses the name %j', (name) => {
    expect(() => streamFromJson(name, { inputs: [{ url: 'publish://' }] })).toThrow(StreamSettingsError);
  });
});
