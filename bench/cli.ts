#!/usr/bin/env node
import { Command } from 'commander';
import { addAudioBench } from './audio/command.ts';
import { addSensitivityBench } from './sensitivity/command.ts';
import { addTestingBench } from './testing/command.ts';
import { addVideoBench } from './video/command.ts';

const program = new Command('bench').description('Benchmarks; the first argument says which.');
addAudioBench(program);
addVideoBench(program);
addSensitivityBench(program);
addTestingBench(program);
program.showHelpAfterError('(add --help for the options)');
for (const command of [program, ...program.commands]) {
  // Bad usage is 2, as in the other tools of this package.
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}
// An orderly exit lets what was started clean up behind itself.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await program.parseAsync();
