import { setFlagsFromString } from 'node:v8';

/**
 * V8's optimising compiler runs on the cores that the worker threads need. In a run of a few seconds it costs more than it gains, so
 * functions are optimised after more calls than usual. Node 22 has another flag for it; Node 24 and later need none, since a
 * quicker compiler comes first there.
 */
export function optimiseLate(): void {
  const flag = LATE[process.versions.node.split('.')[0] ?? ''];
  if (flag !== undefined) setFlagsFromString(flag);
}

const LATE: Readonly<Record<string, string>> = {
  '20': '--interrupt-budget=1000000',
  '22': '--invocation-count-for-turbofan=15000',
};
