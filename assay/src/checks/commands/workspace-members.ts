// Packages that leave the workspace and stay in the repository: what runs everywhere no longer comes to them.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { dirOf, joinPath, nameOf, type RepoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { manifestSides } from "./manifest-sides.ts";

export async function memberLoosenings(context: ChangeContext): Promise<readonly Loosening[]> {
  const lists = context.pairs.filter(
    ({ change: { path } }) => path === "pnpm-workspace.yaml" || path === "package.json",
  );
  const found = await Promise.all(lists.map((pair) => lostMembers(context, pair)));
  return found.flat();
}

async function lostMembers(context: ChangeContext, pair: FilePair): Promise<readonly Loosening[]> {
  const { path } = pair.change;
  const [before, after] = [await globsIn(path, pair.baseText), await globsIn(path, pair.headText)];
  if (before.length === 0 || after.length === 0 || before.join() === after.join()) return [];
  const [was, is] = [await memberTest(before), await memberTest(after)];
  const { head } = manifestSides(context);
  const folders = context.workspace.tree.files
    .filter((file) => nameOf(file.path) === "package.json")
    .map((file) => dirOf(file.path));
  return folders
    .filter((dir) => dir !== "" && was(dir) && !is(dir) && verifies(dir))
    .map((dir) => ({
      path,
      line: null,
      what: `${path} ${dir}`,
      message: `${dir} is no longer a package of the workspace, so that what runs everywhere does not come to it; keep it`,
    }));

  function verifies(dir: RepoPath): boolean {
    // The workspace no longer reads the manifest of what has left it.
    const scripts = objectIn(head.read(joinPath(dir, "package.json")))?.["scripts"];
    return (
      isObject(scripts) && Object.keys(scripts).some((name) => /^(?:test|lint|types?|typecheck|check)\b/.test(name))
    );
  }
}

async function globsIn(path: RepoPath, text: string | undefined): Promise<readonly string[]> {
  if (text === undefined) return [];
  if (path === "package.json") {
    const listed = objectIn(text)?.["workspaces"];
    return stringsOf(isObject(listed) ? listed["packages"] : listed);
  }
  const { parse } = await import("yaml");
  try {
    const root: unknown = parse(text, { logLevel: "error" });
    return stringsOf(isObject(root) ? root["packages"] : undefined);
  } catch {
    // pnpm itself will say that it can't read it.
    return [];
  }
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

async function memberTest(globs: readonly string[]): Promise<(dir: string) => boolean> {
  const { default: picomatch } = await import("picomatch");
  const plain = globs.map((glob) => glob.replace(/\/$/, ""));
  const isIn = picomatch(plain.filter((glob) => !glob.startsWith("!")));
  const isOut = picomatch(plain.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
  return (dir) => isIn(dir) && !isOut(dir);
}
