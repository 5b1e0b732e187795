import { describe, expect, it } from 'vitest';
import { defineTransform } from '../../src/engine/define.js';
import type { OptionSpec } from '../../src/engine/options.js';
import type { Transform } from '../../src/engine/types.js';
import type { Facet } from '../../src/image/types.js';

const right: Transform = {
  name: 'a-name',
  group: 'test',
  summary: 'Do it',
  level: 'safe',
  covers: [],
  mayChange: ['caches'],
  docs: '',
  find: () => [],
};

describe('defineTransform', () => {
  it.each([
    [{ name: 'NotKebab' }, 'kebab-case'],
    [{ level: 'harmless' as 'safe' }, 'safe, guarded or unsafe'],
    [{ mayChange: undefined as unknown as readonly Facet[] }, 'mayChange lists the facets'],
    [{ mayChange: ['users' as 'user'], level: 'guarded' as const }, 'there is no facet "users" for mayChange: base,'],
    [
      { mayChange: ['caches', 'user', 'labels'] as const },
      'a-name: a safe transform may change caches alone, not user, labels: that is level guarded or unsafe',
    ],
    [{ mayChange: ['order'] as const }, 'not order'],
    [{ find: undefined as unknown as Transform['find'] }, 'find is a function'],
  ])('refuses %j', (part, message) => {
    expect(() => defineTransform({ ...right, ...part })).toThrow(TypeError);
    expect(() => defineTransform({ ...right, ...part })).toThrow(message);
  });

  it.each(['guarded', 'unsafe'] as const)('lets a transform that is %s declare any facet', (level) => {
    expect(defineTransform({ ...right, level, mayChange: ['user', 'order'] }).level).toBe(level);
  });

  const option = (spec: object): OptionSpec => ({ description: 'x', ...spec }) as OptionSpec;

  it.each([
    [option({ type: 'number', default: '3' }), 'the default of option depth is a number, not "3"'],
    [option({ type: 'string', default: 3 }), 'is a string, not 3'],
    [option({ type: 'boolean', default: 'yes' }), 'is a boolean, not "yes"'],
    [option({ type: 'string[]', default: 'one' }), 'is a string[], not "one"'],
    [option({ type: 'string[]', default: [1] }), 'is a string[], not [1]'],
    [option({ type: 'string', default: 'c', values: ['a', 'b'] }), 'is one of a, b, not "c"'],
    [option({ type: 'string[]', default: ['a', 'c'], values: ['a', 'b'] }), 'is one of a, b, not "c"'],
    [option({ type: 'text', default: 'a' }), 'has no type: string, number, boolean, string[]'],
  ])('refuses the option %j', (spec, message) => {
    expect(() => defineTransform({ ...right, options: { depth: spec } })).toThrow(message);
  });

  it('takes options whose default is right', () => {
    const options = {
      depth: option({ type: 'number', default: 3 }),
      scope: option({ type: 'string', default: 'a', values: ['a', 'b'] }),
      names: option({ type: 'string[]', default: [], values: ['a', 'b'] }),
      strict: option({ type: 'boolean', default: false }),
    };
    expect(defineTransform({ ...right, options }).options).toBe(options);
  });
});
