import { expect, test } from "vitest";
import { isPreparation, isRunner, isStrange, judgesFiles, mayMake } from "./known-programs.ts";

type Started = Parameters<typeof isRunner>[0];

/** Of these lines, each the script of a name, those for which something holds. */
function those(holds: (started: Started) => boolean, lines: readonly string[], script = "test"): readonly string[] {
  return lines.filter((line) => {
    const [program = "", ...args] = line.split(" ");
    return holds({ program, args, script });
  });
}

const lines = [
  "vitest run",
  "_mocha",
  "node --test",
  "tsx --test a.ts",
  "bun --test",
  "node run.js",
  "tsx run.ts",
  "tsd",
  "attw --pack",
  "eslint .",
  "tsc",
  "tsc --noEmit",
  "tsc --noemit",
  "tsc --noEmitOnError",
  "vue-tsc --x--noEmit",
  "echo a",
  "rimraf dist",
  "my-tool",
];

test("runners are known by their name, and Node and tsx by the flag for tests", () => {
  expect(those(isRunner, lines)).toEqual(["vitest run", "_mocha", "node --test", "tsx --test a.ts"]);
});

test("what neither runs tests nor checks makes something for what comes behind it, a compiler where it is to emit", () => {
  const makes = ["bun --test", "node run.js", "tsx run.ts", "rimraf dist", "my-tool"];
  expect(those(isPreparation, lines)).toEqual(makes);
  expect(those(isPreparation, ["tsc", "tsc --noEmit"], "build:esm")).toEqual(["tsc", "tsc --noEmit"]);
  expect(those(isPreparation, ["tsc"], "rebuild")).toEqual([]);
  expect(those(isPreparation, ["tsc"], "builds")).toEqual([]);
  expect(those(mayMake, lines)).toEqual([
    "bun --test",
    "node run.js",
    "tsx run.ts",
    "tsc",
    "tsc --noEmitOnError",
    "vue-tsc --x--noEmit",
    "rimraf dist",
    "my-tool",
  ]);
});

test("what judges files makes none", () => {
  expect(those(judgesFiles, lines)).toEqual(["tsd", "attw --pack", "eslint .", "tsc --noEmit", "tsc --noemit"]);
});

test("a program is strange that is of no known kind, in a script that builds nothing", () => {
  expect(those(isStrange, lines)).toEqual(["bun --test", "node run.js", "tsx run.ts", "tsd", "attw --pack", "my-tool"]);
  expect(those(isStrange, lines, "pre:build")).toEqual([]);
});
