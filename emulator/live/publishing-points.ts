import { matchTemplate } from '../config/index.ts';
import type { ServerConfig, StreamConfig } from '../config/types.ts';
import type { SecretCheck } from '../http/auth.ts';
import { PublishForbiddenError, PublishPasswordError, StreamNotFoundError } from '../http/services.ts';
import type { RoomRegistry } from '../rooms/registry.ts';

const publishUrl = 'publish://';

/** A name that may be published to, or is known from the configuration. */
export interface PublishingPoint {
  readonly namedBy: 'config' | 'user';
  readonly inputUrl: string;
  /** True: a publisher is welcome, given the password. */
  readonly takesPublishers: boolean;
  readonly password?: string | undefined;
}

/** Knows which names may be published to: by the configuration, by a template, or because a room has them. */
export class PublishingPoints {
  readonly #config: ServerConfig;
  readonly #configured: Map<string, StreamConfig>;
  readonly #rooms: RoomRegistry;
  readonly #isInUse: (name: string) => boolean;
  readonly #isSame: SecretCheck;
  /** Streams that some room has; `undefined` after a change, until somebody asks. */
  #members: ReadonlySet<string> | undefined;

  /** @param isInUse whether somebody publishes or watches the stream now: for so long it does not go */
  constructor(
    config: ServerConfig,
    rooms: RoomRegistry,
    isInUse: (name: string) => boolean,
    isSame: SecretCheck,
  ) {
    this.#config = config;
    this.#configured = new Map(config.streams.map((stream) => [stream.name, stream]));
    this.#rooms = rooms;
    this.#isInUse = isInUse;
    this.#isSame = isSame;
    rooms.onEvent(() => {
      this.#members = undefined;
    });
  }

  /** What is known of a name; rooms are no publishing points. */
  find(name: string): PublishingPoint | undefined {
    if (this.#rooms.room(name) !== undefined) return undefined;
    const stream = this.#configured.get(name);
    if (stream !== undefined && stream.mosaic === undefined) {
      const inputUrl = stream.inputs[0]?.url ?? publishUrl;
      const takesPublishers = stream.inputs.some((input) => input.url.startsWith(publishUrl));
      return { namedBy: 'config', inputUrl, takesPublishers, password: stream.password };
    }
    const template = matchTemplate(this.#config, name);
    if (template === undefined && !this.#memberNames().has(name) && !this.#isInUse(name)) return undefined;
    return { namedBy: 'user', inputUrl: publishUrl, takesPublishers: true, password: template?.password };
  }

  /** From here on the configuration has this stream, in place of the one of its name. */
  configure(stream: StreamConfig): void {
    this.#configured.set(stream.name, stream);
  }

  /** From here on it has none of that name. @returns the one it had */
  forget(name: string): StreamConfig | undefined {
    const stream = this.#configured.get(name);
    this.#configured.delete(name);
    return stream;
  }

  /**
   * @throws StreamNotFoundError where nobody knows the name
   * @throws PublishForbiddenError where it is a room or has another kind of input
   * @throws PublishPasswordError where the password is wrong
   */
  authorise(name: string, password: string | undefined): void {
    if (this.#rooms.room(name) !== undefined) {
      throw new PublishForbiddenError(
        `${name} is a chat room: publish a stream of your own and add it to the room.`,
      );
    }
    const point = this.find(name);
    if (point === undefined) {
      throw new StreamNotFoundError(
        `There is no stream ${name}, and no template allows it: configure it, or add it to a room first.`,
      );
    }
    if (!point.takesPublishers) throw new PublishForbiddenError(`${name} has no publish:// input.`);
    if (point.password !== undefined && !this.#isSame(point.password, password ?? '')) {
      throw new PublishPasswordError(`${name} wants another password than the one given.`);
    }
  }

  /** Says whose a name is that no room can have, as the end of a sentence; `undefined` where it is free. */
  ownerOf(name: string): string | undefined {
    const stream = this.#configured.get(name);
    if (stream !== undefined && stream.mosaic === undefined) return 'a stream of the configuration';
    return this.#isInUse(name) ? 'a stream that is published or watched now' : undefined;
  }

  /** Names that are known without anybody publishing: configured ones and members of rooms. */
  names(): Set<string> {
    const names = new Set<string>();
    for (const [name, stream] of this.#configured) if (stream.mosaic === undefined) names.add(name);
    for (const name of this.#memberNames()) names.add(name);
    return names;
  }

  /** Whether `names` has it. */
  isNamed(name: string): boolean {
    const stream = this.#configured.get(name);
    return (stream !== undefined && stream.mosaic === undefined) || this.#memberNames().has(name);
  }

  /** Kept, since lists of streams ask for each name, many times a second while a page is open. */
  #memberNames(): ReadonlySet<string> {
    this.#members ??= new Set(
      this.#rooms.rooms().flatMap((room) => room.members.map((member) => member.stream)),
    );
    return this.#members;
  }
}
