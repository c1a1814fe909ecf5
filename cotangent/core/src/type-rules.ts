// What rules for types are written with.
import type { Aval, Shape } from "./aval.ts";
import type { ParamsOf, PrimitiveName } from "./primitives.ts";

/** The types of results, from those of the operands. */
export type TypeRule<Name extends PrimitiveName> = (
  operands: readonly Aval[],
  params: ParamsOf<Name>,
) => readonly Aval[];

/** Thrown by a rule, which need not know what it is called. */
export class Misfit extends Error {
  readonly about: "shape" | "dtype";

  constructor(about: "shape" | "dtype", message: string) {
    super(message);
    this.about = about;
  }
}

/** @param message a function where it takes time to write */
export function requires(
  holds: boolean,
  message: string | (() => string),
  about: "shape" | "dtype" = "shape",
): asserts holds {
  if (!holds) throw new Misfit(about, typeof message === "string" ? message : message());
}

/** An operand that the number of operands promises. */
export function at(operands: readonly Aval[], place: number): Aval {
  const operand = operands[place];
  requires(operand !== undefined, "an operand is missing");
  return operand;
}

export function requireShape(shape: Shape): void {
  requires(shape.every(isNatural), () => `[${shape.join(",")}] is no shape`);
}

export const isNatural = (length: number): boolean => Number.isSafeInteger(length) && length >= 0;
