import { AbstractStartedContainer, type StartedTestContainer } from 'testcontainers';
import type { Target } from '../target.ts';
import { urlTarget } from '../url.ts';
import type { ConfigText, Credentials } from './config-text.ts';

/** Ports inside of a container. */
export interface ServerPorts {
  readonly http: number;
  /** Missing: the server has no TLS. */
  readonly https: number | undefined;
}

/** A server that runs in a container: where it is, and who may do what. */
export class StartedServerContainer extends AbstractStartedContainer {
  readonly #config: ConfigText;
  readonly #ports: ServerPorts;
  readonly #prefix: string | undefined;

  /** @param prefix of the names that may be published; missing: any may */
  constructor(started: StartedTestContainer, config: ConfigText, ports: ServerPorts, prefix?: string) {
    super(started);
    this.#config = config;
    this.#ports = ports;
    this.#prefix = prefix;
  }

  /** `http://localhost:32768`, as it is reached from here. */
  getHttpUrl(): string {
    return `http://${this.#hostInUrls()}:${this.getMappedPort(this.#ports.http)}`;
  }

  /** `https://localhost:32769`; missing where the configuration has no such listener. */
  getHttpsUrl(): string | undefined {
    const { https } = this.#ports;
    return https === undefined ? undefined : `https://${this.#hostInUrls()}:${this.getMappedPort(https)}`;
  }

  /** The `edit_auth` pair; missing where the configuration has none. */
  getCredentials(): Credentials | undefined {
    return this.#config.editAuth;
  }

  /** The `view_auth` pair; missing where the configuration has none. */
  getViewCredentials(): Credentials | undefined {
    return this.#config.viewAuth;
  }

  /** The server as `--target` takes it: `http://user:pass@localhost:32768`. */
  getTargetUrl(): string {
    const { user, password } = this.getCredentials() ?? { user: '', password: '' };
    const url = new URL(this.getHttpUrl());
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(password);
    return url.href.replace(/\/$/, '');
  }

  /** Where a stream is published by WHIP. */
  getWhipUrl(stream: string): string {
    return `${this.getHttpUrl()}/${encodePath(stream)}/whip`;
  }

  /** Where a stream is played by WHEP; `tracks` as `a1` or `v1a3`, by default the server's choice. */
  getWhepUrl(stream: string, tracks?: string): string {
    const query = tracks === undefined ? '' : `?start_track=${encodeURIComponent(tracks)}`;
    return `${this.getHttpUrl()}/${encodePath(stream)}/whep${query}`;
  }

  /** For `runConformance`. Rooms of the configuration that have a picture are used by the suite. */
  getTarget(): Target {
    return urlTarget(this.getTargetUrl(), { rooms: this.#config.pictureRooms, prefix: this.#prefix });
  }

  /** An address of IPv6 stands in brackets. */
  #hostInUrls(): string {
    const host = this.getHost();
    return host.includes(':') ? `[${host}]` : host;
  }
}

function encodePath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
