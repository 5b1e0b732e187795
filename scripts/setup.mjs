// Installs the dependencies when they are missing or older than the lock file, so that a fresh clone needs no step of its own.
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!fresh) execSync('npm ci --no-audit --no-fund', { stdio: 'inherit' });
