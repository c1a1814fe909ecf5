// Stands where vite resolves, loads and transforms modules: serves the instrumented texts, and tells what else was used.
import { readFileSync } from "node:fs";
import { dirname, normalize, sep } from "node:path";
import { builtOutput, fileOf, isPartOf, once, startsProcesses } from "./module-signs.ts";
import type { SessionEvent, SessionRequest } from "./protocol.ts";
import type { PluginContainer, Project } from "./vitest-api.ts";

/**
 * Answers for the instrumented files before any plugin is asked. It is done where a server loads its modules, since
 * plugins that are handed to vitest do not reach the projects of a workspace.
 */
export function watchModules(
  project: Project,
  { sources, insideFile }: Pick<SessionRequest, "sources" | "insideFile">,
  say: (event: SessionEvent) => void,
): void {
  const ownDir = dirname(insideFile) + sep;
  const isBuilt = builtOutput(Object.keys(sources));
  const tell = once(say);
  for (const container of containersOf(project)) {
    const resolveId = container.resolveId.bind(container);
    const load = container.load.bind(container);
    const transform = container.transform.bind(container);
    container.resolveId = async (source, ...rest) => {
      const resolved = await resolveId(source, ...rest);
      const file = fileOf(resolved?.id ?? "");
      if (isBuilt(file)) tell({ kind: "built", file });
      return resolved;
    };
    container.load = async (id, ...rest) => {
      const file = fileOf(id);
      const code = isPartOf(id) ? undefined : sources[file];
      if (code !== undefined) tell({ kind: "loaded", file });
      // For a test environment that is a browser's, a server hands out no files from outside of the project.
      else if (normalize(file).startsWith(ownDir)) return { code: readFileSync(file, "utf8"), map: null };
      return code === undefined ? load(id, ...rest) : { code, map: null };
    };
    container.transform = (code, id, ...rest) => {
      if (startsProcesses(code)) tell({ kind: "starter", file: fileOf(id) });
      return transform(code, id, ...rest);
    };
  }
}

function containersOf({ vite }: Project): ReadonlySet<PluginContainer> {
  const containers = new Set(Object.values(vite.environments ?? {}).map(({ pluginContainer }) => pluginContainer));
  if (containers.size === 0 && vite.pluginContainer) containers.add(vite.pluginContainer);
  return containers;
}
