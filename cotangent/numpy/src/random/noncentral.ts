// Chi-square and Fisher's distribution about another centre, drawn in NumPy's order.
import { chiSquare } from "./continuous.ts";
import { poisson } from "./counts.ts";
import type { Drawing } from "./distributions.ts";

/** A sum of squared normal numbers, of which one has another mean; of one degree of freedom or less by a Poisson number. */
export function noncentralChiSquare(drawing: Drawing, df: number, noncentrality: number): number {
  if (Number.isNaN(noncentrality)) return Number.NaN;
  if (noncentrality === 0) return chiSquare(drawing, df);
  if (df <= 1) return chiSquare(drawing, df + 2 * poisson(drawing, noncentrality / 2));
  const rest = chiSquare(drawing, df - 1);
  const x = drawing.normal() + Math.sqrt(noncentrality);
  return rest + x * x;
}

export function noncentralFisher(drawing: Drawing, numerator: number, denominator: number, nonc: number): number {
  const above = noncentralChiSquare(drawing, numerator, nonc) * denominator;
  return above / (chiSquare(drawing, denominator) * numerator);
}
