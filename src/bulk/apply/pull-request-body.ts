import type { Level } from '../../engine/levels.js';
import { plural } from '../../report/counts.js';
import { codeSpan, escapeText } from '../../report/markdown-text.js';
import { renderTemplate, type TemplateValues } from '../campaign/message-template.js';
import type { PlanEntry, PlannedFix } from '../plan/types.js';
import { trimSlashes } from '../../paths.js';

export interface BodyOptions {
  readonly values: TemplateValues<'title'>;
  readonly template?: string | undefined;
  /** Base URL of pages about the transforms, linked as `<docs>/<transform>`. Without it, names are not links. */
  readonly docs?: string | undefined;
}

/** Of the two tables. GitHub accepts 65,536 characters, and links and a template come on top. */
const MAX_LENGTH = 50_000;
/** Tables with more rows are folded. */
const FOLD = 20;

const LEVELS: Readonly<Record<Level, string>> = {
  safe: 'the image stays the same, except for package caches',
  guarded: 'the image changes only in the way that the fix names',
  unsafe: 'please review: the fix relies on something that the Dockerfile does not show',
};

/** Text of a pull request, in Markdown that GitHub, GitLab and Gitea render the same way. The same entry gives the same bytes. */
export function pullRequestBody(entry: PlanEntry, { values, template = '{{body}}', docs }: BodyOptions): string {
  const fixes = fixesTable(entry.fixes, docs);
  const leftAlone = leftAloneList(entry);
  const parts = [INTRO, fixes, levelsList(entry.fixes), leftAlone, OPT_OUT];
  const body = parts.filter((part) => part !== '').join('\n\n');
  const text = renderTemplate<'body'>(template, { ...values, fixes, leftAlone, optOut: OPT_OUT, body });
  return `${text}\n\n<!-- dockmod campaign: ${values.campaign} -->\n`;
}

const INTRO =
  'These fixes were made by dockmod. Each was checked: the Dockerfile still parses, and the image that it describes is the same except for what the fix names.';

const OPT_OUT = [
  '### If you do not want this',
  '',
  '- One place: `# dockmod-ignore` on the line above the instruction, or `# dockmod-ignore merge-run -- the reason` for one transform.',
  '- One file: `# dockmod-ignore-file` at its top.',
  '- More: a `dockmod.config.yaml` in the repository with `skip` or `exclude`.',
  '- All of it: close this pull request. It is not opened again.',
].join('\n');

function fixesTable(fixes: readonly PlannedFix[], docs: string | undefined): string {
  const rows = fixes.map(
    ({ path, line, message, transform, level }) =>
      `| ${cell(codeSpan(path))} | ${line} | ${cell(plainText(message))} | ${linkTo(transform, docs)} | ${level} |`,
  );
  return table(['| File | Line | Fix | Transform | Level |', '| --- | ---: | --- | --- | --- |'], rows, 'fix', 'fixes');
}

function leftAloneList({ leftAlone, problems, warnings }: PlanEntry): string {
  const rows = [
    ...problems.map(({ path, message }) => `| ${cell(codeSpan(path))} | | ${cell(plainText(message))} | |`),
    ...warnings.map(
      ({ path, line, message }) => `| ${cell(codeSpan(path))} | ${line} | ${cell(plainText(message))} | |`,
    ),
    ...leftAlone.map(
      ({ path, line, reason, transform }) =>
        `| ${cell(codeSpan(path))} | ${line} | ${cell(plainText(reason))} | ${codeSpan(transform)} |`,
    ),
  ];
  if (rows.length === 0) return '';
  const head = ['| File | Line | Why | Transform |', '| --- | ---: | --- | --- |'];
  const summary = `${plural(rows.length, 'place was', 'places were')} left alone`;
  return `<details>\n<summary>${summary}</summary>\n\n${limited(head, rows)}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly string[], one: string, many: string): string {
  const text = limited(head, rows);
  if (rows.length <= FOLD) return text;
  return `<details>\n<summary>${plural(rows.length, one, many)}</summary>\n\n${text}\n\n</details>`;
}

/** A table of at most half of MAX_LENGTH; its last line counts the rows that do not fit. */
function limited(head: readonly string[], rows: readonly string[]): string {
  let length = 0;
  const fitting = rows.filter((row) => (length += row.length + 1) < MAX_LENGTH / 2);
  const left = rows.length - fitting.length;
  return [...head, ...fitting, ...(left === 0 ? [] : ['', `… and ${left} more.`])].join('\n');
}

function levelsList(fixes: readonly PlannedFix[]): string {
  const levels = (Object.keys(LEVELS) as Level[]).filter((level) => fixes.some((fix) => fix.level === level));
  return levels.map((level) => `- **${level}**: ${LEVELS[level]}.`).join('\n');
}

function linkTo(transform: string, docs: string | undefined): string {
  const name = codeSpan(transform);
  return docs === undefined ? name : `[${name}](${trimSlashes(docs)}/${encodeURIComponent(transform)})`;
}

/** A `|` would end the cell, even in a code span. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Text of a repository must not notify a person or link an issue: `@name`, `#12` and `!34` stay plain text. */
function plainText(text: string): string {
  return escapeText(text).replace(/[@#!](?=\w)/g, '$&\u200B');
}
