import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EmulatorOptions } from './index.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

interface CliOptions {
  readonly config?: string;
  readonly http?: number;
  readonly https?: number;
  readonly profile?: string;
  readonly faults?: string;
  readonly faultsApi?: true;
  readonly udpPort?: number;
  readonly udpPorts?: readonly [number, number];
  readonly announce?: readonly string[];
  readonly logLevel: (typeof logLevels)[number];
}

/** Adds `mosaic2 emulator` to the command line. */
export function addEmulatorCommand(program: Command): void {
  program
    .command('emulator')
    .description('run the emulator until Ctrl-C')
    .option('--config <file>', 'configuration in Flussonic’s format (default: any stream may be published)')
    .option('--http <port>', 'instead of the configured HTTP listeners (default: 8080)', parsePort)
    .option('--https <port>', 'instead of the configured HTTPS listeners (default: 8443)', parsePort)
    .option('--profile <file>', 'JSON file with what was observed where the documentation is silent')
    .option('--faults <file>', 'JSON file of faults on purpose, to rehearse bad days (default: none)')
    .option('--faults-api', 'take faults by HTTP at /faults/api/, with the credentials of edit_auth')
    .option(
      '--udp-port <port>',
      'one UDP port for all media (default: a free one for each session)',
      parsePort,
    )
    .addOption(
      new Option('--udp-ports <first-last>', 'ports for media, one for each session')
        .argParser(parsePortRange)
        .conflicts('udpPort'),
    )
    .addOption(
      new Option(
        '--announce <address...>',
        'addresses that clients are told, instead of those of the machine',
      )
        .env('MOSAIC2_ANNOUNCE')
        .argParser(parseAddresses),
    )
    .addOption(new Option('--log-level <level>', 'what is logged').choices(logLevels).default('info'))
    .action(run);
}

async function run(options: CliOptions): Promise<void> {
  const [emulatorModule, { createLogger }] = await Promise.all([
    import('./index.ts'),
    import('./cli-log.ts'),
  ]);
  const { startEmulator, ConfigError, FaultRuleError, ListenError, ProfileError } = emulatorModule;
  const logger = await createLogger(options.logLevel);
  const emulator = await readOptions(options, emulatorModule)
    .then((read) => startEmulator({ ...read, logger }))
    .catch((error: unknown) => {
      const expected = [ConfigError, FaultRuleError, ListenError, ProfileError, UnreadableFileError];
      if (!expected.some((kind) => error instanceof kind)) throw error;
      process.stderr.write(`${(error as Error).message}\n`);
      process.exit(2);
    });
  const stop = () => {
    // A second Ctrl-C ends it the hard way.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    void emulator.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  const { printWelcome } = await import('./cli-welcome.ts');
  printWelcome(emulator, process.stdout);
  // Ready is said first; then there is time to load what the first publisher would wait for.
  setImmediate(() => void import('./live/load-web-rtc.ts').then(({ loadWebRtc }) => loadWebRtc()));
}

class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

async function readOptions(
  options: CliOptions,
  { defaultConfig, formatConfig, parseFaults, parseProfile }: typeof import('./index.ts'),
): Promise<EmulatorOptions> {
  const { faults: faultsFile, faultsApi } = options;
  const faults = faultsFile === undefined ? {} : parseFaults(await readText(faultsFile), faultsFile);
  return {
    config: options.config === undefined ? formatConfig(defaultConfig()) : await readText(options.config),
    configName: options.config,
    http: options.http === undefined ? undefined : [{ port: options.http }],
    https: options.https === undefined ? undefined : [{ port: options.https }],
    webRtc: {
      ...(options.udpPort !== undefined && { udpPort: options.udpPort }),
      ...(options.udpPorts && { udpPortRange: options.udpPorts }),
      ...(options.announce?.length && { announcedAddresses: options.announce }),
    },
    profile:
      options.profile === undefined
        ? undefined
        : parseProfile(await readText(options.profile), options.profile),
    faults:
      faultsFile === undefined && !faultsApi ? undefined : { ...faults, ...(faultsApi && { api: true }) },
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UnreadableFileError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function parsePortRange(text: string): readonly [number, number] {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const range = [Number(first), Number(last)] as const;
  if (range[0] >= 1 && range[0] <= range[1] && range[1] <= 65535) return range;
  throw new InvalidArgumentError('A range of ports is like 40000-40100.');
}

/** A variable of the environment may hold several addresses, and an empty one none. */
function parseAddresses(text: string, before: readonly string[] = []): readonly string[] {
  const addresses = text.split(/[\s,]+/).filter((address) => address !== '');
  if (addresses.every((address) => isIP(address) !== 0)) return [...before, ...addresses];
  throw new InvalidArgumentError('An IP address is expected: clients are not told names.');
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 (any free port) to 65535.');
}
