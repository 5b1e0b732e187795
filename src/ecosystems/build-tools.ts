import type { Ecosystem } from './project/types.js';

/** Tools that only build: what they install is not understood. */
export const buildTools: readonly Ecosystem[] = [
  { manifests: ['build.sbt'], tools: /\bsbt\b/, managers: [] },
  { manifests: ['Makefile', 'makefile', 'GNUmakefile'], tools: /\bmake\b/, managers: [] },
  { manifests: ['CMakeLists.txt'], tools: /\bcmake\b/, managers: [] },
  { manifests: ['Justfile', 'justfile'], tools: /\bjust\b/, managers: [] },
  { manifests: ['Taskfile.yml', 'Taskfile.yaml'], tools: /\btask\b/, managers: [] },
  { manifests: ['deno.json', 'deno.jsonc'], tools: /\bdeno\b/, managers: [] },
  { manifests: ['pubspec.yaml'], tools: /\b(?:flutter|dart)\b/, managers: [] },
];
