/** What an install of a Node project reads, whichever the package manager: ecosystems differ in names only. */
import { inProject, isPresent, presentFiles } from '../project/files.js';
import { NODE_MODULES, PACKAGE_JSON, readManifest, readPnpmWorkspace, type Manifest } from './manifest.js';
import { managerFile } from './manager-file.js';
import { refuseCopiedMembers } from './injected.js';
import { prismaSchema, scriptInputs } from './scripts.js';
import { enclosingWorkspace, workspaceMembers } from './workspaces.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { Inputs, PackageManager, Project } from '../project/types.js';
import { contextPath, joinPath } from '../../paths.js';

/** An install by a package manager, with what its options ask for. */
export interface NodeInstall extends Pick<PackageManager, 'name' | 'locks' | 'settings'> {
  /** Its lock file, where the install writes that and nothing else. */
  readonly writesLock?: string | undefined;
  /** Told to copy members of the workspace where it otherwise links them. */
  readonly injects?: boolean;
  /** The install fails without a lock file. */
  readonly needsLock: boolean;
  /** Lifecycle scripts of the project that the install runs. */
  readonly scripts: readonly string[];
}

/** Files that install scripts of well-known dependencies read where they exist. */
const DEPENDENCY_SETTINGS = [
  '.puppeteerrc',
  '.puppeteerrc.json',
  '.puppeteerrc.js',
  '.puppeteerrc.cjs',
  'puppeteer.config.js',
  'puppeteer.config.cjs',
];

export function nodeInputs(project: Project, install: NodeInstall): Inputs | Refusal {
  const path = inProject(project, PACKAGE_JSON);
  const manifest = readManifest(project, path);
  if (manifest === undefined || !isPresent(project, path, 'file'))
    return refuse('manifest-missing', `there is no readable ${path} in the build context`);
  const lock = presentFiles(project, install.locks)[0];
  const obstacle = findObstacle(project, install, manifest, lock);
  if (obstacle !== undefined) return obstacle;
  const members = workspaceMembers(project, install.name);
  if (isRefusal(members)) return members;
  const manager = managerFile(project);
  const parts = [
    {
      files: [
        path,
        ...(lock === undefined ? [] : [lock]),
        ...presentFiles(project, [...install.settings, ...DEPENDENCY_SETTINGS]),
        ...(manager === undefined ? [] : [manager]),
      ],
    },
    refuseCopiedMembers(project, members, install.injects === true) ?? { files: [] },
    localTarballs(project, manifest),
    patches(project, manifest),
    packageInputs(project, manifest, path, install),
    ...members.map((member) => memberInputs(project, member, install)),
  ];
  const { writesLock } = install;
  if (writesLock !== undefined) return lockInputs(combine(parts, []), project, writesLock);
  return combine(
    parts,
    [project.directory, ...members].map((folder) => joinPath(folder, NODE_MODULES)),
  );
}

/** A lock file of the context would take the place of the one that is written. */
function lockInputs(inputs: Inputs | Refusal, project: Project, name: string): Inputs | Refusal {
  if (isRefusal(inputs)) return inputs;
  return { ...inputs, outputs: presentFiles(project, [name]), made: [inProject(project, name)] };
}

function findObstacle(
  project: Project,
  install: NodeInstall,
  manifest: Manifest,
  lock: string | undefined,
): Refusal | undefined {
  const workspace = enclosingWorkspace(project);
  if (workspace !== undefined)
    return refuse('inside-workspace', `${project.directory} belongs to the workspace of ${workspace || 'the context'}`);
  const isMade = install.locks.some((name) => project.made?.has(inProject(project, name)) === true);
  if (install.needsLock && lock === undefined && !isMade)
    return refuse(
      'lock-missing',
      `the install needs a lock file (${install.locks.join(' or ')}), and the build context has none`,
    );
  if (isPresent(project, inProject(project, 'binding.gyp'), 'file'))
    return refuse('install-scripts', 'binding.gyp makes the install compile sources of the project');
  const local = [...manifest.dependencies].find(([, version]) => isLocalFolder(version));
  return local && refuse('local-dependency', `the dependency ${local[0]} is a folder of the project (\`${local[1]}\`)`);
}

/** `file:../lib`, `link:lib`, `portal:lib`, `../lib`; an archive is a single file. */
function isLocalFolder(version: string): boolean {
  return /^(?:file:|link:|portal:|\.{1,2}\/|\/|~\/)/.test(version) && !isArchive(version);
}

function isArchive(version: string): boolean {
  return /\.(?:tgz|tar\.gz|tar)$/.test(version);
}

function localTarballs(project: Project, manifest: Manifest): Inputs | Refusal {
  const files: string[] = [];
  for (const [name, version] of manifest.dependencies) {
    if (!isArchive(version) || /^\w+:\/\//.test(version) || !/^(?:file:|\.)/.test(version)) continue;
    const path = contextPath(project.directory, version.replace(/^file:/, ''));
    if (path === undefined || !isPresent(project, path, 'file'))
      return refuse('local-dependency', `the archive of the dependency ${name} (\`${version}\`) is not in the context`);
    files.push(path);
  }
  return { files };
}

function patches(project: Project, manifest: Manifest): Inputs | Refusal {
  const named = [...manifest.patchedDependencies, ...(readPnpmWorkspace(project)?.patchedDependencies ?? [])];
  const paths = named.map((name) => contextPath(project.directory, name) ?? name);
  const missing = paths.find((path) => !isPresent(project, path, 'file'));
  return missing === undefined
    ? { files: paths }
    : refuse('local-dependency', `the patch ${missing} that the install applies is not in the build context`);
}

/** Scripts of the package itself, and of dependencies that are known to read the project. */
function packageInputs(project: Project, manifest: Manifest, path: string, install: NodeInstall): Inputs | Refusal {
  const own = scriptInputs(project, path, install.scripts);
  if (isRefusal(own) || install.scripts.length === 0 || !manifest.dependencies.has('@prisma/client')) return own;
  const prisma = prismaSchema(project, manifest, undefined, 'the install of @prisma/client');
  return isRefusal(prisma) ? prisma : combine([own, prisma], []);
}

function memberInputs(project: Project, member: string, install: NodeInstall): Inputs | Refusal {
  const path = joinPath(member, PACKAGE_JSON);
  const manifest = readManifest(project, path);
  if (manifest === undefined) return refuse('manifest-missing', `${path} can't be read`);
  const local = [...manifest.dependencies].find(([, version]) => isLocalFolder(version) || /^file:/.test(version));
  if (local !== undefined)
    return refuse('local-dependency', `the dependency ${local[0]} of ${path} is a folder of the project`);
  const inside = { ...project, directory: member };
  const scripts = packageInputs(inside, manifest, path, install);
  if (isRefusal(scripts)) return scripts;
  const bins = commandFiles(project, member, manifest);
  // npm, yarn and bun make it executable; the later copy brings it as it is.
  const closed = bins.find((bin) => project.context.executable(bin) !== true);
  if (closed !== undefined)
    return refuse(
      'bin-mode',
      `the install makes ${closed}, a command of ${path}, executable, and the later copy takes that back: have it executable in the repository`,
    );
  return { ...scripts, files: [path, ...bins, ...scripts.files], inert: bins };
}

/** npm links a member's command only where its file exists at install time. */
function commandFiles(project: Project, member: string, { bins, binFolder }: Manifest): readonly string[] {
  const folder = binFolder === undefined ? undefined : contextPath(member, binFolder);
  const listed = folder === undefined ? [] : (project.context.list(folder) ?? []).map((name) => joinPath(folder, name));
  const named = bins.flatMap((bin) => contextPath(member, bin) ?? []);
  return [...named, ...listed].filter((path) => isPresent(project, path, 'file'));
}

function combine(parts: readonly (Inputs | Refusal)[], outputs: readonly string[]): Inputs | Refusal {
  const refusal = parts.find(isRefusal);
  if (refusal !== undefined) return refusal;
  const inputs = parts.filter((part): part is Inputs => !isRefusal(part));
  return {
    files: [...new Set(inputs.flatMap((part) => part.files))],
    inert: inputs.flatMap((part) => part.inert ?? []),
    directories: [...new Set(inputs.flatMap((part) => part.directories ?? []))],
    outputs,
  };
}
