import type { Logger as PinoLogger } from 'pino';

/** Structured logging as pino does it; parts of the emulator only know this type. */
export type Logger = PinoLogger;
