// How the time of one Dockerfile grows with its size: of each shape n and 4 n, in processor time, the least of several runs.
import { fix } from '../../src/index.js';

/** Times as long that four times the input may take. Linear is 4. */
const MOST = 5;

const numbered = (n: number, line: (i: number) => string): string =>
  Array.from({ length: Math.floor(n) }, (_, i) => line(i)).join('');

/** Each about n lines. */
const SHAPES: Readonly<Record<string, (n: number) => string>> = {
  'RUN instructions': (n) => 'RUN make part && \\\n    make check\n'.repeat(n / 2),
  'package installs': (n) => 'RUN apt-get update && apt-get install -y git\n'.repeat(n),
  'refusals after a change': (n) => `FROM node AS y\n${'RUN npm ci & make\n'.repeat(n)}`,
  'updates, installs and builds': (n) => 'RUN apt-get update\nRUN apt-get install -y git\nRUN make\n'.repeat(n / 3),
  'RUNs with a variable each': (n) => numbered(n, (i) => `RUN A${i}=1; touch /x${i}\n`),
  'ignore comments': (n) => '# dockmod-ignore merge-run\nRUN make\n'.repeat(n / 2),
  'WORKDIR instructions': (n) => numbered(n / 2, (i) => `WORKDIR /a${i}\nRUN make\n`),
  'folders made and filled': (n) => numbered(n / 2, (i) => `RUN mkdir /d${i}\nRUN touch /d${i}/x\n`),
  'VOLUME instructions': (n) => numbered(n, (i) => `VOLUME /v${i}\n`),
  stages: (n) => numbered(n / 3, (i) => `FROM alpine:3.20 AS s${i}\nRUN make\nCOPY --from=s${i - 1} /x /x\n`),
  'commands of one RUN': (n) => `RUN make${numbered(n, (i) => ` && \\\n    touch /x${i}`)}\n`,
  'lines of a heredoc': (n) => `RUN <<EOF\n${numbered(n, (i) => `touch /x${i}\n`)}EOF\n`,
  'COPY instructions': (n) => 'COPY src/a.txt /srv/\n'.repeat(n),
  'ENV instructions': (n) => numbered(n, (i) => `ENV V${i}=\${V${i - 1}}\n`),
};

/** Milliseconds of the processor that one run takes. */
function timeOf(text: string): number {
  const before = process.cpuUsage();
  fix(text, { level: 'unsafe' });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function leastTime(text: string, runs: number): number {
  return Math.min(...Array.from({ length: runs }, () => timeOf(text)));
}

/** Prints a line a shape. @returns the shapes that grow faster than they may */
export function growingFast(n: number, runs: number): readonly string[] {
  return Object.entries(SHAPES).flatMap(([name, shape]) => {
    const textOf = (size: number): string => `FROM node:20\n${shape(size)}CMD ["node", "x.js"]\n`;
    timeOf(textOf(n));
    const [some, more] = [leastTime(textOf(n), runs), leastTime(textOf(4 * n), runs)];
    const isFast = more > MOST * some;
    const figures = `${some.toFixed(0)} ms and ${more.toFixed(0)} ms: ${(more / some).toFixed(1)} times`;
    console.log(`${`${n} and ${4 * n} ${name}`.padEnd(46)}${figures}${isFast ? `, over ${MOST}` : ''}`);
    return isFast ? [name] : [];
  });
}
