import { Option } from 'commander';
import { turnForm } from './turn-server.ts';

/** `--turn`, the same for every command that has bots; read by `urlTarget`, which repeats no password in an error. */
export function turnOption(): Option {
  return new Option('--turn <url>', `a TURN server that all media of the bots goes through: ${turnForm}`);
}
