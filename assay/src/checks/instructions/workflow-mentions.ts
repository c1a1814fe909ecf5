// What CI workflows, hooks and package scripts name of the repository. Loads the YAML parser where there is YAML.
import { dirOf, rootDir, type RepoPath } from "../../model/paths.ts";
import { commandMentions, type CommandPlace } from "./command-mentions.ts";
import { pathIn, type Mention } from "./named-things.ts";

type IsDir = (path: RepoPath) => boolean;

/** The mentions of a YAML file that is run by a CI service or a hook manager. */
export async function workflowMentions(path: RepoPath, text: string, isDir: IsDir): Promise<readonly Mention[]> {
  const { LineCounter, isMap, isPair, isScalar, isSeq, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const mentions: Mention[] = [];

  const visit = (node: unknown, key: string, dir: RepoPath | undefined): void => {
    if (isScalar(node)) {
      if (typeof node.value !== "string") return;
      const line = lines.linePos(node.range?.[0] ?? 0).line;
      mentions.push(...ofScalar(key, node.value, node.type?.startsWith("BLOCK") ? line + 1 : line, dir, isDir));
    } else if (isSeq(node)) {
      for (const item of node.items) visit(item, key, dir);
    } else if (isMap(node)) {
      if (checksOutElsewhere(node.toJSON())) return;
      const own = workingDirectory(node.toJSON());
      const here = own === undefined ? dir : isDir(pathIn(rootDir, own) ?? rootDir) ? pathIn(rootDir, own) : undefined;
      for (const pair of node.items) {
        if (isPair(pair) && isScalar(pair.key)) visit(pair.value, String(pair.key.value), here);
      }
    }
  };
  visit(document.contents, "", rootDir);
  return path.startsWith(".github/actions/") ? mentions.filter(({ named }) => named.kind !== "path") : mentions;
}

const commandKeys = new Set(["run", "script", "before_script", "after_script", "command", "cmd"]);

function ofScalar(
  key: string,
  value: string,
  line: number,
  dir: RepoPath | undefined,
  isDir: IsDir,
): readonly Mention[] {
  if (commandKeys.has(key)) return dir === undefined ? [] : commandMentions(value, placeAt(dir, line, isDir));
  if (/[${}*?!\n\s]/.test(value)) return [];
  const isLocalAction = key === "uses" && value.startsWith("./");
  const isDirectory = key === "working-directory";
  if (!isLocalAction && !isDirectory && !/^\.?[\w@.-]*\/?[\w@./-]+$/.test(value)) return [];
  // Any value may name a file; that it did at the base is the proof.
  const isNamed = isLocalAction || isDirectory || /[./]/.test(value);
  if (!isNamed || (key === "uses" && !isLocalAction)) return [];
  const named = { kind: "path", path: value, dirs: [rootDir], reach: "exact" } as const;
  // A folder of its own may be made on the way.
  const isFirm = isLocalAction || (isDirectory && pathIn(rootDir, value)?.includes("/") === true);
  return [{ named, text: value, line, firm: isFirm }];
}

function placeAt(dir: RepoPath, line: number, isDir: IsDir): CommandPlace {
  return { dir, line, firm: true, firmNames: true, dirs: [], isDir };
}

function workingDirectory(map: unknown): string | undefined {
  const own =
    fieldOf(map, "working-directory") ?? fieldOf(fieldOf(fieldOf(map, "defaults"), "run"), "working-directory");
  return typeof own === "string" ? own : undefined;
}

/** Does a job check out another repository, or this one into a folder? Then its paths are not those of the root. */
function checksOutElsewhere(map: unknown): boolean {
  const steps = fieldOf(map, "steps");
  return (
    Array.isArray(steps) &&
    steps.some(
      (step: unknown) =>
        fieldOf(fieldOf(step, "with"), "repository") !== undefined ||
        (String(fieldOf(step, "uses")).includes("checkout") && fieldOf(fieldOf(step, "with"), "path") !== undefined),
    )
  );
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** The mentions of a shell script that git runs as a hook. */
export function hookMentions(text: string, isDir: IsDir): readonly Mention[] {
  return commandMentions(text, placeAt(rootDir, 1, isDir));
}

/** The mentions of a manifest's scripts, and of nothing else that it says. */
export async function manifestMentions(path: RepoPath, text: string, isDir: IsDir): Promise<readonly Mention[]> {
  const { findNodeAtLocation, parseTree } = await import("jsonc-parser");
  const tree = parseTree(text);
  const tables = ["scripts", "simple-git-hooks"].flatMap((name) => (tree && findNodeAtLocation(tree, [name])) ?? []);
  return tables
    .flatMap(({ children }) => children ?? [])
    .flatMap((property) => {
      const value = property.children?.[1];
      if (typeof value?.value !== "string") return [];
      const line = text.slice(0, value.offset).split("\n").length;
      return commandMentions(value.value, placeAt(dirOf(path), line, isDir));
    });
}
