import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

type Payload = ConstructorParameters<typeof SourceMap>[0];

/**
 * The stack of an error with the places where dockmod's sources say what the bundle says on one long line. The maps are read here, since
 * a run that does not fail has no use for them.
 */
export function readableStack(error: Error): string {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };
  return (error.stack ?? `${error.name}: ${error.message}`).replace(
    /(?<![^()\n])([^()\n]*\.js):(\d+):(\d+)/g,
    (place: string, before: string, line: string, column: string) => {
      const start = before.search(/(?:file:\/\/)?\/|\b[A-Za-z]:\\/);
      if (start < 0) return place;
      const entry = mapOf(before.slice(start))?.findEntry(Number(line) - 1, Number(column) - 1);
      return entry === undefined || !('originalSource' in entry)
        ? place
        : `${before.slice(0, start)}${entry.originalSource.replace(/^(?:\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    },
  );
}

function readMap(code: string): SourceMap | undefined {
  try {
    const file = `${code.startsWith('file:') ? fileURLToPath(code) : code}.map`;
    if (!existsSync(file)) return undefined;
    const payload = JSON.parse(readFileSync(file, 'utf8')) as Payload;
    return new SourceMap(payload);
  } catch {
    return undefined;
  }
}
