import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Expression {
  readonly source: string;
  readonly flags: string;
  /** `src/paths.ts:56`, of each place that has it. */
  readonly places: readonly string[];
}

/** Every regular expression literal of the TypeScript files in these folders, each once. */
export function expressionsIn(folders: readonly string[]): readonly Expression[] {
  const places = new Map<string, string[]>();
  for (const file of folders.flatMap(typeScriptIn)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        places.set(node.text, [...(places.get(node.text) ?? []), `${file}:${line + 1}`]);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...places].map(([literal, at]) => {
    const end = literal.lastIndexOf('/');
    return { source: literal.slice(1, end), flags: literal.slice(end + 1), places: at };
  });
}

function typeScriptIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => join(folder, name));
}
