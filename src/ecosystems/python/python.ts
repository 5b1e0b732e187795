import type { Ecosystem } from '../project/types.js';
import { pip } from './pip.js';
import { PIPFILE, pipenv } from './pipenv.js';
import { poetry } from './poetry.js';
import { PYPROJECT } from './pyproject.js';
import { uv } from './uv.js';

export const python: Ecosystem = {
  manifests: ['requirements*.txt', PYPROJECT, 'setup.py', PIPFILE],
  buildFiles: ['setup.cfg'],
  settings: ['requirements*'],
  stems: ['requirement', 'requirements', 'pyproject', 'poetry'],
  tools: /\b(?:pip\d*|poetry|uv|pipenv|python\d*)\b/,
  outputs: [{ folder: '.venv', filledBy: 'installs', madeBy: ['uv', 'poetry'] }],
  litter: ['**/__pycache__'],
  managers: [pip, uv, poetry, pipenv],
};
