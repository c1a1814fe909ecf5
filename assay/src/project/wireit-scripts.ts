// Scripts that only say `wireit`: what they do stands in a field of its own in the same manifest.
import { isRecord } from "./json.ts";

/** The scripts, with what wireit would run in the place of its name where that can be said in one line of shell. */
export function withWireit(
  scripts: Readonly<Record<string, string>>,
  wireit: unknown,
): Readonly<Record<string, string>> {
  if (!isRecord(wireit)) return scripts;
  const written: Record<string, string> = {};
  for (const [name, text] of Object.entries(scripts))
    written[name] = text.trim() === "wireit" ? (lineOf(wireit, name) ?? text) : text;
  return written;
}

function lineOf(tasks: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const task = tasks[name];
  if (!isRecord(task)) return undefined;
  const needed = dependenciesOf(task["dependencies"]);
  if ([name, ...needed].some((each) => isService(tasks[each]))) return undefined;
  const own = needed.filter((each) => !isElsewhere(each)).map((each) => `npm run ${each}`);
  const { command } = task;
  if (typeof command !== "string") return own.length === 0 || own.length < needed.length ? undefined : own.join(" && ");
  const variables = variablesOf(task["env"]);
  // Variables in front of a line would be meant for its first program alone.
  if (variables !== "" && /[;&|\n]/u.test(command)) return undefined;
  return [...own, variables + command].join(" && ");
}

/** They are named, or described with their name: `{ "script": "build", "cascade": false }`. */
function dependenciesOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  const names = all.map((each) => (isRecord(each) ? each["script"] : each));
  return names.filter((each) => typeof each === "string");
}

/** A script of another package: `../other:build`, `<dependencies>:build`. */
function isElsewhere(dependency: string): boolean {
  return /^[.<]/u.test(dependency);
}

/** It runs until it is stopped, beside what needs it. */
function isService(task: unknown): boolean {
  return isRecord(task) && task["service"] !== undefined && task["service"] !== false;
}

/** What is set for the command. A variable that comes from outside is as it is. */
function variablesOf(value: unknown): string {
  const entries = isRecord(value) ? Object.entries(value) : [];
  const set = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return set.map(([name, text]) => `${name}='${text.replaceAll("'", String.raw`'\''`)}' `).join("");
}
