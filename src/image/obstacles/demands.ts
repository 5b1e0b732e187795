import { parseObject, stringsByKey } from '../../json.js';
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
  return stringsByKey(parseObject(text)?.[section]).get(name);
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
      const text = context.exists(path) === 'file' ? context.read(path) : undefined;
      const range = text === undefined ? undefined : read(text);
      if (range !== undefined && !allowsVersion(range, version))
        return `the project that it copies asks for ${range} in ${path}`;
      const old = text === undefined || file !== 'package.json' ? undefined : oldTool(image.dockerfile.text, text);
      if (old !== undefined)
        return `the project that it copies has ${old} in ${path}, which does not build on Node.js ${version}`;
    }
  return undefined;
}

/** Tools whose last old major version asks OpenSSL for hashes that Node.js has not had since 17 (webpack/webpack#14532). */
const OLD_TOOLS: Readonly<Record<string, number>> = {
  webpack: 4,
  'react-scripts': 4,
  '@vue/cli-service': 4,
  'node-sass': 99,
};

/** The first of them among the packages of a project, unless something turns the old hashes on. */
function oldTool(dockerfile: string, manifest: string): string | undefined {
  if (`${dockerfile}${manifest}`.includes('openssl-legacy-provider')) return undefined;
  const { dependencies, devDependencies } = parseObject(manifest) ?? {};
  const packages = new Map([...stringsByKey(devDependencies), ...stringsByKey(dependencies)]);
  return Object.entries(OLD_TOOLS).flatMap(([name, last]) => {
    const range = packages.get(name);
    const major = Number(/^[\^~=v]*(\d+)\b/.exec(range ?? '')?.[1] ?? Infinity);
    return major <= last ? [`${name} ${range ?? ''}`] : [];
  })[0];
}

/** The folders of the build context from which manifests, or all, are copied. */
function copiedFolders(
  sources: readonly { readonly from: string; readonly text: string | undefined }[],
): readonly string[] {
  const paths = sources.flatMap(({ from, text }) => (from === 'context' && text !== undefined ? [text] : []));
  const folders = paths.map((path) =>
    path.replace(/^\.?\/+|^\.$|(?<!\/)\/+$/g, '').replace(/(?:^|\/)(?:[^/.*]*[.*][^/]*|Gemfile)$/, ''),
  );
  return [...new Set(folders)];
}
