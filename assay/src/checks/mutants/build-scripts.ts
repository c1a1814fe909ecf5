// Programs that a build runs.
import type { FilePair, PlanContext } from "../../model/check.ts";
import { pathInside, type RepoPath } from "../../model/paths.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { isSourcePath } from "../../source/role.ts";
import type { Invocation } from "../../tools/scripts/invocation.ts";
import { readScript } from "../../tools/scripts/read-scripts.ts";
import { isToolsOwn } from "../change/hand-written.ts";

/** Scripts that are the build, with those that package managers run around it. */
const names = ["prebuild", "build", "postbuild"] as const;
/** Programs that run the file that they are given. */
const runsFiles: ReadonlySet<string> = new Set(["node", "tsx", "ts-node", "bun"]);

/**
 * The changed files that tests have to be about. Whether a program of the build is right, only the build says, unless
 * another file imports it; what a tool has written is that tool's.
 */
export function meantForTests({
  pairs,
  workspace,
  affected,
}: Pick<PlanContext, "pairs" | "workspace" | "affected">): readonly FilePair[] {
  const scripts = buildScripts(workspace);
  const isImported = (path: RepoPath): boolean =>
    workspace.tree.files.some((file) => file.path !== path && affected.importsOf(file.path).includes(path));
  return pairs.filter((pair) => {
    const { path } = pair.change;
    return !isToolsOwn(pair) && (!scripts.has(path) || isImported(path));
  });
}

function buildScripts({ packages, tree }: Workspace): ReadonlySet<RepoPath> {
  const programs = packages.flatMap((pkg) =>
    names
      .flatMap((name) => readScript(pkg.manifest, name)?.invocations ?? [])
      .map((each) => programOf(pkg, each, tree)),
  );
  return new Set(programs.filter((path) => path !== undefined));
}

/** What stands behind it is read by the program: `node build.mjs src/index.ts`. */
function programOf({ dir }: Package, { program, args, cd }: Invocation, tree: Workspace["tree"]): RepoPath | undefined {
  if (!runsFiles.has(program)) return undefined;
  return args
    .filter((word) => isSourcePath(word) && !word.startsWith("/"))
    .map((word) => pathInside(dir, cd === "" ? word : `${cd}/${word}`))
    .find((path) => path !== undefined && tree.has(path));
}
