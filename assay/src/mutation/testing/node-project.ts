// Small projects that are tested by Node's own test runner.
import type { MutationReport } from "../report.ts";
import { mutate, nodeStart, project, verdicts, type MutateOptions } from "./project.ts";

export const head = `import assert from "node:assert/strict";
import { after, before, describe, it, mock, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
`;

/** Mutates \`src/a.js\` with the tests in \`src/a.test.js\`, which import all of it as \`a\`. */
export function run(source: string, tests: string, options: MutateOptions = {}): Promise<MutationReport> {
  const files = { "src/a.js": source, "src/a.test.js": `${head}import * as a from "./a.js";\n${tests}` };
  return mutate(project(files), { start: nodeStart(), ...options });
}

/** Errors and verdicts. */
export async function judged(source: string, tests: string): Promise<readonly string[]> {
  const report = await run(source, tests);
  return [...report.errors.map(({ message }) => `error: ${message}`), ...verdicts(report)];
}
