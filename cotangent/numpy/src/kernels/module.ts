// The compiled kernels.
import { thePool } from "../memory/pool.ts";
import { wasmBytes } from "./wasm-bytes.ts";

/**
 * Computes a row: n elements of the result at `out` from operands at `a`, `b` and `c`. Each address comes with the
 * distance between elements, all in bytes.
 */
export type RowKernel = (
  n: number,
  out: number,
  so: number,
  a: number,
  sa: number,
  b: number,
  sb: number,
  c: number,
  sc: number,
) => void;

/**
 * c += a b, with distances between rows and columns of each in elements. Of floats that are `fresh` c may have been
 * anything: c = a b, unless the sum is over nothing.
 */
export type ProductKernel = (
  rows: number,
  columns: number,
  sum: number,
  a: number,
  ars: number,
  acs: number,
  b: number,
  brs: number,
  bcs: number,
  c: number,
  crs: number,
  ccs: number,
  scratch: number,
  isFresh: 0 | 1,
) => void;

/** As `ProductKernel`, for vectors b and c. */
export type VectorKernel = (
  rows: number,
  sum: number,
  a: number,
  ars: number,
  acs: number,
  b: number,
  bs: number,
  c: number,
  cs: number,
) => void;

/** Sorts rows of n elements at `at`, or writes the places of those at `a` in their order to `out`. */
export type SortKernel = (order: number, rows: number, n: number, at: number, scratch: number) => void;
export type OrderKernel = (order: number, rows: number, n: number, a: number, out: number, scratch: number) => void;

/** A loop over two axes; each operand has the distance of its rows, then of neighbours in them, in bytes. */
export type AcrossLoop = (
  kernel: number,
  isFirst: boolean,
  size: number,
  rows: number,
  columns: number,
  ...placesAndTile: readonly number[]
) => void;

interface Exports {
  readonly table: WebAssembly.Table;
  readonly each: (kernel: number, ndim: number, loop: number, out: number, a: number, b: number, c: number) => void;
  readonly across: AcrossLoop;
  readonly scratchBytes: (columns: number, sum: number) => number;
  readonly sortScratch: (n: number, bytes: number) => number;
}

export interface Kernels {
  readonly exports: Exports;
  readonly row: (name: string) => RowKernel | null;
  readonly product: (name: string) => ProductKernel | null;
  readonly vector: (name: string) => VectorKernel | null;
  readonly sort: (name: string) => SortKernel | null;
  readonly order: (name: string) => OrderKernel | null;
  /** The kernel's place in the table, for `each`. */
  readonly indexOf: (kernel: RowKernel) => number;
}

let kernels: Kernels | null = null;

/** The kernels, compiled at first use. */
export function theKernels(): Kernels {
  kernels ??= instantiate();
  return kernels;
}

function instantiate(): Kernels {
  const module = new WebAssembly.Module(bytesOf(wasmBytes));
  const instance = new WebAssembly.Instance(module, { env: { memory: thePool().memory } });
  // What the module exports is what the build script lists.
  const all = instance.exports as Exports & WebAssembly.Exports;
  const indices = new Map<RowKernel, number>();
  const lookUp = (name: string): unknown => (Object.hasOwn(all, name) ? all[name] : null);
  return {
    exports: all,
    row: (name) => lookUp(name) as RowKernel | null,
    product: (name) => lookUp(name) as ProductKernel | null,
    vector: (name) => lookUp(name) as VectorKernel | null,
    sort: (name) => lookUp(name) as SortKernel | null,
    order: (name) => lookUp(name) as OrderKernel | null,
    indexOf: (kernel) => {
      const known = indices.get(kernel);
      if (known !== undefined) return known;
      const index = all.table.grow(1);
      all.table.set(index, kernel);
      indices.set(kernel, index);
      return index;
    },
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
