/** The words of a command line, divided into options and the rest. */
export interface Words {
  /** Everything that is no option and no option's value. */
  readonly operands: readonly string[];
  /** Options in order, `--name=value` and `--name value` alike; without a value, `value` is undefined. */
  readonly options: readonly { readonly name: string; readonly value: string | undefined }[];
}

/** Reads a command line; `valued` are the options that take the next word as their value. */
export function readWords(args: readonly string[], valued: readonly string[]): Words {
  const operands: string[] = [];
  const options: { name: string; value: string | undefined }[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    const equals = word.indexOf('=');
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (word.startsWith('--') && equals > 0)
      options.push({ name: word.slice(0, equals), value: word.slice(equals + 1) });
    else if (valued.includes(word)) options.push({ name: word, value: args[++index] });
    else options.push(shortWithValue(word, valued) ?? { name: word, value: undefined });
  }
  return { operands, options };
}

/** `-rrequirements.txt` */
function shortWithValue(word: string, valued: readonly string[]): { name: string; value: string } | undefined {
  const short = word.slice(0, 2);
  if (word.startsWith('--') || word.length <= 2 || !valued.includes(short)) return undefined;
  return { name: short, value: word.slice(2) };
}

export function hasOption(words: Words, ...names: readonly string[]): boolean {
  return words.options.some(({ name }) => names.includes(name));
}

export function optionValue(words: Words, ...names: readonly string[]): string | undefined {
  return words.options.find(({ name }) => names.includes(name))?.value;
}

/** A switch in the environment, as bundler, pipenv and poetry read it. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
}
