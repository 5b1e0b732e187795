/**
 * Writes AS in the letter case of its FROM, as BuildKit's check FromAsCasing wants it. Left alone: an AS that a line
 * continuation divides. A FROM in mixed case is no finding: the check is silent there, since neither case would match.
 *
 *     FROM golang:1.25 as build   →   FROM golang:1.25 AS build
 *     from golang:1.25 AS build   →   from golang:1.25 as build
 */
import { replace } from '../src/dockerfile/edit.js';
import { defineTransform } from '../src/engine/define.js';
import { change, leaveAlone } from '../src/engine/finding.js';

export const matchFromAsCasing = defineTransform({
  name: 'match-from-as-casing',
  group: 'syntax',
  summary: 'Write AS in the letter case of its FROM.',
  level: 'safe',
  covers: ['buildkit/FromAsCasing'],
  mayChange: [],
  docs: `Writes the keyword AS in upper case after \`FROM\`, and in lower case after \`from\`. A FROM in mixed case is no finding, as
in BuildKit. Refuses: an AS whose letters are on different lines.`,
  *find({ dockerfile: { stages, text } }) {
    for (const { from, instructions } of stages) {
      const keywordRange = instructions[0]?.keywordRange;
      if (keywordRange === undefined || from.asRange === undefined) continue;
      const keyword = text.slice(keywordRange.start, keywordRange.end);
      const written = text.slice(from.asRange.start, from.asRange.end);
      const isUpper = keyword === keyword.toUpperCase();
      if (!isUpper && keyword !== keyword.toLowerCase()) continue;
      const wanted = isUpper ? written.toUpperCase() : written.toLowerCase();
      if (written === wanted) continue;
      if (written.length > 'AS'.length) {
        yield leaveAlone('split-keyword', 'a line continuation divides the letters of AS', from.asRange);
        continue;
      }
      const letters = isUpper ? 'upper' : 'lower';
      yield change(`Write ${written} in ${letters} case, like its FROM`, from.asRange, [replace(from.asRange, wanted)]);
    }
  },
});
