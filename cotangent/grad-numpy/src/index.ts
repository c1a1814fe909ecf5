import { batches } from "./batches.ts";
import { calls } from "./calls.ts";
import { jvps } from "./jvps.ts";
import { transposes } from "./transposes.ts";

/** The rules of every primitive, and of every call that has one by name. */
export const rules = { jvps, transposes, batches, calls };
export { batches, calls, jvps, transposes };
