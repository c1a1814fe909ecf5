// The diagram of a page, as SVG.
import { promised } from "@cotangent/core";
import type { Arrow, Diagram } from "./diagram.ts";
import { escaped } from "./html-text.ts";
import { layout, type Placed } from "./layers.ts";

/** Arrows that are longer than this become stubs with the name of what they come from. */
const longest = 600;

export function drawing(diagram: Diagram): string {
  const { placed, width, height } = layout(diagram);
  const stubs = new Map<string, number>();
  const arrows = diagram.arrows.flatMap((arrow) => {
    const start = promised(placed.get(arrow.from), "the beginning of an arrow");
    const end = promised(placed.get(arrow.to), "the end of an arrow");
    if (end.y - start.y <= longest) return [pathOf(arrow, curve(start, end))];
    const before = stubs.get(arrow.to) ?? 0;
    stubs.set(arrow.to, before + 1);
    return [stubOf(arrow, end, before)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="Diagram of the graph">`,
    "<defs>",
    ...["primal", "tangent"].map(
      (side) =>
        `<marker id="tip-${side}" class="${side}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>`,
    ),
    "</defs>",
    ...arrows,
    ...[...placed.values()].map(boxOf),
    "</svg>",
  ].join("\n");
}

function pathOf({ from, to, label, tangent }: Arrow, path: string): string {
  const side = tangent ? "tangent" : "primal";
  return `<path class="arrow ${side}" data-from="${from}" data-to="${to}" d="${path}" marker-end="url(#tip-${side})"><title>${escaped(label)}</title></path>`;
}

/** A short arrow from the left; `before` of them are there already. */
function stubOf(arrow: Arrow, { x, y, width, height }: Placed, before: number): string {
  const [left, level] = [x - width / 2, y - height / 4 + before * 14];
  const name = arrow.label.slice(0, arrow.label.indexOf(":"));
  const path = pathOf(arrow, `M${round(left - 18)} ${round(level)}H${round(left)}`);
  return `${path}<text class="far${arrow.tangent ? " tangent" : ""}" x="${round(left - 21)}" y="${round(level + 4)}">${name}</text>`;
}

function boxOf({ box, x, y, width, height }: Placed): string {
  const { id, kind, label, detail, location, tangent, inner } = box;
  const title = [label, detail, location].filter((text) => text !== null && text !== "").join("\n");
  const radius = kind === "equation" ? 5 : height / 2;
  const text = inner.length > 0 ? `${label} ⊞` : label;
  const lines =
    detail === ""
      ? `<text x="${round(x)}" y="${round(y + 4)}">${escaped(text)}</text>`
      : `<text x="${round(x)}" y="${round(y - 3)}">${escaped(text)}</text><text class="detail" x="${round(x)}" y="${round(y + 12)}">${escaped(shortened(detail))}</text>`;
  return [
    `<a class="box ${kind} ${tangent ? "tangent" : "primal"}" data-box="${id}" href="#${id}">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${height}" rx="${radius}"/>`,
    lines,
    "</a>",
  ].join("");
}

function curve(start: Placed, end: Placed): string {
  const [top, bottom] = [start.y + start.height / 2, end.y - end.height / 2];
  const bend = Math.min((bottom - top) / 2, 60);
  return `M${round(start.x)} ${round(top)}C${round(start.x)} ${round(top + bend)} ${round(end.x)} ${round(bottom - bend)} ${round(end.x)} ${round(bottom)}`;
}

const shortened = (text: string): string => (text.length > 34 ? `${text.slice(0, 33)}…` : text);

const round = (number: number): number => Math.round(number * 10) / 10;
