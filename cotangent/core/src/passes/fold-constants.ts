import { sizeOf } from "../aval.ts";
import { requireGraph, type Graph, type Variable } from "../graph.ts";
import type { ParamsOf } from "../primitives.ts";
import { mapSubgraphs, rewrite, type RewriteRule, type RewrittenEquation, type Rewriting } from "../rewrite.ts";
import { bind, isList, Traced } from "../trace.ts";
import type { Value } from "../value.ts";
import { knownOptions } from "../options.ts";

/** Settings of `foldConstants`. */
export interface FoldOptions {
  /** Results with more elements than this, and than the operands have, are left to be computed: 4096. */
  readonly maxSize?: number;
}

/**
 * Computes what depends on constants alone, and takes the branch that a constant chooses.
 *
 * Loops are left, since they may not end, and so are equations that throw: they may stand in a branch that is never
 * taken.
 */
export function foldConstants(graph: Graph, options: FoldOptions = {}): Graph {
  requireGraph("foldConstants", graph);
  const { maxSize = 4096 } = knownOptions<FoldOptions>("foldConstants", options, { maxSize: "number" });
  const rule: RewriteRule = (equation, to) => {
    const params = mapSubgraphs(equation.params, (inner) => foldConstants(inner, { maxSize }));
    const kept = { ...equation, params };
    return chosenBranch(kept, to, rule) ?? folded(kept, to, maxSize) ?? to.keep(kept);
  };
  return rewrite(graph, rule);
}

function chosenBranch(equation: RewrittenEquation, to: Rewriting, rule: RewriteRule): readonly Variable[] | null {
  if (equation.primitive.name !== "cond") return null;
  const [predicate = -1, ...operands] = equation.operands;
  const value = to.constantOf(predicate);
  if (value === undefined || value instanceof Traced) return null;
  const { branches } = equation.params as ParamsOf<"cond">;
  return to.inline(value.item() === true ? branches[0] : branches[1], operands, rule);
}

function folded(
  { primitive, operands, params, types }: RewrittenEquation,
  to: Rewriting,
  maxSize: number,
): readonly Variable[] | null {
  if (primitive.results === "many") return null;
  const values = operands.map((variable) => to.constantOf(variable));
  if (!values.every(isKnown)) return null;
  const limit = Math.max(maxSize, ...values.map(({ size }) => size));
  if (types.some(({ shape }) => sizeOf(shape) > limit)) return null;
  try {
    const results = bind(primitive, values, params);
    return (isList(results) ? results : [results]).map((value) => to.constant(value));
  } catch {
    return null;
  }
}

function isKnown(value: Value | undefined): value is Value {
  return value !== undefined && !(value instanceof Traced);
}
