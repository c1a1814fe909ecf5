import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { MutantResult } from "./report.ts";
import { standingOf } from "./standing.ts";
import { mutantResult } from "./testing/mutant-result.ts";

function result(fields: Partial<MutantResult>): MutantResult {
  return mutantResult({ status: "pending", around: { before: "", after: "" }, testsRun: 0, hits: 0, ...fields });
}

const killed = result({ status: "killed" });
const tried = result({ nearest: { file: repoPath("src/a.test.ts"), test: "orders" }, testsRun: 2 });
const untried = result({});

test("of a run that was over at once there is nothing to say", () => {
  expect(standingOf({ mutants: [], pending: [] })).toEqual(["nothing was found out before the run was over"]);
});

test("mutants that were judged, tried and not tried are counted, and those that got past some tests are named", () => {
  expect(standingOf({ mutants: [killed, killed], pending: [untried, tried] })).toEqual([
    "2 mutants killed, 1 not tried, 1 not noticed so far (4 in all)",
    "src/a.ts:3 `a < b` → `a >= b` (comparison 0123456789): not noticed by 2 tests so far, which is no proof yet",
  ]);
});

test("what there is none of is left out", () => {
  expect(standingOf({ mutants: [], pending: [untried, untried] })).toEqual(["2 not tried (2 in all)"]);
  expect(standingOf({ mutants: [killed], pending: [] })).toEqual(["1 mutant killed (1 in all)"]);
  expect(standingOf({ mutants: [], pending: [tried] })[0]).toBe("1 not noticed so far (1 in all)");
});

test("a mutant that another tool thought of has that tool's name for it", () => {
  const mutant = { ...tried.mutant, mutator: "Any" };
  const said = [0, 1].map((testsRun) => standingOf({ mutants: [], pending: [{ ...tried, mutant, testsRun }] })[1]);
  expect(said).toEqual([
    "src/a.ts:3 `a < b` → `a >= b` (Any 0123456789): not noticed by the tests so far, which is no proof yet",
    "src/a.ts:3 `a < b` → `a >= b` (Any 0123456789): not noticed by 1 test so far, which is no proof yet",
  ]);
});
