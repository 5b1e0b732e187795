/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { ReportFix, ReportRow } from './model.js';

/** The script of the page. Its source text is copied into the page, so it must not use anything outside of itself. */
export function client(): void {
  const rows = JSON.parse(document.getElementById('data')?.textContent ?? '[]') as ReportRow[];
  const body = document.querySelector('table.rows tbody');
  const form = document.querySelector('form');
  const count = document.getElementById('count');
  if (body === null || form === null || count === null) return;
  const sorts: Record<string, (row: ReportRow) => string | number> = {
    id: (row) => row.id.toLowerCase(),
    state: (row) => row.state,
    checks: (row) => row.checks,
    fixes: (row) => -row.fixes.length,
    files: (row) => -row.files,
    at: (row) => row.at,
  };
  let sort = { key: 'id', down: false };

  const element = <K extends keyof HTMLElementTagNameMap>(
    name: K,
    attributes: Record<string, string> = {},
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[K] => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const showHidden = (text: string): string =>
    text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (one) => {
      return `<U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
    });

  /** Tokens of a Dockerfile: comment, instruction, string, variable. */
  const TOKEN =
    /(^\s*#.*$)|(^\s*(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b)|("(?:[^"\\]|\\.)*"?|'[^']*')|(\$\{[^{}]*\}|\$\w+)/gi;
  const KINDS = ['', 'comment', 'keyword', 'string', 'variable'];

  const colourLine = (line: string): HTMLElement => {
    const head = /^(?:diff |index |new file|deleted file|--- |\+\+\+ |\\ )/.test(line);
    const kind = head
      ? 'meta'
      : line.startsWith('@@')
        ? 'hunk'
        : line.startsWith('+')
          ? 'added'
          : line.startsWith('-')
            ? 'removed'
            : 'same';
    if (head || kind === 'hunk') return element('span', { class: `line ${kind}` }, `${line}\n`);
    const made = element('span', { class: `line ${kind}` }, line.slice(0, 1));
    const text = line.slice(1);
    let end = 0;
    for (const match of text.matchAll(TOKEN)) {
      const group = match.findIndex((part: string | undefined, index) => index > 0 && part !== undefined);
      made.append(text.slice(end, match.index), element('span', { class: KINDS[group] ?? '' }, match[0]));
      end = match.index + match[0].length;
    }
    made.append(`${text.slice(end)}\n`);
    return made;
  };

  const fixList = (title: string, fixes: readonly ReportFix[]): HTMLElement =>
    element(
      'section',
      {},
      element('h3', {}, title),
      element(
        'ul',
        { class: 'fixes' },
        ...fixes.map(({ path, line, text, transform, level }) =>
          element(
            'li',
            {},
            element('code', {}, `${showHidden(path)}:${line}`),
            ` ${showHidden(text)} `,
            element('span', { class: 'quiet' }, `${transform}, ${level}`),
          ),
        ),
      ),
    );

  const skippedList = (skipped: ReportRow['skipped']): HTMLElement => {
    const items = skipped.map(({ path, reason }) =>
      element('li', {}, element('code', {}, showHidden(path)), ` ${showHidden(reason)}`),
    );
    return element('section', {}, element('h3', {}, 'Skipped'), element('ul', { class: 'fixes' }, ...items));
  };

  const details = (row: ReportRow): HTMLElement => {
    const box = element('div', { class: 'details' });
    if (row.url !== undefined && /^https?:/.test(row.url))
      box.append(element('p', {}, element('a', { href: row.url, rel: 'noreferrer' }, showHidden(row.url))));
    if (row.reason !== undefined) box.append(element('p', {}, showHidden(row.reason)));
    for (const { path, message } of row.problems)
      box.append(element('p', {}, element('code', {}, showHidden(path)), ` ${showHidden(message)}`));
    for (const { path, line, message } of row.warnings)
      box.append(element('p', {}, element('code', {}, `${showHidden(path)}:${line}`), ` ${showHidden(message)}`));
    if (row.fixes.length > 0) box.append(fixList('Fixes', row.fixes));
    if (row.diff !== '') {
      const lines = showHidden(row.diff).replace(/\n$/, '').split('\n').map(colourLine);
      const pre = element('pre', { tabindex: '0', 'aria-label': `Diff of ${showHidden(row.id)}` }, ...lines);
      box.append(element('section', {}, element('h3', {}, 'Diff'), pre));
    }
    if (row.leftAlone.length > 0) box.append(fixList('Left alone', row.leftAlone));
    if (row.skipped.length > 0) box.append(skippedList(row.skipped));
    return box;
  };

  const lineOf = (row: ReportRow, index: number): HTMLTableRowElement[] => {
    const button = element(
      'button',
      { type: 'button', 'aria-expanded': 'false', 'aria-controls': `row-${index}` },
      showHidden(row.id),
    );
    const cell = element('td', { colspan: '6' });
    const below = element('tr', { id: `row-${index}`, class: 'below', hidden: '' }, cell);
    button.addEventListener('click', () => {
      if (cell.firstChild === null) cell.append(details(row));
      below.hidden = !below.hidden;
      button.setAttribute('aria-expanded', String(!below.hidden));
    });
    const chip = (kind: string, text: string): HTMLElement =>
      element('span', { class: 'chip' }, element('i', { class: `dot ${kind}` }), text);
    const line = element(
      'tr',
      {},
      element('th', { scope: 'row' }, button),
      element('td', {}, chip(row.state, row.state)),
      element('td', { class: 'wide' }, row.checks === 'none' ? '' : chip(row.checks, row.checks)),
      element('td', { class: 'number' }, String(row.fixes.length)),
      element('td', { class: 'number wide' }, String(row.files)),
      element('td', { class: 'wide' }, row.at.slice(0, 16).replace('T', ' ')),
    );
    return [line, below];
  };

  const value = (name: string): string => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : '';
  };

  const draw = (): void => {
    const [words, state, transform, checks] = ['words', 'state', 'transform', 'checks'].map(value);
    const found = rows.filter(
      (row) =>
        (words === '' || `${row.id} ${row.reason ?? ''}`.toLowerCase().includes((words ?? '').toLowerCase())) &&
        (state === '' || row.state === state) &&
        (checks === '' || row.checks === checks) &&
        (transform === '' || row.fixes.some((fix) => fix.transform === transform)),
    );
    const by = sorts[sort.key] ?? ((row: ReportRow) => row.id);
    found.sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0) * (sort.down ? -1 : 1));
    body.replaceChildren(...found.flatMap(lineOf));
    count.textContent = `${found.length} of ${rows.length}`;
    for (const header of document.querySelectorAll('th[data-sort]'))
      header.setAttribute(
        'aria-sort',
        header.getAttribute('data-sort') !== sort.key ? 'none' : sort.down ? 'descending' : 'ascending',
      );
  };

  const saveFilters = (): void => {
    const entries = ['words', 'state', 'transform', 'checks']
      .map((name) => [name, value(name)])
      .filter(([, text]) => text !== '');
    history.replaceState(null, '', `#${new URLSearchParams(entries).toString()}`);
  };
  for (const [name, text] of new URLSearchParams(location.hash.slice(1))) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = text;
  }
  form.addEventListener('input', () => {
    saveFilters();
    draw();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const header of document.querySelectorAll('th[data-sort]'))
    header.querySelector('button')?.addEventListener('click', () => {
      const key = header.getAttribute('data-sort') ?? 'id';
      sort = { key, down: sort.key === key && !sort.down };
      draw();
    });
  draw();
}
