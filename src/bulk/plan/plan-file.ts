import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { UsageError } from '../../files/config/usage-error.js';
import type { PlanEntry } from './types.js';

/** First line of a plan. */
export interface PlanHeader {
  readonly dockmod: string;
  readonly campaign: string;
  /** ISO 8601; commits bear this time. */
  readonly createdAt: string;
}

export interface PlanFile {
  readonly header: PlanHeader;
  /** In the order of the campaign's sources. */
  entries(): AsyncIterable<PlanEntry>;
}

/** Writes a plan: it is there when all of it is on the disk, and until then the one before it is. */
export async function writePlan(file: string, header: PlanHeader, entries: AsyncIterable<PlanEntry>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const plan = await open(`${file}.part`, 'w');
  const diff = await open(`${file}.diff.part`, 'w');
  try {
    await plan.appendFile(`${JSON.stringify(header)}\n`);
    for await (const entry of entries) {
      await plan.appendFile(`${JSON.stringify(entry)}\n`);
      await diff.appendFile(diffOf(entry));
    }
    await plan.sync();
  } finally {
    await plan.close();
    await diff.close();
  }
  await rename(`${file}.diff.part`, diffFileOf(file));
  await rename(`${file}.part`, file);
}

/** What a plan does to a repository, under its name. */
export function diffOf({ repository, diff }: PlanEntry): string {
  return diff === '' ? '' : `# ${repository.id}\n${diff}`;
}

/** The diffs of a plan, for people. */
export function diffFileOf(file: string): string {
  return file.replace(/\.jsonl$/, '.diff');
}

/** @throws UsageError when there is no plan, or it is not one */
export async function readPlan(file: string): Promise<PlanFile> {
  if (!existsSync(file)) throw new UsageError(`there is no plan yet: run \`dockmod bulk plan\` first`);
  const lines = linesOf(file);
  const first = await lines.next();
  await lines.return(undefined);
  const header = parse(first.done === true ? '' : first.value) as Partial<PlanHeader> | undefined;
  if (typeof header?.campaign !== 'string' || typeof header.createdAt !== 'string')
    throw new UsageError(`${file} is no plan: run \`dockmod bulk plan\` again`);
  return {
    header: header as PlanHeader,
    async *entries() {
      let number = 0;
      for await (const line of linesOf(file)) {
        if (++number === 1) continue;
        const entry = parse(line) as PlanEntry | undefined;
        if (entry === undefined)
          throw new UsageError(`${file}:${number}: it is no plan: run \`dockmod bulk plan\` again`);
        yield entry;
      }
    },
  };
}

async function* linesOf(file: string): AsyncGenerator<string, void> {
  const stream = createReadStream(file);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) yield line;
  } finally {
    stream.destroy();
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
