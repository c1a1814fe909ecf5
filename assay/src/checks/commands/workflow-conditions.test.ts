import { expect, test } from "vitest";
import { canHold } from "./workflow-conditions.ts";

const event = { name: "pull_request", ref: "refs/pull/1/merge", matrix: { node: [20, 22] } };

test.each([
  [undefined, true],
  ["always()", true],
  ["success() || failure()", true],
  ["false", false],
  ["${{ false }}", false],
  ["false && github.actor == 'x'", false],
  ["github.actor == 'x'", undefined],
  ["github.actor == 'x' || true", true],
  ["github.event_name == 'push'", false],
  ["github.event_name != 'push'", true],
  ["!(github.event_name == 'push')", true],
  ["github.ref == 'refs/heads/main'", false],
  ["startsWith(github.ref, 'refs/tags/')", false],
  ["matrix.node == 22", undefined],
  ["matrix.node == 18", false],
  ["vars.RUN == 'yes'", false],
  ["contains(github.event.head_commit.message, 'x')", false],
  ["!contains(github.event.head_commit.message, '[skip]')", true],
  ["contains(github.event.pull_request.labels.*.name, 'e2e')", false],
  ["contains(matrix.os, 'x')", undefined],
  ["steps.filter.outputs.src == 'true'", undefined],
  ["", undefined],
  ["success()", true],
  ["failure()", false],
  ["cancelled()", false],
  ["!cancelled()", true],
  ["null", false],
  ["''", false],
  ["0", false],
  ["1.5", true],
  ["'it''s' == 'it''s'", true],
  ["'A' == 'a'", true],
  ["github.ref_name == '1/merge'", true],
  ["vars.RUN", false],
  ["vars.RUN != 'yes'", true],
  ["github.actor", undefined],
  ["!github.actor", undefined],
  ["github.actor || github.ref", true],
  ["github.actor || false", undefined],
  ["false || github.actor", undefined],
  ["github.actor && true", undefined],
  ["github.actor && false", false],
  ["true && true", true],
  ["true && false", false],
  ["false || true && false", false],
  ["(true || false) && true", true],
  ["true || false && false", true],
  ["1 < 2", undefined],
  ["1 <= 2 && false", false],
  ["matrix.node != 18", undefined],
  ["matrix.os == 'x'", undefined],
  ["startsWith(github.ref, 'REFS/pull/')", true],
  ["startsWith(github.actor, 'x')", undefined],
  ["contains(github.event.pull_request.title, 'x')", false],
  ["contains(github.event['head_commit'].message, 'x')", false],
  ["contains(github.event.commits[0].message, 'x')", false],
  ["contains(env.mylabels, 'x')", undefined],
  ["contains(env.labelset, 'x')", undefined],
  ["contains(env.errormessage, 'x')", undefined],
  ["contains(github.event.subtitle, 'x')", undefined],
  ["contains(github.event.titles, 'x')", undefined],
  ["false || true", true],
  ["null == ''", true],
  ["'' == null", true],
  ["'a' == 'A'", true],
  ["startsWith('Refs/x', 'refs/')", true],
  ["env.V1 == 'x'", undefined],
  ["'' || false", false],
  ["x.matrix.node == 18", undefined],
  ["matrix.node.x == 18", undefined],
  ["contains(github.event.issue.body, 'x')", false],
  ["contains(github.event.messages, 'x')", undefined],
  ["contains('x', github.actor) && false", false],
  ["fromJSON('[1, 2]')[0] == 1", undefined],
  ["true true", undefined],
  ["${{ github.event_name == 'push' }} ", false],
])("%s: %s", (condition, expected) => {
  expect(canHold(condition, event)).toBe(expected);
});

test("an axis with values of its own in some runs is not known", () => {
  const matrix = { node: [20], include: [{ node: 18 }] };
  expect(canHold("matrix.node == 18", { ...event, matrix })).toBeUndefined();
});

test("the branch of a push has its name", () => {
  const push = { name: "push", ref: "refs/heads/main", matrix: {} };
  expect(canHold("github.ref_name == 'main'", push)).toBe(true);
});
