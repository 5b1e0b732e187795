import { refuse, type Refusal } from '../../src/refusal.js';
import { originOf, readOrigin } from './copied-files.js';
import { expandKnown } from '../../src/dockerfile/expand.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import type { Program } from './start-command.js';
import { imagePath } from '../../src/paths.js';

/**
 * A port below 1024 that the application opens. Docker lets any account open it, Kubernetes and older engines don't.
 */
export function privilegedPort(image: FinalImage, programs: readonly Program[]): Refusal | undefined {
  const port =
    exposedPort(image) ??
    configuredPort(image) ??
    programs.map(argumentPort).find(isPrivileged) ??
    sourcePort(image, programs) ??
    settingsPort(image);
  if (port !== undefined)
    return refuse(
      'privileged-port',
      `port ${port} is below 1024: without root it can't be opened everywhere (Kubernetes, older engines)`,
    );
  return undefined;
}

function isPrivileged(port: number | undefined): port is number {
  return port !== undefined && port > 0 && port < 1024;
}

function exposedPort(image: FinalImage): number | undefined {
  const written = image.instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ words }) =>
      words.map(({ text }) => expandKnown(text, image.config.variables.get, image.dockerfile.escape) ?? ''),
    );
  const ports = [...written, ...image.config.expose, ...(image.base?.expose ?? [])];
  return ports.map((port) => Number.parseInt(port.split(':').at(-1) ?? '', 10)).find(isPrivileged);
}

/** Variables by which applications are told their own port; a port of another service has another name. */
const OWN_PORT =
  /^(?:(?:SERVER|HTTP|HTTPS|APP|LISTEN|WEB|NODE|API|ASPNETCORE_HTTP|ASPNETCORE_HTTPS)_)?PORTS?$|^ASPNETCORE_URLS$|^SERVER_NAME$|^(?:BIND|LISTEN)(?:_ADDR(?:ESS)?)?$/;

function configuredPort(image: FinalImage): number | undefined {
  const values = { ...image.base?.env, ...Object.fromEntries(image.config.env.entries()) };
  for (const [name, value] of Object.entries(values)) {
    if (!OWN_PORT.test(name)) continue;
    const port = value
      .split(/[;,]/)
      .map((part) => Number(/(?:^|:)(\d+)\/?$/.exec(part)?.[1]))
      .find(isPrivileged);
    if (port !== undefined) return port;
  }
  return aspnetPort(image);
}

/** ASP.NET Core opened port 80 unless told otherwise, until its images for .NET 8 set 8080. */
function aspnetPort({ reference = '', instructions }: FinalImage): number | undefined {
  if (!/(?:\/|^)aspnet(?:core)?(?:[:@]|$)|aspnetcore-runtime/.test(reference)) return undefined;
  const major = Number(/aspnet:(\d+)/.exec(reference)?.[1] ?? (/aspnet$/.test(reference) ? 8 : 0));
  if (major >= 8 && !reference.includes('/core/')) return undefined;
  const told = instructions.some(
    ({ keyword, body }) => keyword === 'ENV' && /ASPNETCORE_(?:URLS|HTTP_PORTS)/.test(body.text),
  );
  return told ? undefined : 80;
}

function argumentPort({ args }: Program): number | undefined {
  const text = args.join(' ');
  const option =
    /(?:^|\s)(?:--?(?:[\w-]*port|p|b|bind|l|listen|addr|address|http|urls?|host)[= ]|-D?server\.port=|-[pbl])(?:\S*[:=])?(\d{1,3})(?![\d.])/.exec(
      text,
    );
  const address = /(?:^|[\s=/])(?:0\.0\.0\.0|\[::\]|::|\*|localhost|127\.0\.0\.1|\+)?:(\d{1,3})(?![\d.:])/.exec(text);
  const found = option ?? address;
  return found === null ? undefined : Number(found[1]);
}

const PORT_FILES = [
  'main.go',
  'server.go',
  'app.go',
  'cmd/main.go',
  'src/main.rs',
  'src/main/resources/application.properties',
  'src/main/resources/application.yml',
];

/** What compiled applications usually say of their port, where it can be read. */
function settingsPort({ context }: FinalImage): number | undefined {
  for (const file of PORT_FILES) {
    const port = /"(?:0\.0\.0\.0)?:(80|443)"|\bport\s*[:=]\s*(80|443)\b/.exec(context?.read(file) ?? '');
    if (port !== null) return Number(port.slice(1).find((group: string | undefined) => group !== undefined));
  }
  return undefined;
}

/** The main source file, where it can be read: `listen(80)`. */
function sourcePort(image: FinalImage, programs: readonly Program[]): number | undefined {
  for (const { path, args } of programs) {
    const file = [path, ...args].find((word) => /\.(?:[cm]?[jt]s|py|rb)$/.test(word));
    const origin = file === undefined ? undefined : originOf(image, imagePath(workingDirectory(image), file));
    const text = readOrigin(image, origin);
    const port = /\.listen\(\s*(80|443)\b|\bport\s*[:=]\s*(80|443)\b|\|\|\s*(80|443)\b/i.exec(text ?? '');
    if (port !== null) return Number(port.slice(1).find((group: string | undefined) => group !== undefined));
  }
  return undefined;
}
