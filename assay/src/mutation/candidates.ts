// Finds every place on changed lines where a mutator has something to change.
import type { LineRange } from "../model/change.ts";
import type { Mutant } from "../model/mutant.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { LogicalExpression, Node } from "../source/walk.ts";
import { aridReason, type AridReason } from "./arid.ts";
import { doubtful, isAskedFor, isCertain, type Trust } from "./certain-value.ts";
import type { Edit, Mutator, Place, Span } from "./mutator.ts";
import { defaultMutators } from "./mutators/index.ts";
import { walkRuntime } from "./runtime-code.ts";
import { wholeValueOf } from "./whole-value.ts";

export interface Candidates {
  /** Ordered by offset, then by the mutators' own order. No two of them make the same text of the file. */
  readonly mutants: readonly Mutant[];
  /** What was left out, by reason. */
  readonly arid: ReadonlyMap<AridReason, number>;
  /** Lines on which something was left out and nothing is left, and those on which something is thrown. */
  readonly aridLines: ReadonlySet<number>;
  /** Ids of those that are worth less than all others: of fallbacks that the compiler may have asked for alone. */
  readonly late: ReadonlySet<string>;
}

interface Sketch extends Pick<Mutant, "form" | "line" | "replacement"> {
  readonly mutator: Mutator;
  readonly edit: Edit;
  readonly replaced: Span;
}

interface RankedSketch extends Sketch {
  readonly isLate: boolean;
}

/** Everything that could be mutated on the given lines. */
export function findCandidates(
  file: SourceFile,
  lines: readonly LineRange[],
  mutators: readonly Mutator[] = defaultMutators,
  trust: Trust = doubtful,
): Candidates {
  const sketches: RankedSketch[] = [];
  const arid = new Map<AridReason, number>();
  const leftOut: Sketch[] = [];
  const thrown: number[] = [];
  const leaveOut = (reason: AridReason, found: readonly Sketch[]): void => {
    if (found.length > 0) arid.set(reason, (arid.get(reason) ?? 0) + found.length);
    leftOut.push(...found);
  };
  const fallbacks = new Fallbacks(file.text, trust);
  const barren: { readonly reason: AridReason; readonly end: number }[] = [];
  walkRuntime(file.program, {
    enter(node, parent, ancestors) {
      while ((barren.at(-1)?.end ?? Infinity) <= node.start) barren.pop();
      fallbacks.enter(node, ancestors);
      if (node.type === "ThrowStatement") thrown.push(...linesOf(file, node));
      const reason = fallbacks.isUnreached(node, parent)
        ? "certain-value"
        : (aridReason(node, ancestors) ?? barren.at(-1)?.reason);
      if (reason !== undefined) barren.push({ reason, end: node.end });
      const found = sketchesOf(file, node, ancestors, lines, mutators);
      if (reason !== undefined) return leaveOut(reason, found);
      const telling = found.filter(({ edit }) => !fallbacks.isDroppedInVain(node, edit));
      leaveOut(
        "certain-value",
        found.filter((sketch) => !telling.includes(sketch)),
      );
      for (const sketch of telling) sketches.push({ ...sketch, isLate: fallbacks.isLate(node, sketch.edit) });
    },
  });
  const named = name(file, withoutDoubles(file.text, sketches));
  const late = new Set(named.filter(({ isLate }) => isLate).map(({ mutant }) => mutant.id));
  const lively = new Set(sketches.map(({ line }) => line));
  const aridLines = new Set([...thrown, ...leftOut.map(({ line }) => line).filter((line) => !lively.has(line))]);
  return { mutants: named.map(({ mutant }) => mutant), arid, aridLines, late };
}

function linesOf(file: SourceFile, { start, end }: Node): readonly number[] {
  const [first, last] = [file.lineOf(start), file.lineOf(end)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** What stands behind `??` for the compiler alone, surely or perhaps. */
class Fallbacks {
  readonly #text: string;
  readonly #trust: Trust;
  readonly #certain = new Set<Node>();
  readonly #askedFor: LogicalExpression[] = [];

  constructor(text: string, trust: Trust) {
    this.#text = text;
    this.#trust = trust;
  }

  enter(node: Node, ancestors: readonly Node[]): void {
    if (node.type !== "LogicalExpression" || node.operator !== "??") return;
    if (isCertain(node, ancestors, this.#trust)) this.#certain.add(node);
    else if (isAskedFor(node, this.#trust)) this.#askedFor.push(node);
  }

  isUnreached(node: Node, parent: Node | null): boolean {
    return parent?.type === "LogicalExpression" && parent.right === node && this.#certain.has(parent);
  }

  isDroppedInVain(node: Node, edit: Edit): boolean {
    return this.#certain.has(node) && this.#drops(node, edit);
  }

  isLate(node: Node, edit: Edit): boolean {
    return this.#askedFor.some(
      (fallback) =>
        (fallback === node && this.#drops(node, edit)) ||
        (fallback.right.start <= node.start && node.end <= fallback.right.end),
    );
  }

  #drops(node: Node, edit: Edit): boolean {
    return node.type === "LogicalExpression" && edit.with === this.#text.slice(node.left.start, node.left.end);
  }
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
      const line = file.lineOf(edit.replace.start);
      if (!lines.some(({ start, end }) => start <= line && line <= end)) continue;
      const replaced = edit.expression ?? wholeValueOf(node, ancestors);
      const form = formOf(replaced, node, ancestors);
      sketches.push({
        mutator,
        edit,
        form,
        replaced,
        line,
        replacement: apply(file.text, replaced, edit),
      });
    }
  }
  return sketches;
}

export function formOf(replaced: Span, node: Node, ancestors: readonly Node[]): Mutant["form"] {
  if (replaced === node && node.type.endsWith("Statement")) return "statement";
  const statement = ancestors.findLastIndex(({ type }) => type === "ExpressionStatement");
  if (ancestors[statement]?.start !== replaced.start) return "value";
  // Where a statement stands by itself, what comes before it ends by itself.
  return isList(ancestors[statement - 1]) ? "leading-value" : "value";
}

function isList(holder: Node | undefined): boolean {
  return (
    holder?.type === "Program" ||
    holder?.type === "BlockStatement" ||
    holder?.type === "StaticBlock" ||
    holder?.type === "SwitchCase" ||
    holder?.type === "TSModuleBlock"
  );
}

function apply(text: string, replaced: Span, edit: Edit): string {
  return text.slice(replaced.start, edit.replace.start) + edit.with + text.slice(edit.replace.end, replaced.end);
}

/** Of several ways to make the same text the first is kept. */
function withoutDoubles(text: string, sketches: readonly RankedSketch[]): RankedSketch[] {
  const seen = new Set<string>();
  return sketches.filter((sketch) => {
    const key = differenceOf(text, sketch);
    const isNew = key !== null && !seen.has(key);
    if (key !== null) seen.add(key);
    return isNew;
  });
}

/** What is different in the whole file, wherever the replaced part begins and ends; null where nothing is. */
function differenceOf(text: string, { replaced, replacement }: Sketch): string | null {
  let { start, end } = replaced;
  let [from, to] = [0, replacement.length];
  while (start < end && from < to && text[start] === replacement[from]) [start, from] = [start + 1, from + 1];
  while (start < end && from < to && text[end - 1] === replacement[to - 1]) [end, to] = [end - 1, to - 1];
  return start === end && from === to ? null : `${start}:${end}:${replacement.slice(from, to)}`;
}

function name(
  file: SourceFile,
  sketches: readonly RankedSketch[],
): readonly { readonly mutant: Mutant; readonly isLate: boolean }[] {
  const counts = new Map<string, number>();
  return sketches
    .toSorted((a, b) => a.replaced.start - b.replaced.start || b.replaced.end - a.replaced.end)
    .map(({ mutator, form, isLate, replaced: { start, end }, line, replacement }) => {
      const ordinal = (counts.get(mutator.id) ?? 0) + 1;
      counts.set(mutator.id, ordinal);
      const mutant: Mutant = {
        id: `${file.path}:${mutator.id}:${ordinal}`,
        path: file.path,
        line,
        start,
        end,
        form,
        mutator: mutator.id,
        original: file.text.slice(start, end),
        replacement,
      };
      return { mutant, isLate };
    });
}
