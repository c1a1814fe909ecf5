// What a page looks like, and what it does when it is used.

export const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2430; --faint: #64748b; --rule: #d5dce6; --hover: #eef2f7;
  --primal: #dbeafe; --primal-line: #3b6fb6; --tangent: #fed7aa; --tangent-line: #c2410c; --mark: #fde047; --mark-text: #1c2430;
  --added: #dcfce7; --removed: #fee2e2; }
@media (prefers-color-scheme: dark) { :root { --ground: #12171f; --text: #dde4ee; --faint: #8b98ab; --rule: #2c3644; --hover: #1d2530;
  --primal: #1e3a5f; --primal-line: #7fb0ee; --tangent: #5f3413; --tangent-line: #f0a05a; --added: #14401f; --removed: #4c1d1d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 6px 18px; align-items: center; padding: 10px 20px;
  background: var(--ground); border-bottom: 1px solid var(--rule); }
h1 { font-size: 17px; margin: 0; } h2 { font-size: 15px; margin: 0; display: inline; }
header .counts { color: var(--faint); }
.key { display: inline-block; padding: 0 8px; border-radius: 4px; border-left: 4px solid; }
.key.primal { background: var(--primal); border-color: var(--primal-line); } .key.tangent { background: var(--tangent); border-color: var(--tangent-line); }
header input { font: inherit; padding: 3px 8px; border: 1px solid var(--rule); border-radius: 5px; background: var(--ground); color: inherit; }
header button { font: inherit; padding: 3px 10px; border: 1px solid var(--rule); border-radius: 5px; background: var(--hover); color: inherit; cursor: pointer; }
main { padding: 8px 20px 60px; }
section > details { margin: 12px 0; } section > details > summary { cursor: pointer; padding: 4px 0; }
.program, .diff { font: 13px/1.55 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-x: auto; }
.line { white-space: pre; padding: 0 8px; border-left: 4px solid var(--primal-line); margin: 1px 0; }
.line:hover { background: var(--hover); } .line.tangent { border-left-color: var(--tangent-line); background: color-mix(in srgb, var(--tangent) 35%, transparent); }
.line:target { outline: 2px solid var(--primal-line); } .line[hidden] { display: none; }
.variable { cursor: pointer; padding: 0 2px; border-radius: 3px; } .variable.tangent { color: var(--tangent-line); }
.variable.marked { background: var(--mark); color: var(--mark-text); }
.type, .params, .location, .word { color: var(--faint); } .type::before { content: ": "; } .location { float: right; padding-left: 24px; }
.scope { margin: 2px 0 4px 28px; border-left: 1px solid var(--rule); padding-left: 8px; } .scope > summary { cursor: pointer; color: var(--faint); }
.diagram { overflow: auto; max-height: 85vh; border: 1px solid var(--rule); border-radius: 6px; text-align: center; }
svg text { font: 13px ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; fill: var(--text); } svg text.far { text-anchor: end; font-size: 11px; fill: var(--primal-line); } svg text.far.tangent { fill: var(--tangent-line); } svg text.detail { font-size: 11px; fill: var(--faint); }
.box rect { fill: var(--primal); stroke: var(--primal-line); } .box.tangent rect { fill: var(--tangent); stroke: var(--tangent-line); }
.box.constant rect { stroke-dasharray: 4 3; } .box:hover rect, .box.marked rect { stroke-width: 3; }
.arrow { fill: none; stroke: var(--primal-line); stroke-opacity: .55; } .arrow.tangent { stroke: var(--tangent-line); } .arrow:hover, .arrow.marked { stroke-opacity: 1; stroke-width: 2.5; }
marker path { fill: var(--primal-line); } marker.tangent path { fill: var(--tangent-line); }
.diff div { white-space: pre; padding: 0 8px; min-height: 1.4em; } .diff .before { background: var(--removed); } .diff .after { background: var(--added); }
`;

export const script = `
"use strict";
const all = (selector) => [...document.querySelectorAll(selector)];
const mark = (variable) => {
  const isMarked = all(".variable.marked").some((each) => each.dataset.variable === variable);
  for (const each of all(".variable")) each.classList.toggle("marked", !isMarked && each.dataset.variable === variable);
};
const markBox = (id) => {
  for (const each of all(".box")) each.classList.toggle("marked", each.dataset.box === id);
  for (const each of all(".arrow")) each.classList.toggle("marked", each.dataset.from === id || each.dataset.to === id);
};
const search = (text) => {
  const wanted = text.trim().toLowerCase();
  for (const line of all(".program .line")) {
    line.hidden = wanted !== "" && !line.textContent.toLowerCase().includes(wanted);
    if (wanted !== "" && !line.hidden) for (let scope = line.closest(".scope"); scope; scope = scope.parentElement.closest(".scope")) scope.open = true;
  }
};
document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const variable = target.closest(".variable");
  if (variable) mark(variable.dataset.variable);
  const box = target.closest(".box");
  if (box) markBox(box.dataset.box);
  const fold = target.closest("[data-open]");
  if (fold) for (const scope of all(".scope")) scope.open = fold.dataset.open === "yes";
});
document.querySelector("#search").addEventListener("input", ({ target }) => search(target.value));
`;
