import { templateLines } from '../config-lines.ts';
import type { ConfigText } from './config-text.ts';
import { ServerContainer } from './server-container.ts';
import { type ServerPorts, StartedServerContainer } from './started-server.ts';

const configFile = '/etc/flussonic/flussonic.conf';

/** First segment of the names that may be published where no configuration is given. */
const defaultPrefix = 'mosaic2/';

const defaultConfig = ['http 80;', 'edit_auth user pass;', ...templateLines(defaultPrefix)].join('\n');

/** Its start takes longer than that of an emulator: it asks for its licence. */
const startupTimeoutMs = 120_000;

/** What a Flussonic needs beside its image. */
export interface FlussonicOptions {
  /** The licence key; it is given to the server and shown nowhere. */
  readonly license: string;
}

/**
 * A licensed Flussonic in a container, for those who have its image and a key.
 *
 * It is started as Flussonic's public operator for Kubernetes does it: the key in `LICENSE_KEY`, the configuration
 * below `/etc/flussonic`, no tuning of the host's network, readiness by the v3 API. Media comes from the container's
 * own address, which is reached from the same machine where the engine is a Linux one; nothing public says which UDP
 * ports it takes, so that none are mapped unless `withUdpPorts` names them.
 */
export class FlussonicContainer extends ServerContainer {
  #config: ConfigText | undefined;
  #hasOwnConfig = false;

  /** @throws TypeError where the key is none */
  constructor(image: string, { license }: FlussonicOptions) {
    super(image);
    // The key is not repeated.
    if (typeof license !== 'string' || license.trim() === '' || /\p{Cc}/u.test(license.trim())) {
      throw new TypeError('FlussonicContainer: license is the key itself, one line of text');
    }
    this.withEnvironment({ LICENSE_KEY: license.trim(), DO_NOT_DO_NET_TUNING: 'true' });
    this.withStartupTimeout(startupTimeoutMs);
  }

  override withConfig(text: string): this {
    this.#hasOwnConfig = true;
    return super.withConfig(text);
  }

  /**
   * Maps UDP ports for media to the same ports of the host.
   * @throws TypeError for what is no range of ports
   */
  withUdpPorts(first: number, last: number): this {
    if (!isPort(first) || !isPort(last) || first > last) {
      throw new TypeError(`FlussonicContainer: UDP ports are a range as 40000, 40100, not ${first}, ${last}`);
    }
    const range = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return this.withExposedPorts(
      ...range.map((port) => ({ container: port, host: port, protocol: 'udp' as const })),
    );
  }

  /**
   * @throws TypeError, ConfigError where the configuration cannot be used
   * @throws Error where there is no engine, no image, or the server does not become ready
   */
  override async start(): Promise<StartedFlussonicContainer> {
    const config = await this.prepare();
    const started = await super.start();
    // What the caller's configuration lets be published is for the caller to know.
    const prefix = this.#hasOwnConfig ? undefined : defaultPrefix;
    return new StartedFlussonicContainer(started, config, portsOf(config), prefix);
  }

  /** All but the start itself: the configuration as it will be, its file and its ports. */
  protected async prepare(): Promise<ConfigText> {
    const config = await this.composed(defaultConfig);
    const { http, https } = portsOf(config);
    if (this.#config === undefined) this.withExposedPorts(http, ...(https === undefined ? [] : [https]));
    this.#config = config;
    this.putFile(configFile, config.text);
    this.waitForReadiness(http);
    return config;
  }
}

/** A Flussonic that runs in a container. */
export class StartedFlussonicContainer extends StartedServerContainer {}

/** @throws TypeError where there is nothing to map */
function portsOf({ httpPorts, httpsPorts }: ConfigText): ServerPorts {
  const [http] = httpPorts;
  if (http === undefined || !isPort(http)) {
    throw new TypeError('FlussonicContainer: the configuration needs a listener with a port, as http 80;');
  }
  return { http, https: httpsPorts[0] };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
