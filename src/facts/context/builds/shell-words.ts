/** The commands of a line of shell as it stands in scripts, Makefiles and CI files: near enough to read a build command in it. */

const BLANKS = /\s+/y;
const OPERATOR = /[;&|()<>]/y;
/** Quoted text, an expansion, an escaped character, plain text; a lone quote is what is left of a file's own quoting. */
const PIECE =
  /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\$\{\{.*?\}\}|\$\([^()]*\)|\$\{[^}]*\}|`[^`]*`|\{\{.*?\}\})|\\(.?)|([^\s"'\\;&|()<>$`{]+|[${])|["'`]/y;

export function splitCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let command: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) command.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (command.length > 0) commands.push(command);
    command = [];
  };
  for (let at = 0; at < line.length;) {
    const match = [BLANKS, OPERATOR, PIECE].map((part) => matchAt(part, line, at)).find((one) => one !== null);
    if (match === undefined) break;
    const [text] = match;
    if (word === undefined && text.startsWith('#')) break;
    if (/^\s/.test(text)) endWord();
    else if (text.length === 1 && ';&|()<>'.includes(text)) endCommand();
    else word = (word ?? '') + (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '');
    at += text.length;
  }
  endCommand();
  return commands;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
