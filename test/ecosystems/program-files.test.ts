import { describe, expect, it } from 'vitest';
import { codeFiles, programFiles } from '../../src/ecosystems/node/program/program-files.js';
import type { Project } from '../../src/ecosystems/project/types.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import { contextPath } from '../../src/paths.js';

const FILES = {
  'config/a.txt': 'a',
  'config/b.json': '{ "file": "a.txt" }',
  'scripts/lib.js': "exports.read = () => require('fs').readFileSync(__dirname + '/../config/a.txt');",
  'scripts/wild.js': "module.exports = require('fs').readdirSync('config');",
};

/** What `scripts/run.js` reads and writes, started in the root of the project that lies in /app; or where that is not known. */
function filesOf(code: string): string {
  const project: Project = {
    context: memoryContext({ ...FILES, 'scripts/run.js': code }),
    directory: '',
    root: '',
    resolve: (path) => (path.startsWith('/app/') ? contextPath(path.slice('/app/'.length)) : undefined),
  };
  const found = programFiles(project, 'scripts/run.js');
  if ('where' in found) return `unknown: ${found.where.replace('scripts/run.js:', '')}`;
  const { programs, reads, writes } = found;
  return [...programs.slice(1), ...reads.map((path) => `< ${path}`), ...writes.map((path) => `> ${path}`)].join(' ');
}

describe('the files of a program', () => {
  it.each([
    ["require('fs').readFileSync('config/a.txt')", '< config/a.txt'],
    ["const { readFile: get } = require('node:fs').promises; get('./config/a.txt')", '< config/a.txt'],
    [
      "import fs, { promises } from 'fs'; fs.statSync('config/a.txt'); await promises.writeFile('o', '')",
      '< config/a.txt > o',
    ],
    [
      "const fs = require('fs'), p = require('path'); fs.copyFileSync(p.resolve('config', 'a.txt'), p.join(__dirname, 'o'))",
      '< config/a.txt > scripts/o',
    ],
    ["const fs = require('fs'); const at = process.cwd() + '/config/'; fs.existsSync(`${at}a.txt`)", '< config/a.txt'],
    [
      "const fs = require('fs'), p = require('path'); fs.readFileSync(p.join('config/', '') + 'a.txt')",
      '< config/a.txt',
    ],
    ["require('fs').writeFileSync('/app/o', require('fs').readFileSync('/etc/os-release'))", '> o'],
    [
      "const { read } = require('./lib'); console.log(read(), require('../config/b.json').file)",
      'scripts/lib.js < config/a.txt < config/b.json',
    ],
    [
      "export * from './lib.js'; if (require.main === module) console.log(process.version);",
      'scripts/lib.js < config/a.txt',
    ],
    ["const fs = require('fs'); try { fs.rmSync('o'); } catch { /* none */ } fs.mkdirSync('dist')", '> o'],
    [
      'const list = [1].map((x) => x + 1); class A { b = list[0]; c() { return Math.max(...list); } } console.log(new A().c())',
      '',
    ],
  ])('are those that it names: %s', (code, files) => {
    expect(filesOf(code)).toBe(files);
  });

  it.each([
    ["require('fs').readdirSync('config')", "1 (`require('fs').readdirSync('config')`)"],
    ["const fs = require('fs');\nconst f = fs;\nf.readdirSync('config')", '2 (`fs`)'],
    ["const fs = require('fs'); fs['read' + 'dirSync']('config')", "1 (`fs['read' + 'dirSync']('config')`)"],
    ["const { readdirSync: readFileSync } = require('fs'); readFileSync('config')", "1 (`readFileSync('config')`)"],
    ["import { glob as readFile } from 'fs/promises'; readFile('*')", "1 (`readFile('*')`)"],
    ["const { ...all } = require('fs'); all.readdirSync('.')", '1 (`{ ...all }`)'],
    ["const fs = require('fs'); let p = 'a'; p = 'b'; fs.readFileSync(p)", '1 (`fs.readFileSync(p)`)'],
    ["const fs = require('fs'); fs.readFileSync(process.argv[2])", '1 (`fs.readFileSync(process.argv[2])`)'],
    ["const fs = require('fs'); fs.readFileSync(a); const a = b; const b = a;", '1 (`fs.readFileSync(a)`)'],
    ["const fs = require('fs'); const a = 'x'; ((a) => fs.readFileSync(a))('y')", '1 (`fs.readFileSync(a)`)'],
    ["require('fs').existsSync('config')", "1 (`require('fs').existsSync('config')`)"],
    ["require('fs').readFileSync('../../etc')", "1 (`require('fs').readFileSync('../../etc')`)"],
    ["require('./wild')", "1 (`require('./wild')`)"],
    ["require('glob')", "1 (`require('glob')`)"],
    ["require('child_process').execSync('make')", "1 (`require('child_process')`)"],
    ["const { execSync } = require('child_process')", "1 (`require('child_process')`)"],
    ["import('glob')", "1 (`import('glob')`)"],
    ["const name = 'glob'; require(name)", '1 (`require(name)`)'],
    ["(() => 0).constructor('return process')()", '1 (`(() => 0).constructor`)'],
    ["const o = {}; o['a' + 'b']('x')", "1 (`o['a' + 'b']('x')`)"],
    ["let x; ({ readdirSync: x } = require('fs')); x('config')", "1 (`require('fs')`)"],
    ["const { readdirSync } = require('fs').default; readdirSync('.')", '1 (`{ readdirSync }`)'],
    ["module.exports = require('fs')", "1 (`require('fs')`)"],
    ["export { readdirSync } from 'fs'", "1 (`export { readdirSync } from 'fs'`)"],
    ["import fs from 'fs'; export { fs }", '1 (`fs`)'],
    ["const fs = require('fs'); (0, fs.readdirSync)('.')", '1 (`fs.readdirSync`)'],
    ['eval("1")', '1 (`eval`)'],
    ['this.process.mainModule', '1 (`this.process.mainModule`)'],
    ["arguments[1]('glob')", "1 (`arguments[1]('glob')`)"],
    ["module.constructor._load('glob')", '1 (`module.constructor`)'],
    ['process.binding', '1 (`process.binding`)'],
    ['if (process.env.CI) process.exit(0)', '1 (`process.env`)'],
    ['process', '1 (`process`)'],
    ['toString.call(1)', '1 (`toString`)'],
    ["const x: string = 'a'", 'scripts/run.js'],
    [`x = ${'['.repeat(400)}${']'.repeat(400)}`, 'scripts/run.js'],
    [`x = ${'"a" + '.repeat(20_000)} "a"`, 'scripts/run.js'],
  ])('are not known: %s', (code, where) => {
    expect(filesOf(code)).toBe(`unknown: ${where}`);
  });

  it('are known of what is on the command line, which has the modules of Node by name', () => {
    const project: Project = { context: memoryContext(FILES), directory: 'config', root: '', resolve: () => undefined };
    const code = "fs.writeFileSync('out.txt', require('./b.json').file)";
    expect(codeFiles(project, code)).toEqual({ programs: [], reads: ['config/b.json'], writes: ['config/out.txt'] });
    expect(codeFiles(project, "child_process.execSync('make')")).toHaveProperty('where');
  });
});
