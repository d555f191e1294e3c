import type { StartedTestContainer } from 'testcontainers';
import { describe, expect, it } from 'vitest';
import { composeConfig } from './config-text.ts';
import { StartedServerContainer } from './started-server.ts';

/** One whose engine maps port n to 10000 + n. */
function runningAt(host: string): StartedTestContainer {
  const running: Pick<StartedTestContainer, 'getHost' | 'getMappedPort'> = {
    getHost: () => host,
    getMappedPort: (port: number | string) => 10_000 + Number(port),
  };
  return running as StartedTestContainer;
}

async function serverWith(config: string, host = 'localhost', prefix?: string) {
  const composed = await composeConfig(config, []);
  return new StartedServerContainer(runningAt(host), composed, { http: 80, https: 443 }, prefix);
}

describe('StartedServerContainer', () => {
  it('has the URLs as they are reached from here', async () => {
    const server = await serverWith('edit_auth user pass;');
    expect(server.getHttpUrl()).toBe('http://localhost:10080');
    expect(server.getHttpsUrl()).toBe('https://localhost:10443');
    expect(server.getWhipUrl('chat/alice & bob')).toBe('http://localhost:10080/chat/alice%20%26%20bob/whip');
    expect(server.getWhepUrl('lobby')).toBe('http://localhost:10080/lobby/whep');
    expect(server.getWhepUrl('lobby', 'v1a3')).toBe('http://localhost:10080/lobby/whep?start_track=v1a3');
  });

  it('writes an address of IPv6 in brackets', async () => {
    expect((await serverWith('', 'fd00::1')).getHttpUrl()).toBe('http://[fd00::1]:10080');
  });

  it('has no https URL where there is no such listener', async () => {
    const server = new StartedServerContainer(runningAt('localhost'), await composeConfig('', []), {
      http: 80,
      https: undefined,
    });
    expect(server.getHttpsUrl()).toBeUndefined();
  });

  it('hands credentials to the suite as they are, whatever stands in them', async () => {
    const server = await serverWith('edit_auth "us@er" "p@ss/%41 w";\nview_auth viewer secret;');
    expect(server.getCredentials()).toEqual({ user: 'us@er', password: 'p@ss/%41 w' });
    expect(server.getViewCredentials()).toEqual({ user: 'viewer', password: 'secret' });
    expect(server.getTarget()).toMatchObject({
      name: 'http://localhost:10080',
      credentials: { user: 'us@er', password: 'p@ss/%41 w' },
    });
  });

  it('is a target without a pair where changes are open to everybody', async () => {
    const server = await serverWith('');
    expect(server.getCredentials()).toBeUndefined();
    expect(server.getTargetUrl()).toBe('http://localhost:10080');
    expect(server.getTarget().credentials).toEqual({ user: '', password: '' });
  });

  it('gives the suite its rooms with a picture, and the prefix that may be published', async () => {
    const server = await serverWith('stream p { input mosaic2:// disable_video=false; }', 'localhost', 'x/');
    expect(server.getTarget()).toMatchObject({ configured: { pictures: ['p', 'p', 'p'] }, prefix: 'x/' });
  });
});
