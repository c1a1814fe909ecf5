// Of which elements functions are: the dtype that operands are converted to before a function is applied.
import { DTypeError, isComplex, showAval, type DType } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { floatingOf, isScalar, quotientOf, showScalar, type Operand } from "./arguments.ts";

/** Gives the dtype for operands that were promoted to one, or undefined where the function isn't defined. */
export type Domain = (dtype: DType) => DType | undefined;

const isBool = (dtype: DType): boolean => dtype === "bool";
const isInteger = (dtype: DType): boolean => kindOf(dtype) === "int" || kindOf(dtype) === "uint";

export const anyElements: Domain = (dtype) => dtype;
export const numbers: Domain = (dtype) => (isBool(dtype) ? undefined : dtype);
/** Truth values count as small integers. */
export const numbersAndCounts: Domain = (dtype) => (isBool(dtype) ? "int8" : dtype);
export const reals: Domain = (dtype) => (isComplex(dtype) ? undefined : dtype);
export const realsAndCounts: Domain = (dtype) => (isComplex(dtype) ? undefined : numbersAndCounts(dtype));
export const floating: Domain = floatingOf;
export const floatingReals: Domain = (dtype) => (isComplex(dtype) ? undefined : floatingOf(dtype));
/** As quotients are, of real numbers. */
export const quotientReals: Domain = (dtype) => (isComplex(dtype) ? undefined : quotientOf(dtype));
export const quotients: Domain = quotientOf;
export const doubles: Domain = (dtype) => (isComplex(dtype) ? "complex128" : "float64");
export const bits: Domain = (dtype) => (isBool(dtype) || isInteger(dtype) ? dtype : undefined);
export const integers: Domain = (dtype) => (isInteger(dtype) ? dtype : undefined);
export const integersAndCounts: Domain = (dtype) => (isBool(dtype) ? "int8" : integers(dtype));

/** The dtype that a function converts its operands to. @throws DTypeError where it isn't defined for them. */
export function inDomain(name: string, domain: Domain, dtype: DType, operands: readonly Operand[]): DType {
  const own = domain(dtype);
  if (own !== undefined) return own;
  const shown = operands.map((each) => (isScalar(each) ? showScalar(each) : showAval(each)));
  throw new DTypeError(`${name}(${shown.join(", ")}): there is no such function of ${dtype}`);
}
