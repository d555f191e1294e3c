import type { Probe } from '../probe.ts';

/** What the server says of itself. */
export const serverProbe: Probe = {
  name: 'the server’s name and version',
  fields: ['server.header', 'server.version'],
  async run(lab, findings) {
    const answer = await lab.api.request('/streamer/api/v3/monitoring/liveness');
    const header = answer.evidence.responseHeaders.server;
    if (header === undefined) findings.unknown('server.header', 'there is no Server header');
    else findings.found('server.header', header, answer, `Server: ${header}`);
    const version = (answer.json as { server_version?: unknown } | undefined)?.server_version;
    if (typeof version === 'string') findings.found('server.version', version, answer);
    else
      findings.unknown('server.version', `liveness is answered ${answer.status}, without a server_version`);
  },
};
