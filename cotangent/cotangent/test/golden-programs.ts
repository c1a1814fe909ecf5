// Runs the golden programs: expression trees, as goldens/README.md describes them.
import { isValue, mapTree, type Value } from "@cotangent/core";
import { grad, hessian, hvp, jacfwd, jacrev, jvp, np, vjp, vmap } from "cotangent";
import { decodeArgument, decodeArray, lookUp, type StoredArray } from "../../numpy/test/goldens.ts";

export interface GoldenProgram {
  readonly id: string;
  readonly inputs: Readonly<Record<string, StoredArray>>;
  readonly program: unknown;
  readonly wrt: readonly string[];
  readonly expected: {
    readonly value: unknown;
    readonly grad?: Readonly<Record<string, StoredArray>>;
    readonly direction?: Readonly<Record<string, StoredArray>>;
    readonly directional?: number;
    readonly hvp?: Readonly<Record<string, StoredArray>>;
    readonly hessian?: Readonly<Record<string, Readonly<Record<string, StoredArray>>>>;
  };
}

type Bindings = ReadonlyMap<string, unknown>;
type Call = (...arguments_: readonly unknown[]) => unknown;
type Expression = Readonly<Record<string, unknown>>;

/** The program as a function of some of its inputs. */
export function programOf({ inputs, program }: GoldenProgram): (values: Readonly<Record<string, Value>>) => Value {
  const given = Object.entries(inputs).map(([name, stored]) => [name, decodeArray(stored)] as const);
  return (values) => run(program, new Map<string, unknown>([...given, ...Object.entries(values)])) as Value;
}

/** The value of an expression, where names are bound. */
function run(expression: unknown, bindings: Bindings): unknown {
  if (Array.isArray(expression)) return expression.map((each) => run(each, bindings));
  if (typeof expression !== "object" || expression === null) return expression;
  const form = expression as Expression;
  if ("var" in form) return bindings.get(String(form["var"]));
  if ("op" in form) return operation(form, bindings);
  if ("let" in form) return run(form["in"], define(form["let"], bindings));
  if ("loop" in form) return loop(form, bindings);
  if ("item" in form) return item(form["item"], bindings);
  if ("lambda" in form) return closure(form["lambda"], bindings);
  if ("call" in form) {
    const [f, ...arguments_] = run(form["call"], bindings) as [Call, ...unknown[]];
    return f(...arguments_);
  }
  if ("transform" in form) return transformed(form, bindings);
  return decodeArgument(form, np);
}

function operation({ op, args, kwargs }: Expression, bindings: Bindings): unknown {
  const list = args as readonly unknown[];
  if (op === "getitem") {
    const { index } = list[1] as { readonly index: readonly unknown[] };
    const items = index.map((each) => (isSlice(each) ? each : run(each, bindings)));
    return lookUp(np, "getitem")(run(list[0], bindings), ...(decodeArgument({ index: items }, np) as unknown[]));
  }
  const arguments_ = list.map((each) => run(each, bindings));
  const options = kwargs === undefined ? [] : [run(kwargs, bindings)];
  return lookUp(np, String(op))(...arguments_, ...options);
}

function isSlice(index: unknown): boolean {
  return typeof index === "object" && index !== null && "slice" in index;
}

function define(lines: unknown, bindings: Bindings): Bindings {
  const names = new Map(bindings);
  for (const [name, expression] of lines as readonly (readonly [string, unknown])[]) {
    names.set(name, run(expression, names));
  }
  return names;
}

function loop({ loop, in: result }: Expression, bindings: Bindings): unknown {
  const { count, index, carry, body } = loop as {
    readonly count: number;
    readonly index: string;
    readonly carry: readonly (readonly [string, unknown])[];
    readonly body: unknown;
  };
  let names = define(carry, bindings);
  for (let step = 0; step < count; step++) names = define(body, new Map([...names, [index, step]]));
  return run(result, names);
}

function item(pair: unknown, bindings: Bindings): unknown {
  const [tuple, place] = pair as readonly [unknown, number];
  const value = run(tuple, bindings);
  if (Array.isArray(value)) return (value as readonly unknown[])[place];
  return Object.values(value as object)[place];
}

function closure(lambda: unknown, bindings: Bindings): Call {
  const { params, body } = lambda as { readonly params: readonly string[]; readonly body: unknown };
  return (...arguments_) =>
    run(body, new Map([...bindings, ...params.map((name, place) => [name, arguments_[place]] as const)]));
}

/** Functions of a golden program may return a number or a list: as arrays of the library. */
function transformed(form: Expression, bindings: Bindings): unknown {
  const f = run(form["fn"], bindings) as Call;
  const arguments_ = (run(form["args"], bindings) as readonly unknown[]).map(floating);
  const options = { argnums: Number(form["argnum"] ?? 0) };
  switch (form["transform"]) {
    case "grad":
      return grad(f, options)(...arguments_);
    case "jacfwd":
      return jacfwd(f, options)(...arguments_);
    case "jacrev":
      return jacrev(f, options)(...arguments_);
    case "hessian":
      return hessian(f, options)(...arguments_);
    case "jvp":
      return jvp(f, arguments_, listed(run(form["tangents"], bindings)))[1];
    case "vjp": {
      const pulled = vjp(f, ...arguments_)[1](run(form["cotangent"], bindings));
      return pulled.length === 1 ? pulled[0] : pulled;
    }
    case "hvp":
      return hvp(f)(arguments_[0], floating(listed(run(form["direction"], bindings))[0]));
    case "vmap":
      return vmap(f, axesOf(form))(...arguments_);
    default:
      throw new TypeError(`there is no transform ${String(form["transform"])}`);
  }
}

function axesOf(form: Expression) {
  return {
    ...(form["in_axes"] === undefined ? {} : { inAxes: form["in_axes"] as number }),
    ...(form["out_axes"] === undefined ? {} : { outAxes: form["out_axes"] as number }),
  };
}

const listed = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw : [raw]).map(floating);

/** Numbers of a program are floats. */
function floating(raw: unknown): unknown {
  return mapTree(raw, (leaf) => (isValue(leaf) || typeof leaf !== "number" ? leaf : np.asarray(leaf, "float64")));
}
