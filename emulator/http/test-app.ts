import { pino } from 'pino';
import { type AppOptions, buildApp } from './app.ts';
import { FakeServices } from './fake-services.ts';

export const silentLogger = pino({ level: 'silent' });

/** All routes over fake services, for tests that inject requests. */
export function testApp(
  streams: Readonly<Record<string, string | undefined>> = {},
  options: Partial<AppOptions> = {},
) {
  const services = new FakeServices(streams);
  const app = buildApp(services, { logger: silentLogger, ...options });
  return { app, services };
}

/** The header of HTTP Basic. */
export function basic(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
