import { packageAction } from '../../commands/packages.js';
import { programOf } from '../../commands/program.js';
import { firstWheel } from '../../facts/images/python-wheels.js';
import { imagePath } from '../../paths.js';
import { followed } from '../../text-test.js';
import { isInstalled } from '../installed.js';
import { textAt } from '../origin.js';
import { isFrom, isReleaseFrom } from './versions.js';
import type { Place } from './types.js';

/** With pip, and what it needs or lists. */
const INSTALLS_PROJECT = followed(/\bpip3?\b/, /\s(?:-r|\.|-e)(?:\s|\w|$)/, /\n/);

/** What Python of today refuses: pip in the system's own, setup.py without setuptools, and packages that are older than it is. */
export function pythonObstacle(place: Place): string | undefined {
  return systemPip(place) ?? setupScript(place) ?? oldPackage(place);
}

/** Images that bring a Python of their own, which is not the distribution's. */
const OWN = /^(?:python|pypy|hylang)$/;
/** Elsewhere, or told to: `--target`, a virtual environment, conda. */
const ELSEWHERE = /^(?:--break-system-packages|-t|--target|--prefix|--root|--dry-run)(?:=|$)/;
const ENVIRONMENT = /EXTERNALLY-MANAGED|break-system-packages|venv|virtualenv|activate\b|conda|pyenv/i;

/** pip refuses to change a Python that belongs to the system (PEP 668): Debian 12, Ubuntu 23.04, Alpine 3.19 and later. */
function systemPip(place: Place): string | undefined {
  const { build, step, command, image } = place;
  const { release } = build;
  const guarded = isReleaseFrom(release, 12, 23.04) || release?.distribution === 'alpine';
  if (release === undefined || !guarded || !hasSystemPython(place)) return undefined;
  const action = packageAction(command);
  if (action?.manager !== 'pip' || action.subcommand?.text !== 'install') return undefined;
  if (action.flags.some((flag) => ELSEWHERE.test(flag)) || action.program.word.text.includes('/')) return undefined;
  if (step.config.variables.has('PIP_BREAK_SYSTEM_PACKAGES') || ENVIRONMENT.test(image.dockerfile.text))
    return undefined;
  return `installs into the system's Python with pip, which ${release.title} refuses (PEP 668)`;
}

function hasSystemPython({ name, image, state }: Place): boolean {
  const packages = ['python3', 'python3-dev', 'python3-pip', 'py3-pip', 'py-pip'];
  return !OWN.test(name) && packages.some((one) => isInstalled(image, state, one));
}

/** Python comes without setuptools since 3.12; the distributions have a package of it. */
function setupScript(place: Place): string | undefined {
  const { name, build, command, image, state } = place;
  const program = programOf(command);
  const own = name === 'python' && isFrom(build.version, 3, 12);
  const alpine = build.release?.distribution === 'alpine' && hasSystemPython(place);
  if (program === undefined || !(own || alpine)) return undefined;
  const runsSetup = /^python3?$/.test(program.name) && /(?:^|\/)setup\.py$/.test(program.args[0]?.text ?? '');
  if (!runsSetup && program.name !== 'easy_install') return undefined;
  const there = ['setuptools', 'py3-setuptools', 'py-setuptools', 'py3-pip', 'py-pip'];
  if (there.some((one) => isInstalled(image, state, one))) return undefined;
  if (INSTALLS_PROJECT.test(image.dockerfile.text)) return undefined;
  return `runs ${runsSetup ? 'setup.py' : 'easy_install'}, and Python of today comes without setuptools`;
}

/** `numpy==1.19.5`, in a file of requirements too, before a comment or a marker */
const EXACT = /^\s*([\w.-]+)(?:\[[^\]]*\])?\s*==\s*(\d[\d.]*)/;

/** Compiled packages in a version that is not built for this Python, by name or in a file of requirements. */
function oldPackage(place: Place): string | undefined {
  const { name, build, command } = place;
  const action = name === 'python' ? packageAction(command) : undefined;
  if (action?.manager !== 'pip' || action.subcommand?.text !== 'install') return undefined;
  const files = action.options('-r', '--requirement').map((path) => ({ path, text: requirements(place, path) }));
  const lines = [
    ...action.operands.map(({ value, text }) => ({ line: value ?? text, from: '' })),
    ...files.flatMap(({ path, text = '' }) => text.split(/\r?\n/).map((line) => ({ line, from: ` of ${path}` }))),
  ];
  for (const { line, from } of lines) {
    const [, wanted = '', version = ''] = EXACT.exec(line) ?? [];
    const first = firstWheel(build.version ?? '0', wanted, version);
    if (first !== undefined)
      return `installs ${wanted} ${version}${from}, which is not built for Python ${build.version ?? ''}: the first is ${first}`;
  }
  return undefined;
}

/** A file of the build context that the RUN reads. */
function requirements({ image, context, step }: Place, path: string): string | undefined {
  return textAt({ stages: image.stages, context }, step.instruction, imagePath(step.config.workdir, path));
}
