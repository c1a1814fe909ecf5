// Tests that were at paths where there is nothing now: deleted, moved, or brought together in other files.
import type { FilePair, PlanContext } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";
import { onlyAdds } from "../../mutation/index.ts";
import { readFacts } from "../../source/facts.ts";
import { testOfSnapshot } from "../../source/path-kinds.ts";
import { createResolver, type Resolution } from "../../source/resolve.ts";
import { isAmongTests } from "../../source/role.ts";
import type { Specifier, SpecifierKind } from "../../source/specifier.ts";
import { treeWithPaths } from "../runners/tree-with-paths.ts";

export interface GoneTests {
  /** What is gone of tests, with helpers, snapshots and what they read: texts of the base, by the base's path. */
  readonly texts: ReadonlyMap<RepoPath, string>;
  /** Files of the head, by the test that imported them. Without tests of modules that went as well. */
  readonly imports: ReadonlyMap<RepoPath, readonly RepoPath[]>;
}

interface GoneFile {
  readonly path: RepoPath;
  readonly text: string;
  readonly pair: FilePair;
}

export async function goneTests({ pairs, workspace }: Pick<PlanContext, "pairs" | "workspace">): Promise<GoneTests> {
  const files = pairs.flatMap(goneFiles).filter(({ path }) => !workspace.tree.has(path));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const resolver = createResolver({ ...workspace, tree: treeWithPaths(workspace.tree, [...texts.keys()]) });
  const imports = new Map<RepoPath, readonly RepoPath[]>();
  for (const { path, text } of files.filter(isLostTest)) {
    const { specifiers } = await readFacts(path, text);
    const targets = specifiers.map((each) => ({ said: each, target: resolver.resolve(path, each.text, each.kind) }));
    if (targets.some(leadsNowhere)) continue;
    const found = targets.flatMap(({ target }) => (target.kind === "file" ? [target.path] : []));
    imports.set(path, found);
  }
  return { texts, imports };
}

/** What tests are made of, at its former path. */
function goneFiles(pair: FilePair): GoneFile[] {
  const { change, base, baseText } = pair;
  const path = change.previousPath ?? change.path;
  const isOfTests = base?.role === "test" || isAmongTests(path) || testOfSnapshot(path) !== undefined;
  return isOfTests && baseText !== undefined ? [{ path, text: baseText, pair }] : [];
}

/** Is it a test that does not stand as it was, or with more in it, under another name? */
function isLostTest({ pair: { base, head } }: GoneFile): boolean {
  return base?.role === "test" && (head?.role !== "test" || !onlyAdds(base, head));
}

const loading: ReadonlySet<SpecifierKind> = new Set(["import", "re-export"]);

/** What it imported by its path is gone. */
function leadsNowhere({ said, target }: { readonly said: Specifier; readonly target: Resolution }): boolean {
  return target.kind === "missing" && loading.has(said.kind) && said.text.startsWith(".");
}
