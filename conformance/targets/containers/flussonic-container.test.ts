import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../emulator/index.ts';
import { FlussonicContainer } from './flussonic-container.ts';

/** Shows what would be started. */
class Shown extends FlussonicContainer {
  async shown() {
    await this.prepare();
    return {
      env: this.createOpts.Env,
      files: this.contentsToCopy,
      ports: Object.keys(this.createOpts.ExposedPorts ?? {}),
      bindings: this.hostConfig.PortBindings,
    };
  }
}

const flussonic = () => new Shown('flussonic/flussonic:v24.02', { license: 'l4|KEY|0' });

describe('FlussonicContainer', () => {
  it('gives the server its licence, and a configuration that the suite can use', async () => {
    const { env, files, ports } = await flussonic().withRoom('lobby', { video: true }).shown();
    expect(env).toEqual(['LICENSE_KEY=l4|KEY|0', 'DO_NOT_DO_NET_TUNING=true']);
    expect(files).toEqual([
      {
        target: '/etc/flussonic/flussonic.conf',
        content: `http 80;
edit_auth user pass;
template mosaic2 { prefix mosaic2; input publish://; }
stream lobby { input mosaic2:// bitrate=64 samplerate=48000 samples=960 disable_video=false; }
`,
      },
    ]);
    expect(ports).toEqual(['80/tcp']);
  });

  it('listens where a configuration of one’s own says, and keeps what the emulator does not know', async () => {
    const config = 'http 8081;\nhttps 8444;\ncluster_key secret;\nedit_auth a b;';
    const { files, ports } = await flussonic().withConfig(config).shown();
    expect(files[0]?.content).toBe(`${config}\n`);
    expect(ports).toEqual(['8081/tcp', '8444/tcp']);
  });

  it('has one file however often it is started', async () => {
    const container = flussonic();
    await container.shown();
    expect((await container.shown()).files).toHaveLength(1);
  });

  it('maps UDP ports to the same ports of the host, since candidates name them', async () => {
    const { bindings } = await flussonic().withUdpPorts(40_000, 40_001).shown();
    expect(bindings).toMatchObject({
      '40000/udp': [{ HostPort: '40000' }],
      '40001/udp': [{ HostPort: '40001' }],
    });
  });

  it.each([
    [0, 10],
    [40_001, 40_000],
    [1, 65_536],
    [1.5, 2],
  ])('refuses the UDP ports %d to %d', (first, last) => {
    expect(() => flussonic().withUdpPorts(first, last)).toThrow(`not ${first}, ${last}`);
  });

  it.each(['edit_auth a b;', 'http 0;'])(
    'refuses a configuration that is not reached: %s',
    async (config) => {
      await expect(flussonic().withConfig(config).shown()).rejects.toThrow(
        'the configuration needs a listener with a port, as http 80;',
      );
    },
  );

  it('tells of mistakes before anything is started', async () => {
    await expect(flussonic().withConfig('http 80; stream {').shown()).rejects.toThrow(ConfigError);
  });

  it.each(['', '  ', 'two\nlines'])('refuses %j as a licence, and does not repeat it', (license) => {
    expect(() => new FlussonicContainer('flussonic/flussonic', { license })).toThrow(
      new TypeError('FlussonicContainer: license is the key itself, one line of text'),
    );
  });
});
