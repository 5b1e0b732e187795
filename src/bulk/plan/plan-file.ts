import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { UsageError } from '../../files/config/usage-error.js';
import { objectOf } from '../../json.js';
import { isPlanEntry } from './plan-schema.js';
import type { PlanEntry } from './types.js';

/** First line of a plan file. */
export interface PlanHeader {
  readonly dockmod: string;
  readonly campaign: string;
  /** ISO 8601; the commits get this time. */
  readonly createdAt: string;
}

export interface PlanFile {
  readonly header: PlanHeader;
  /** In the order of the campaign's sources. */
  entries(): AsyncIterable<PlanEntry>;
}

/** Writes a plan and its diffs. The files replace those of the previous plan only when they are complete. */
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

/** The diff of a repository under a line with its name; empty when nothing changes. */
export function diffOf({ repository, diff }: PlanEntry): string {
  return diff === '' ? '' : `# ${repository.id}\n${diff}`;
}

/** Path of the file with all diffs of a plan, for people to read. */
export function diffFileOf(file: string): string {
  return file.replace(/\.jsonl$/, '.diff');
}

/** @throws UsageError when there is no plan, or the file is not one; `entries` throws it for a damaged line */
export async function readPlan(file: string): Promise<PlanFile> {
  if (!existsSync(file)) throw new UsageError(`there is no plan yet: run \`dockmod bulk plan\` first`);
  const lines = linesOf(file);
  const first = await lines.next();
  await lines.return(undefined);
  const header = parse(first.done === true ? '' : first.value);
  if (!isHeader(header)) throw new UsageError(`${file}:1: this is not a plan: run \`dockmod bulk plan\` again`);
  return {
    header,
    async *entries() {
      let number = 0;
      for await (const line of linesOf(file)) {
        if (++number === 1) continue;
        const entry = parse(line);
        if (!isPlanEntry(entry))
          throw new UsageError(`${file}:${number}: the line is damaged: run \`dockmod bulk plan\` again`);
        yield entry;
      }
    },
  };
}

/** The ids of its repositories. @throws UsageError for a damaged line */
export async function idsOf(plan: PlanFile): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { repository } of plan.entries()) ids.push(repository.id);
  return ids;
}

function isHeader(value: unknown): value is PlanHeader {
  const header = objectOf(value);
  return (
    typeof header?.['campaign'] === 'string' &&
    typeof header['createdAt'] === 'string' &&
    !Number.isNaN(Date.parse(header['createdAt']))
  );
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
