#!/usr/bin/env node
import { enableCompileCache } from './compile-cache.js';
import { optimiseLate } from './late-optimisation.js';

enableCompileCache();
optimiseLate();
const { main } = await import('./main.js');
process.exitCode = await main(process.argv.slice(2));
// All is done and printed: a timer or a connection that a plug-in left open does not keep the program.
setTimeout(() => process.exit(), 1000).unref();
