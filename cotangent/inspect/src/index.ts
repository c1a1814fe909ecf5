export { checkGrads, GradientError, type CheckGradsOptions } from "./check-grads.ts";
export type { DiagramOptions } from "./diagram.ts";
export { diff, diffLines, type DiffLine } from "./diff.ts";
export { toDot } from "./dot.ts";
export { firstNaN, type NaNReport } from "./first-nan.ts";
export { toHTML, type HTMLOptions, type PassView } from "./html.ts";
export { toMermaid } from "./mermaid.ts";
export { print, type PrintOptions } from "./print.ts";
