// What a change did, for tools whose verdict on a file that it did not touch is the one of the base.
import type { PlanContext, FilePair } from "../model/check.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import type { ChangeFacts } from "./tool.ts";

/** Null without a base. */
export function changeFacts({ diff, scope, pairs, affected }: PlanContext): ChangeFacts | null {
  if (diff.base.kind === "none") return null;
  const paths = new Set<RepoPath>();
  for (const { path, previousPath } of diff.changes) {
    paths.add(path);
    if (previousPath !== null) paths.add(previousPath);
  }
  const reason = scope.fallback?.reason;
  return {
    paths,
    reached: new Set([...paths, ...affected.reached.keys()]),
    configuration: reason === "configuration" || reason === "root-configuration",
    touchesPackage: (name) => pairs.some((pair) => differsFor(pair, name)),
  };
}

const lockfiles = new Set(["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"]);

function differsFor({ change, baseText, headText }: FilePair, name: string): boolean {
  const file = nameOf(change.path);
  if (file === "bun.lockb") return true;
  if (file === "package.json") return entriesOf(baseText, name) !== entriesOf(headText, name);
  return lockfiles.has(file) && mentionsIn(baseText, name) !== mentionsIn(headText, name);
}

/** Everything in a manifest that is called after the package or speaks of it: dependencies, scripts, configuration. */
function entriesOf(text: string | undefined, name: string): string {
  const value = parsed(text ?? "{}");
  const fields = Object.entries(value);
  const nested = fields.flatMap(([, inner]) => (isObject(inner) ? Object.entries(inner) : []));
  const told = [...fields, ...nested].filter(
    ([key, inner]) => key.includes(name) || (typeof inner === "string" && inner.includes(name)),
  );
  return JSON.stringify(told);
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return { text };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The lines that name the package, each with the two that follow, where some managers write the version. */
function mentionsIn(text: string | undefined, name: string): string {
  const lines = (text ?? "").split("\n");
  return lines.flatMap((line, index) => (line.includes(name) ? lines.slice(index, index + 3) : [])).join("\n");
}
