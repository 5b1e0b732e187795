/** What `make` runs: the recipes of a Makefile that its targets need. */
import { imagePath } from '../../paths.js';
import { optionValue, readArguments, valueOf } from '../arguments.js';
import type { Program } from '../program.js';
import { mentionsApt } from './mention.js';
import { unread, type AptUse, type Reading } from './use.js';

const NAMES = ['GNUmakefile', 'makefile', 'Makefile'];
/** Targets that the GNU Coding Standards give a meaning: none of them installs packages of the system. */
const STANDARD =
  /^(?:all|build|clean|distclean|check|test|docs?|html|man|info|dvi|pdf|(?:un)?install(?:[-_](?:strip|html|bin|lib|headers|exec|data|man))?)$/;

export function useOfTargets(program: Program, reading: Reading): AptUse | undefined {
  const { scene, by } = reading;
  const given = readArguments(program.args, program.row);
  const targets = given.operands.map(valueOf).filter((text) => !/^\w+[:+?]?=/.test(text));
  const folder = optionValue(given, '-C', '--directory') ?? '.';
  const named = optionValue(given, '-f', '--file', '--makefile');
  const [file] = scene.directories
    .flatMap((directory) =>
      (named === undefined ? NAMES : [named]).map((name) => imagePath(imagePath(directory, folder), name)),
    )
    .flatMap((path) => scene.file(path) ?? []);
  if (file?.text === undefined) return targets.every((target) => STANDARD.test(target)) ? undefined : unread(reading);
  const mention = mentionsApt(file.text) ? 'its Makefile' : scene.sources.mention('make');
  if (mention === undefined) return file.certain ? undefined : unread(reading);
  const recipes = recipesOf(file.text, targets);
  if (recipes === undefined) return { use: 'read', by: `${by} (see ${mention})` };
  const use = reading.run(recipes, { ...scene, tools: true });
  return use && { use: use.use, by: `${by} (${use.by})` };
}

/** The recipes of the targets and of what they need, as one script; undefined where the Makefile says more than rules do. */
function recipesOf(text: string, targets: readonly string[]): string | undefined {
  if (
    /^[ \t]*(?:-?include|define|if\w*|else|endif|export|vpath|\.\w+:)\b|\$\((?:shell|call|eval|foreach)\b|%/m.test(text)
  )
    return undefined;
  const rules = new Map<string, { needs: readonly string[]; recipe: string[] }>();
  let last: { needs: readonly string[]; recipe: string[] } | undefined;
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const rule = /^([\w./ \t-]+)::?(?!=)([^;#=]*)$/.exec(line);
    if (line.startsWith('\t'))
      last?.recipe.push(
        line
          .trim()
          .replace(/^[@+-]+/, '')
          .replaceAll('$$', '$'),
      );
    else if (rule !== null) {
      last = { needs: (rule[2] ?? '').split(/\s+/).filter(Boolean), recipe: [] };
      for (const name of (rule[1] ?? '').trim().split(/\s+/)) rules.set(name, last);
    }
  }
  const wanted = targets.length > 0 ? [...targets] : [...rules.keys()].slice(0, 1);
  const lines: string[] = [];
  const seen = new Set<string>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const rule = rules.get(name);
    if (seen.has(name) || rule === undefined) continue;
    seen.add(name);
    lines.push(...rule.recipe);
    wanted.push(...rule.needs);
  }
  return /\$\(|\$\{/.test(lines.join('\n')) ? undefined : lines.join('\n');
}
