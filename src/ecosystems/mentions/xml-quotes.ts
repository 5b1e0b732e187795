/** Files in XML: poms, Maven's settings, projects of .NET, NuGet's settings. */
import { parseXml, type XmlElement, type XmlNode, type XmlText } from '@rgrove/parse-xml';
import { codeQuotes } from './code-quotes.js';
import type { Field, Quote } from './quote.js';

/** All elements in document order, with the names of those around them. */
interface Place {
  readonly element: XmlElement;
  readonly within: readonly string[];
}

/** Undefined where the text is no XML. */
export function xmlElements(text: string): readonly Place[] | undefined {
  try {
    const root = parseXml(text.replace(/^\uFEFF/, ''), { ignoreUndefinedEntities: true }).root;
    return root === null ? [] : placesOf(root, []);
  } catch {
    return undefined;
  }
}

function placesOf(element: XmlElement, within: readonly string[]): readonly Place[] {
  const inner = [...within, element.name];
  const children = element.children.filter(isElement);
  return [{ element, within }, ...children.flatMap((child) => placesOf(child, inner))];
}

function isElement(node: XmlNode): node is XmlElement {
  return node.type === 'element';
}

function isText(node: XmlNode): node is XmlText {
  return node.type === 'text' || node.type === 'cdata';
}

function textOf({ children }: XmlElement): string {
  return children
    .map((child) => (isText(child) ? child.text : ''))
    .join('')
    .trim();
}

/** Other poms, `systemPath`, the URLs of repositories and the files of profiles: all that resolving dependencies takes from a pom. */
export function mavenQuotes(text: string): readonly Quote[] | undefined {
  const places = xmlElements(text);
  const properties = new Map(
    places
      ?.filter(({ within }) => within.at(-1) === 'properties')
      .map(({ element }) => [element.name, textOf(element)]),
  );
  const fill = (value: string): string =>
    value.replace(/\$\{([\w.-]+)\}/g, (whole, name: string) => properties.get(name) ?? whole);
  return places?.flatMap(({ element, within }): Quote[] => {
    const field = mavenField(element.name, within.at(-1) ?? '');
    return field === undefined ? [] : [{ text: fill(fill(textOf(element))), field }];
  });
}

function mavenField(name: string, parent: string): Field | undefined {
  if (name === 'systemPath' || name === 'module') return 'path';
  if (name === 'localRepository') return 'output';
  // `<activation><file><exists>`: whether it is there decides which dependencies there are.
  if (parent === 'file' && (name === 'exists' || name === 'missing')) return 'read';
  if (parent === 'parent' && name === 'relativePath') return 'value';
  return name === 'url' && /^(?:repository|pluginRepository|mirror)$/.test(parent) ? 'path' : undefined;
}

/** References, imports and the properties of a restore: a restore evaluates all of a project, and reads those. */
export function dotnetQuotes(text: string): readonly Quote[] | undefined {
  return xmlElements(text)?.flatMap(({ element, within }) => elementQuotes(element, within.at(-1) ?? ''));
}

function elementQuotes(element: XmlElement, parent: string): readonly Quote[] {
  const { name, attributes } = element;
  const value = textOf(element);
  // What the expressions of properties read: `$([System.IO.File]::ReadAllText('VERSION'))`.
  const calls = [...Object.values(attributes), value].filter((part) => /System\.IO|Exists\s*\(/.test(part));
  const quotes: Quote[] = calls.flatMap((call) => codeQuotes(call)).map(({ text }) => ({ text, field: 'word' }));
  const paths = [
    name === 'ProjectReference' ? attributes['Include'] : undefined,
    name === 'Import' && attributes['Sdk'] === undefined && !SEARCHED.test(attributes['Project'] ?? '')
      ? attributes['Project']
      : undefined,
    isFolderSetting(name, parent, attributes) ? attributes['value'] : undefined,
    /^(?:Restore\w*(?:Sources|ConfigFile)|NuGetLockFilePath)$/.test(name) ? value : undefined,
  ];
  for (const path of paths.flatMap((one) => one?.split(';') ?? [])) quotes.push({ text: path.trim(), field: 'path' });
  return quotes;
}

/** `$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', …))`: what has such a name is copied from every folder above. */
const SEARCHED = /^\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*'?Directory\.(?:Build|Packages)\.(?:props|targets)\b/;

/** `<add key="local" value="LocalPackages" />` of the sources and of folders that take the place of downloads. */
function isFolderSetting(name: string, parent: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name !== 'add') return false;
  return (
    ['packageSources', 'fallbackPackageFolders'].includes(parent) ||
    /^path$|(?<!\w)(?=\w*cert)\w+$/i.test(attributes['key'] ?? '')
  );
}
