/** Text colours have a contrast of 4.5 or more against their background, in light and in dark mode. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f7f9; --line: #d9dde3; --text: #1b1f24; --quiet: #57606a; --link: #0a58ca;
  --merged: #6639ba; --open: #1a7f37; --pushed: #0b6e8a; --planned: #0a58ca; --nothing: #6e7781; --skipped: #8a6100;
  --closed: #a5466b; --failed: #c4242f;
  --added: #e3f6e8; --added-text: #0f5323; --removed: #fde8e9; --removed-text: #8c1820;
  --keyword: #0a3d91; --string: #7a3e00; --variable: #6639ba; --comment: #57606a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --raised: #171c23; --line: #2f3742; --text: #e6eaf0; --quiet: #9aa5b1; --link: #79b0ff;
    --merged: #b392f0; --open: #4cc06a; --pushed: #4fc1dd; --planned: #79b0ff; --nothing: #8f99a5; --skipped: #d9a93b;
    --closed: #e58fb0; --failed: #ff7b81;
    --added: #10301a; --added-text: #a9e6b9; --removed: #3a1519; --removed-text: #ffb9bd;
    --keyword: #9cc4ff; --string: #f0b27a; --variable: #cdb4ff; --comment: #9aa5b1;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; background: var(--ground); color: var(--text); }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
h3 { font-size: .9rem; margin: 1rem 0 .4rem; }
p { margin: .25rem 0; }
a { color: var(--link); overflow-wrap: anywhere; }
.quiet, .axis, .legend { color: var(--quiet); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.figures { display: flex; flex-wrap: wrap; gap: .25rem 2.5rem; margin: 1.25rem 0; padding: 0; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--quiet); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.7rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2; }
.panels { display: grid; grid-template-columns: 1fr; gap: 1rem; margin-bottom: 2rem; }
.panel { background: var(--raised); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem; min-width: 0; }
@media (min-width: 56rem) { .panels { grid-template-columns: 1fr 1fr; } .panel.whole { grid-column: 1 / -1; } }
.chart { display: block; width: 100%; height: 11rem; border-bottom: 1px solid var(--line); }
.axis { display: flex; justify-content: space-between; font-size: .8rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; padding: 0; margin: .4rem 0 0; font-size: .85rem; }
.dot { display: inline-block; width: .65rem; height: .65rem; border-radius: 50%; margin-right: .4rem; background: var(--nothing); }
.area, .bar rect { fill: var(--planned); }
${['merged', 'open', 'pushed', 'planned', 'nothing', 'skipped', 'closed', 'failed'].map((state) => `.dot.${state} { background: var(--${state}); } .area.${state}, .bar rect.${state} { fill: var(--${state}); }`).join('\n')}
.dot.green { background: var(--open); } .dot.red { background: var(--failed); } .dot.pending { background: var(--skipped); }
.bars { list-style: none; margin: 0; padding: 0; display: grid; gap: .4rem; }
.bars li { display: grid; grid-template-columns: minmax(6rem, 13rem) 1fr 3.5rem; gap: .75rem; align-items: center; font-size: .9rem; }
.bars .name { overflow-wrap: anywhere; }
.bars .count { text-align: right; font-variant-numeric: tabular-nums; }
.bar { width: 100%; height: .7rem; display: block; }
form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin-bottom: .75rem; }
label { display: grid; gap: .15rem; font-size: .8rem; color: var(--quiet); flex: 1 1 8rem; min-width: 0; }
label.words { flex: 3 1 14rem; }
input, select { font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--quiet); border-radius: 7px; padding: .45rem .6rem; width: 100%; min-height: 2.6rem; }
#count { color: var(--quiet); font-size: .85rem; margin: 0; }
table.rows { width: 100%; border-collapse: collapse; font-size: .92rem; table-layout: auto; }
.rows th, .rows td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.rows thead th { font-weight: 600; white-space: nowrap; }
.rows th[scope=row] { font-weight: 400; overflow-wrap: anywhere; }
.rows .number { text-align: right; font-variant-numeric: tabular-nums; }
.rows button { font: inherit; color: inherit; background: none; border: 0; padding: .15rem 0; cursor: pointer; text-align: left; overflow-wrap: anywhere; }
.rows tbody button { color: var(--link); }
.rows tbody button::before { content: "\\25B8"; display: inline-block; width: 1.1rem; color: var(--quiet); }
.rows tbody button[aria-expanded=true]::before { content: "\\25BE"; }
.rows th[aria-sort=ascending] button::after { content: " \\2191"; }
.rows th[aria-sort=descending] button::after { content: " \\2193"; }
.rows .below td { background: var(--raised); padding: .5rem .9rem 1.2rem; }
.chip { white-space: nowrap; }
.details { display: grid; grid-template-columns: minmax(0, 1fr); }
.fixes { margin: 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
code, pre { font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0; padding: .6rem 0; overflow-x: auto; border: 1px solid var(--line); border-radius: 7px; background: var(--ground); max-width: 100%; tab-size: 4; }
.line { display: block; min-width: max-content; padding: 0 .8rem; }
.line.added { background: var(--added); color: var(--added-text); }
.line.removed { background: var(--removed); color: var(--removed-text); }
.line.hunk { color: var(--pushed); }
.line.meta { color: var(--quiet); }
.keyword { color: var(--keyword); font-weight: 600; } .string { color: var(--string); } .variable { color: var(--variable); } .comment { color: var(--comment); font-style: italic; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
@media (max-width: 40rem) {
  .rows .wide { display: none; }
  .bars li { grid-template-columns: 1fr 3rem; } .bars .bar { grid-column: 1 / -1; grid-row: 2; }
  body { padding: 1rem .9rem 3rem; }
  .rows th, .rows td { padding: .5rem .3rem; }
}
@media print { form, .skip { display: none; } .panel { break-inside: avoid; } }
`;
