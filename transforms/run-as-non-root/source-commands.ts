/** What the sources of an application show of a need for root: programs that they start, and calls that only root may make. */
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { imagePath } from '../../src/paths.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { NEEDS_ROOT, refusalByName } from './refused-programs.js';
import { isForReading, isOpen, sourceTexts } from './source-files.js';
import { argumentsFrom, endOfString, isQuote, lineOf, type Piece, type SourceText } from './source-text.js';
import { refuseModule } from './start.js';
import { shellPrograms, type Program } from './start-command.js';

/** Calls that start a program; a method named `exec` of something else is one of a pattern. */
const STARTS =
  /(?:(?<![.\w])|\b(?:child_process|childProcess|cp|shell)\.)(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|execa|execaSync|execaCommand)\(\s*|\bsubprocess\.(?:run|call|check_call|check_output|Popen|getoutput)\(\s*|\bos\.(?:system|popen|exec[lv]\w*|spawn\w+)\(\s*|\bcreate_subprocess_(?:exec|shell)\(\s*|(?<![.\w])(?:shell_exec|passthru|proc_open|system)\(\s*/g;

/** By what the kernel keeps for root: accounts, owners, roots, devices, packets (capabilities(7)), and the libraries that work on those. */
const ROOT_CALLS =
  /\bprocess\.(?:set(?:e?[ug]id|groups)|initgroups)\(|\bos\.(?:set(?:e|re|res)?[ug]id|setgroups|initgroups|l?chown|chroot|mknod|setpriority|nice)\(|\bshutil\.chown\(|\bfs\w*\.l?chown(?:Sync)?\(|\bget(?:e?uid)\(\)\s*[!=]==?\s*0|\bSOCK_RAW\b|\bAF_PACKET\b|docker\.(?:from_env|DockerClient|APIClient)\(|['"](?:dockerode|raw-socket|net-ping|onoff|pigpio|cap|usb|serialport)['"]|^(?:import|from) (?:RPi|gpiozero|scapy|usb|serial|smbus2?|spidev|bleak|evdev|pigpio)\b/gm;

export function sourcesNeedRoot(image: FinalImage, own: readonly string[]): Refusal | undefined {
  for (const source of sourceTexts(image)) {
    const [call] = source.text.matchAll(ROOT_CALLS);
    if (call !== undefined)
      return refuse('needs-root', `${lineOf(source, call.index)}: \`${call[0].trim()}\` is for root alone`);
    for (const { index, 0: start } of source.text.matchAll(STARTS)) {
      const words = argumentsFrom(source.text, index + start.length) ?? [];
      const programs = shellPrograms(words.map((piece) => wordsIn(source, piece)).join(' ')) ?? [];
      const found = programs.map((program) => refusalFor(image, own, program)).find(isRefusal);
      if (found !== undefined) return refuse(found.code, `${lineOf(source, index)}: ${found.reason}`);
    }
  }
  return undefined;
}

function refusalFor(image: FinalImage, own: readonly string[], program: Program): Refusal | undefined {
  const refusal = refusalByName(program) ?? refuseModule(program);
  if (refusal !== undefined && NEEDS_ROOT.has(refusal.code)) return refusal;
  const directory = workingDirectory(image);
  const paths = program.args.filter((word) => /^\/[\w.@-]/.test(word)).concat(program.writes);
  const outside = paths
    .map((path) => imagePath(directory, path))
    .find((path) => !isOpen(own, path) && !isForReading(path));
  return outside === undefined
    ? undefined
    : refuse('writes-outside', `\`${program.name}\` works in \`${outside}\`, which only root may change`);
}

/** The strings of an argument, and the interpreter that runs the source itself. */
function wordsIn({ text }: SourceText, { start, end }: Piece): string {
  const found: string[] = [];
  for (let at = start; at < end; at++) {
    if (text.startsWith('sys.executable', at)) found.push('python');
    if (!isQuote(text.charAt(at))) continue;
    const close = endOfString(text, at);
    found.push(text.slice(at + 1, close - 1));
    at = close - 1;
  }
  return found.join(' ');
}
