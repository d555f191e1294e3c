import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';
import { type ConfigText, type ConfiguredRoom, composeConfig, type RoomOptions } from './config-text.ts';

/** Says, without credentials, that the server has started. Flussonic's own operator for Kubernetes asks for it. */
const readinessPath = '/streamer/api/v3/monitoring/readiness';

/** Of what a server printed, so much is shown where it has ended instead of getting ready. */
const shownLogLines = 20;

/** What the containers of all servers have in common: a configuration with rooms. */
export abstract class ServerContainer extends GenericContainer {
  #config: string | undefined;
  readonly #rooms: ConfiguredRoom[] = [];
  #containerId: string | undefined;

  /**
   * Uses a configuration in Flussonic's format.
   * @param text what stands in the file, not its name
   */
  withConfig(text: string): this {
    this.#config = text;
    return this;
  }

  /**
   * Adds a room to the configuration.
   * @param name letters, digits and `_ - . /`
   */
  withRoom(name: string, options: RoomOptions = {}): this {
    this.#rooms.push({ name, options });
    return this;
  }

  /**
   * Starts the container, or leaves none behind.
   * @throws Error where there is no engine or no image; or, with what it printed, where the server has ended
   */
  override async start(): Promise<StartedTestContainer> {
    this.#containerId = undefined;
    try {
      return await super.start();
    } catch (error) {
      throw await this.#removeFailed(error);
    }
  }

  protected override async containerCreated(containerId: string): Promise<void> {
    this.#containerId = containerId;
  }

  /**
   * The whole configuration.
   * @throws TypeError for a room's name, ConfigError for everything else that cannot be used
   */
  protected composed(defaultConfig: string): Promise<ConfigText> {
    return composeConfig(this.#config ?? defaultConfig, this.#rooms);
  }

  /** Puts a file into the container, instead of the one that an earlier start had there. */
  protected putFile(target: string, content: string): void {
    this.contentsToCopy = this.contentsToCopy.filter((file) => file.target !== target);
    this.withCopyContentToContainer([{ target, content }]);
  }

  /** Waits until the server says that it is ready, unless the caller waits for something else. */
  protected waitForReadiness(port: number): void {
    this.waitStrategy ??= Wait.forHttp(readinessPath, port, { abortOnContainerExit: true }).forStatusCode(
      200,
    );
  }

  /** @returns the error, or a better one */
  async #removeFailed(error: unknown): Promise<unknown> {
    if (this.#containerId === undefined) return error;
    const client = (await getContainerRuntimeClient()).container;
    const failed = client.getById(this.#containerId);
    // Where it was waited for in vain, it is gone already.
    const state = await failed.inspect().then(
      ({ State }) => State,
      () => undefined,
    );
    if (state === undefined) return error;
    const log = await failed.logs({ stdout: true, stderr: true, tail: shownLogLines });
    await client.remove(failed, { removeVolumes: true });
    if (state.Status !== 'exited') return error;
    const lines = textOfLog(log);
    return new Error(`the server has ended with code ${state.ExitCode}: ${lines}`, { cause: error });
  }
}

/** Without the header of eight bytes that the engine puts before each piece of output. */
function textOfLog(log: Buffer): string {
  const pieces: string[] = [];
  for (let at = 0; at + 8 <= log.length; ) {
    const length = log.readUInt32BE(at + 4);
    pieces.push(log.toString('utf8', at + 8, at + 8 + length));
    at += 8 + length;
  }
  return pieces.join('').trim() || 'it printed nothing';
}
