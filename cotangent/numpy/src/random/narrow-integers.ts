// Integers of few bits.
import type { DType } from "@cotangent/core";
import { lemire } from "./distributions.ts";
import type { PCG64 } from "./pcg64.ts";

/** Draws of integers of up to 32 bits: of smaller ones several from 32 random bits. */
export function narrow(bits: PCG64, limit: number, dtype: DType): () => number {
  const width = dtype === "bool" ? 1 : Number(/\d+$/u.exec(dtype)?.[0] ?? 32);
  if (limit === 0) return () => 0;
  if (width === 32) return limit === 0xffffffff ? () => bits.next32() : () => lemire(() => bits.next32(), limit, 32);
  const perWord = width === 1 ? 32 : 32 / width;
  let [word, left] = [0, 0];
  const next = () => {
    if (left === 0) [word, left] = [bits.next32(), width === 1 ? 32 : perWord];
    else word >>>= width;
    left--;
    return word & (2 ** width - 1);
  };
  if (width === 1 || limit === 2 ** width - 1) return next;
  return () => lemire(next, limit, width === 8 ? 8 : 16);
}
