// What the parameters of each primitive are, for whoever reads graphs without knowing their primitives: files, checks,
// printers.
import { dtypes, type Aval } from "./aval.ts";
import { namedRules } from "./custom-rules.ts";
import { isGraph } from "./graph.ts";
import type { ParamsOf, PrimitiveName } from "./primitives.ts";

/**
 * `functions` are what an author wrote in their program, and can't be kept in a file. `rules` are some, or the name of rules,
 * or absent.
 */
export type ParamKind =
  | "axis"
  | "axes"
  | "axisPairs"
  | "boolean"
  | "dtype"
  | "functions"
  | "graph"
  | "graphPair"
  | "integers"
  | "mode"
  | "natural"
  | "naturalPair"
  | "rules"
  | "shape"
  | "text"
  | "types";

type Kinds<Params> = { readonly [Param in keyof Params]: ParamKind };

const none = {};
const axes = { axes: "axes" } as const;
const axis = { axis: "axis" } as const;
const order = { order: "natural" } as const;

/** Primitives that are left out have no parameters. */
const kinds: {
  readonly [Name in PrimitiveName as keyof ParamsOf<Name> extends never ? never : Name]: Kinds<ParamsOf<Name>>;
} = {
  sinc: order,
  besselI: order,
  cast: { dtype: "dtype" },
  reshape: { shape: "shape" },
  transpose: { permutation: "axes" },
  broadcast: { shape: "shape", axes: "axes" },
  slice: { start: "integers", length: "shape", step: "integers" },
  embed: { start: "integers", step: "integers", shape: "shape" },
  concatenate: axis,
  scatterAdd: { rows: "natural" },
  sum: axes,
  prod: axes,
  max: axes,
  min: axes,
  any: axes,
  all: axes,
  argmax: axis,
  argmin: axis,
  argsort: axis,
  cumsum: { axis: "axis", reverse: "boolean" },
  cumprod: axis,
  dot: { contract: "axisPairs", batch: "axisPairs" },
  triangularSolve: { lower: "boolean", transposed: "boolean", unit: "boolean" },
  qr: { mode: "mode" },
  svd: { full: "boolean" },
  fft: { axis: "axis", inverse: "boolean" },
  cond: { branches: "graphPair" },
  while: { test: "graph", body: "graph", constants: "naturalPair" },
  scan: { body: "graph", constants: "natural", carries: "natural", length: "natural", reverse: "boolean" },
  call: { graph: "graph", name: "text", rules: "rules" },
  linearCall: { name: "text", types: "types", residuals: "natural", forward: "functions", pullback: "functions" },
};

const byName: Readonly<Record<string, Readonly<Record<string, ParamKind>>>> = kinds;

/** The names and kinds of a primitive's parameters. */
export function paramsOf(name: PrimitiveName): Readonly<Record<string, ParamKind>> {
  return byName[name] ?? none;
}

/** What is wrong with a primitive's parameters: null if nothing is. */
export function paramFault(name: PrimitiveName, params: object): string | null {
  const expected = paramsOf(name);
  for (const param of Object.keys(params)) {
    if (!Object.hasOwn(expected, param)) return `has no parameter ${param}`;
  }
  const given = new Map(Object.entries(params));
  for (const [param, kind] of Object.entries(expected)) {
    if (!given.has(param)) return `parameter ${param} is missing`;
    if (!fits[kind](given.get(param))) return `parameter ${param} is no ${words[kind]}`;
  }
  return null;
}

const words: { readonly [Kind in ParamKind]: string } = {
  axis: "axis",
  axes: "list of axes",
  axisPairs: "pair of lists of axes",
  boolean: "boolean",
  dtype: "dtype",
  functions: "function of an author",
  graph: "graph",
  graphPair: "pair of graphs",
  integers: "list of whole numbers",
  mode: 'mode ("reduced" or "complete")',
  natural: "natural number",
  naturalPair: "pair of natural numbers",
  rules: "name of rules",
  shape: "shape",
  text: "text",
  types: "list of types",
};

const isNatural = (raw: unknown): boolean => typeof raw === "number" && Number.isSafeInteger(raw) && raw >= 0;
const isListOf = (raw: unknown, fits: (each: unknown) => boolean): boolean => Array.isArray(raw) && raw.every(fits);
const isPairOf = (raw: unknown, fits: (each: unknown) => boolean): boolean =>
  Array.isArray(raw) && raw.length === 2 && raw.every(fits);
const areNaturals = (raw: unknown): boolean => isListOf(raw, isNatural);

/** Whether something is a type: a shape and a dtype. */
export function isAval(raw: unknown): raw is Aval {
  if (typeof raw !== "object" || raw === null || !("shape" in raw) || !("dtype" in raw)) return false;
  return areNaturals(raw.shape) && isDType(raw.dtype);
}

const isDType = (raw: unknown): boolean => dtypes.some((dtype) => dtype === raw);

const fits: { readonly [Kind in ParamKind]: (raw: unknown) => boolean } = {
  axis: isNatural,
  axes: areNaturals,
  axisPairs: (raw) => isPairOf(raw, areNaturals),
  boolean: (raw) => typeof raw === "boolean",
  dtype: isDType,
  functions: (raw) => typeof raw === "object" || typeof raw === "function",
  graph: isGraph,
  graphPair: (raw) => isPairOf(raw, isGraph),
  integers: (raw) => isListOf(raw, Number.isSafeInteger),
  mode: (raw) => raw === "reduced" || raw === "complete",
  natural: isNatural,
  naturalPair: (raw) => isPairOf(raw, isNatural),
  rules: (raw) => typeof raw === "object" || namedRules.some((name) => name === raw),
  shape: areNaturals,
  text: (raw) => typeof raw === "string",
  types: (raw) => isListOf(raw, isAval),
};
