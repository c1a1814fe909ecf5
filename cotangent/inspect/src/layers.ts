// Where the boxes of a diagram stand: in layers, each below what it needs.
import type { Box, Diagram } from "./diagram.ts";

export interface Placed {
  readonly box: Box;
  /** The centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly placed: ReadonlyMap<string, Placed>;
  readonly width: number;
  readonly height: number;
}

const size = { character: 7.2, padding: 22, height: 40, gapX: 56, gapY: 44, margin: 56 } as const;

/**
 * Layers by the longest way from an input; constants stand right above their first use. Within a layer boxes are ordered
 * by where their neighbours stand, in a few sweeps down and up.
 */
export function layout(diagram: Diagram): Layout {
  const layers = orderedLayers(diagram);
  const widths = layers.map((layer) => layer.reduce((sum, box) => sum + widthOf(box) + size.gapX, -size.gapX));
  const width = widths.reduce((most, each) => Math.max(most, each), 0) + 2 * size.margin;
  const placed = new Map<string, Placed>();
  for (const [row, layer] of layers.entries()) {
    let left = (width - (widths[row] ?? 0)) / 2;
    for (const box of layer) {
      const own = widthOf(box);
      const y = size.margin + size.height / 2 + row * (size.height + size.gapY);
      placed.set(box.id, { box, x: left + own / 2, y, width: own, height: size.height });
      left += own + size.gapX;
    }
  }
  return { placed, width, height: 2 * size.margin + layers.length * (size.height + size.gapY) - size.gapY };
}

function widthOf({ label, detail }: Box): number {
  return Math.min(Math.max(label.length, detail.length, 4), 34) * size.character + size.padding;
}

interface Neighbours {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

function orderedLayers(diagram: Diagram): readonly (readonly Box[])[] {
  const neighbours = neighboursOf(diagram);
  const rows = rowsOf(diagram, neighbours);
  const layers: Box[][] = [];
  for (const box of diagram.boxes) (layers[rows.get(box.id) ?? 0] ??= []).push(box);
  for (let sweep = 0; sweep < 4; sweep++) {
    const places = new Map(
      layers.flatMap((layer) => layer.map(({ id }, place) => [id, place / layer.length] as const)),
    );
    const towards = sweep % 2 === 0 ? neighbours.above : neighbours.below;
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = new Map(layer.map(({ id }) => [id, mean(towards.get(id) ?? [], places) ?? places.get(id) ?? 0]));
      layer.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
      for (const [place, { id }] of layer.entries()) places.set(id, place / layer.length);
    }
  }
  return layers;
}

function neighboursOf({ arrows }: Diagram): Neighbours {
  const [above, below] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { from, to } of arrows) {
    note(above, to, from);
    note(below, from, to);
  }
  return { above, below };
}

function note(of: Map<string, string[]>, from: string, to: string): void {
  const known = of.get(from);
  if (known === undefined) of.set(from, [to]);
  else known.push(to);
}

function rowsOf({ boxes }: Diagram, { above, below }: Neighbours): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  // Boxes come after what they need.
  for (const { id } of boxes) {
    rows.set(
      id,
      (above.get(id) ?? []).reduce((row, each) => Math.max(row, (rows.get(each) ?? 0) + 1), 0),
    );
  }
  for (const { id, kind } of boxes) {
    const users = (below.get(id) ?? []).map((each) => rows.get(each) ?? 0);
    if (kind === "constant" && users.length > 0) rows.set(id, Math.max(Math.min(...users) - 1, 0));
  }
  return rows;
}

function mean(ids: readonly string[], places: ReadonlyMap<string, number>): number | null {
  return ids.length === 0 ? null : ids.reduce((sum, id) => sum + (places.get(id) ?? 0), 0) / ids.length;
}
