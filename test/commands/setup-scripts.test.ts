import { describe, expect, it } from 'vitest';
import { isAptSetupScript } from '../../src/commands/setup-scripts.js';

describe('a set-up script that updates the apt lists', () => {
  it.each([
    'https://deb.nodesource.com/setup',
    'https://deb.nodesource.com/setup_8.x',
    'https://deb.nodesource.com/setup_lts.x',
    'https://deb.nodesource.com/setup_${NODE_VERSION}.x',
  ])('is %s', (url) => expect(isAptSetupScript(url)).toBe(true));

  it.each([
    'https://rpm.nodesource.com/setup_8.x',
    'https://deb.nodesource.com/setup_8.x/more',
    'https://deb.nodesource.com.example.com/setup_8.x',
    'https://example.com/?https://deb.nodesource.com/setup_8.x',
    'https://deb.nodesource.com/gpgkey/nodesource.gpg.key',
  ])('is not %s', (url) => expect(isAptSetupScript(url)).toBe(false));
});
