import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineTransform } from '../../src/engine/define.js';
import { change } from '../../src/engine/finding.js';
import { fix } from '../../src/engine/fix.js';
import { optionProblem, type OptionsOf, type OptionSpec, type OptionValue } from '../../src/engine/options.js';
import type { Input, Transform } from '../../src/engine/types.js';
import { refuse } from '../../src/refusal.js';
import { transforms } from '../../transforms/index.js';

const facts = { context: undefined, images: { base: () => undefined, pin: () => refuse('not-known', 'not known') } };
const about = { group: 'test', summary: '', level: 'guarded', covers: [], mayChange: ['labels'], docs: '' } as const;

/** Writes its options into a label; the types are checked by the compiler. */
const label = defineTransform({
  ...about,
  name: 'label-options',
  options: {
    granularity: { type: 'string', default: 'patch', values: ['patch', 'minor', 'major'], description: 'how fine' },
    vendor: { type: 'string', default: 'acme', description: 'who' },
    'max-commands': { type: 'number', default: 3, description: 'how many' },
    strict: { type: 'boolean', default: false, description: 'whether' },
    scopes: { type: 'string[]', default: ['all'], values: ['all', 'final'], description: 'where' },
    names: { type: 'string[]', default: [], description: 'which' },
  },
  *find({ dockerfile: { instructions, text }, options }) {
    expectTypeOf(options.granularity).toEqualTypeOf<'patch' | 'minor' | 'major'>();
    expectTypeOf(options.vendor).toEqualTypeOf<string>();
    expectTypeOf(options['max-commands']).toEqualTypeOf<number>();
    expectTypeOf(options.strict).toEqualTypeOf<boolean>();
    expectTypeOf(options.scopes).toEqualTypeOf<readonly ('all' | 'final')[]>();
    expectTypeOf(options.names).toEqualTypeOf<readonly string[]>();
    expectTypeOf(options).not.toHaveProperty('granularty');
    const [from] = instructions;
    const { granularity, names, scopes, 'max-commands': most } = options;
    const edit = { start: from?.end ?? 0, end: from?.end ?? 0, text: `\nLABEL a=${granularity}-${most + 1}` };
    if (from !== undefined && !text.includes('LABEL')) yield change([...names, ...scopes].join(), from, [edit]);
  },
});

const bare = defineTransform({ ...about, name: 'no-options', find: () => [] });

describe('options', () => {
  it('are typed by their descriptions, in a transform that stays one of many', () => {
    expectTypeOf(label).toEqualTypeOf<Transform>();
    expectTypeOf(bare).toEqualTypeOf<Transform>();
    expectTypeOf([label, bare, ...transforms]).toExtend<readonly Transform[]>();
    expectTypeOf<Input['options']>().toEqualTypeOf<Readonly<Record<string, OptionValue>>>();
    expectTypeOf<OptionsOf<{ readonly a: { type: 'number'; default: 1; description: '' } }>>().toEqualTypeOf<{
      readonly a: number;
    }>();
  });

  it('are described with a default of their type', () => {
    // @ts-expect-error the default is no number
    const spec: OptionSpec = { type: 'number', default: '3', description: '' };
    expect(optionProblem(spec, spec.default)).toBe('is a number, not "3"');
  });

  it('have their defaults where nothing is set', () => {
    const run = (set: Readonly<Record<string, OptionValue>>) =>
      fix('FROM a\n', { transforms: [label, bare], facts, options: { 'label-options': set } });
    expect(run({}).after).toBe('FROM a\nLABEL a=patch-4\n');
    expect(run({ granularity: 'minor', names: ['x', 'y'] })).toMatchObject({
      after: 'FROM a\nLABEL a=minor-4\n',
      changes: [{ message: 'x,y,all' }],
    });
  });
});
