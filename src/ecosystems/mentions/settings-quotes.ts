/** Settings that are lines: `.npmrc`, `.yarnrc`, `pip.conf`, `gradle.properties`, `.mvn/maven.config`. */
import { fieldOf } from './evaluated.js';
import type { Quote } from './quote.js';

/** `key = value`, `key value` and `key "value"`; a line that is indented goes on with the value above it. */
export function settingQuotes(text: string): readonly Quote[] {
  const quotes: Quote[] = [];
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;[]|$)/.test(line)) continue;
    const entry = /^"?([^\s=:"]+(?::[^\s=]*)?)"?(?:\s*=\s*|\s+)(\S.*)$/.exec(line);
    if (entry !== null) key = (entry[1] ?? '').replace(/^.*:/, '').replace(/"$/, '');
    const value = entry?.[2] ?? line;
    for (const word of value.split(/\s+/)) {
      const bare = word.replace(/^["']|["']$/g, '');
      if (bare !== '') quotes.push({ text: bare, field: fieldOf(key) });
      // `org.gradle.jvmargs=-Djavax.net.ssl.trustStore=certs/trust.jks`
      if (bare.startsWith('-') && bare.includes('=')) quotes.push(...wordQuotes(bare));
    }
  }
  return quotes;
}

/** Words of a command line, `=` and the letter of an option cut off: `-DtrustStore=certs/a.jks`, `-sci/settings.xml`. */
export function wordQuotes(text: string): readonly Quote[] {
  return text
    .replace(/^[ \t]*#.*$/gm, '')
    .split(/\s+/)
    .flatMap(parts)
    .map((part) => ({ text: part, field: 'word' }));
}

function parts(word: string): readonly string[] {
  if (/^\w[\w+.-]*:\/\//.test(word)) return word.startsWith('file:') ? [word] : [];
  const plain = word.replace(/["']/g, '').replace(/^-[a-zA-Z](?=[\w.]*[./])/, '');
  return plain.split(/[=,;]|:(?!\/\/)/).filter((part) => part !== '');
}
