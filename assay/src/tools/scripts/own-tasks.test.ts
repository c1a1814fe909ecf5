import { expect, test } from "vitest";
import { ownTasks } from "./own-tasks.ts";
import { readShellLine } from "./shell-line.ts";

const none = { dependencies: {}, devDependencies: {}, peerDependencies: {}, optionalDependencies: {} };
const scripts = { "test:unit": "vitest run", "test:it": "mocha", build: "tsc" };

/** The scripts that a line runs in a package that is called `x`. */
function tasksOf(
  line: string,
  name: string | null = "x",
  manner: { readonly isAlone?: boolean } = { isAlone: true },
): readonly string[] | undefined {
  const [program = "", ...args] = readShellLine(line).commands[0]?.words ?? [];
  return ownTasks({ name, type: "module", scripts, ...none, raw: {}, ...manner }, { program, args });
}

test("what a task runner is asked for in the only package are scripts of it", () => {
  expect(tasksOf("turbo run test:unit")).toEqual(["test:unit"]);
  expect(tasksOf("turbo build test:it --concurrency=1 --force")).toEqual(["build", "test:it"]);
  expect(tasksOf("lage run build")).toEqual(["build"]);
  expect(tasksOf("nx test:unit --skip-nx-cache")).toEqual(["test:unit"]);
  expect(tasksOf("nx run x:test:unit")).toEqual(["test:unit"]);
  expect(tasksOf("nx run-many -t build,test:it")).toEqual(["build", "test:it"]);
  expect(tasksOf("nx affected --targets=build --target test:it")).toEqual(["build", "test:it"]);
  expect(tasksOf("turbo run build -- --filter=y other")).toEqual(["build"]);
});

test("packages that are chosen, names that are no scripts, and other programs leave it to the task runner", () => {
  const chosen = ["turbo run build --filter=x", "turbo build -F x", "nx run-many -t build -p x", "lage build --to x"];
  const unknown = ["turbo run deploy", "turbo run build deploy", "turbo run build --parallel 3", "turbo", "turbo run"];
  const others = ["nx run y:build", "npm run build", "moon run build", "build"];
  for (const line of [...chosen, ...unknown, ...others]) expect([line, tasksOf(line)]).toEqual([line, undefined]);
  expect(tasksOf("turbo run build", "x", { isAlone: false })).toBeUndefined();
  expect(tasksOf("turbo run build", "x", {})).toBeUndefined();
  expect(tasksOf("nx run x:build", null)).toBeUndefined();
  expect(tasksOf("nx build", null)).toEqual(["build"]);
});
