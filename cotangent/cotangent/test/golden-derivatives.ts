// Derivatives of the golden cases, in every mode that a number is given for.
import { isComplex, isInexact, operations, type Value } from "@cotangent/core";
import { jvp, np, vjp } from "cotangent";
import {
  decodeArguments,
  decodeArray,
  lookUp,
  type Derivative,
  type GoldenCase,
  type StoredArray,
} from "../../numpy/test/goldens.ts";
import { mismatch, type Tolerance } from "../../numpy/test/matching.ts";

type Flat = (x: Value) => readonly Value[];

/** First derivatives agree to this, relative to the largest element; second ones to the other. */
const first = { normwise: 1e-9, floor: 1e-3 };
const second = { normwise: 1e-8, floor: 1e-3 };

/** What is wrong with the derivatives of a case. */
export function derivativeFaults(golden: GoldenCase): readonly string[] {
  return (golden.derivs ?? []).flatMap((derivative) => {
    const label = `${golden.id} [${derivative.wrt.join(",")}]`;
    return [...faultsOf(golden, derivative)].map((fault) => `${label} ${fault}`);
  });
}

function* faultsOf(golden: GoldenCase, derivative: Derivative): Generator<string> {
  const f = functionOf(golden, derivative.wrt);
  const x = at(golden, derivative.wrt);
  if (derivative.jvp !== undefined) {
    const { tangent, out } = derivative.jvp;
    yield* faulty("jvp", () => jvp(f, [x], [decodeArray(tangent)])[1], out, first);
  }
  if (derivative.vjp !== undefined) {
    const { cotangent, out } = derivative.vjp;
    yield* faulty("vjp", () => [vjp(f, x)[1](cotangents(cotangent))[0]], out, first);
  }
  if (derivative.order2 !== undefined) yield* secondOrder(derivative, f, x);
}

function* secondOrder({ jvp: forward, vjp: reverse, order2 }: Derivative, f: Flat, x: Value): Generator<string> {
  if (order2 === undefined) return;
  const u = decodeArray(order2.direction);
  if (forward !== undefined && (order2.jvp_out !== undefined || order2.zero === true)) {
    const along = (y: Value) => jvp(f, [y], [decodeArray(forward.tangent)])[1];
    const expected = order2.zero === true ? zeros(forward.out) : order2.jvp_out;
    yield* faulty("forward over forward", () => jvp(along, [x], [u])[1], expected, second);
  }
  if (reverse === undefined || (order2.vjp_out === undefined && order2.zero !== true)) return;
  const ct = cotangents(reverse.cotangent);
  const expected = order2.zero === true ? zeros(reverse.out) : order2.vjp_out;
  const pulled = (y: Value) => vjp(f, y)[1](ct)[0];
  const pushed = (y: Value) => product(ct, jvp(f, [y], [u])[1]);
  const pulledAgain = (y: Value) => product([pulled(y)], [u]);
  yield* faulty("forward over reverse", () => [jvp(pulled, [x], [u])[1]], expected, second);
  yield* faulty("reverse over forward", () => gradient(pushed, x), expected, second);
  yield* faulty("reverse over reverse", () => gradient(pulledAgain, x), expected, second);
}

/** The cotangent of the argument for 1, which of a complex value takes the real part. */
function gradient(f: (x: Value) => Value, x: Value): readonly Value[] {
  const [value, pullback] = vjp(f, x);
  return [pullback(operations.onesLike(value))[0]];
}

/** Σ u v: of complex values its real part counts, which the seed 1 takes. */
function product(us: readonly Value[], vs: readonly Value[]): Value {
  const terms = us.map((u, place) => {
    const v = vs[place];
    if (v === undefined) throw new RangeError("there are fewer outputs than cotangents");
    const all = operations.sum(
      operations.mul(u, v),
      u.shape.map((_, axis) => axis),
    );
    return isComplex(all.dtype) ? operations.real(all) : all;
  });
  return terms.reduce((sum, term) => operations.add(sum, term));
}

function* faulty(
  what: string,
  compute: () => readonly Value[],
  stored: unknown,
  tolerance: Tolerance,
): Generator<string> {
  try {
    const expected = listOf(stored);
    const actual = compute();
    if (actual.length !== expected.length) yield `${what}: ${actual.length} outputs, not ${expected.length}`;
    for (const [place, each] of expected.entries()) {
      const found = mismatch(actual[place], each, tolerance);
      if (found !== undefined) yield `${what}: ${found}`;
    }
  } catch (error) {
    yield `${what}: ${error instanceof Error ? error.stack?.slice(0, 700) : String(error)}`;
  }
}

/** The outputs of a case, or zeros like them. */
function listOf(stored: unknown): readonly unknown[] {
  return typeof stored === "object" && stored !== null && "tuple" in stored ? (stored.tuple as unknown[]) : [stored];
}

function zeros(stored: unknown): unknown {
  return {
    tuple: listOf(stored).map((each) => {
      const array = each as StoredArray;
      return Object.assign({}, array, { data: array.data.map((element) => (Array.isArray(element) ? [0, 0] : 0)) });
    }),
  };
}

function cotangents(stored: unknown): readonly Value[] {
  return listOf(stored).map((each) => decodeArray(each as StoredArray));
}

function at(golden: GoldenCase, path: readonly number[]): Value {
  return path.reduce<unknown>(
    (list, place) => (list as readonly unknown[])[place],
    decodeArguments(golden, np),
  ) as Value;
}

/** Nested lists with something else at a place. */
function replaced(list: readonly unknown[], [place = 0, ...inner]: readonly number[], value: unknown): unknown[] {
  return list.with(place, inner.length === 0 ? value : replaced(list[place] as readonly unknown[], inner, value));
}

/** The outputs that have derivatives, as a function of one argument. */
function functionOf(golden: GoldenCase, path: readonly number[]): Flat {
  return (x) => {
    const given = golden.symmetrize === true ? symmetric(x) : x;
    const output = lookUp(np, golden.fn)(...replaced(decodeArguments(golden, np), path, given));
    const list = (Array.isArray(output) ? output : isRecord(output) ? Object.values(output) : [output]) as Value[];
    const chosen = golden.select === undefined ? list : [list[golden.select] as Value];
    return chosen.filter(({ dtype }) => isInexact(dtype));
  };
}

function isRecord(output: unknown): output is Readonly<Record<string, unknown>> {
  return typeof output === "object" && output !== null && !("backend" in output);
}

function symmetric(x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  const swapped = operations.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
  return operations.mul(operations.add(x, operations.conj(swapped)), 0.5);
}
