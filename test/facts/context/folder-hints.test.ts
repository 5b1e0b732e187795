import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../src/dockerfile/parse.js';
import { folderThatHoldsOwn } from '../../../src/facts/context/folder-hints.js';

function find(text: string): string | undefined {
  const folders = ['/git/services/api', '/git/services', '/git'];
  return folderThatHoldsOwn(parseDockerfile(text), '/git/services/api', folders);
}

describe('the folder that a Dockerfile speaks of', () => {
  it('is the one in which its own folder lies where it says', () => {
    expect(find('FROM a\nWORKDIR /repo\nCOPY . .\nFROM b\nCOPY --from=0 /repo/services/api/dist ./dist\n')).toBe(
      '/git',
    );
    expect(find('FROM a\nWORKDIR /repo\nCOPY . .\nWORKDIR /repo/api\nRUN npm ci\n')).toBe('/git/services');
  });

  it('is not told by paths that only look alike', () => {
    expect(find('FROM a\nWORKDIR /services/api\nCOPY . .\nCMD ["/services/api/run"]\n')).toBeUndefined();
    expect(find('FROM a\nCOPY . /repo\nCMD ["/repo/dist/run"]\n')).toBeUndefined();
  });
});
