/** What an install of a Node project reads, whichever the package manager: ecosystems differ in names only. */
import { inProject, isPresent, presentFiles } from '../project/files.js';
import { NODE_MODULES, PACKAGE_JSON, readManifest } from './manifest.js';
import { combine } from './combine.js';
import { managerFile } from './manager-file.js';
import { memberInputs, packageInputs } from './members.js';
import { refuseCopiedMembers } from './injected.js';
import { localFolders, localTarballs, patches } from './local-packages.js';
import { enclosingWorkspace, workspaceMembers } from './workspaces.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { Inputs, PackageManager, Project } from '../project/types.js';
import { joinPath } from '../../paths.js';

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
  const obstacle = findObstacle(project, install, lock);
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
    localFolders(project, manifest, install.scripts),
    patches(project, manifest),
    packageInputs(project, manifest, path, install.scripts),
    ...members.map((member) => memberInputs(project, member, install.scripts)),
  ];
  const { writesLock } = install;
  if (writesLock !== undefined) return lockInputs(combine(parts), project, writesLock);
  const outputs = [project.directory, ...members].map((folder) => joinPath(folder, NODE_MODULES));
  return combine([...parts, { files: [], outputs }]);
}

/** A lock file of the context would take the place of the one that is written. */
function lockInputs(inputs: Inputs | Refusal, project: Project, name: string): Inputs | Refusal {
  if (isRefusal(inputs)) return inputs;
  return { ...inputs, outputs: presentFiles(project, [name]), made: [inProject(project, name)] };
}

function findObstacle(project: Project, install: NodeInstall, lock: string | undefined): Refusal | undefined {
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
  return undefined;
}
