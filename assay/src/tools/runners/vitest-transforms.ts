// When a run of vitest may use code that earlier runs have made of modules.
import type { RepoPath } from "../../model/paths.ts";
import type { Host } from "../../model/process.ts";
import type { Workspace } from "../../model/workspace.ts";
import { transformsAlone } from "./vitest-config.ts";

/** The first version in which the projects of a workspace take the folder from the run. */
const firstMajor = 4;
const firstMinor = 1;

/**
 * The flags that say where a run in these folders keeps transformed modules, or that it keeps none. Vitest's own folder
 * is never used: its entries outlive what they were made from (https://github.com/vitest-dev/vitest/issues/11246).
 */
export async function transformFlags(
  host: Host,
  workspace: Workspace,
  dirs: readonly RepoPath[],
  version: string,
): Promise<readonly string[]> {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < firstMajor || (major === firstMajor && minor < firstMinor)) return [];
  const name = major === firstMajor ? "experimental.fsModuleCache" : "fsModuleCache";
  const known = await Promise.all(dirs.map((dir) => transformsAlone(workspace, dir)));
  const folder = dirs.length > 0 && known.every(Boolean) ? host.keptTransforms() : null;
  return folder === null ? [`--${name}=false`] : [`--${name}`, `--${name}Path=${folder}`];
}
