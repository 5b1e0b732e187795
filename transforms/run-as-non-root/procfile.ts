/** Programs that start those of a Procfile: `foreman start`. */
import { imagePath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { originOf, readOrigin } from './copied-files.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { shellPrograms, type Program } from './start-command.js';

const STARTERS: ReadonlySet<string> = new Set(['foreman', 'honcho', 'goreman', 'forego', 'hivemind', 'overmind']);

/** What it starts; undefined where it is none of them. */
export function startedByProcfile(
  image: FinalImage,
  { name, path, args }: Program,
): readonly Program[] | Refusal | undefined {
  if (!STARTERS.has(name)) return undefined;
  const given = args.findIndex((arg) => /^(?:-f|--procfile)$/.test(arg));
  const file = given < 0 ? 'Procfile' : (args[given + 1] ?? '');
  const text = readOrigin(image, originOf(image, imagePath(workingDirectory(image), file)));
  const lines = text?.split(/\r?\n/).flatMap((line) => /^[\w-]+:(.+)$/.exec(line)?.[1] ?? []) ?? [];
  const programs = lines.map((line) => shellPrograms(line));
  const known = programs.filter((one) => one !== undefined);
  return lines.length === 0 || known.length < lines.length
    ? refuse('script-unknown', `\`${path}\` starts what \`${file}\` says, which can't be read here`)
    : known.flat();
}
