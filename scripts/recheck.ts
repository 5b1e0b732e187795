// Asks recheck of every regular expression of src and transforms whether some text makes it take more than linear time. What it finds
// counts when its text makes our engine slow, too: recheck judges by a model of one. `npm run recheck`
import { availableParallelism } from 'node:os';
import { check, type Diagnostics } from 'recheck';
import { expressionsIn, type Expression } from './recheck/expressions.js';
import { growsTooFast, type TextOf } from './recheck/growth.js';

const TIMEOUT_MS = 5000;
const expressions = expressionsIn(['src', 'transforms']);
const open = [...expressions];
const counts = { safe: 0, linear: 0, unknown: 0, slow: 0 };

async function work(): Promise<void> {
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const found = await check(one.source, one.flags, { timeout: TIMEOUT_MS });
    const verdict = verdictOf(one, found);
    counts[verdict]++;
    if (verdict === 'slow' && found.status === 'vulnerable')
      console.log(`${one.places.join(' ')}: /${one.source}/${one.flags}: ${found.complexity.summary}`);
  }
}

function verdictOf({ source, flags }: Expression, found: Diagnostics): keyof typeof counts {
  if (found.status !== 'vulnerable') return found.status;
  return growsTooFast(new RegExp(source, flags), attackOf(found)) ? 'slow' : 'linear';
}

function attackOf({ attack }: Extract<Diagnostics, { status: 'vulnerable' }>): TextOf {
  return (length) => {
    const each = length / Math.max(1, attack.pumps.length);
    const pumped = attack.pumps.map(({ prefix, pump }) => prefix + pump.repeat(Math.ceil(each / pump.length)));
    return pumped.join('') + attack.suffix;
  };
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(
  `${expressions.length} expressions: ${counts.safe} safe, ${counts.linear} suspected and linear here, ${counts.unknown} not decided within ${TIMEOUT_MS / 1000} s, ${counts.slow} slow`,
);
process.exitCode = counts.slow > 0 ? 1 : 0;
