#!/usr/bin/env node
import { keepCompiledCode } from './compiled-code.js';
import { optimiseLate } from './late-optimisation.js';
import { watchCrashes, watchOutput } from './terminal/watch-output.js';

optimiseLate();
watchOutput();
watchCrashes(async (error) => {
  const { describe } = await import('./describe-error.js');
  process.stderr.write(describe(error));
});
const save = keepCompiledCode();
void import('./main.js').then(async ({ main }) => {
  process.exitCode = await main(process.argv.slice(2));
  save();
  // All is done and printed: a timer or a connection that a plug-in left open does not keep the program.
  setTimeout(() => process.exit(), 1000).unref();
});
