import { memoryContext } from '../../src/facts/context/memory.js';
import type { BuildContext } from '../../src/facts/context/types.js';

const NODE_PROJECT = {
  'package.json':
    '{"name":"app","version":"1.0.0","scripts":{"build":"tsc","start":"node server.js"},"dependencies":{"express":"4.0.0"}}',
  'package-lock.json': '{"name":"app","lockfileVersion":3,"packages":{}}',
  'server.js': 'require("express")().listen(8080);\n',
  'src/index.js': 'module.exports = 1;\n',
  'node_modules/express/index.js': '',
  '.git/HEAD': 'ref: refs/heads/main\n',
  'run.sh': '#!/bin/sh\nexec node server.js\n',
};

const PYTHON_PROJECT = {
  'requirements.txt': 'flask==3.0.0\n',
  'setup.py': 'from setuptools import setup\nsetup(name="app")\n',
  'app.py': 'import flask\n',
  'src/x.py': '',
  '.dockerignore': '*.pyc\n.git\n',
  'a.tar.gz': new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
};

const GO_PROJECT = {
  'go.mod': 'module example.com/app\n\ngo 1.22\n',
  'go.sum': '',
  'main.go': 'package main\nfunc main() {}\n',
  'files/a.txt': 'a',
  'files/b.txt': 'b',
  'a b': 'x',
};

/** What the files of a run are built with; mostly nothing is known. */
export const CONTEXTS: readonly (BuildContext | undefined)[] = [
  undefined,
  undefined,
  undefined,
  memoryContext(NODE_PROJECT, { dockerfile: 'Dockerfile' }),
  memoryContext(PYTHON_PROJECT, { dockerfile: 'Dockerfile' }),
  memoryContext(GO_PROJECT, { dockerfile: 'docker/Dockerfile' }),
];
