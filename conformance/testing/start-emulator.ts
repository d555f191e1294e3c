import { type Emulator, type EmulatorOptions, startEmulator as start } from '../../emulator/index.ts';
import { urlTarget } from '../targets/url.ts';
import { Bots } from './bots.ts';

/** An emulator with bots for tests. */
export interface TestEmulator extends Emulator, Pick<Bots, 'addRoom' | 'command' | 'publish' | 'listen'> {
  /** The first of its URLs, without a slash at the end. */
  readonly url: string;
}

/**
 * Starts an emulator on a free port, with bots to publish and to listen there. Closing it ends the bots first.
 * @throws ConfigError, PortInUseError, ListenError, TypeError as the emulator alone
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<TestEmulator> {
  const emulator = await start(options);
  const url = (emulator.httpUrls[0] ?? emulator.httpsUrls[0])!;
  const { user = '', password = '' } = emulator.config.editAuth ?? {};
  // Its certificate is its own.
  const target = { ...urlTarget(url, { insecure: true }), credentials: { user, password } };
  const bots = new Bots(target);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= bots.close().then(() => emulator.close());
    return closing;
  };
  return {
    ...emulator,
    url,
    addRoom: (...args) => bots.addRoom(...args),
    command: (...args) => bots.command(...args),
    publish: (...args) => bots.publish(...args),
    listen: (...args) => bots.listen(...args),
    close,
    [Symbol.asyncDispose]: close,
  };
}
