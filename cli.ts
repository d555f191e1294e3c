#!/usr/bin/env node
import { Command } from 'commander';
import { addBotCommands } from './conformance/bot-commands/cli.ts';
import { addConformanceCommand } from './conformance/cli.ts';
import { addCompareCommand } from './conformance/compare/cli.ts';
import { addDefectsCommand } from './conformance/defects/cli.ts';
import { addRecordCommand } from './conformance/record/cli.ts';
import { addMergeCommand } from './conformance/shard/cli.ts';
import { toolVersion } from './conformance/tool-version.ts';
import { addEmulatorCommand } from './emulator/cli.ts';

// Whoever reads along may stop reading (`| head`): the run goes on, and cleans up after itself.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = new Command('mosaic2').description(
  'An emulator of Flussonic’s dynamic mosaic, and a suite that measures whether a server mixes as documented.',
);
program.version(toolVersion(), '--version', 'print the version of this package');
addEmulatorCommand(program);
addConformanceCommand(program);
addDefectsCommand(program);
addCompareCommand(program);
addMergeCommand(program);
addBotCommands(program);
addRecordCommand(program);
program.showHelpAfterError('(add --help for the options)');
// Bad usage is 2, as in every other case where a run could not be made.
program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
for (const command of program.commands) {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}
await program.parseAsync();
