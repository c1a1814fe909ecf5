import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import type { Run } from "../model/run.ts";
import { nextActions } from "./next-actions.ts";
import { finding, result, run } from "./test-run.ts";

function commands(results: Run["results"], more: Partial<Run> = {}): readonly string[] {
  return nextActions(run(results, more)).map(({ command }) => command);
}

const missing = (tool: string, hint: string) => new AssayError("tool-missing", `no ${tool}`, { hint });

test("a green loop suggests mutate, a green mutate the gate, each with the base that was asked for", () => {
  const next = (command: Run["command"]) =>
    commands([result("tests", "passed")], { command, options: ["--base", "main"], ownOptions: ["--files", "src"] });
  expect(next("loop")).toEqual(["assay mutate --base main"]);
  expect(next("mutate")).toEqual(["assay gate --base main"]);
  expect(next("gate")).toEqual([]);
});

test("a red run names the narrowest command that checks the failures again", () => {
  const results = [
    result("lint", "failed", { findings: [finding] }),
    result("types", "passed"),
    result("tests", "failed", { findings: [finding] }),
  ];
  const [again, explain, ...others] = nextActions(run(results, { command: "mutate", ownOptions: ["--files", "src"] }));
  expect(again).toEqual({
    command: "assay mutate --only lint,tests --files src",
    description: "Re-check after the fix: 2 failing checks.",
  });
  expect([explain?.command, others]).toEqual(["assay explain lint", []]);
});

test("what was deferred is named first, with a command that has time for it", () => {
  const results = [
    result("lint", "failed", { findings: [finding] }),
    result("tests", "deferred", { notes: ["not run: 3 files"] }),
    result("build", "deferred"),
  ];
  expect(nextActions(run(results))[0]).toEqual({
    command: "assay loop --only tests,build --budget 600",
    description: "Run what did not fit into the budget: tests, build.",
  });
  expect(commands([result("tests", "deferred", { unfinished: true })])).toEqual([
    "assay loop --only tests --budget 600",
  ]);
});

test("mutants that were not tried are tried by the same command, in the same time", () => {
  const results = [result("mutation", "deferred", { unfinished: true })];
  const stopped = { command: "mutate", options: ["--base", "main"], ownOptions: ["--all"] } as const;
  expect(commands(results, { ...stopped, budgetSeconds: 60 })).toEqual([
    "assay mutate --only mutation --base main --all --budget 60",
  ]);
  expect(nextActions(run(results, stopped))).toEqual([
    {
      command: "assay mutate --only mutation --base main --all",
      description: "Go on where this run ended: mutation.",
    },
  ]);
  expect(commands(results, { command: "gate" })).toEqual(["assay gate --only mutation"]);
});

test("what made a verdict impossible comes with its hint, and the command that tries again", () => {
  const results = [result("lint", "errored", { errors: [missing("linter", "npm ci")] }), result("types", "passed")];
  expect(commands(results)).toEqual(["npm ci", "assay loop --only lint"]);
  const error = new AssayError("git-failed", "the index is damaged", { hint: "git reset" });
  expect(commands([], { error })).toEqual(["git reset"]);
  expect(commands([], { error: new AssayError("interrupted", "Interrupted") })).toEqual([]);
});

test("a command stands once, and there are few", () => {
  const errored = (count: number, hint: (index: number) => string) =>
    Array.from({ length: count }, (_, index) =>
      result(`check-${index}`, "errored", { errors: [missing(`tool ${index}`, hint(index))] }),
    );
  expect(commands(errored(3, () => "npm ci"))).toEqual(["npm ci", "assay loop --only check-0,check-1,check-2"]);
  expect(commands(errored(9, (index) => `install ${index}`))).toHaveLength(5);
});

test("what was checked while the tree changed is to be looked at and checked again", () => {
  const error = new AssayError("interrupted", "The tree changed", { hint: "git status --short" });
  expect(commands([result("mutation", "passed")], { command: "mutate", options: ["--base", "main"], error })).toEqual([
    "git status --short",
    "assay mutate --base main",
  ]);
});
