// What the shape of a project's own checks cannot say: which keys belong together, and what a path may be.
import { isInside } from "../model/paths.ts";
import type { ConfigProblem } from "./config-problem.ts";
import type { ConfigFile } from "./config-schema.ts";

export function* ownCheckProblems(file: ConfigFile): Generator<ConfigProblem> {
  for (const [index, entry] of file.check.entries()) yield* checkProblems(entry, ["check", index]);
  for (const [index, entry] of file.parity.entries()) yield* parityProblems(entry, ["parity", index]);
  for (const [index, entry] of file.ratio.entries()) yield* ratioProblems(entry, ["ratio", index]);
}

type Place = readonly (string | number)[];

function* checkProblems(entry: ConfigFile["check"][number], path: Place): Generator<ConfigProblem> {
  const name = `[[check]] "${entry.id}"`;
  if (entry.command !== undefined && entry.pattern !== undefined) {
    yield {
      path: [...path, "pattern"],
      message: `${name} has a command and a pattern`,
      hint: "Make two checks of it.",
    };
  } else if (entry.command === undefined && entry.pattern === undefined) {
    yield {
      path,
      message: `${name} needs "command" or "pattern"`,
      hint: 'Add `command = ["node", "tools/check.mjs"]`, or `pattern = "console.log($$$)"` and a message.',
    };
  } else if (entry.pattern !== undefined && entry.message === undefined) {
    yield { path, message: `${name} needs "message"`, hint: "Add `message = …`: what is wrong where it matches." };
  }
  for (const key of entry.command === undefined ? [] : (["files", "except"] as const)) {
    if (entry[key] === undefined) continue;
    yield { path: [...path, key], message: `${name} has "${key}", and a command`, hint: "Only patterns have files." };
  }
}

function* parityProblems(entry: ConfigFile["parity"][number], path: Place): Generator<ConfigProblem> {
  for (const key of ["reference", "covered"] as const) {
    const value = entry[key];
    if (typeof value !== "string" || isInside(value)) continue;
    const hint = "Write it relative to the repository's root, such as `goldens/names.json`.";
    yield { path: [...path, key], message: `"${value}" is not a path inside the repository`, hint };
  }
  if (
    JSON.stringify([entry.reference, entry.reference_pointer]) ===
    JSON.stringify([entry.covered, entry.covered_pointer])
  ) {
    const message = `[[parity]] "${entry.id}" compares a list with itself`;
    yield { path: [...path, "covered"], message, hint: "Name the list of what the project has." };
  }
}

function* ratioProblems(entry: ConfigFile["ratio"][number], path: Place): Generator<ConfigProblem> {
  const { numerator, denominator, command, against, prepare } = entry;
  const [two, one] = [numerator ?? denominator, command ?? against ?? prepare];
  const isMixed = two !== undefined && one !== undefined;
  if (!isMixed && numerator !== undefined && denominator !== undefined) return;
  if (!isMixed && command !== undefined && against !== undefined) return;
  const fault = isMixed ? "mixes two ways to measure" : "lacks what it is to compare";
  const hint = 'Give it `numerator` and `denominator`, or `command` and `against = "base"`.';
  yield { path, message: `[[ratio]] "${entry.id}" ${fault}`, hint };
}
