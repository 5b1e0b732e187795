import { setFlagsFromString } from 'node:v8';

/**
 * V8's optimising compiler works beside the program, on the cores that the run's threads need. For the few seconds of a run over
 * many files it costs more than it gains, so a function has to be used more before its turn comes. The flag goes by another
 * name in later versions; from Node 24 on a quicker compiler stands in between.
 */
export function optimiseLate(): void {
  const flag = FLAGS[process.versions.node.split('.')[0] ?? ''];
  if (flag !== undefined) setFlagsFromString(flag);
}

const FLAGS: Readonly<Record<string, string>> = {
  '20': '--interrupt-budget=1000000',
  '22': '--invocation-count-for-turbofan=15000',
};
