// On which mutants and probes each test file bears.
import { join } from "node:path";
import type { RepoPath } from "../model/paths.ts";
import type { MutationPlan } from "./plan.ts";
import type { MutationRequest } from "./request.ts";
import type { Bearing } from "./worker/protocol.ts";

/** Null where it is not known. */
export function bearingOf(
  { root, loads }: Pick<MutationRequest, "root" | "loads">,
  plan: MutationPlan,
): Bearing | null {
  if (loads === null) return null;
  const paths = [...new Set([...plan.mutants, ...plan.lines].map(({ path }) => path))];
  const indexes = new Map(paths.map((path, index) => [path, index]));
  const indexesOf = (sources: ReadonlySet<RepoPath>): number[] =>
    [...sources].flatMap((path) => indexes.get(path) ?? []);
  return {
    sources: paths.map((path) => ({
      mutants: plan.mutants.flatMap((mutant, number) => (mutant.path === path ? [number] : [])),
      probes: plan.lines.flatMap((line) => (line.path === path ? line.probes : [])),
    })),
    loads: Object.fromEntries([...loads].map(([test, sources]) => [join(root, test), indexesOf(sources)])),
  };
}
