// Holds every rule against what it claims to be; prints a line for each that is wrong, and fails.
import { checkGrads } from "@cotangent/inspect";
import { jvp, vjp } from "cotangent";
import { specs } from "./specs.ts";

for (const { name, f, operands, order } of specs) {
  try {
    checkGrads({ jvp, vjp }, f, operands, { order });
  } catch (error) {
    process.stdout.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
