/** What the scripts of a package.json do with the apt lists: `npm install` runs some of them, `npm run` the one it names. */
import { imagePath } from '../../paths.js';
import { optionValue, readArguments, valueOf } from '../arguments.js';
import { packageScripts, scriptsWith } from '../../package-scripts.js';
import type { Program } from '../program.js';
import { INSTALLS } from './files.js';
import { unread, type AptUse, type Reading } from './use.js';

const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

export function useOfPackageScripts(program: Program, reading: Reading): AptUse | undefined {
  const { scene, by } = reading;
  const given = readArguments(program.args, program.row);
  const called = calledScripts(program, given.operands.map(valueOf));
  const folder = optionValue(given, '--prefix', '-C', '--cwd', '--dir') ?? '.';
  for (const directory of scene.directories) {
    const root = imagePath(directory, folder);
    const manifest = scene.file(imagePath(root, 'package.json'));
    if (manifest !== undefined && manifest.text === undefined && called.some((name) => INSTALLS.test(name)))
      return unread(reading);
    const scripts = packageScripts(manifest?.text);
    for (const name of called.length > 0 ? called : LIFECYCLE) {
      const text = scripts.get(name);
      const use = text === undefined ? undefined : reading.run(text, { ...scene, directories: [root], tools: true });
      if (use !== undefined) return { use: use.use, by: `${by} (${use.by})` };
    }
  }
  return undefined;
}

/** The script that the command names, with those that go before and after it; none where it installs. */
function calledScripts({ row }: Program, [first, second]: readonly string[]): readonly string[] {
  const manager = row?.manager;
  if (first === undefined || manager === undefined || manager.kinds[first] === 'install') return [];
  const name = first === 'run' || first === 'run-script' ? second : first;
  return name === undefined ? [] : scriptsWith(name);
}
