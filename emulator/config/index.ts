export { defaultConfig } from './default-config.ts';
export { ConfigError, type Diagnostic, formatDiagnostic, type Position } from './diagnostics.ts';
export { formatConfig } from './format-config.ts';
export { parseConfig } from './parse-config.ts';
export { acceptsPublishing, matchTemplate } from './publishing.ts';
export { StreamSettingsError, streamFromJson } from './stream-from-json.ts';
export type {
  Credentials,
  InputConfig,
  Listener,
  MosaicConfig,
  ServerConfig,
  StreamConfig,
  TemplateConfig,
} from './types.ts';
