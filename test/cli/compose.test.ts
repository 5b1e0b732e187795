import { expect, it } from 'vitest';
import { dockmod, folderWith, read } from './program.js';

const COPIES_NOTHING = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nCMD ["sleep", "infinity"]\n';

it('asks compose files around what they start, also in the image of a Dockerfile that copies nothing', () => {
  const compose = (context: string, command: string): string =>
    JSON.stringify({ services: { it: { build: context, command } } });
  const folder = folderWith({
    'beside/Dockerfile': COPIES_NOTHING,
    'beside/compose.yml': compose('.', 'apt-get install -y jq'),
    'deep/below/Dockerfile': COPIES_NOTHING,
    'deep/compose.yml': compose('./below', 'apt-get install -y jq'),
    'other/Dockerfile': COPIES_NOTHING,
    'other/compose.yml': compose('.', 'sleep 60'),
  });
  expect(dockmod(folder, ['fix', '--safe', '--only', 'remove-package-caches']).code).toBe(0);
  expect(read(folder, 'beside/Dockerfile')).toBe(COPIES_NOTHING);
  expect(read(folder, 'deep/below/Dockerfile')).toBe(COPIES_NOTHING);
  expect(read(folder, 'other/Dockerfile')).toContain('install -y curl && rm -rf /var/lib/apt/lists/*');
});

it('keeps the cache of npm for an install that a compose file above starts', () => {
  const text = 'FROM node:20\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nCMD ["node", "x.js"]\n';
  const start = (command: string): Record<string, string> => ({
    'svc/Dockerfile': text,
    'svc/package.json': '{"dependencies":{"express":"4"}}',
    'compose.yml': JSON.stringify({ services: { it: { build: './svc', command } } }),
  });
  const cleaned = (command: string): boolean => {
    const folder = folderWith(start(command));
    expect(dockmod(folder, ['fix', '--safe', '--only', 'remove-package-caches']).code).toBe(0);
    return read(folder, 'svc/Dockerfile') !== text;
  };
  expect(cleaned('sh -c "npm install && node x.js"')).toBe(false);
  expect(cleaned('npm ci --offline')).toBe(false);
  expect(cleaned('node x.js')).toBe(true);
});
