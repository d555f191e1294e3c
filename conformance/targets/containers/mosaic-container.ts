import { getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers';
import { announcedAddresses } from './announced-addresses.ts';
import { type ConfigText, emulatorDefaultConfig } from './config-text.ts';
import { freeUdpPort } from './free-udp-port.ts';
import { ServerContainer } from './server-container.ts';
import { StartedServerContainer } from './started-server.ts';

const ports = { http: 8080, https: 8443 };
const configFile = '/etc/mosaic2/flussonic.conf';

/** Somebody else may take the UDP port between the moment it was found free and the start of the container. */
const attempts = 3;

/**
 * The emulator in a container, from the image that the project's `Dockerfile` makes.
 *
 * Clients are told one UDP port for all media. It is the same inside and outside of the container, since candidates
 * name it.
 */
export class MosaicContainer extends ServerContainer {
  #config: ConfigText | undefined;
  #udpPort: number | undefined;

  constructor(image: string) {
    super(image);
    this.withExposedPorts(ports.http, ports.https);
    this.waitForReadiness(ports.http);
  }

  /**
   * @throws TypeError, ConfigError where the configuration cannot be used
   * @throws Error where there is no engine, no image, or the emulator does not become ready
   */
  override async start(): Promise<StartedMosaicContainer> {
    const config = await this.composed(await emulatorDefaultConfig());
    this.#config = config;
    const started = await this.#startWithFreePort();
    return new StartedMosaicContainer(started, config, this.#udpPort!);
  }

  protected override async beforeContainerCreated(): Promise<void> {
    const { info } = await getContainerRuntimeClient();
    const addresses = await announcedAddresses(info.containerRuntime.host);
    this.#mapUdpPort(await freeUdpPort());
    this.putFile(configFile, this.#config!.text);
    this.withCommand(emulatorArguments(this.#udpPort!, addresses));
  }

  async #startWithFreePort(attempt = 1): Promise<StartedTestContainer> {
    try {
      return await super.start();
    } catch (error) {
      if (attempt === attempts || !isPortTaken(error)) throw error;
      return this.#startWithFreePort(attempt + 1);
    }
  }

  /** Instead of the port of an earlier attempt. */
  #mapUdpPort(port: number): void {
    const earlier = `${this.#udpPort}/udp`;
    this.exposedPorts = this.exposedPorts.filter(
      (exposed) => typeof exposed !== 'object' || exposed.container !== this.#udpPort,
    );
    delete this.createOpts.ExposedPorts?.[earlier];
    if (this.hostConfig.PortBindings !== undefined) delete this.hostConfig.PortBindings[earlier];
    this.withExposedPorts({ container: port, host: port, protocol: 'udp' });
    this.#udpPort = port;
  }
}

/** An emulator that runs in a container. */
export class StartedMosaicContainer extends StartedServerContainer {
  readonly #udpPort: number;

  constructor(started: StartedTestContainer, config: ConfigText, udpPort: number) {
    super(started, config, ports);
    this.#udpPort = udpPort;
  }

  /** There is always one, with a certificate that nobody has signed. */
  override getHttpsUrl(): string {
    return super.getHttpsUrl()!;
  }

  /** The port for all media. */
  getUdpPort(): number {
    return this.#udpPort;
  }
}

/** The image's program is `mosaic2`. Listeners of a configuration would not be the ports that are mapped. */
export function emulatorArguments(udpPort: number, announced: readonly string[]): string[] {
  return [
    'emulator',
    ...['--config', configFile],
    ...['--http', String(ports.http)],
    ...['--https', String(ports.https)],
    ...['--udp-port', String(udpPort)],
    ...announced.flatMap((address) => ['--announce', address]),
  ];
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && /port is already allocated|address already in use/i.test(error.message);
}
