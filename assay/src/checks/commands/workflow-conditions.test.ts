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
])("%s: %s", (condition, expected) => {
  expect(canHold(condition, event)).toBe(expected);
});
