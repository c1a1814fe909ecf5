// Files whose compiler asks for a fallback wherever a list is read at an index.
import type { PlanContext } from "../../model/check.ts";
import { dirOf, joinPath, type RepoPath } from "../../model/paths.ts";
import { tsConfigsOf, type TsConfigs } from "../../tools/types/tsconfig.ts";

/** By the `tsconfig.json` that is nearest: of one that is not compiled with it hardly any index has a fallback. */
export function doubtedFiles({ workspace, pairs }: Pick<PlanContext, "workspace" | "pairs">): ReadonlySet<RepoPath> {
  const configs = tsConfigsOf(workspace);
  return new Set(
    pairs.filter(({ change, headText }) => isDoubted(change.path, headText, configs)).map(({ change }) => change.path),
  );
}

function isDoubted(path: RepoPath, text: string | undefined, configs: TsConfigs): boolean {
  // Most files have no such fallback, and no configuration is read for them.
  if (!/\.[cm]?tsx?$/.test(path) || text === undefined || !/\]\s*\?\?/.test(text)) return false;
  const nearest = nearestConfig(dirOf(path), configs);
  const own = nearest?.isSolution === true ? nearest.references.map((each) => configs.read(each)) : [nearest];
  return own.some((config) => config?.flags.has("noUncheckedIndexedAccess") === true);
}

function nearestConfig(dir: RepoPath, configs: TsConfigs): ReturnType<TsConfigs["read"]> {
  const own = configs.read(joinPath(dir, "tsconfig.json"));
  return own !== undefined || dir === "" ? own : nearestConfig(dirOf(dir), configs);
}
