// What examples of a vmap do that go different ways: all run, and each has its own result chosen.
import { bind, operations, primitives, Recorded, Traced, type Value } from "@cotangent/core";
import { Batched } from "./batched.ts";

const { broadcast, logicalNot, select, stopGradient, take } = operations;

/** Whether a predicate holds for some example, or for all. It is known for each. */
export function holdsFor(predicate: Value, which: "any" | "all"): boolean {
  let each = predicate;
  while (each instanceof Traced) each = each instanceof Batched ? over(each, which) : each.below();
  return each.item() === true;
}

/** Whether the predicate of one trace's examples holds for some of them, or for all. */
function over({ value }: Batched, which: "any" | "all"): Value {
  return bind(primitives[which], [value], { axes: [0] });
}

/** For each example the results of its own branch. */
export function choose(predicate: Value, yes: readonly Value[], no: readonly Value[]): readonly Value[] {
  return yes.map((value, place) => select(spreadTo(predicate, value), value, no[place] ?? value));
}

/** Both branches, each on values that it could meet, and for each example the results of its own. */
export function runBoth(
  predicate: Value,
  yes: (operands: readonly Value[]) => readonly Value[],
  no: (operands: readonly Value[]) => readonly Value[],
  operands: readonly Value[],
): readonly Value[] {
  if (holdsFor(predicate, "all")) return yes(operands);
  if (!holdsFor(predicate, "any")) return no(operands);
  return choose(predicate, yes(guarded(operands, predicate)), no(guarded(operands, logicalNot(predicate))));
}

/**
 * Operands for what is run on all examples, though it is meant for those for which the predicate holds.
 *
 * The others have values of an example for which it holds, and no derivative: what they would have computed might be
 * infinite, and infinite times a cotangent of 0 is no number. It must hold for one at least.
 */
export function guarded(operands: readonly Value[], predicate: Value): readonly Value[] {
  return operands.map((x) => select(spreadTo(predicate, x), x, stopGradient(standIn(x, predicate))));
}

/** The same for all elements of an example. */
function spreadTo(predicate: Value, { shape }: Value): Value {
  return shape.length === 0
    ? predicate
    : broadcast(
        predicate,
        shape,
        shape.map((_, axis) => axis),
      );
}

/** Values of examples for which the predicate holds. */
function standIn(x: Value, predicate: Value): Value {
  const [value, holds] = [withoutTangents(x), withoutTangents(predicate)];
  if (!(holds instanceof Batched) || !(value instanceof Batched)) return value;
  const { trace } = holds;
  if (value.trace.level > trace.level) return new Batched(value.trace, standIn(value.value, holds));
  if (value.trace !== trace) return standIn(value, over(holds, "any"));
  const rows = take(withoutTangents(value.value), examplesOf(holds.value));
  return new Batched(trace, standIn(rows, over(holds, "any")));
}

function withoutTangents(x: Value): Value {
  let each = x;
  while (each instanceof Traced && !(each instanceof Batched) && !(each instanceof Recorded)) each = each.below();
  return each;
}

/** For each example its own number where the predicate holds, else that of the last one for which it does. */
function examplesOf(predicate: Value): Value {
  const [count = 0] = predicate.shape;
  const own = predicate.backend.fromElements(
    Array.from({ length: count }, (_, example) => example),
    { shape: [count], dtype: "int64" },
  );
  const last = bind(primitives.max, [select(predicate, own, 0)], { axes: [0] });
  return select(predicate, own, broadcast(last, [count], [0]));
}
