import { knownOptions, requireGraph, type Graph, type OptionNames } from "@cotangent/core";
import { diagramOf, diagramOptions, type DiagramOptions } from "./diagram.ts";
import { diffLines, type DiffLine } from "./diff.ts";
import { script, style } from "./html-assets.ts";
import { drawing } from "./html-diagram.ts";
import { programLines } from "./html-lines.ts";
import { escaped } from "./html-text.ts";

/** What a pass made of a graph, as `optimize` tells it. */
export interface PassView {
  readonly name: string;
  readonly before: Graph;
  readonly after: Graph;
}

/** Settings of `toHTML`. */
export interface HTMLOptions extends DiagramOptions {
  readonly title?: string;
  /** Passes whose changes are shown below the graph. */
  readonly passes?: readonly PassView[];
}

const htmlOptions: OptionNames<HTMLOptions> = { ...diagramOptions, title: true, passes: true };

/** The diagrams of larger graphs are folded at first. */
const drawnAtOnce = 60;

/**
 * A page that shows a graph: a line for each equation, graphs within it to be unfolded, a click on a variable marks where
 * it is defined and used; a diagram; and what passes changed.
 *
 * The page is one file, which needs no other and asks no network.
 */
export function toHTML(graph: Graph, settings: HTMLOptions = {}): string {
  requireGraph("toHTML", graph);
  const { title = "Graph", passes = [], ...options } = knownOptions("toHTML", settings, htmlOptions);
  const { inputs, equations, constants, outputs } = graph;
  const counts = [
    counted(inputs.length, "input"),
    counted(constants.size, "constant"),
    counted(equations.length, "equation"),
    counted(outputs.length, "output"),
  ];
  const keys =
    options.isTangent === undefined
      ? ""
      : '<span class="key primal">primal</span><span class="key tangent">tangent</span>';
  const isSmall = equations.length <= drawnAtOnce;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1><span class="counts">${counts.join(" · ")}</span>${keys}
<input id="search" type="search" placeholder="Find a primitive, type or place" aria-label="Find">
<button type="button" data-open="yes">Unfold all</button><button type="button" data-open="no">Fold all</button>
</header>
<main>
<section><details open><summary><h2>Program</h2></summary>
<div class="program">
${programLines(graph, options)}
</div>
</details></section>
<section><details${isSmall ? " open" : ""}><summary><h2>Diagram</h2></summary>
<div class="diagram">
${drawing(diagramOf(graph, options))}
</div>
</details></section>
${passes.map(passSection).join("\n")}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function passSection({ name, before, after }: PassView): string {
  const lines = diffLines(before, after);
  const isChanged = lines.some(({ kind }) => kind !== "both");
  const summary = isChanged
    ? `${counted(before.equations.length, "equation")} → ${after.equations.length}`
    : "changes nothing";
  return `<section><details class="pass"><summary><h2>${escaped(name)}</h2> · ${summary}</summary>
<div class="diff">
${lines.map(diffLine).join("\n")}
</div>
</details></section>`;
}

function diffLine({ kind, text }: DiffLine): string {
  const sign = { both: " ", before: "-", after: "+" }[kind];
  return `<div class="${kind}">${escaped(`${sign} ${text}`)}</div>`;
}
