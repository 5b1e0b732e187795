/** What the steps of a RUN read of a tree copy's files. */
import type { BuildContext } from '../../src/facts/context/types.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import type { CommandLine } from '../../src/ecosystems/mentions/call-quotes.js';
import { withMentions } from '../../src/ecosystems/mentions/complete.js';
import type { Inputs, Install, Project } from '../../src/ecosystems/project/types.js';
import type { Step } from './install-step.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import type { Variables } from '../../src/image/variables.js';
import { contextPath, imagePath, isWithin, joinPath, pathBelow, relativePath } from '../../src/paths.js';

export interface RunInputs extends Inputs {
  /** Where the files and folders lie in the image, those that the install makes included. */
  readonly places: readonly string[];
}

/** What the image has before the RUN, but for what the tree copy brings. */
export interface Earlier {
  /** Files that RUNs before have written, as context paths. */
  readonly made: Iterable<string>;
  /** From where in the context a file of the image comes; undefined where that is not known. */
  origin(place: string): string | undefined;
}

/**
 * Inputs of all installs together, as context paths; those that the tree copy does not bring are among them.
 */
export function installInputs(
  steps: readonly Step[],
  tree: TreeCopy,
  context: BuildContext,
  variables: Variables,
  earlier: Earlier,
): RunInputs | Refusal {
  const files = new Set<string>();
  const directories = new Set<string>();
  const outputs = new Set<string>();
  const written = new Set<string>();
  const places = new Set<string>();
  const made = new Set(earlier.made);
  for (const { install, call, directory } of steps) {
    if (install === undefined && call === undefined) continue;
    const found = findProject(install, directory, tree, context);
    const elsewhere = (path: string): string | undefined => earlier.origin(imagePath(directory, path));
    const project = found && { ...found, made, elsewhere };
    if (project === undefined)
      return refuse(
        'folder-unknown',
        `${install?.manager ?? 'an install'} runs in ${directory}, and where its files come from is not known`,
      );
    const inputs = allInputs(install, project, steps, variables);
    if (isRefusal(inputs)) return inputs;
    for (const file of inputs.files) files.add(file);
    for (const file of inputs.made ?? []) made.add(file);
    for (const folder of inputs.directories ?? []) directories.add(folder);
    for (const path of [
      ...inputs.files,
      ...(inputs.directories ?? []),
      ...(inputs.outputs ?? []),
      ...(inputs.written ?? []),
    ])
      places.add(placeOf(tree, path) ?? imagePath(directory, relativePath(project.directory, path)));
    for (const output of inputs.outputs ?? []) if (isWithin(tree.source, output)) outputs.add(output);
    for (const file of inputs.written ?? []) if (isWithin(tree.source, file)) written.add(file);
  }
  return {
    files: [...files],
    directories: [...directories],
    outputs: [...outputs],
    written: [...written],
    places: [...places],
    made: [...made],
  };
}

/** Where the tree copy puts a path; undefined where it does not bring it. */
function placeOf({ source, target }: TreeCopy, path: string): string | undefined {
  const below = pathBelow(source, path);
  return below === undefined ? undefined : joinPath(target, below);
}

/** With what the commands up to the install and the variables in force name, and what its files name in turn. */
function allInputs(
  install: Install | undefined,
  project: Project,
  steps: readonly Step[],
  variables: Variables,
): Inputs | Refusal {
  const inputs = install === undefined ? { files: [] } : install.inputs(project);
  if (isRefusal(inputs)) return inputs;
  const calls = steps.flatMap(({ call, install: own }) =>
    own === undefined && call ? withoutNames(call) : (call ?? []),
  );
  return withMentions(project, inputs, [{ words: [], variables: variables.entries() }, ...calls]);
}

/** Packages have plain names, and a folder of the project may be called like one. */
function withoutNames({ words, variables }: CommandLine): CommandLine {
  return { words: words.filter((word, index) => index === 0 || /[./=]|^-/.test(word)), variables };
}

/** The folder of the context whose files lie in `directory` of the image. */
function findProject(
  install: Install | undefined,
  directory: string,
  tree: TreeCopy,
  context: BuildContext,
): Project | undefined {
  const below = pathBelow(tree.target, directory);
  if (below !== undefined) {
    const folder = contextPath(tree.source, below);
    return folder === undefined ? undefined : project(context, folder, tree.source, directory, tree);
  }
  // `COPY src /app/src`: its parent in the context lies in /app.
  const above = pathBelow(directory, tree.target);
  if (above !== undefined && above !== '' && (tree.source === above || tree.source.endsWith(`/${above}`))) {
    const folder = tree.source.slice(0, -above.length).replace(/\/$/, '');
    return project(context, folder, folder, directory, tree);
  }
  const isNamed =
    install === undefined || install.named?.every((file) => isWithin(tree.target, imagePath(directory, file)));
  return isNamed === true ? project(context, tree.source, tree.source, directory, tree) : undefined;
}

/** @param image folder of the image in which the command runs */
function project(context: BuildContext, folder: string, root: string, image: string, tree: TreeCopy): Project {
  return {
    context,
    directory: folder,
    root,
    resolve(path) {
      const place = imagePath(image, path);
      const inTree = pathBelow(tree.target, place);
      if (inTree !== undefined) return contextPath(tree.source, inTree);
      const below = pathBelow(image, place);
      if (below !== undefined) return contextPath(folder, below);
      const back = path.startsWith('/') ? undefined : contextPath(folder, path);
      return back !== undefined && isWithin(root, back) ? back : undefined;
    },
  };
}
