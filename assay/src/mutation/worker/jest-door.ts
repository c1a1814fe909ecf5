// What jest's sandboxes and the process around them share. Imports types only, since it goes into two bundles.
import type { RuntimeClass } from "./jest-api.ts";

const doorKey = Symbol.for("assay-mutation-jest-runtime");

type Holder = Record<symbol, RuntimeClass | undefined>;

/** Leaves the class where the file that jest loads as its runtime finds it. */
export function leaveRuntime(runtime: RuntimeClass): void {
  const scope: unknown = globalThis;
  (scope as Holder)[doorKey] = runtime;
}

export function fetchRuntime(): RuntimeClass | undefined {
  const scope: unknown = globalThis;
  return (scope as Holder)[doorKey];
}
