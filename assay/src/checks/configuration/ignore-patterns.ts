// Lists of files that a tool leaves alone, as their tools read them.
import { isWithin, type RepoPath } from "../../model/paths.ts";

/** How a list is read: as `.gitignore` is, or as globs from its folder. In both a later entry with `!` takes back. */
export type IgnoreStyle = "gitignore" | "globs";

export interface IgnoreList {
  readonly dir: RepoPath;
  readonly style: IgnoreStyle;
  readonly patterns: readonly string[];
}

export function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Answers whether a path is ignored. */
export async function ignoreMatcher({ dir, style, patterns }: IgnoreList): Promise<(path: RepoPath) => boolean> {
  const { default: picomatch } = await import("picomatch");
  const compiled = patterns.map((pattern) => {
    const isNot = pattern.startsWith("!");
    const glob = pattern
      .replace(/^!{1,2}/, "")
      .replace(/^\.\//, "")
      .replace(/\/$/, "");
    const isAnchored = style === "globs" || glob.replace(/^\*\*\//, "").includes("/") || glob.startsWith("/");
    const rooted = glob.replace(/^\//, "");
    const full = isAnchored ? rooted : `**/${rooted}`;
    const isFolder = pattern.endsWith("/");
    const matchesOne = picomatch(full, { dot: true });
    const matchesBelow = picomatch(`${full}/**`, { dot: true });
    return { isNot, matches: (path: string) => (!isFolder && matchesOne(path)) || matchesBelow(path) };
  });
  return (path) => {
    if (!isWithin(dir, path)) return false;
    const relative = dir === "" ? path : path.slice(dir.length + 1);
    const last = compiled.findLast(({ matches }) => matches(relative));
    return last !== undefined && !last.isNot;
  };
}
