import type { Logger } from './logger.ts';

/** Logs to standard error: lines for people at a terminal, JSON for everybody else. */
export async function createLogger(level: string): Promise<Logger> {
  const { pino } = await import('pino');
  if (!process.stderr.isTTY) return pino({ level }, pino.destination(2));
  const { default: pretty } = await import('pino-pretty');
  return pino({ level }, pretty({ destination: 2, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' }));
}
