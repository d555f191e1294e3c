import { describe, expect, it } from 'vitest';
import { defaultConfig } from './default-config.ts';
import { formatConfig } from './format-config.ts';
import { parseConfig } from './parse-config.ts';
import { acceptsPublishing, matchTemplate } from './publishing.ts';

const config = parseConfig(
  `template chat { prefix chat; input publish://; }
   template deep { prefix chat/vip/; input publish://; password secret; }
   template cameras { prefix cam; input rtsp://x; }
   stream lobby { input mosaic2://; }
   stream alice { input publish://; }`,
  'x.conf',
);

describe('matchTemplate', () => {
  it.each([
    ['chat/alice', 'chat'],
    ['chat/a/b', 'chat'],
    ['chat/vip', 'chat'],
    ['chat/vip/alice', 'deep'],
    ['cam/1', 'cameras'],
    ['chat', undefined],
    ['chat/', undefined],
    ['chatter/alice', undefined],
    ['other/chat/alice', undefined],
    ['alice', undefined],
    ['', undefined],
  ])('%s belongs to %s', (name, template) => {
    expect(matchTemplate(config, name)?.name).toBe(template);
  });
});

describe('acceptsPublishing', () => {
  it('is true with publish:// alone', () => {
    expect(config.streams.map(acceptsPublishing)).toEqual([false, true]);
    expect(config.templates.map(acceptsPublishing)).toEqual([true, true, false]);
  });
});

describe('defaultConfig', () => {
  it('lets any name be published, and can be written as a file', () => {
    const template = matchTemplate(defaultConfig(), 'whatever/it is');
    expect(template && acceptsPublishing(template)).toBe(true);
    expect(formatConfig(defaultConfig())).toBe(
      'http 8080;\nhttps 8443;\nedit_auth user pass;\n\ntemplate any {\n  prefix "";\n  input publish://;\n}\n',
    );
    expect(parseConfig(formatConfig(defaultConfig()), 'x.conf')).toEqual(defaultConfig());
  });
});
