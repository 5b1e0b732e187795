// Writes data/image-tags.json from a checkout of the official-images library:
//   node scripts/refresh-tags.mjs CHECKOUT
// For each image it keeps the groups of tags of one build in which at least one tag has no version (`latest`, `alpine`):
// pin-base-image looks these up. It also takes a JSON file {date, commit, images: {name: [{tags, shared, os}]}}.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Blocks of a library file: `Tags: a, b`, `SharedTags: c`, `Constraints: windowsservercore…`. */
export function readLibraryFile(text) {
  const blocks = text.split(/\n\s*\n/).map((block) => {
    const field = (name) =>
      new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(block.replace(/,[ \t]*\n[ \t]+/g, ', '))?.[1] ?? '';
    const list = (name) =>
      field(name)
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '');
    return {
      tags: list('Tags'),
      shared: list('SharedTags'),
      os: /windows/i.test(field('Constraints') + field('Architectures')) ? 'windows' : undefined,
    };
  });
  return blocks.filter(({ tags }) => tags.length > 0);
}

/** `tags|shared`, separated by spaces; only Linux builds with a tag that does not start with a version. */
export function compactGroups(groups) {
  const floating = (tag) => !/^v?\d/.test(tag);
  return groups
    .filter(({ os, tags, shared = [] }) => os !== 'windows' && [...tags, ...shared].some(floating))
    .map(({ tags, shared = [] }) => [tags.join(' '), shared.join(' ')].join('|').replace(/\|$/, ''));
}

function readCheckout(path) {
  const library = join(path, 'library');
  const images = Object.fromEntries(
    readdirSync(library)
      .sort()
      .map((name) => [name, readLibraryFile(readFileSync(join(library, name), 'utf8'))]),
  );
  const git = (...args) => execFileSync('git', ['-C', path, ...args], { encoding: 'utf8' }).trim();
  return { date: git('log', '-1', '--format=%cs'), commit: git('rev-parse', 'HEAD'), images };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const source = process.argv[2] ?? '.';
  const { date, commit, images } = statSync(source).isDirectory()
    ? readCheckout(source)
    : JSON.parse(readFileSync(source, 'utf8'));
  const rows = Object.entries(images).map(([name, groups]) => [name, compactGroups(groups)]);
  const windows = rows.map(([name]) => name).filter((name) => images[name].some(({ os }) => os === 'windows'));
  const data = { source: 'docker-library/official-images', commit, date, windows, images: Object.fromEntries(rows) };
  writeFileSync(join(import.meta.dirname, '../data/image-tags.json'), JSON.stringify(data) + '\n');
}
