import { createHash } from 'node:crypto';
import { barChart, progressChart, shortTime } from './charts.js';
import { client } from './client.js';
import { escapeHtml, scriptJson } from './escape.js';
import type { ReportModel } from './model.js';
import { STYLES } from './styles.js';

/** The report as one page. It loads nothing, and its policy allows no script but its own. */
export function htmlReport(model: ReportModel): string {
  const { campaign, plannedAt, repositories, files, fixes, states, transforms, timeline, rows } = model;
  const script = `(${client.toString()})()`;
  const policy = `default-src 'none'; style-src '${hashOf(STYLES)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const title = `Campaign ${campaign}`;
  const merged = states.find(([state]) => state === 'merged')?.[1] ?? 0;
  const open = states.find(([state]) => state === 'open')?.[1] ?? 0;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${STYLES}</style>
</head>
<body>
<a class="skip" href="#repositories">Skip to the repositories</a>
<header>
<h1>${escapeHtml(title)}</h1>
<p class="quiet">Planned ${shortTime(plannedAt)} UTC by dockmod</p>
<dl class="figures">${[
    ['repositories', repositories],
    ['fixes', fixes],
    ['files', files],
    ['open', open],
    ['merged', merged],
  ]
    .map(([name, count]) => `<div><dt>${name ?? ''}</dt><dd>${count ?? 0}</dd></div>`)
    .join('')}</dl>
</header>
<main>
<div class="panels">
<section class="panel whole"><h2>Progress</h2>${progressChart(timeline)}</section>
<section class="panel"><h2>Repositories by state</h2>${barChart('Repositories by state', states, (name) => name)}</section>
<section class="panel"><h2>Fixes by transform</h2>${barChart('Fixes by transform', transforms, () => 'planned')}</section>
</div>
<section id="repositories" tabindex="-1">
<h2>Repositories</h2>
<form role="search">
<label class="words">Find<input type="search" name="words" autocomplete="off" placeholder="name or reason"></label>
${select(
  'state',
  'State',
  states.map(([state]) => state),
)}
${select('checks', 'Checks', [...new Set(rows.map(({ checks }) => checks))].filter((one) => one !== 'none').sort())}
${select(
  'transform',
  'Transform',
  transforms.map(([name]) => name),
)}
</form>
<p id="count" role="status"></p>
<table class="rows">
<thead><tr>${header('id', 'Repository')}${header('state', 'State')}${header('checks', 'Checks', 'wide')}${header('fixes', 'Fixes', 'number')}${header('files', 'Files', 'number wide')}${header('at', 'Updated', 'wide')}</tr></thead>
<tbody></tbody>
</table>
<noscript><p>This table needs JavaScript; report.md has the same table.</p></noscript>
</section>
</main>
<script type="application/json" id="data">${scriptJson(rows)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function header(key: string, text: string, kind = ''): string {
  return `<th scope="col" data-sort="${key}" aria-sort="none"${kind === '' ? '' : ` class="${kind}"`}><button type="button">${text}</button></th>`;
}

function select(name: string, label: string, values: readonly string[]): string {
  const options = values.map((value) => `<option>${escapeHtml(value)}</option>`).join('');
  return `<label>${label}<select name="${name}"><option value="">any</option>${options}</select></label>`;
}
