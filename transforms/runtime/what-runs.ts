import { refuse, type Refusal } from './refusal.js';
import { originOf, type Origin } from './copied-files.js';
import { baseName, resolvePath } from './paths.js';
import * as known from './programs.js';
import { BINARY, runtimeOf, type Runtime } from './programs.js';
import { programsOf, shellPrograms, startPrograms, type Program } from './start-command.js';
import { builtHere, installedWith } from './installed.js';
import { workingDirectory, type Subject } from './subject.js';

/** What the container runs, as far as it matters for the account. */
export interface Start {
  readonly runtime: Runtime;
  /** All programs, those of readable start scripts and package scripts included. */
  readonly programs: readonly Program[];
  /** A script of package.json runs that can't be read: it may be a development server. */
  readonly unreadScript: boolean;
}

interface Judged {
  readonly runtime?: Runtime;
  readonly programs: readonly Program[];
  readonly unreadScript?: boolean;
}

const MAX_DEPTH = 5;

/** Commands of a start script that prepare something and need no rights of their own. */
const HELPERS = new Set(
  (
    '. source : [ [[ test cd export set unset read shift local declare typeset return exit trap eval umask wait kill exec if ' +
    'sed grep egrep awk find curl wget date nc ncat getent basename dirname jq seq cut tr head wc xargs sort uniq ps expr let nproc ' +
    'psql pg_isready mysql mysqladmin redis-cli envsubst uname hostname mktemp readlink realpath which command type hash ' +
    'openssl base64 md5sum sha256sum stat mkdir cp mv touch tee ln rm chmod install tar unzip gunzip ulimit pushd popd alias rev free clear id ${@} $@ "$@" '
  ).split(' '),
);

/** What the image starts, or why it must stay root or can't be judged. */
export function judgeStart(subject: Subject): Start | Refusal {
  const programs = startPrograms(subject);
  if (programs === undefined) return refuse('not-an-application', 'the start command can not be read');
  const judged = judgeAll(subject, programs, 0);
  if ('code' in judged) return judged;
  if (judged.runtime === undefined)
    return refuse('not-an-application', `the image starts ${nameOf(programs)}, no application`);
  return { runtime: judged.runtime, programs: judged.programs, unreadScript: judged.unreadScript === true };
}

function nameOf(programs: readonly Program[]): string {
  const name = programs.map(({ path }) => path).find((path) => path !== '');
  return name === undefined ? 'nothing' : `\`${name}\``;
}

function judgeAll(subject: Subject, programs: readonly Program[], depth: number): Judged | Refusal {
  const all: Program[] = [];
  let runtime: Runtime | undefined;
  let unreadScript = false;
  for (const program of programs) {
    const judged = judge(subject, program, depth);
    if ('code' in judged) return judged;
    all.push(...judged.programs);
    runtime = heavier(runtime, judged.runtime);
    unreadScript ||= judged.unreadScript === true;
  }
  return { programs: all, unreadScript, ...(runtime && { runtime }) };
}

function heavier(a: Runtime | undefined, b: Runtime | undefined): Runtime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.writes ? a : b;
}

function judge(subject: Subject, program: Program, depth: number): Judged | Refusal {
  const { name } = program;
  const refusal = refusalByName(program);
  if (refusal !== undefined) return refusal;
  if (name === '' || known.isIdle(name) || HELPERS.has(name)) return { programs: [program] };
  if (/^php[\d.]*$/.test(name) && subject.config.expose.length === 0 && !program.args.includes('artisan'))
    return refuse(
      'command-line-tool',
      `\`${[name, ...program.args].slice(0, 2).join(' ')}\` is a command line tool, used on files of whoever calls it`,
    );
  const scripted = depth < MAX_DEPTH ? judgePackageScript(subject, program, depth) : undefined;
  if (scripted !== undefined) return scripted;
  const runtime = runtimeOf(name);
  if (runtime !== undefined && known.isBareInterpreter(name, program.args))
    return refuse('not-an-application', `the image starts \`${name}\` without a program: it is a base for others`);
  if (runtime !== undefined && !program.path.includes('/')) return { runtime, programs: [program] };
  return judgeFile(subject, program, depth, runtime);
}

function refusalByName(program: Program): Refusal | undefined {
  const { name, args } = program;
  if (/^\[./.test(name))
    return refuse('program-unknown', `\`${name}\` is a broken list: the start command does not run`);
  if (known.DROPPERS.has(name))
    return refuse('drops-privileges-itself', `the start command drops root itself with \`${name}\``);
  if (known.SELF_DROPPERS.has(name))
    return refuse('drops-privileges-itself', `\`${name}\` starts as root and drops its rights itself`);
  if (args.some((arg) => /^--(?:uid|user|gid|setuid)(?:=|$)/.test(arg)))
    return refuse('drops-privileges-itself', `\`${name}\` is told to switch the account itself`);
  if (known.ROOT_PROGRAMS.has(name)) return refuse('needs-root', `\`${name}\` needs root`);
  if (args.some((arg) => /^--allow[-_]root$/.test(arg)))
    return refuse('root-on-purpose', `\`${name}\` is told to allow root: it is meant to run as root`);
  if (known.isBuilder(name) || installsAtStart(name, args))
    return refuse(
      'builds-at-start',
      `\`${name}\` builds or installs when the container starts, in directories that belong to root`,
    );
  if (known.isTester(name))
    return refuse('not-an-application', `the image runs tests with \`${name}\`, no application`);
  if (isDevelopmentServer(name, args))
    return refuse(
      'development-server',
      `\`${[name, ...args].slice(0, 3).join(' ')}\` serves sources that a developer mounts: the account would have to be theirs`,
    );
  return args.length === 1 && known.PRINTS_ONLY.test(args[0] ?? '') && !runtimeOf(name)
    ? refuse('command-line-tool', `\`${name}\` is a command line tool, used on files of whoever calls it`)
    : undefined;
}

const PACKAGE_MANAGERS = /^(?:npm|yarn|pnpm|bun)$/;

function installsAtStart(name: string, args: readonly string[]): boolean {
  if (PACKAGE_MANAGERS.test(name))
    return /^(?:install|i|ci|add|rebuild|update|link)$/.test(args[0] ?? (name === 'yarn' ? 'install' : ''));
  if (name === 'next' || name === 'nuxt' || name === 'nest' || name === 'vite') return args[0] === 'build';
  if (name === 'prisma' || name === 'npx')
    return args.includes('generate') || (args.includes('db') && args.includes('push'));
  if (name === 'dotnet') return /^(?:run|watch|test|build|publish|tool|ef)$/.test(args[0] ?? '');
  if (name === 'bundle') return args[0] === 'install' || args.length === 0;
  return /^(?:tsc|webpack|rollup|esbuild)$/.test(name);
}

const DEVELOPMENT_SERVERS = new Set(
  'nodemon webpack-dev-server ts-node-dev tsnd live-server browser-sync ionic ember parcel vue-cli-service hugo mkdocs gitbook grunt gulp jekyll middleman guard'.split(
    ' ',
  ),
);

function isDevelopmentServer(name: string, args: readonly string[]): boolean {
  const first = args[0] ?? '';
  if (DEVELOPMENT_SERVERS.has(name)) return true;
  if (name === 'vite') return first !== 'preview';
  if (name === 'next' || name === 'nuxt' || name === 'astro' || name === 'gatsby' || name === 'strapi')
    return /^dev/.test(first) || (name === 'next' && first === '');
  if (name === 'ng') return first === 'serve' || first === 's';
  if (name === 'react-scripts' || name === 'craco') return first === 'start';
  if (name === 'webpack') return first === 'serve' || args.includes('--watch');
  return args.some((arg) => /^--(?:reload|watch|hot|debug)$/.test(arg));
}

/** `npm start` and its like: what the script of package.json runs. */
function judgePackageScript(subject: Subject, program: Program, depth: number): Judged | Refusal | undefined {
  const script = PACKAGE_MANAGERS.test(program.name) ? scriptName(program) : undefined;
  if (script === undefined) return undefined;
  if (known.DEVELOPMENT.test(script))
    return refuse(
      'development-server',
      `\`${program.name} ${program.args.join(' ')}\` serves sources that a developer mounts: the account would have to be theirs`,
    );
  if (/^(?:test|lint|build|watch)\b/.test(script))
    return refuse(
      'not-an-application',
      `\`${program.name} ${program.args.join(' ')}\` builds or tests, it serves no application`,
    );
  const text = packageScript(subject, script);
  const runtime = runtimeOf('node');
  if (text === undefined) return { programs: [program], unreadScript: true, ...(runtime && { runtime }) };
  const programs = shellPrograms(text);
  if (programs === undefined) return { programs: [program], unreadScript: true, ...(runtime && { runtime }) };
  const judged = judgeAll(subject, programs.map(asNodeProgram), depth + 1);
  return 'code' in judged ? judged : { ...judged, ...(runtime && { runtime }) };
}

/** A bare name in a package script is a tool of node_modules. */
function asNodeProgram(program: Program): Program {
  const bare = !program.path.includes('/') && runtimeOf(program.name) === undefined && !HELPERS.has(program.name);
  return bare && refusalByName(program) === undefined && !known.isIdle(program.name)
    ? { ...program, name: `${program.name}.js` }
    : program;
}

function scriptName({ name, args }: Program): string | undefined {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const first = words[0];
  if (first === 'run' || first === 'run-script') return words[1];
  if (first === 'start' || first === 'test' || first === 'stop' || first === 'restart') return first;
  return name === 'yarn' || name === 'pnpm' ? first : undefined;
}

function packageScript(subject: Subject, script: string): string | undefined {
  const origin = originOf(subject, resolvePath(workingDirectory(subject), 'package.json'));
  const text = origin?.copied.from === 'context' ? subject.context?.read(origin.path) : undefined;
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as { scripts?: Record<string, unknown> };
    const found = manifest.scripts?.[script];
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}

const SCRIPT_NAME =
  /(?:^|[-_.])(?:entry-?point|start(?:up)?|run|boot(?:strap)?|init|launch(?:er)?|setup|prepare|cmd|wrapper|deploy|install|daemon|docker)(?:$|[-_.])|\.(?:sh|bash|ksh)$/;

function isScriptName(name: string): boolean {
  return SCRIPT_NAME.test(name);
}

/** A program given by a path, or one that is no known tool: a file that the Dockerfile brings along. */
function judgeFile(subject: Subject, program: Program, depth: number, runtime: Runtime | undefined): Judged | Refusal {
  const path = resolvePath(workingDirectory(subject), program.path);
  const isPath = program.path.includes('/');
  const origin =
    isPath || program.script === true || isScriptName(program.name)
      ? originOf(subject, path)
      : originOfCommand(subject, program.name);
  const text = origin?.copied.from === 'context' ? subject.context?.read(origin.path) : undefined;
  if (text !== undefined && !text.includes('\0')) return judgeText(subject, program, depth, text, runtime);
  if (runtime !== undefined) return { runtime, programs: [program] };
  if (/\/(?:build\/install|target\/universal\/stage)\/.*bin\/|\/bin\/server$/.test(`/${program.path}`))
    return { runtime: runtimeOf('java') ?? BINARY, programs: [program] };
  const scripted =
    program.script === true ||
    isScriptName(program.name) ||
    (origin !== undefined && isScriptName(baseName(origin.path)));
  const built = builtHere(subject, program.name);
  if (built === 'by name' || (built === 'perhaps' && !scripted)) return { runtime: BINARY, programs: [program] };
  if (scripted)
    return refuse(
      'script-unknown',
      `\`${program.path}\` runs at start and can't be read here: whether it needs root is not known`,
    );
  if (origin !== undefined) return { runtime: BINARY, programs: [program] };
  return judgeInstalled(subject, program);
}

/** A bare command that a COPY puts into a directory of PATH. */
function originOfCommand(subject: Subject, name: string): Origin | undefined {
  const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin', '/go/bin'];
  const path = folders
    .map((folder) => `${folder}/${name}`)
    .find((candidate) => originOf(subject, candidate) !== undefined);
  return path === undefined ? undefined : originOf(subject, path);
}

function judgeText(
  subject: Subject,
  program: Program,
  depth: number,
  text: string,
  runtime: Runtime | undefined,
): Judged | Refusal {
  const interpreter = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  const by = baseName(interpreter?.[1] ?? '');
  const name = by === 'env' ? baseName(interpreter?.[2] ?? '') : by;
  if (interpreter === null && runtime !== undefined) return { runtime, programs: [program] };
  if (/^(?:sh|bash|ash|dash)?$/.test(name)) return judgeShellScript(subject, program, depth, text);
  const found = runtimeOf(name) ?? runtime;
  return found === undefined ? unknownProgram(program) : { runtime: found, programs: [program] };
}

function judgeShellScript(subject: Subject, program: Program, depth: number, text: string): Judged | Refusal {
  const programs = depth < MAX_DEPTH ? shellPrograms(text) : undefined;
  if (programs === undefined)
    return refuse(
      'script-unknown',
      `\`${program.path}\` runs at start and can't be read here: whether it needs root is not known`,
    );
  const handed =
    /\bexec\s+(?:"\$@"|\$@|\$\*)/.test(text) || /^\s*"\$@"/m.test(text) ? (programsOf(program.args) ?? []) : [];
  return judgeAll(subject, [...programs.filter(({ name }) => !/^["$]/.test(name)), ...handed], depth + 1);
}

function judgeInstalled(subject: Subject, program: Program): Judged | Refusal {
  const installer = installedWith(subject, program.name);
  if (installer === undefined) return unknownProgram(program);
  if (subject.config.expose.length === 0 && installer !== BINARY)
    return refuse('command-line-tool', `\`${program.name}\` is a command line tool, used on files of whoever calls it`);
  return { runtime: installer, programs: [program] };
}

function unknownProgram(program: Program): Refusal {
  return refuse('program-unknown', `nothing is known of \`${program.path}\`: whether it needs root can't be told`);
}
