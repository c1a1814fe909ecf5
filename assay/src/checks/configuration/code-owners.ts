// Who has to look at a change, by CODEOWNERS.
import type { ChangeContext } from "../../model/check.ts";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import { sidesOf, type Side } from "../change/sides.ts";
import type { Loosening } from "./approvals.ts";
import { codeOwners, harnessConfig, isCiPath, isCodeOwnersPath } from "./config-paths.ts";
import { ignoreMatcher, linesOf } from "./ignore-patterns.ts";

/**
 * Files that somebody had to look at and nobody has to now: all of them, or what decides which checks are run. Owners of
 * anything else are for the project to say.
 */
export async function lostOwners(context: ChangeContext): Promise<readonly Loosening[]> {
  const { base, head } = await sidesOf(context);
  const [before, after] = [await ownersOn(base), await ownersOn(head)];
  if (before === undefined) return [];
  const kept = [...head.paths].filter((path) => base.paths.has(path));
  const lost = kept.filter((path) => before.isOwned(path) && after?.isOwned(path) !== true);
  const isNobodyLeft = !kept.some((path) => after?.isOwned(path));
  const [first] = isNobodyLeft ? lost : lost.filter(decides);
  if (first === undefined) return [];
  const path = after?.path ?? before.path;
  const message = `nobody owns ${isNobodyLeft ? "anything" : first} any more, so that nobody has to look at changes of it; keep its owners`;
  return [{ path: after === undefined ? null : path, line: null, what: `${path} owners`, message }];
}

function decides(path: RepoPath): boolean {
  return isCiPath(path) || path === harnessConfig || isCodeOwnersPath(path);
}

interface Owners {
  readonly path: RepoPath;
  readonly isOwned: (path: RepoPath) => boolean;
}

async function ownersOn(side: Side): Promise<Owners | undefined> {
  const path = codeOwners.find((place) => side.paths.has(place));
  if (path === undefined) return undefined;
  // Sections of GitLab: `[name] @owner`.
  const lines = linesOf(side.read(path) ?? "").filter((line) => !/^\^?\[/.test(line));
  const rules = await Promise.all(
    lines.map(async (line) => {
      const [pattern = "", owner = ""] = line.replace(/\s#.*$/, "").split(/\s+/);
      const matches = await ignoreMatcher({ dir: repoPath(""), style: "gitignore", patterns: [pattern] });
      return { matches, hasOwner: owner !== "" };
    }),
  );
  return { path, isOwned: (file) => rules.findLast(({ matches }) => matches(file))?.hasOwner === true };
}
