/** Files that a program fills in before anything reads them, by their names. */
import { baseName } from '../../paths.js';

const EXTENSION = /\.(?:j2|jinja2?|tmpl|tpl|gotmpl|gotpl|erb|ejs|hbs|handlebars|mustache|m4|in|template)$/i;

export function isTemplateName(name: string): boolean {
  return EXTENSION.test(baseName(name));
}

/** Of the names in a folder, the template that a file is made from: `Dockerfile.j2` for `Dockerfile`. */
export function templateFor(name: string, names: readonly string[]): string | undefined {
  return names.find((other) => isTemplateName(other) && other.replace(EXTENSION, '') === name);
}
