import { batches } from "./batches.ts";
import { jvps } from "./jvps.ts";
import { transposes } from "./transposes.ts";

/** The rules of every primitive. */
export const rules = { jvps, transposes, batches };
export { batches, jvps, transposes };
