import type { Command } from 'commander';
import { signallingOption } from '../bots/signalling-option.ts';
import { turnOption } from '../bots/turn-option.ts';
import { stopSignal } from '../run/stop-signal.ts';
import { parsePrefix, parseRoom } from '../targets/target-options.ts';
import type { RunRecordOptions } from './run-record.ts';

/** Adds `mosaic2 record` to the command line. */
export function addRecordCommand(program: Command): void {
  program
    .command('record')
    .description(
      'find out what a server decides where the documentation is silent, as a profile to imitate it',
    )
    .requiredOption('--target <url>', 'http://user:pass@host[:port], the pair of edit_auth')
    .option('--insecure', 'take any certificate of the target, such as a self-signed one')
    .addOption(signallingOption())
    .addOption(turnOption())
    .requiredOption('--out <file>', 'the profile, for mosaic2 emulator --profile')
    .option(
      '--room <name>',
      'a configured room with disable_video=false that nobody uses, for what is asked of the picture',
      parseRoom,
    )
    .option('--prefix <text>', 'stands before the names of all that is made, as chat/', parsePrefix)
    .action(async (options: RunRecordOptions) => {
      const { runRecord } = await import('./run-record.ts');
      process.exitCode = await runRecord(options, stopSignal());
    });
}
