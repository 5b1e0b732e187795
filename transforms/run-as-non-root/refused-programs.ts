import * as known from './programs.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Program } from './start-command.js';

/** Why a program of that name and with those arguments can't run as another account, or isn't an application. */
export function refusalByName(program: Program): Refusal | undefined {
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
  if (args.length === 0 && /^(?:composer|gox)$/.test(name)) return tool(name);
  if (name === 'go' && args[0] === 'test')
    return refuse('not-an-application', 'the image runs tests with `go test`, no application');
  if (known.isBuilder(name) || installsAtStart(name, args))
    return refuse(
      'builds-at-start',
      `\`${name}\` builds or installs when the container starts, in directories that belong to root`,
    );
  if (known.isTester(name))
    return refuse('not-an-application', `the image runs tests with \`${name}\`, no application`);
  if (isDevelopmentServer(name, args)) return developmentServer([name, ...args].slice(0, 3).join(' '));
  if (/(?:^|[-_])(?:cli|ctl)$/.test(name)) return tool(name);
  return args.length === 1 && known.PRINTS_ONLY.test(args[0] ?? '') && !known.runtimeOf(name) ? tool(name) : undefined;
}

export const PACKAGE_MANAGERS = /^(?:npm|yarn|pnpm|bun)$/;

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
  'nodemon webpack-dev-server ts-node-dev tsnd live-server browser-sync ionic ember parcel vue-cli-service hugo mkdocs gitbook grunt gulp jekyll middleman guard fresh reflex air'.split(
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

export function developmentServer(command: string): Refusal {
  return refuse(
    'development-server',
    `\`${command}\` serves sources that a developer mounts: the account would have to be theirs`,
  );
}

export function tool(name: string): Refusal {
  return refuse('command-line-tool', `\`${name}\` is a command line tool, used on files of whoever calls it`);
}
