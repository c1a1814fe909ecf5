// What Nx is told of a target that verifies, and the files that start every task of Nx and Turborepo anew.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf, repoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { objectWithComments } from "../configuration/commented-json.ts";

type Fields = Readonly<Record<string, unknown>>;

const verifying = /^(?:test|e2e|lint|stylelint|typecheck|type-check|types|component-test|unit|integration)(?:$|[:-])/;
const executors = /jest|vitest|vite:test|eslint|playwright|cypress|linter|stylelint/;

/** Targets of a `project.json`, or of all projects in `nx.json`, that verify: gone, or told to see less. */
export function targetLoosenings(context: ChangeContext, pair: FilePair): readonly Loosening[] {
  const field = fieldOf.get(nameOf(pair.change.path));
  if (field === undefined) return [];
  const [before, after] = [fieldsIn(pair.baseText, field), fieldsIn(pair.headText, field)];
  if (before === undefined || after === undefined) return [];
  return Object.entries(before).flatMap(([name, base]): readonly Loosening[] => {
    const head = after[name];
    if (!isObject(base) || !(verifying.test(name) || executors.test(executorOf(name, base)))) return [];
    if (isObject(head)) return lossesOf(base, head).map(([key, says]) => looseningOf(pair, name, key, says));
    // What is no longer set for all is what the executor does by itself.
    return field !== "targets" || isInferred(context) || isRenamed(base, before, after)
      ? []
      : [looseningOf(pair, name, "gone", "is gone, so that nothing runs it here")];
  });
}

const fieldOf: ReadonlyMap<string, string> = new Map([
  ["project.json", "targets"],
  ["nx.json", "targetDefaults"],
]);

/** Defaults may be those of an executor, under its name. */
function executorOf(name: string, { executor }: Fields): string {
  return typeof executor === "string" ? executor : name;
}

/** A plug-in of Nx may give a project the targets that it does not write down. */
function isInferred({ workspace }: ChangeContext): boolean {
  const plugins = objectWithComments(workspace.readText(repoPath("nx.json")))?.["plugins"];
  return Array.isArray(plugins) && plugins.length > 0;
}

function isRenamed({ executor }: Fields, before: Fields, after: Fields): boolean {
  return Object.entries(after).some(
    ([name, each]) => !(name in before) && isObject(each) && each["executor"] === executor,
  );
}

/** Options of executors that make them pass over faults when they are on. */
const loose = ["passWithNoTests", "force", "quiet", "updateSnapshot", "dryRun"];
/** Options that choose some of the tests or files. */
const choosing = [
  "testPathPattern",
  "testPathPatterns",
  "testNamePattern",
  "testFile",
  "testFiles",
  "grep",
  "onlyChanged",
];

function lossesOf(base: Fields, head: Fields): readonly (readonly [key: string, says: string])[] {
  const [before, after] = [optionsOf(base), optionsOf(head)];
  const [from, to] = [Number(before["maxWarnings"]), Number(after["maxWarnings"] ?? -1)];
  const isMore = from >= 0 && (to < 0 || to > from);
  return [
    ...loose
      .filter((key) => after[key] === true && before[key] !== true)
      .map((key) => [key, `has \`${key}\` on`] as const),
    ...choosing
      .filter((key) => after[key] !== undefined && before[key] === undefined)
      .map((key) => [key, `runs only some of the tests (\`${key}\`)`] as const),
    ...(isMore ? [["maxWarnings", `lets more warnings pass than the ${from} before`] as const] : []),
  ];
}

function optionsOf({ options }: Fields): Fields {
  return isObject(options) ? options : {};
}

function looseningOf({ change: { path }, headText }: FilePair, name: string, key: string, says: string): Loosening {
  const index = (headText ?? "").split("\n").findIndex((line) => line.includes(JSON.stringify(name)));
  return {
    path,
    line: index < 0 ? null : index + 1,
    what: `${path} ${name} ${key}`,
    message: `target "${name}" ${says}; put it back and mend what it finds`,
  };
}

/** Files that are still there, and whose change no longer starts what their list starts anew. */
export function forgottenFiles({ workspace }: ChangeContext, pair: FilePair): readonly Loosening[] {
  const there = new Set(workspace.tree.files.map(({ path }) => String(path)));
  const [before, after] = [listsIn(pair.baseText), listsIn(pair.headText)];
  if (pair.headText === undefined) return [];
  return [...before].flatMap(([name, files]) => {
    const left = after.get(name) ?? [];
    if (left.some((each) => each.includes("*"))) return [];
    const lost = files.filter((file) => !left.includes(file) && there.has(file));
    return lost.map((file): Loosening => {
      const { path } = pair.change;
      const message = `\`${name}\` no longer names ${file}, so that its change runs nothing; put it back`;
      return { path, line: null, what: `${path} ${name} ${file}`, message };
    });
  });
}

/** Lists of files at the root by their names, as paths. */
function listsIn(text: string | undefined): ReadonlyMap<string, readonly string[]> {
  const root = objectWithComments(text) ?? {};
  const named = isObject(root["namedInputs"]) ? root["namedInputs"] : {};
  const lists = { ...named, globalDependencies: root["globalDependencies"] };
  return new Map(
    Object.entries(lists).map(([name, list]) => [
      name,
      (Array.isArray(list) ? list : [])
        .filter((each) => typeof each === "string")
        .map((each) => each.replace(/^\{workspaceRoot\}\//, "")),
    ]),
  );
}

function fieldsIn(text: string | undefined, key: string): Fields | undefined {
  const value = objectWithComments(text)?.[key];
  return isObject(value) ? value : undefined;
}
