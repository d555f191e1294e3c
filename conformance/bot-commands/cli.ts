import { type Command, InvalidArgumentError, Option } from 'commander';
import { signallingOption } from '../bots/signalling-option.ts';
import { turnOption } from '../bots/turn-option.ts';
import { valueBy } from '../option-values.ts';
import { stopSignal } from '../run/stop-signal.ts';
import { parseShard } from '../shard/split.ts';
import type { RunBotsOptions } from './run-bots.ts';
import type { RunListenerOptions } from './run-listener.ts';

/** Adds `mosaic2 bots` and `mosaic2 listen` to the command line. */
export function addBotCommands(program: Command): void {
  program
    .command('bots')
    .description('fill a room with publishers, each with a sound of its own, until Ctrl-C')
    .requiredOption('--target <url>', 'http://user:pass@host[:port], the pair of edit_auth')
    .option('--insecure', insecureHelp)
    .addOption(signallingOption())
    .addOption(turnOption())
    .requiredOption('--room <name>', 'the room; it is made, and removed at the end, where there is none')
    .option('--count <n>', 'how many; at most 64 for each process', parseCount, 3)
    .option('--shard <i/n>', 'run only a part of them, as one of n processes', valueBy(parseShard))
    .option('--seconds <s>', 'leave after so long', parseSeconds)
    .addOption(new Option('--sound <kind>', 'what they send').choices(['tones', 'speech']).default('tones'))
    .addOption(
      new Option(
        '--picture [kind]',
        'they publish a picture, too: painted ones, or samples of all shapes',
      ).choices(['painted', 'samples']),
    )
    .option('--level <dBFS>', 'highest sample of a tone', parseLevel, -20)
    .action(async (options: RunBotsOptions) => {
      const { runBots } = await import('./run-bots.ts');
      process.exitCode = await runBots(options, stopSignal());
    });
  program
    .command('listen')
    .description('listen to one track of a room, and keep it as a WAV file; Ctrl-C ends it early')
    .requiredOption('--target <url>', 'http://host[:port]')
    .option('--insecure', insecureHelp)
    .addOption(signallingOption())
    .addOption(turnOption())
    .requiredOption('--room <name>', 'the room, or any stream')
    .option('--track <id>', 'a1 is everybody', 'a1')
    .option('--seconds <s>', 'how long', parseSeconds, 5)
    .option('--out <file>', 'WAV file, 48 kHz mono')
    .action(async (options: RunListenerOptions) => {
      const { runListener } = await import('./run-listener.ts');
      process.exitCode = await runListener(options, stopSignal());
    });
}

const insecureHelp = 'take any certificate of the target, such as a self-signed one';

function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 10_000) return count;
  throw new InvalidArgumentError('A count is a whole number from 1 to 10000.');
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new InvalidArgumentError('Seconds are a number above 0.');
}

function parseLevel(text: string): number {
  const level = Number(text);
  if (level <= 0 && level >= -80) return level;
  throw new InvalidArgumentError('A level is a number of dBFS from -80 to 0.');
}
