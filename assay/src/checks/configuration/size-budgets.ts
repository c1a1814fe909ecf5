// Budgets for what is shipped: how large a bundle may be, before and after a change.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf, type RepoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import type { Loosening } from "./approvals.ts";
import { isManifestPath } from "./config-paths.ts";
import { objectIn } from "./json-texts.ts";

/** A budget that creeps up by less than this is kept up to date, not given up. */
const creep = 1.1;

const budgetFile =
  /^(?:\.size-limit\.json|\.?bundlesize(?:rc)?(?:\.config)?(?:\.json)?|\.?bundlewatch(?:\.config)?\.json|angular\.json|project\.json|\.?budgets?\.json|performance-budget\.json)$/;

export function mayHoldBudgets(path: RepoPath): boolean {
  return isManifestPath(path) || budgetFile.test(nameOf(path));
}

export function budgetLoosenings({ pairs }: ChangeContext): readonly Loosening[] {
  return pairs.flatMap((pair) => (mayHoldBudgets(pair.change.path) ? raisedIn(pair) : []));
}

function raisedIn({ change: { path }, baseText, headText }: FilePair): readonly Loosening[] {
  if (baseText === undefined || headText === undefined || !/limit|budget|maxSize|maximum/i.test(baseText)) return [];
  const [before, after] = [budgetsIn(path, baseText), budgetsIn(path, headText)];
  return [...before].flatMap(([name, was]): readonly Loosening[] => {
    const is = after.get(name);
    // One that is gone may stand under another name.
    const isRenamed = is === undefined && after.size >= before.size;
    if (isRenamed || (is !== undefined && is <= was * creep)) return [];
    const how = is === undefined ? "is gone" : `went from ${was} to ${is} bytes`;
    const message = `the size limit of ${name} ${how}; restore it, and make what is shipped smaller`;
    return [{ path, line: lineOf(headText, name), what: `${path} size ${name}`, message }];
  });
}

/** Bytes by what they are the limit of. */
function budgetsIn(path: RepoPath, text: string): ReadonlyMap<string, number> {
  const root = parsed(text);
  const found = new Map<string, number>();
  const places =
    isManifestPath(path) && isObject(root)
      ? ["size-limit", "bundlesize", "bundlewatch", "budgets"].map((key) => root[key])
      : [root];
  for (const place of places) collect(place, found);
  return found;
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith("[")) return objectIn(text);
  try {
    return JSON.parse(text);
  } catch {
    // The tool itself will say that it can't be read.
    return undefined;
  }
}

function collect(value: unknown, found: Map<string, number>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  if (!isObject(value)) return;
  for (const key of ["limit", "maxSize", "maximumError", "maximumWarning", "maxBundleSize"]) {
    const bytes = bytesOf(value[key]);
    if (bytes !== undefined) found.set(nameOfBudget(value, key, found.size), bytes);
  }
  for (const each of Object.values(value)) if (typeof each === "object") collect(each, found);
}

function nameOfBudget(entry: Readonly<Record<string, unknown>>, key: string, index: number): string {
  const named = [entry["name"], entry["path"], entry["type"]].find((each) => typeof each === "string");
  const suffix = key.startsWith("maximum") ? ` (${key})` : "";
  return `${typeof named === "string" ? named : `entry ${index + 1}`}${suffix}`;
}

const units: ReadonlyMap<string, number> = new Map([
  ["b", 1],
  ["kb", 1000],
  ["kib", 1024],
  ["mb", 1_000_000],
  ["mib", 1_048_576],
]);

/** `4 kB`, and a number of bytes. A time is no size. */
function bytesOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const [, amount = "", unit = "b"] =
    (typeof value === "string" && /^\s*([\d.]+)\s*([kKmM]?[iI]?[bB])?\s*$/.exec(value)) || [];
  const factor = units.get(unit.toLowerCase());
  return amount === "" || factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

function lineOf(text: string, name: string): number | null {
  const index = text.split("\n").findIndex((line) => line.includes(name));
  return index < 0 ? null : index + 1;
}
