// Where the reporter files lie that are loaded into the user's runner.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type ReporterName = "vitest" | "jest" | "mocha" | "node-test" | "node-test-process";

/**
 * Absolute path of a built reporter.
 *
 * They are CommonJS, the one format that every runner and every version of one can load.
 */
export function reporterPath(name: ReporterName): string {
  const beside = fileURLToPath(new URL(`./reporters/${name}.cjs`, import.meta.url));
  if (existsSync(beside)) return beside;
  // The sources are run as they are, by our own tests.
  return fileURLToPath(new URL(`../../../dist/reporters/${name}.cjs`, import.meta.url));
}
