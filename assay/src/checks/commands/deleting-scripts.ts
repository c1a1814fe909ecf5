// Package scripts that take tests away before they are run.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { dirOf, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import { roleOf } from "../../source/role.ts";
import { isObject } from "../../tools/output/json-output.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { shellCommands } from "./shell-commands.ts";

/** One for each script that is new or edited and deletes, or moves, tests that are in the repository. */
export async function deletingScripts(context: ChangeContext): Promise<readonly Loosening[]> {
  const found = context.pairs.flatMap(editedScripts);
  if (found.length === 0) return [];
  const { default: picomatch } = await import("picomatch");
  const tests = context.workspace.tree.files.map(({ path }) => path).filter((path) => roleOf(path) === "test");
  return found.flatMap(({ path, line, name, operands }) => {
    const lost = operands.flatMap((pattern) => {
      const matches = picomatch([pattern, `${pattern}/**`], { dot: true });
      return tests.find((test) => matches(test)) ?? [];
    });
    if (lost[0] === undefined) return [];
    const message = `script "${name}" takes ${lost[0]} away, so that it is not run; leave tests where they are`;
    return [{ path, line, what: `${path} ${name} ${lost[0]}`, message }];
  });
}

interface Deletion {
  readonly path: RepoPath;
  readonly line: number | null;
  readonly name: string;
  readonly operands: readonly string[];
}

function editedScripts({ change: { path }, baseText, headText }: FilePair): readonly Deletion[] {
  if (nameOf(path) !== "package.json" || headText === undefined) return [];
  const before = scriptsIn(baseText);
  return Object.entries(scriptsIn(headText)).flatMap(([name, text]) => {
    const operands = typeof text === "string" && text !== before[name] ? operandsOf(text, dirOf(path)) : [];
    if (operands.length === 0) return [];
    const index = headText.split("\n").findIndex((each) => each.includes(`${JSON.stringify(name)}:`));
    return [{ path, line: index < 0 ? null : index + 1, name, operands }];
  });
}

function scriptsIn(text: string | undefined): Readonly<Record<string, unknown>> {
  const scripts = objectIn(text)?.["scripts"];
  return isObject(scripts) ? scripts : {};
}

/** Programs that take files away, by themselves or behind what starts them. */
const deleting: ReadonlySet<string> = new Set(["rm", "mv", "rimraf", "del", "del-cli", "trash"]);
const starters: ReadonlySet<string> = new Set(["npx", "shx", "pnpx", "bunx", "exec", "command", "sudo"]);

/** Paths and patterns that a script gives to what deletes or moves them, from the root. */
function operandsOf(text: string, dir: RepoPath): readonly string[] {
  return shellCommands(text).flatMap(({ words }) => {
    const own = words.slice(words.findIndex((word) => !starters.has(word)));
    const [program = "", ...given] = own;
    if (!deleting.has(program)) return [];
    const named = given.filter((word) => /^[\w.*@]/.test(word));
    // What is moved comes to the last of them, and takes nothing away from there.
    return (program === "mv" ? named.slice(0, -1) : named).flatMap((word) => insideOf(dir, word) ?? []);
  });
}

/** Undefined for what is no path below the folder, and for the folder itself. */
function insideOf(dir: RepoPath, word: string): string | undefined {
  return word.includes("..") || /^[./]+$/.test(word) ? undefined : pathInside(dir, word);
}
