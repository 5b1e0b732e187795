/** Packages of a project by which it works on devices, raw sockets or the host's containers. */
import { optionValue, readArguments, valueOf } from '../../src/commands/arguments.js';
import { programOf, type Program } from '../../src/commands/program.js';
import { textAt } from '../../src/image/origin.js';
import type { Step } from '../../src/image/types.js';
import { objectOf, parseObject } from '../../src/json.js';
import { imagePath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { FinalImage } from './final-image.js';
import { isModuleInstall } from './node-commands.js';

const OF_NODE =
  /^(?:dockerode|serialport|@serialport\/.*|usb|node-hid|@abandonware\/noble|noble|bleno|pcap2?|raw-socket|net-ping|onoff|rpi-gpio|pigpio|i2c-bus|spi-device|epoll)$/;
const OF_PYTHON =
  /^(RPi\.GPIO|gpiozero|pigpio|spidev|smbus2?|pyusb|libusb1|pyserial|bluepy|pybluez|scapy|pyshark|netfilterqueue|evdev|picamera2?|docker|libtpu|torch[-_]xla|jax\[tpu\])\s*(?:[=<>~!;@[#]|--|$)/im;

export function hostPackages(image: FinalImage): Refusal | undefined {
  const own = new Set(image.instructions);
  for (const step of image.stages.flatMap(({ steps }) => steps)) {
    if (!own.has(step.instruction)) continue;
    for (const program of (step.script?.commands ?? []).flatMap((command) => programOf(command) ?? [])) {
      const name = ofNode(image, step, program) ?? ofPython(image, step, program);
      if (name !== undefined)
        return refuse(
          'needs-root',
          `\`${name}\` is installed: the container works on devices, the network or its host`,
        );
    }
  }
  return undefined;
}

function ofNode(image: FinalImage, step: Step, program: Program): string | undefined {
  if (!isModuleInstall(program)) return undefined;
  const manifest = parseObject(textAt(image, step.instruction, pathOf(image, step, 'package.json')));
  return Object.keys(objectOf(manifest?.['dependencies']) ?? {}).find((name) => OF_NODE.test(name));
}

/** `pip install -r requirements.txt` */
function ofPython(image: FinalImage, step: Step, { row, args }: Program): string | undefined {
  if (row?.manager?.manager !== 'pip') return undefined;
  const file = optionValue(readArguments(args.map(valueOf), row), '-r', '--requirement');
  const text = file === undefined ? undefined : textAt(image, step.instruction, pathOf(image, step, file));
  return OF_PYTHON.exec(text ?? '')?.[1];
}

function pathOf(image: FinalImage, { config }: Step, file: string): string {
  return imagePath(config.workdir ?? image.startDirectory, file);
}
