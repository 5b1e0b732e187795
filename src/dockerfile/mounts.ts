import { memoize } from '../memoize.js';
import type { Flag, Instruction } from './types.js';

/** A `--mount` of a RUN. Variables in it are not filled in. */
export interface Mount {
  readonly flag: Flag;
  /** `bind` where it names none. */
  readonly type: string;
  /** The stage or image; undefined: the build context, where the type is `bind`. */
  readonly from: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
}

const NONE: readonly Mount[] = [];

export function mountsOf(instruction: Instruction): readonly Mount[] {
  return instruction.keyword === 'RUN' && instruction.flags.length > 0 ? mountsOfRun(instruction) : NONE;
}

const mountsOfRun = memoize(({ flags }: Instruction): readonly Mount[] =>
  flags.filter(({ name }) => name === 'mount').map(readMount),
);

function readMount(flag: Flag): Mount {
  const fields = new Map<string, string>();
  for (const field of (flag.value ?? '').split(',')) {
    const [name = '', ...value] = field.split('=');
    fields.set(name.toLowerCase(), value.join('='));
  }
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined);
  return {
    flag,
    type: fields.get('type') ?? 'bind',
    from: fields.get('from'),
    source: first('source', 'src'),
    target: first('target', 'dst', 'destination'),
  };
}

/** The files of the build context are there without a copy. */
export function bindsContext({ type, from }: Mount): boolean {
  return type === 'bind' && from === undefined;
}
