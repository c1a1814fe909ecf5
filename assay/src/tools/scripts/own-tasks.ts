// Task runners in a package that is alone: the tasks that they are asked for are its own scripts.
import type { Manifest } from "../../model/workspace.ts";
import type { Invocation } from "./invocation.ts";

/** Words in front of the tasks' names. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  lage: ["run"],
  nx: ["run", "run-many", "affected"],
  turbo: ["run"],
};

const taskFlags = /^(?:-t|--targets?)=?/u;
/** They choose packages. */
const choosing = /^(?:-F|-p|--(?:filter|projects?|exclude|scope|to|since|cwd))(?:=|$)/u;

/**
 * The scripts that a task runner runs; undefined where there are packages to run them in, where a name is none of a script,
 * or where it is told more than their names, as by a filter.
 */
export function ownTasks(
  { name: own, scripts, isAlone = false }: Manifest,
  { program, args }: Pick<Invocation, "program" | "args">,
): readonly string[] | undefined {
  const words = verbs[program];
  if (words === undefined || !isAlone) return undefined;
  const end = args.indexOf("--");
  const given = (end < 0 ? args : args.slice(0, end)).flatMap((arg) => arg.replace(taskFlags, "").split(","));
  if (given.some((word) => choosing.test(word))) return undefined;
  const named = given.filter((word) => word !== "" && !word.startsWith("-"));
  const tasks = (words.includes(named[0] ?? "") ? named.slice(1) : named).map((word) => withoutProject(own, word));
  return tasks.length > 0 && tasks.every((task) => task in scripts) ? tasks : undefined;
}

/** `project:task`, as nx says it. */
function withoutProject(own: string | null, word: string): string {
  return own !== null && word.startsWith(`${own}:`) ? word.slice(own.length + 1) : word;
}
