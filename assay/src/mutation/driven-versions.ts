// Which versions of a runner mutants can be tried in without starting it anew for each.
import type { DrivenRunner, RunnerStart } from "../tools/runners/runner-start.ts";

/** Null: Node is its own runner, and any Node that assay runs on will do. */
const drivenMajors: Readonly<Record<DrivenRunner, ReadonlySet<string> | null>> = {
  vitest: new Set(["3", "4", "5"]),
  jest: new Set(["29", "30"]),
  "node:test": null,
};

/** `vitest 3, 4 and 5, node:test`. */
export const drivenVersions = Object.entries(drivenMajors)
  .map(([name, majors]) => (majors ? `${name} ${[...majors].join(", ").replace(/, (?!.*, )/, " and ")}` : name))
  .join(", ");

/** Can it be driven? What can not is run as a command. */
export function isDriven({ runner, version }: Pick<RunnerStart, "runner" | "version">): boolean {
  return drivenMajors[runner]?.has(version.split(".", 1)[0] ?? "") ?? true;
}
