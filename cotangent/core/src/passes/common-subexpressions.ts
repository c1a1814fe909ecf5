import { isGraph, requireGraph, type Graph, type Variable } from "../graph.ts";
import { mapSubgraphs, rewrite, type RewrittenEquation, type Rewriting } from "../rewrite.ts";
import { Traced } from "../trace.ts";

/**
 * Computes equal equations once: the same primitive of the same operands, in either order where they may change places,
 * with equal parameters. Scalar constants are equal when their elements are, other constants when they are one array.
 *
 * Equations are compared by number: their hashes are small integers.
 */
export function commonSubexpressions(graph: Graph): Graph {
  requireGraph("commonSubexpressions", graph);
  const known = new Buckets<KnownEquation>();
  const scalars = new Buckets<Variable>();
  return rewrite(graph, (before, to) => {
    const operands = before.operands.map((variable) => representative(variable, scalars, to));
    const equation = {
      ...before,
      operands: before.primitive.commutative ? operands.toSorted((a, b) => a - b) : operands,
    };
    const hash = hashEquation(equation);
    const same = known.find(hash, (each) => isSame(each.equation, equation));
    if (same !== undefined) return same.results;
    const kept = { ...before, operands, params: mapSubgraphs(before.params, commonSubexpressions) };
    const results = to.keep(kept);
    known.add(hash, { equation, results });
    return results;
  });
}

interface KnownEquation {
  readonly equation: RewrittenEquation;
  readonly results: readonly Variable[];
}

/** Things by their hash. */
class Buckets<Item> {
  readonly #items = new Map<number, Item[]>();

  find(hash: number, is: (item: Item) => boolean): Item | undefined {
    return this.#items.get(hash)?.find(is);
  }

  add(hash: number, item: Item): void {
    const bucket = this.#items.get(hash);
    if (bucket === undefined) this.#items.set(hash, [item]);
    else bucket.push(item);
  }
}

/** The first of the scalar constants that are equal to this one. */
function representative(variable: Variable, scalars: Buckets<Variable>, to: Rewriting): Variable {
  const value = to.constantOf(variable);
  if (value === undefined || value.ndim > 0 || value instanceof Traced) return variable;
  const element = value.item();
  const hash = hashOf(element);
  const same = scalars.find(hash, (each) => {
    const other = to.constantOf(each);
    return other !== undefined && other.dtype === value.dtype && isSameParam(other.item(), element);
  });
  if (same !== undefined) return same;
  scalars.add(hash, variable);
  return variable;
}

function hashEquation({ primitive, operands, params }: RewrittenEquation): number {
  let hash = mix(primitive.index, operands.length);
  for (const variable of operands) hash = mix(hash, variable);
  for (const param of Object.values(params)) hash = mix(hash, hashOf(param));
  return hash;
}

function mix(hash: number, next: number): number {
  return (Math.imul(hash, 0x01000193) ^ next) | 0;
}

/** Graphs and functions have no number of their own; they are told apart when they are compared. */
function hashOf(param: unknown): number {
  if (typeof param === "number") return Number.isInteger(param) ? param | 0 : hashOf(String(param));
  if (typeof param === "boolean") return param ? 1 : 2;
  if (typeof param === "string") return hashText(param);
  return Array.isArray(param) ? param.reduce((hash: number, each) => mix(hash, hashOf(each)), param.length) : 0;
}

function hashText(text: string): number {
  let hash = text.length;
  for (let place = 0; place < text.length; place++) hash = mix(hash, text.charCodeAt(place));
  return hash;
}

function isSame(a: RewrittenEquation, b: RewrittenEquation): boolean {
  return (
    a.primitive === b.primitive &&
    a.operands.length === b.operands.length &&
    a.operands.every((variable, place) => variable === b.operands[place]) &&
    isSameParam(a.params, b.params)
  );
}

/** Functions and graphs are the same when they are one; -0 is not 0. */
function isSameParam(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (isGraph(a) || isGraph(b)) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((x, at) => isSameParam(x, b[at]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => isSameParam(a[name], b[name]));
}

function isPlain(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
