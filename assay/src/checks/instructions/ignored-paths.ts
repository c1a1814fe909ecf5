// What git is told to leave out: it is made by programs, so that it is no fault when it is not there.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, nameOf, type RepoPath } from "../../model/paths.ts";

const madeByPrograms =
  /(?:^|\/)(?:dist|build|out|coverage|target|tmp|temp|logs?|\.cache|\.next|\.output|\.turbo|\.vercel|esm|cjs|generated|__generated__|artifacts)(?:\/|$)|\.env(?:\.\w+)*$|\.local\b/;

/** Is the path ignored by a `.gitignore`, or in a folder that programs write by convention? */
export async function ignoredPaths({ workspace }: ChangeContext): Promise<(path: RepoPath) => boolean> {
  const { default: picomatch } = await import("picomatch");
  const rules = workspace.tree.files
    .filter(({ path }) => nameOf(path) === ".gitignore")
    .flatMap(({ path }) => patterns(dirOf(path), workspace.readText(path) ?? ""));
  const matches = picomatch([...rules, ...rules.map((rule) => `${rule}/**`)], { dot: true });
  return (path) => madeByPrograms.test(path) || matches(path);
}

function patterns(dir: RepoPath, text: string): readonly string[] {
  const below = dir === "" ? "" : `${dir}/`;
  return text.split(/\r?\n/).flatMap((line) => {
    const pattern = line.trim().replace(/\/+$/, "");
    if (pattern === "" || pattern.startsWith("#") || pattern.startsWith("!")) return [];
    return [pattern.includes("/") ? below + pattern.replace(/^\//, "") : `${below}**/${pattern}`];
  });
}
