import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { isRoot } from '../../src/image/account.js';
import { hasPosixShell, isWindows } from '../../src/image/platform.js';
import { imageState } from '../../src/image/state.js';

describe('isWindows', () => {
  it.each([
    '# escape=`\nFROM a\n',
    'FROM --platform=windows/amd64 a\n',
    'FROM a\nSHELL ["powershell", "-Command"]\n',
    'FROM a\nSHELL ["C:\\\\tools\\\\pwsh.exe", "-c"]\n',
    'FROM a\nSHELL ["cmd", "/S", "/C"]\n',
    'FROM a AS b\nSHELL ["cmd", "/S", "/C"]\nFROM c\n',
  ])('sees it in %j', (text) => {
    expect(isWindows(parseDockerfile(text))).toBe(true);
  });

  it.each([
    'FROM a\n',
    'FROM a\nSHELL ["pwsh", "-c"]\n',
    'FROM --platform=linux/amd64 a\n',
    'FROM a\nSHELL ["/bin/bash", "-c"]\nRUN cmd\n',
  ])('does not see it in %j', (text) => {
    expect(isWindows(parseDockerfile(text))).toBe(false);
  });
});

describe('hasPosixShell', () => {
  const shellOf = (words: string): boolean => {
    const state = imageState(parseDockerfile(`FROM a\n${words}\n`)).stages[0];
    return state !== undefined && hasPosixShell(state.config);
  };

  it.each(['', 'SHELL ["/bin/bash", "-c"]', 'SHELL ["sh", "-c"]', 'SHELL ["/busybox/busybox", "sh", "-c"]'])(
    'knows %j',
    (words) => {
      expect(shellOf(words)).toBe(true);
    },
  );

  it.each(['SHELL ["/bin/zsh", "-c"]', 'SHELL ["busybox", "awk"]', 'SHELL ["/opt/notsh"]', 'SHELL ["cmd", "/C"]'])(
    'does not take %j for one',
    (words) => {
      expect(shellOf(words)).toBe(false);
    },
  );
});

describe('isRoot', () => {
  it.each(['root', '0', 'root:root', '0:1000', 'root.wheel', ''])('takes %j for root', (account) => {
    expect(isRoot(account)).toBe(true);
  });

  it.each(['rootless', '01000', '1000:0', 'node', 'root-app'])('does not take %j for root', (account) => {
    expect(isRoot(account)).toBe(false);
  });
});
