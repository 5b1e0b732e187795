import { escapeHtml } from './escape.js';
import { STATES, type ReportModel, type ReportPoint } from './model.js';

const WIDTH = 640;
const HEIGHT = 200;

/** Repositories by state over time: stacked areas in SVG, with a table for screen readers. */
export function progressChart(timeline: readonly ReportPoint[]): string {
  const [first, last] = [timeline[0], timeline.at(-1)];
  if (first === undefined || last === undefined || timeline.length < 2) return '<p>Nothing has happened yet.</p>';
  const most = Math.max(1, ...timeline.map(({ states }) => sum(Object.values(states))));
  const used = STATES.filter((state) => timeline.some(({ states }) => (states[state] ?? 0) > 0));
  const floor = timeline.map(() => 0);
  const areas = used.map((state) => {
    const bottom = [...floor];
    for (const [index, { states }] of timeline.entries()) floor[index] = (floor[index] ?? 0) + (states[state] ?? 0);
    return `<path class="area ${state}" d="${areaPath(bottom, floor, most)}"><title>${state}</title></path>`;
  });
  const rows = [first, ...timeline.slice(1, -1).filter((_, index) => index % 20 === 19), last];
  return `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Repositories by state over time, ${most} in all" preserveAspectRatio="none">${areas.join('')}</svg>
<p class="axis"><time>${shortTime(first.at)}</time><time>${shortTime(last.at)}</time></p>
${legend(used)}
${hiddenTable(
  ['Time', ...used],
  rows.map(({ at, states }) => [shortTime(at), ...used.map((state) => String(states[state] ?? 0))]),
)}`;
}

function areaPath(bottom: readonly number[], top: readonly number[], most: number): string {
  const x = (index: number): string => ((index / Math.max(1, top.length - 1)) * WIDTH).toFixed(1);
  const y = (value: number): string => (HEIGHT - (value / most) * HEIGHT).toFixed(1);
  const up = top.map((value, index) => `${x(index)},${y(value)}`);
  const down = bottom.map((value, index) => `${x(index)},${y(value)}`).reverse();
  return `M${[...up, ...down].join('L')}Z`;
}

function legend(names: readonly string[]): string {
  return `<ul class="legend">${names.map((name) => `<li><i class="dot ${name}"></i>${name}</li>`).join('')}</ul>`;
}

function hiddenTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table class="hidden">${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
}

/** A list with a bar for each entry. */
export function barChart(label: string, counts: ReportModel['transforms'], colour: (name: string) => string): string {
  if (counts.length === 0) return '<p>None.</p>';
  const most = Math.max(...counts.map(([, count]) => count));
  const rows = counts.map(
    ([name, count]) =>
      `<li><span class="name">${escapeHtml(name)}</span><svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="${colour(name)}" width="${((count / most) * 100).toFixed(1)}" height="1"/></svg><span class="count">${count}</span></li>`,
  );
  return `<ul class="bars" aria-label="${escapeHtml(label)}">${rows.join('')}</ul>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** `2026-11-23 14:05`, UTC. */
export function shortTime(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
