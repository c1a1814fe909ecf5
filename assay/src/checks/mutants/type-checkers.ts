// Which of the repository's TypeScript projects hold a file, for whoever wants to ask the compiler about another text of it.
import { isWithin, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { CompilerPlace } from "../../mutation/index.ts";
import { findInstalled } from "../../tools/packages/installed.ts";
import { findPrograms } from "../../tools/types/tsc-programs.ts";
import { programFiles, tsConfigsOf, type TsConfig, type TsConfigs } from "../../tools/types/tsconfig.ts";

/** One project for each file that has one; a file that its project does not name may still be imported by it. */
export async function typeCheckers(
  workspace: Workspace,
  paths: readonly RepoPath[],
): Promise<readonly CompilerPlace[]> {
  const configs = tsConfigsOf(workspace);
  const programs = await findPrograms(configs);
  const projects = programs.flatMap(({ config, build }) => projectsOf(configs, config, build));
  const holds = await programFiles(workspace);
  return paths.flatMap((path) => {
    const project = projects.find((each) => holds(each)(path)) ?? projects.find(({ dir }) => isWithin(dir, path));
    const compiler = project && findInstalled(workspace, project.dir, "typescript");
    return compiler ? [{ path, config: project.path, compilerDir: compiler.dir }] : [];
  });
}

/** What is built with its references has their files checked too. */
function projectsOf(configs: TsConfigs, start: RepoPath, build: boolean): readonly TsConfig[] {
  const paths = new Set([start]);
  const found: TsConfig[] = [];
  // A set visits what is added to it while it is being walked.
  for (const path of paths) {
    const config = configs.read(path);
    if (config === undefined) continue;
    if (!config.isSolution) found.push(config);
    if (build) for (const reference of config.references) paths.add(reference);
  }
  return found;
}
