/** The few questions about a TOML file that decide an install, answered from its lines. */

/** The lines of a table, without comments; undefined when there is no such table. */
function tableLines(text: string, table: string): readonly string[] | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const start = lines.indexOf(`[${table}]`);
  if (start === -1) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\[{1,2}[^\]=]+\]{1,2}\s*(?:#.*)?$/.test(line));
  return (end === -1 ? rest : rest.slice(0, end)).filter((line) => line !== '' && !line.startsWith('#'));
}

export function hasTable(text: string, table: string): boolean {
  return tableLines(text, table) !== undefined;
}

/** The value of `key = value` in a table, as written. */
export function tableValue(text: string, table: string, key: string): string | undefined {
  const line = tableLines(text, table)?.find((one) => new RegExp(`^["']?${key}["']?\\s*=`).test(one));
  return line
    ?.slice(line.indexOf('=') + 1)
    .replace(/\s+#.*$/, '')
    .trim();
}

/** A dependency that is a folder or file: `lib = { path = "../lib" }`, `lib @ file:///…`. */
export function pathDependency(text: string): string | undefined {
  const entry = /^\s*["']?([\w.-]+)["']?\s*=\s*\{[^}\n]*\bpath\s*=/m.exec(text)?.[1];
  return (
    entry ?? /["']([\w.[\]-]+)\s*@\s*file:/.exec(text)?.[1] ?? /^\s*(?:path|develop)\s*=\s*["']\.{1,2}/m.exec(text)?.[0]
  );
}
