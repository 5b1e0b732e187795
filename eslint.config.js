import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Packages that one layer alone may see. */
const OWNERS = {
  'dockerfile-ast': 'dockerfile',
  unbash: 'shell',
  '@rgrove/parse-xml': 'ecosystems',
  diff: 'report',
  commander: 'cli',
};

/** Layers from the bottom up: a layer imports from itself and from those before it. Files directly in `src` are below all, except index.ts. */
export const LAYERS = [
  'dockerfile',
  'shell',
  'facts',
  'commands',
  'image',
  'ecosystems',
  'edits',
  'engine',
  'transforms',
  'report',
  'files',
  'bulk',
  'cli',
];
const MAY_TOUCH_DISK = ['facts', 'files', 'bulk', 'cli'];

/** A transform imports no other, nor the catalogue: what goes up leads to src, from a single file also what stays beside it. */
const SIBLING = { regex: '^\\.\\./(?!(?:\\.\\./)*src/)', message: 'A transform never imports another.' };
const SIBLING_OF_FILE = { regex: '^\\./', message: SIBLING.message };

function boundaries(layer, more = []) {
  const above = LAYERS.slice(LAYERS.indexOf(layer) + 1);
  const paths = Object.entries(OWNERS)
    .filter(([, owner]) => owner !== layer)
    .map(([name, owner]) => ({ name, message: `Only src/${owner} imports ${name}.` }));
  const patterns = above.map((name) => ({
    regex: `^(?:\\.\\./)+(?:src/)?${name}/`,
    message: 'Dependencies point one way: see LAYERS.',
  }));
  if (!MAY_TOUCH_DISK.includes(layer)) patterns.push({ group: ['node:*'], message: 'Pure code: no disk, no network.' });
  return { 'no-restricted-imports': ['error', { paths, patterns: [...patterns, ...more] }] };
}

export default tseslint.config(
  { ignores: ['dist', 'fixtures', 'samples', 'data', 'test/applications'] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
    },
  },
  {
    // Texts of others meet these: a pattern that backtracks lets a few hundred bytes hang a campaign.
    files: ['src/**/*.ts', 'transforms/**/*.ts', 'scripts/**'],
    plugins: { regexp },
    rules: { 'regexp/no-super-linear-backtracking': 'error', 'regexp/no-super-linear-move': 'error' },
  },
  ...LAYERS.map((layer) => ({ files: [`src/${layer}/**/*.ts`], rules: boundaries(layer) })),
  { files: ['transforms/index.ts'], rules: boundaries('transforms') },
  { files: ['transforms/*/**/*.ts'], rules: boundaries('transforms', [SIBLING]) },
  {
    files: ['transforms/*.ts'],
    ignores: ['transforms/index.ts'],
    rules: boundaries('transforms', [SIBLING, SIBLING_OF_FILE]),
  },
  {
    files: ['src/**/*.ts', 'transforms/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-restricted-globals': ['error', 'process', 'fetch'] },
  },
  { files: ['scripts/**', 'eslint.config.js', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['scripts/**/*.mjs', 'eslint.config.js'], extends: [tseslint.configs.disableTypeChecked] },
);
