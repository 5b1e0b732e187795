#!/usr/bin/env node
import { enableCompileCache } from './compile-cache.js';
import { optimiseLate } from './late-optimisation.js';

enableCompileCache();
optimiseLate();
const { main } = await import('./main.js');
process.exitCode = await main(process.argv.slice(2));
