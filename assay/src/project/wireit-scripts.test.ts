import { expect, test } from "vitest";
import { withWireit } from "./wireit-scripts.ts";

/** What the script `test` comes to, with `task` for its own and `others` beside it. */
function line(task: unknown, others: Readonly<Record<string, unknown>> = {}): string | undefined {
  return withWireit({ test: "wireit" }, { test: task, ...others })["test"];
}

test("a script that says wireit is the command that it has there", () => {
  expect(withWireit({ test: "wireit", lint: "eslint ." }, { test: { command: "node --test" }, lint: {} })).toEqual({
    test: "node --test",
    lint: "eslint .",
  });
  expect(withWireit({ test: " wireit " }, { test: { command: "ava" } })).toEqual({ test: "ava" });
});

test("what it depends on is run first, as the scripts of the package that they are", () => {
  const command = "node --test";
  expect(line({ command, dependencies: ["build", { script: "make", cascade: false }] })).toBe(
    "npm run build && npm run make && node --test",
  );
  expect(line({ dependencies: ["test.unit"] })).toBe("npm run test.unit");
  expect(line({ dependencies: ["unit", "e2e"] })).toBe("npm run unit && npm run e2e");
});

test("what other packages make is left to them where there is work of its own", () => {
  const dependencies = ["../other:build", "<dependencies>:build", "build"];
  expect(line({ command: "node --test", dependencies })).toBe("npm run build && node --test");
});

test("variables are set in front of the one program that they are meant for", () => {
  const env = { A: "it's", B: { external: true }, C: "2 3" };
  expect(line({ command: "node --test", env })).toBe(String.raw`A='it'\''s' C='2 3' node --test`);
  expect(line({ command: "a | b", env: { B: { external: true } } })).toBe("a | b");
});

const untold: readonly [string, unknown, Readonly<Record<string, unknown>>?][] = [
  ["is not described", undefined],
  ["comes to nothing", {}],
  ["leaves the work to other packages", { dependencies: ["./packages/a:test"] }],
  ["leaves some of the work to other packages", { dependencies: ["./packages/a:test", "unit"] }],
  ["needs a service", { command: "ava", dependencies: ["serve"] }, { serve: { command: "serve", service: true } }],
  ["needs one with conditions", { command: "ava", dependencies: ["serve"] }, { serve: { service: {} } }],
  ["is a service", { command: "serve", service: true }],
  ["sets variables for several programs", { command: "ava && tsc", env: { A: "1" } }],
];

test.each(untold)("a script that %s stays as it is written", (_what, task, others) => {
  expect(line(task, others)).toBe("wireit");
});

test("a task that is no service may say so", () => {
  const others = { make: { command: "make", service: false } };
  expect(line({ command: "ava", dependencies: ["make"] }, others)).toBe("npm run make && ava");
});

test("a manifest without tasks keeps its scripts", () => {
  const scripts = { test: "wireit" };
  expect([withWireit(scripts, undefined), withWireit(scripts, "none")]).toEqual([scripts, scripts]);
});
