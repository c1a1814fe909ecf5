// `paths` that put a file of the repository in the place of a package's types.
import { extname } from "node:path";
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, pathInside, type RepoPath } from "../../model/paths.ts";
import { declaredDependencies } from "../../model/workspace.ts";
import type { Loosening } from "../configuration/approvals.ts";
import type { CompilerConfig } from "./compiler-config.ts";
import { lineOfJson } from "../configuration/json-texts.ts";

/** New entries of `paths` for a package that a manifest declares, or for everything, that lead to files of the repository. */
export async function shadowedPackages(
  { workspace }: ChangeContext,
  base: CompilerConfig | undefined,
  head: CompilerConfig | undefined,
): Promise<readonly Loosening[]> {
  const origin = head?.options.get("paths")?.path;
  if (origin === undefined) return [];
  const before = pathsIn(base);
  const own = new Set(workspace.packages.map(({ name }) => name));
  const declared = new Set(workspace.packages.flatMap(({ manifest }) => [...declaredDependencies(manifest)]));
  const fresh = [...pathsIn(head)].filter(
    ([key, target]) => before.get(key) !== target && isPackage(key, declared, own) && leadsInside(origin, target),
  );
  return Promise.all(
    fresh.map(async ([key, target]) => ({
      path: origin,
      line: await lineOfJson(workspace.readText(origin), ["compilerOptions", "paths", key]),
      what: `${origin} paths ${key}`,
      message: `\`paths\` puts ${target} in the place of the package "${key}", whose own types are checked no more; remove the entry`,
    })),
  );
}

/** Key to its first target. */
function pathsIn(config: CompilerConfig | undefined): ReadonlyMap<string, string> {
  const value = config?.options.get("paths")?.value;
  if (typeof value !== "object" || value === null) return new Map();
  const entries: readonly [string, unknown][] = Object.entries(value);
  return new Map(
    entries.flatMap(([key, targets]): [string, string][] => {
      const first: unknown = Array.isArray(targets) ? targets[0] : undefined;
      return typeof first === "string" ? [[key, first]] : [];
    }),
  );
}

function isPackage(key: string, declared: ReadonlySet<string>, own: ReadonlySet<string>): boolean {
  if (key === "*") return true;
  const name = /^(?:@[^/]+\/)?[^/*]+/.exec(key)?.[0] ?? "";
  return declared.has(name) && !own.has(name);
}

function leadsInside(origin: RepoPath, target: string): boolean {
  const path = pathInside(dirOf(origin), target);
  return (
    path !== undefined && !/(?:^|\/)(?:node_modules|dist|build|lib|out)(?:\/|$)/.test(path) && extname(path) !== ".json"
  );
}
