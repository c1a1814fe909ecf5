// Task graphs of Turborepo and Nx: tasks that verify, and now answer from memory where they had to run.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { objectWithComments } from "../configuration/commented-json.ts";
import { forgottenFiles, targetLoosenings } from "./task-options.ts";

const graphFile = /^(?:turbo\.jsonc?|nx\.json|project\.json)$/;
const verifying =
  /(?:^|[:#._-])(?:test|tests|lint|types?|typecheck|type-check|tsc|check|verify|ci|e2e|coverage|unit|integration)(?:$|[:._-])/i;

export function taskLoosenings(context: ChangeContext): readonly Loosening[] {
  return context.pairs.flatMap((pair) =>
    graphFile.test(nameOf(pair.change.path))
      ? [...loosenedIn(pair), ...targetLoosenings(context, pair), ...forgottenFiles(context, pair)]
      : [],
  );
}

function loosenedIn({ change: { path }, baseText, headText }: FilePair): readonly Loosening[] {
  if (baseText === undefined || headText === undefined) return [];
  const [before, after] = [tasksIn(baseText), tasksIn(headText)];
  return [...before].flatMap(([name, base]) => {
    const head = after.get(name);
    if (head === undefined || !verifying.test(name)) return [];
    const line = lineOf(headText, name);
    return [...lossesOf(base, head), ...lostParts(name, before, after)].map(([key, says]): Loosening => ({
      path,
      line,
      what: `${path} ${name} ${key}`,
      message: `task "${name}" ${says}; put it back, or it is green without having run`,
    }));
  });
}

/** What an approval names, and what is said of it. */
type Loss = readonly [key: string, says: string];

function lossesOf(base: Task, head: Task): readonly Loss[] {
  const lost = lostInputs(base, head);
  const losses: Loss[] = [];
  if (lost !== undefined) losses.push(["inputs", `is no longer run when ${lost} changes`]);
  if (base["cache"] === false && head["cache"] !== false) losses.push(["cache", "answers from its cache now"]);
  if (isIdle(head) && !isIdle(base)) losses.push(["command", "does nothing any more"]);
  return losses;
}

/** Tasks that are there for the others that they start. */
const together = /^(?:\/\/#)?(?:ci|check|verify)(?:$|[:_-])/i;

/** A verifying task that is still there, and that what starts several starts no longer. */
function lostParts(name: string, before: Tasks, after: Tasks): readonly Loss[] {
  if (!together.test(name)) return [];
  const [was, is] = [startedBy(name, before), startedBy(name, after)];
  // Under another name it may be started still.
  const hasNew = [...is].some((part) => !was.has(part));
  const lost = [...was].filter((part) => verifying.test(part) && !is.has(part) && (after.has(part) || !hasNew));
  return lost.map((part) => [`starts ${part}`, `no longer starts "${part}"`]);
}

function startedBy(name: string, tasks: Tasks): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (from: string): void => {
    const parts = tasks.get(from)?.["dependsOn"];
    for (const part of Array.isArray(parts) ? parts : []) {
      const other = typeof part === "string" ? part.replace(/^\^/, "") : "";
      if (other === "" || found.has(other)) continue;
      found.add(other);
      follow(other);
    }
  };
  follow(name);
  return found;
}

type Tasks = ReadonlyMap<string, Task>;
type Task = Readonly<Record<string, unknown>>;

function tasksIn(text: string): ReadonlyMap<string, Task> {
  const root = objectWithComments(text) ?? {};
  const fields = [root["tasks"], root["pipeline"], root["targetDefaults"], root["targets"]];
  return new Map(
    fields.flatMap((field) =>
      isObject(field) ? Object.entries(field).filter((entry): entry is [string, Task] => isObject(entry[1])) : [],
    ),
  );
}

/** Without a list, every file counts. */
function lostInputs(base: Task, head: Task): string | undefined {
  const [before, after] = [inputsOf(base), inputsOf(head)];
  if (
    after === undefined ||
    after.some((each) => /^(?:\$TURBO_DEFAULT\$|default|\^?production|\{projectRoot\}\/\*\*\/\*)$/.test(each))
  )
    return before === undefined || after === undefined ? undefined : excludedNow(before, after);
  if (before === undefined) return after.some((each) => /\*\*/.test(each)) ? undefined : "a source";
  return (
    before.find((each) => isCode(each) && !after.includes(each) && !after.some((other) => covers(other, each))) ??
    excludedNow(before, after)
  );
}

function isCode(pattern: string): boolean {
  return !pattern.startsWith("!") && /\*|\.[cm]?[jt]sx?$|^default$|^\^?production$/.test(pattern);
}

function excludedNow(before: readonly string[], after: readonly string[]): string | undefined {
  return after
    .find(
      (each) =>
        each.startsWith("!") &&
        !before.includes(each) &&
        /src|lib|test|\.[cm]?[jt]sx?/.test(each) &&
        !/\.md/.test(each),
    )
    ?.slice(1);
}

/** `**` covers `src/**`. */
function covers(pattern: string, other: string): boolean {
  const [folder, rest] = pattern.split("**");
  return rest !== undefined && other.startsWith(folder ?? "");
}

function inputsOf({ inputs }: Task): readonly string[] | undefined {
  return Array.isArray(inputs) ? inputs.filter((each) => typeof each === "string") : undefined;
}

/** Nx runs what stands here; a command that only says something verifies nothing. */
function isIdle({ command, executor, options }: Task): boolean {
  if (executor === "nx:noop") return true;
  const line = isObject(options) ? (options["command"] ?? command) : command;
  return typeof line === "string" && /^\s*(?:(?:echo|true|exit 0)\b|:(?:\s|$))/.test(line);
}

function lineOf(text: string, name: string): number | null {
  const index = text.split("\n").findIndex((line) => line.trimStart().startsWith(JSON.stringify(name)));
  return index < 0 ? null : index + 1;
}
