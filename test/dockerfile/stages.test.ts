import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { possibleParents, stagesOn } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Stage } from '../../src/dockerfile/types.js';

const parse = (...lines: string[]): Dockerfile => parseDockerfile(lines.join('\n') + '\n');

function last({ stages }: Dockerfile): Stage {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('no stage');
  return stage;
}

function parentOf(...lines: string[]): string | undefined {
  return last(parse(...lines)).parent?.from.name;
}

describe('arguments before the first FROM', () => {
  const valueOf = (name: string, ...lines: string[]): string | undefined =>
    parse(...lines, 'FROM a').argumentDefaults.get(name);

  it('knows the platform that BuildKit builds for', () => {
    expect(valueOf('TARGETPLATFORM')).toBe('linux/amd64');
    expect(valueOf('TARGETVARIANT')).toBe('');
    expect(valueOf('TARGETARCH', 'ARG TARGETARCH')).toBe('amd64');
    expect(valueOf('TARGETARCH', 'ARG TARGETARCH=arm64')).toBe('arm64');
  });

  it('fills earlier defaults into later ones', () => {
    expect(valueOf('B', 'ARG A=1', 'ARG B="${A}.2"')).toBe('1.2');
    expect(valueOf('B', 'ARG A=1 B=$A')).toBe('1');
    expect(valueOf('B', 'ARG B=${A:-x}')).toBe('x');
    expect(valueOf('A', 'ARG A=1', 'ARG A')).toBe('1');
    expect(valueOf('A', 'ARG A=1', 'ARG A=$A$A')).toBe('11');
  });

  it('knows no value that hangs on an ARG without a default', () => {
    expect(valueOf('A', 'ARG A')).toBeUndefined();
    expect(valueOf('B', 'ARG A', 'ARG B=$A/x')).toBeUndefined();
    expect(valueOf('B', 'ARG B=$A', 'ARG A=1')).toBeUndefined();
  });
});

describe('the image of a FROM', () => {
  const referenceOf = (...lines: string[]): string | undefined => last(parse(...lines)).from.reference;

  it.each<[string | undefined, string[]]>([
    ['node:20', ['FROM node:20']],
    ['node:20', ['FROM "node:20"']],
    ['node:20', ['ARG TAG=20', 'FROM node:$TAG']],
    ['node:20-alpine', ['ARG TAG=20', 'FROM node:${TAG}${VARIANT:--alpine}']],
    ['node:20', ['ARG TAG=20', 'FROM node:${TAG}${SLIM:+-slim}']],
    ['node', ['ARG BASE=node:20', 'FROM ${BASE%%:*}']],
    [undefined, ['ARG TAG', 'FROM node:$TAG']],
    [undefined, ['FROM node:$TAG']],
    [undefined, ['FROM a', 'ARG TAG=20', 'FROM node:$TAG']],
    ['$X', ['FROM \\$X']],
    [undefined, ['# escape=`', 'FROM \\$X']],
    ['$X', ['# escape=`', 'FROM `$X']],
    [undefined, ['ARG A=', 'FROM $A']],
  ])('is %j in %j', (expected, lines) => expect(referenceOf(...lines)).toBe(expected));

  it('has a place, and so has AS', () => {
    const dockerfile = parse('FROM node:20 \\', '  as Build');
    const { from } = last(dockerfile);
    const text = ({ start, end } = { start: 0, end: 0 }): string => dockerfile.text.slice(start, end);
    expect([text(from.imageRange), text(from.asRange), text(from.nameRange)]).toEqual(['node:20', 'as', 'Build']);
    expect(last(parse('FROM node:20')).from.asRange).toBeUndefined();
  });
});

describe('the stage that a FROM names', () => {
  it('is looked up without regard to case, among the stages before it', () => {
    expect(parentOf('FROM a AS Base', 'FROM BASE')).toBe('base');
    expect(parentOf('FROM base', 'FROM a AS base')).toBeUndefined();
    expect(parse('FROM base', 'FROM a AS base').stages[0]?.parent).toBeUndefined();
    expect(last(parse('FROM a AS x', 'FROM b AS x', 'FROM x')).parent?.index).toBe(1);
  });

  it.each<[string | undefined, string[]]>([
    ['base-amd64', ['FROM a AS base-amd64', 'FROM b AS base-arm64', 'FROM base-${TARGETARCH}']],
    ['base-linux', ['FROM a AS base-linux', 'FROM base-$TARGETOS$TARGETVARIANT']],
    ['base-arm64', ['ARG TARGETARCH=arm64', 'FROM a AS base-arm64', 'FROM base-$TARGETARCH']],
    ['base-prod', ['FROM a AS base-prod', 'FROM base-${MODE:-prod}']],
    ['base-prod', ['ARG MODE', 'FROM a AS base-prod', 'FROM base-${MODE:-prod}']],
    ['base-prod', ['ARG MODE=', 'FROM a AS base-prod', 'FROM base-${MODE:-prod}']],
    ['base-dev', ['ARG MODE=dev', 'FROM a AS base-dev', 'FROM b AS base-prod', 'FROM base-${MODE:-prod}']],
    ['base-dev', ['ARG MODE=DEV', 'FROM a AS base-dev', 'FROM "base-${MODE}"']],
    ['base', ['FROM a AS base', 'FROM base${DEBUG:+-debug}']],
    ['base-debug', ['ARG DEBUG=1', 'FROM a AS base-debug', 'FROM base${DEBUG:+-debug}']],
    ['base-', ['ARG MODE=', 'FROM a AS base-', 'FROM base-$MODE']],
    [undefined, ['ARG MODE', 'FROM a AS base-', 'FROM base-$MODE']],
    [undefined, ['FROM a AS base-prod', 'ARG MODE=prod', 'FROM base-$MODE']],
    [undefined, ['ARG MODE=prod', 'FROM base-$MODE', 'FROM a AS base-prod', 'FROM a']],
    [undefined, ['ARG MODE=prod', 'FROM a AS base-prod', "FROM 'base-$MODE'"]],
  ])('is %j in %j', (expected, lines) => expect(parentOf(...lines)).toBe(expected));

  it('may be another one in a build with arguments', () => {
    const namesOf = (...lines: string[]): unknown => {
      const dockerfile = parse(...lines);
      return possibleParents(dockerfile, last(dockerfile)).map(({ from }) => from.name);
    };
    const stages = ['FROM a AS base-amd64', 'FROM b AS Base-ARM64', 'FROM c AS base', 'FROM d AS other'];
    expect(namesOf(...stages, 'FROM base-$TARGETARCH')).toEqual(['base-amd64', 'base-arm64']);
    expect(namesOf(...stages, 'FROM base${X}')).toEqual(['base-amd64', 'base-arm64', 'base']);
    expect(namesOf(...stages, 'FROM $X-${Y}64')).toEqual(['base-amd64', 'base-arm64']);
    expect(namesOf(...stages, 'FROM base')).toEqual(['base']);
    expect(namesOf(...stages, 'FROM $X')).toEqual([]);
    expect(namesOf('ARG X=base', ...stages, 'FROM $X')).toEqual(['base']);
    expect(namesOf('FROM base-$X', 'FROM a AS base-x', 'FROM base-y')).toEqual([]);
    expect(namesOf('FROM a AS aa', 'FROM aa${X}a')).toEqual([]);
  });

  it('carries all stages that may be built on it', () => {
    const dockerfile = parse('FROM a AS b-x', 'FROM a AS b-y', 'FROM b-$X AS c', 'FROM a', 'FROM c', 'FROM b-y');
    const onto = (index: number): unknown => {
      const stage = dockerfile.stages[index];
      return stage && stagesOn(dockerfile, stage).map((one) => one.index);
    };
    expect([onto(0), onto(1), onto(2), onto(4)]).toEqual([[2, 4], [2, 4, 5], [4], []]);
  });
});
