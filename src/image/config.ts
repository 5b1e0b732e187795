import type { Instruction } from '../dockerfile/types.js';
import { operandsOf } from '../dockerfile/words.js';
import type { BaseImage } from '../facts/images/types.js';
import { expandWord } from '../dockerfile/expand.js';
import { imagePath, isAbsolutePath } from '../paths.js';
import type { Command, Config } from './types.js';
import { record, startHistory, viewOf, type History, type Variables } from './variables.js';

/** A list that grows at its end and whose earlier states stay as they were. */
interface Chain {
  readonly item: string;
  readonly before: Chain | undefined;
}

interface Fields {
  readonly user: string | undefined;
  readonly workdir: string | undefined;
  readonly shell: readonly string[] | undefined;
  readonly entrypoint: Command | undefined;
  readonly cmd: Command | undefined;
  readonly expose: Chain | undefined;
  readonly volumes: Chain | undefined;
  readonly onbuild: Chain | undefined;
  readonly healthcheck: string | undefined;
  readonly stopsignal: string | undefined;
}

/** A stage while it is read: `config` is the one in force. */
export interface StageBuilder {
  fields: Fields;
  config: Config;
  readonly globals: Variables;
  readonly env: History;
  readonly envComplete: boolean;
  readonly args: History;
  readonly variables: History;
  readonly labels: History;
  /** This stage has a CMD of its own: a later ENTRYPOINT does not clear it. */
  ownCmd: boolean;
}

const NOTHING: Fields = {
  user: undefined,
  workdir: undefined,
  shell: undefined,
  entrypoint: undefined,
  cmd: undefined,
  expose: undefined,
  volumes: undefined,
  onbuild: undefined,
  healthcheck: undefined,
  stopsignal: undefined,
};

/** A stage built FROM `parent`, or from an outside image of which `known` is known. */
export function emptyStage(
  parent: StageBuilder | undefined,
  known: BaseImage | undefined,
  globals: Variables,
): StageBuilder {
  const base = new Map(Object.entries(known?.env ?? {}));
  const parts = {
    fields: parent === undefined ? fieldsOf(known) : { ...parent.fields, onbuild: undefined },
    globals,
    env: startHistory(parent?.config.env ?? base),
    envComplete: (parent?.config ?? known)?.envComplete ?? false,
    args: startHistory(parent?.config.args),
    variables: startHistory(parent?.config.variables ?? base),
    labels: startHistory(parent?.config.labels),
    ownCmd: false,
  };
  return { ...parts, config: new ConfigAt(parts) };
}

function fieldsOf(known: BaseImage | undefined): Fields {
  if (known === undefined) return NOTHING;
  const command = (argv: readonly string[] | undefined): Command | undefined => argv && { form: 'exec', argv };
  return {
    ...NOTHING,
    user: known.user,
    workdir: known.workdir,
    entrypoint: command(known.entrypoint),
    cmd: command(known.cmd),
    expose: chain(known.expose, undefined),
    volumes: chain(known.volumes, undefined),
  };
}

/** The configuration as it is now. One is made after every instruction, and few are looked at. */
class ConfigAt implements Config {
  readonly env: Variables;
  readonly envComplete: boolean;
  readonly args: Variables;
  readonly variables: Variables;
  readonly labels: Variables;
  private readonly fields: Fields;

  constructor({ fields, env, envComplete, args, variables, labels }: Omit<StageBuilder, 'config'>) {
    this.fields = fields;
    this.env = viewOf(env);
    this.envComplete = envComplete;
    this.args = viewOf(args);
    this.variables = viewOf(variables);
    this.labels = viewOf(labels);
  }

  get user(): string | undefined {
    return this.fields.user;
  }

  get workdir(): string | undefined {
    return this.fields.workdir;
  }

  get shell(): readonly string[] | undefined {
    return this.fields.shell;
  }

  get entrypoint(): Command | undefined {
    return this.fields.entrypoint;
  }

  get cmd(): Command | undefined {
    return this.fields.cmd;
  }

  get expose(): readonly string[] {
    return listOf(this.fields.expose);
  }

  get volumes(): readonly string[] {
    return listOf(this.fields.volumes);
  }

  get healthcheck(): string | undefined {
    return this.fields.healthcheck;
  }

  get stopsignal(): string | undefined {
    return this.fields.stopsignal;
  }

  get onbuild(): readonly string[] {
    return listOf(this.fields.onbuild);
  }
}

function chain(items: readonly string[], before: Chain | undefined): Chain | undefined {
  return items.reduce<Chain | undefined>((rest, item) => ({ item, before: rest }), before);
}

/** Without repetitions, in the order of their first appearance. */
function listOf(list: Chain | undefined): readonly string[] {
  const items: string[] = [];
  for (let at = list; at !== undefined; at = at.before) items.push(at.item);
  return [...new Set(items.reverse())];
}

/** Takes an instruction that is no step into the builder's config. */
export function applyInstruction(builder: StageBuilder, instruction: Instruction, escape: string): void {
  const { get } = viewOf(builder.variables);
  const expandWords = (): readonly string[] => operandsOf(instruction).map((word) => expandWord(word, get, escape));
  const set = (fields: Partial<Fields>): void => {
    builder.fields = { ...builder.fields, ...fields };
  };
  const text = instruction.body.text;
  switch (instruction.keyword) {
    case 'ENV':
      setPairs(builder, pairsOf(instruction), escape, (name, value) => {
        record(builder.env, name, value);
        record(builder.variables, name, value);
      });
      break;
    case 'LABEL':
      setPairs(builder, pairsOf(instruction), escape, (name, value) => record(builder.labels, name, value));
      break;
    case 'MAINTAINER':
      record(builder.labels, 'MAINTAINER', text);
      break;
    case 'ARG':
      for (const word of instruction.words) declareArg(builder, word.text, escape);
      break;
    case 'USER':
      set({ user: expandWord(text, get, escape) });
      break;
    case 'WORKDIR':
      set({ workdir: workdirOf(builder.fields.workdir, expandWord(text, get, escape)) });
      break;
    case 'SHELL':
      set({ shell: instruction.json });
      break;
    case 'ENTRYPOINT':
      set({ entrypoint: commandOf(instruction), cmd: builder.ownCmd ? builder.fields.cmd : undefined });
      break;
    case 'CMD':
      builder.ownCmd = true;
      set({ cmd: commandOf(instruction) });
      break;
    case 'EXPOSE':
      set({ expose: chain(expandWords().flatMap(portsOf), builder.fields.expose) });
      break;
    case 'VOLUME':
      set({ volumes: chain(expandWords(), builder.fields.volumes) });
      break;
    case 'HEALTHCHECK':
      set({ healthcheck: [...instruction.flags.map(({ name, value }) => `--${name}=${value ?? ''}`), text].join(' ') });
      break;
    case 'STOPSIGNAL':
      set({ stopsignal: expandWord(text, get, escape) });
      break;
    case 'ONBUILD':
      set({ onbuild: chain([text], builder.fields.onbuild) });
      break;
    default:
      return;
  }
  builder.config = new ConfigAt(builder);
}

type Pair = readonly [name: string, value: string];

/** `k=v k2="v 2"`, or the legacy `k the rest of the line`. */
function pairsOf({ words, body }: Instruction): Pair[] {
  const [first] = words;
  if (first === undefined) return [];
  if (!first.text.includes('=')) return [[first.text, body.text.slice(first.text.length).trim()]];
  return words.map(({ text }) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
}

/** All values of one instruction are expanded with what held before it. */
function setPairs(
  builder: StageBuilder,
  pairs: readonly Pair[],
  escape: string,
  set: (name: string, value: string) => void,
): void {
  const { get } = viewOf(builder.variables);
  for (const [name, value] of pairs) set(expandWord(name, get, escape), expandWord(value, get, escape));
}

function declareArg(builder: StageBuilder, word: string, escape: string): void {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word : word.slice(0, equals);
  const own = equals === -1 ? undefined : expandWord(word.slice(equals + 1), viewOf(builder.variables).get, escape);
  const value = own ?? builder.globals.get(name);
  if (value === undefined) return;
  record(builder.args, name, value);
  record(builder.variables, name, value);
}

function commandOf(instruction: Instruction): Command {
  return instruction.json === undefined
    ? { form: 'shell', argv: [instruction.body.text] }
    : { form: 'exec', argv: instruction.json };
}

/** Undefined where it counts from a directory that the base image sets and nobody knows. */
function workdirOf(before: string | undefined, path: string): string | undefined {
  return before === undefined && !isAbsolutePath(path) ? undefined : imagePath(before, path);
}

/** `80`, `80/udp`, `8000-8002` as `port/protocol`, one each. */
function portsOf(word: string): string[] {
  const [, from, to, protocol = 'tcp'] = /^(?:.*:)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(word) ?? [];
  if (from === undefined) return [word];
  const count = Math.min(Number(to ?? from) - Number(from), 65_535);
  return Array.from({ length: count + 1 }, (_, i) => `${Number(from) + i}/${protocol.toLowerCase()}`);
}
