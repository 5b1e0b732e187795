import type { BuildContext } from '../../facts/context/types.js';
import { objectOf, readObject } from '../../json.js';
import type { Stage } from '../../dockerfile/types.js';
import { allowsVersion } from './version-range.js';
import type { Ground } from './types.js';

/** How a file of a project says which version it runs on. */
interface Demand {
  readonly file: string;
  /** The range, in the text of the file. */
  readonly read: (text: string) => string | undefined;
}

const first =
  (expression: RegExp) =>
  (text: string): string | undefined =>
    expression.exec(text)?.[1];

function entry(text: string, section: string, name: string): string | undefined {
  const value = objectOf(readObject(() => JSON.parse(text) as unknown)?.[section])?.[name];
  return typeof value === 'string' ? value : undefined;
}

const DEMANDS: Readonly<Record<string, readonly Demand[]>> = {
  node: [
    { file: 'package.json', read: (text) => entry(text, 'engines', 'node') },
    { file: '.nvmrc', read: first(/^v?(\d[\d.]*)\s*$/) },
    { file: '.node-version', read: first(/^v?(\d[\d.]*)\s*$/) },
  ],
  ruby: [
    { file: 'Gemfile', read: first(/^ruby\s+['"]([^'"]+)['"]/m) },
    { file: '.ruby-version', read: first(/^(?:ruby-)?(\d[\d.]*)\s*$/) },
  ],
  python: [
    { file: 'pyproject.toml', read: first(/^(?:requires-python|python)\s*=\s*["']([^"']+)["']/m) },
    { file: 'Pipfile', read: first(/^python_version\s*=\s*["']([^"']+)["']/m) },
    { file: '.python-version', read: first(/^(\d[\d.]*)\s*$/) },
  ],
  php: [{ file: 'composer.json', read: (text) => entry(text, 'require', 'php') }],
};

/** What the project that a stage copies says of the version that it runs on, where the image has another. */
export function demandObstacle({ image, context, name, build }: Ground, stage: Stage): string | undefined {
  const { version } = build;
  const demands = Object.hasOwn(DEMANDS, name) ? DEMANDS[name] : undefined;
  if (context === undefined || version === undefined || demands === undefined) return undefined;
  const folders = copiedFolders(image.stages[stage.index]?.steps.flatMap(({ copy }) => copy?.sources ?? []) ?? []);
  for (const folder of folders)
    for (const { file, read } of demands) {
      const path = folder === '' ? file : `${folder}/${file}`;
      const range = textOf(context, path, read);
      if (range !== undefined && !allowsVersion(range, version))
        return `copies a project whose ${path} asks for version ${range}`;
    }
  return undefined;
}

function textOf(context: BuildContext, path: string, read: Demand['read']): string | undefined {
  const text = context.exists(path) === 'file' ? context.read(path) : undefined;
  return text === undefined ? undefined : read(text);
}

/** The folders of the build context from which manifests, or all, are copied. */
function copiedFolders(
  sources: readonly { readonly from: string; readonly text: string | undefined }[],
): readonly string[] {
  const paths = sources.flatMap(({ from, text }) => (from === 'context' && text !== undefined ? [text] : []));
  const folders = paths.map((path) =>
    path.replace(/^\.?\/+|^\.$|\/+$/g, '').replace(/(?:^|\/)[^/]*[.*][^/]*$|(?:^|\/)Gemfile$/, ''),
  );
  return [...new Set(folders)];
}
