import type { ConfiguredStreams } from './target.ts';

/** The rooms that the emulator under test is configured with. */
export const configuredStreams = {
  snippet: 'ROOM_NAME',
  defaults: 'configured/defaults',
  options: 'configured/options',
  urlSpelling: 'configured/url-spelling',
  soundOnly: 'configured/sound-only',
  pictures: ['configured/pictures-1', 'configured/pictures-2', 'configured/pictures-3'],
} satisfies ConfiguredStreams;

/** Its configuration; the documentation's own snippet comes last, for it is printed without a closing brace. */
export const emulatorConfig = `
http 127.0.0.1:0;
edit_auth user pass;
stream ${configuredStreams.defaults} { input mosaic2://; }
stream ${configuredStreams.options} { input mosaic2:// samplerate=16000 samples=320; }
stream ${configuredStreams.urlSpelling} { url mosaic2://; }
stream ${configuredStreams.soundOnly} { input mosaic2:// disable_video=true; }
${configuredStreams.pictures.map((name) => `stream ${name} { input mosaic2:// disable_video=false; }`).join('\n')}
stream ROOM_NAME  {
  input mosaic2:// bitrate=128;
`;
