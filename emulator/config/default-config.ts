import { deepFreeze } from '../profile.ts';
import type { ServerConfig } from './types.ts';

/**
 * The configuration where no file is given: HTTP on 8080, HTTPS on 8443, the documentation's `user:pass` for
 * what changes something, reading open, and a template that allows publishing under any name.
 */
export function defaultConfig(): ServerConfig {
  return deepFreeze<ServerConfig>({
    http: [{ port: 8080 }],
    https: [{ port: 8443 }],
    editAuth: { user: 'user', password: 'pass' },
    streams: [],
    templates: [{ name: 'any', prefix: '', inputs: [{ url: 'publish://', options: [] }] }],
    warnings: [],
  });
}
