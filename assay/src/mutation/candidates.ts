// Finds every place on changed lines where a mutator has something to change.
import type { LineRange } from "../model/change.ts";
import type { Mutant } from "../model/mutant.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Node } from "../source/walk.ts";
import { aridReason, type AridReason } from "./arid.ts";
import type { Edit, Mutator, Place, Span } from "./mutator.ts";
import { allMutators } from "./mutators/index.ts";
import { walkRuntime } from "./runtime-code.ts";

export interface Candidates {
  /** Ordered by offset, then by the mutators' own order. */
  readonly mutants: readonly Mutant[];
  /** What was left out, by reason. */
  readonly arid: ReadonlyMap<AridReason, number>;
}

interface Sketch {
  readonly mutator: Mutator;
  readonly expression: Span;
  readonly line: number;
  readonly replacement: string;
}

/** Everything that could be mutated on the given lines. */
export function findCandidates(file: SourceFile, lines: readonly LineRange[], mutators = allMutators): Candidates {
  const sketches: Sketch[] = [];
  const arid = new Map<AridReason, number>();
  const barren: { readonly reason: AridReason; readonly end: number }[] = [];
  walkRuntime(file.program, {
    enter(node, parent, ancestors) {
      while ((barren.at(-1)?.end ?? Infinity) <= node.start) barren.pop();
      const reason = aridReason(node, parent) ?? barren.at(-1)?.reason;
      if (reason !== undefined) barren.push({ reason, end: node.end });
      const found = sketchesOf(file, node, ancestors, lines, mutators);
      if (reason === undefined) sketches.push(...found);
      else if (found.length > 0) arid.set(reason, (arid.get(reason) ?? 0) + found.length);
    },
  });
  return { mutants: name(file, sketches), arid };
}

function sketchesOf(
  file: SourceFile,
  node: Node,
  ancestors: readonly Node[],
  lines: readonly LineRange[],
  mutators: readonly Mutator[],
): Sketch[] {
  const place: Place = { ancestors, textOf: ({ start, end }) => file.text.slice(start, end) };
  const sketches: Sketch[] = [];
  for (const mutator of mutators) {
    for (const edit of mutator.mutate(node, place)) {
      const expression = edit.expression ?? node;
      const line = file.lineOf(edit.replace.start);
      if (!lines.some(({ start, end }) => start <= line && line <= end)) continue;
      sketches.push({ mutator, expression, line, replacement: apply(file.text, expression, edit) });
    }
  }
  return sketches;
}

function apply(text: string, expression: Span, edit: Edit): string {
  return text.slice(expression.start, edit.replace.start) + edit.with + text.slice(edit.replace.end, expression.end);
}

function name(file: SourceFile, sketches: readonly Sketch[]): Mutant[] {
  const counts = new Map<string, number>();
  return sketches
    .toSorted((a, b) => a.expression.start - b.expression.start || b.expression.end - a.expression.end)
    .map(({ mutator, expression, line, replacement }) => {
      const ordinal = (counts.get(mutator.id) ?? 0) + 1;
      counts.set(mutator.id, ordinal);
      return {
        id: `${file.path}:${mutator.id}:${ordinal}`,
        path: file.path,
        line,
        start: expression.start,
        end: expression.end,
        mutator: mutator.id,
        original: file.text.slice(expression.start, expression.end),
        replacement,
      };
    });
}
