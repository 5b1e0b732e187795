import { valueOf } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { givenMode } from '../../src/commands/modes.js';
import { programOf } from '../../src/commands/program.js';
import { copiedFiles, copiesIn } from './copied-files.js';
import { hostPackages } from './host-packages.js';
import { runCommands } from './installed-programs.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Program } from './start-command.js';
import type { FinalImage } from './final-image.js';
import { baseName } from '../../src/paths.js';

/** What the Dockerfile shows of a need for root, besides the command that it starts. */
export function rootNeeds(image: FinalImage, programs: readonly Program[]): Refusal | undefined {
  return (
    hostAccess(image) ??
    telltalePackages(image) ??
    hostPackages(image) ??
    volumes(image) ??
    closedFiles(image, programs)
  );
}

function hostAccess({ dockerfile }: FinalImage): Refusal | undefined {
  const found =
    /docker\.sock|--privileged|--cap-add|--device\b|\.X11-unix|--pid[= ]host|--net(?:work)?[= ]host|libtpu|\/dev\/(?!null|zero|u?random|std|fd\b|tcp|shm|tty\b)\w+/.exec(
      dockerfile.text,
    );
  return found === null
    ? undefined
    : refuse('needs-root', `\`${found[0]}\` is mentioned: the container works on its host, which needs root`);
}

/** Packages for work on devices, the network or the host's containers. */
const HOST_TOOLS =
  /^(?:docker(?:\.io|-ce|-ce-cli|-cli|-compose(?:-plugin)?)?|sudo|udev|libudev-dev|libusb[\w.-]*|usbutils|bluez|i2c-tools|wiringpi|alsa-utils|libasound2|pulseaudio|pcscd|libpcap[\w.-]*|tcpdump|nmap|iptables|nftables|openvpn|wireguard[\w-]*|kmod|fuse3?|sshfs|nfs-common|nfs-utils|cifs-utils|s3fs|qemu[\w-]*|libvirt[\w-]*|firefox[\w-]*|xserver[\w-]*|xauth|RPi\.GPIO)$/;

const DROP_TOOLS =
  /^(?:gosu|su-exec|s6-overlay|s6|runit|supervisor|openssh-server|openssh|dropbear|cron|dcron|cronie|setpriv)$/;

function telltalePackages(image: FinalImage): Refusal | undefined {
  for (const command of runCommands(image)) {
    const words = command.args.map(({ text }) => text);
    if (!words.some((word) => /^(?:install|add|-S|-Sy|-Syu)$/.test(word))) continue;
    const host = words.find((word) => HOST_TOOLS.test(word));
    if (host !== undefined)
      return refuse('needs-root', `\`${host}\` is installed: the container works on devices, the network or its host`);
    const tool = words.find((word) => DROP_TOOLS.test(word));
    if (tool !== undefined)
      return refuse(
        'drops-privileges-itself',
        `\`${tool}\` is installed: the container manages accounts or services itself`,
      );
  }
  const gosu = image.instructions.find(
    ({ keyword, body }) => keyword !== 'LABEL' && /\b(?:gosu|su-exec|s6-overlay)\b/.test(body.text),
  );
  return gosu === undefined
    ? undefined
    : refuse('drops-privileges-itself', 'the image has a tool to drop root at start (gosu, su-exec, s6)');
}

function volumes(image: FinalImage): Refusal | undefined {
  const all = [...image.config.volumes, ...(image.base?.volumes ?? [])];
  const volume = all.find((path) => !/^\/tmp(?:\/|$)/.test(path));
  return volume === undefined
    ? undefined
    : refuse('volume', `\`${volume}\` is a volume: what root wrote into existing ones could no longer be changed`);
}

/** Modes by which only root reads or starts a file. */
function closedFiles(image: FinalImage, programs: readonly Program[]): Refusal | undefined {
  const started = new Set(programs.flatMap(({ name, path }) => (path.includes('/') ? [name] : [])));
  for (const program of runCommands(image).flatMap((command) => programOf(command) ?? [])) {
    if (program.name === 'umask' && /[4567]$/.test(program.args[0]?.text ?? '')) return closed('umask');
    const given = givenMode(program);
    if (given === undefined) continue;
    const { mode, command, paths } = given;
    if (/^[46]\d{3}$|^[ugoa]*\+\w*s/.test(mode))
      return refuse('root-on-purpose', `\`${command}\` lets a program take the rights of its owner, who is root`);
    if (closesReading(mode)) return closed(command);
    if (closesStarting(mode) && paths.some((path) => started.has(baseName(valueOf(path))))) return closed(command);
  }
  return closedCopy(image);
}

function closed(how: string): Refusal {
  return refuse('root-only-files', `\`${how}\` closes files to accounts other than root`);
}

function closesReading(mode: string): boolean {
  return /^\d+$/.test(mode)
    ? /^[0-3]$/.test(mode.slice(-1))
    : /(?:^|,)(?:g?o|go|og|a)[-=](?:,|$|r|wx$)|o-r|o=(?:,|$)/.test(mode) && !/[oa]\+r/.test(mode);
}

function closesStarting(mode: string): boolean {
  return /^\d+$/.test(mode) ? /[0246]$/.test(mode) : /^u\+\w*x/.test(mode);
}

function closedCopy(image: FinalImage): Refusal | undefined {
  const mode = copiesIn(image).find((copy) => copy.mode !== undefined && closesReading(copy.mode))?.mode;
  if (mode !== undefined) return closed(`--chmod=${mode}`);
  const open = copiedFiles(image).some(
    ({ copy, from, sources }) => from === 'network' && copy.mode === undefined && !isHandled(image, sources),
  );
  return open ? refuse('root-only-files', 'ADD of a URL makes a file that only root reads') : undefined;
}

/** A command of the image works on what was fetched. */
function isHandled(image: FinalImage, sources: readonly string[]): boolean {
  const names = sources.map(baseName);
  return runCommands(image).some(
    (command) =>
      isIn(programOf(command)?.row, 'files', 'unpack', 'package-setup') &&
      command.args.some(({ text }) => names.some((one) => text.includes(one))),
  );
}
