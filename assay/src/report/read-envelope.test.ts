import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import { bounds } from "./envelope.ts";
import { readEnvelope } from "./read-envelope.ts";
import { finding, noScope, result, run } from "./test-run.ts";
import { answerEnvelope, errorEnvelope, toEnvelope } from "./to-envelope.ts";

const error = new AssayError("interrupted", "Interrupted by SIGINT", { hint: "assay loop" });
const red = toEnvelope(
  run([result("tests", "failed", { findings: [finding] }), result("lint", "errored", { errors: [error] })], {
    scope: { ...noScope, direct: ["a"], expanded: ["a", "b"], fallback: { reason: "gate", detail: "all of it" } },
  }),
);

test.each([
  ["a green run", toEnvelope(run([result("tests", "passed")]))],
  ["a red run", red],
  ["a run without a verdict", toEnvelope(run([result("tests", "deferred")], { error }))],
  ["a run with a report", { ...red, result: { ...red.result, report: { page: "a.html", json: "a.json" } } }],
  ["an error", errorEnvelope("assay lop", error)],
  ["an answer", answerEnvelope("assay doctor", {})],
])("the envelope of %s is read as it is", (_, envelope) => {
  expect(readEnvelope(JSON.parse(JSON.stringify(envelope)))).toEqual(envelope);
});

const long = "x".repeat(bounds.text + 1);
const [check] = red.result.checks;
const inResult = (part: object) => ({ ...red, result: { ...red.result, ...part } });
const inCheck = (part: object) => inResult({ checks: [{ ...check, ...part }] });
const inScope = (part: object) => inResult({ scope: { ...red.result.scope, ...part } });

test.each<readonly [string, unknown]>([
  ["nothing", null],
  ["another version", { ...red, schema: "assay/2" }],
  ["an exit code that there is not", { ...red, exit_code: 3 }],
  ["an unknown status", inCheck({ status: "passed" })],
  ["a text that is too long", inCheck({ details: [long] })],
  ["too many details", inCheck({ details: Array.from({ length: bounds.details + 1 }, () => "x") })],
  ["too many checks", inResult({ checks: Array.from({ length: bounds.checks + 1 }, () => check) })],
  ["too many scopes", inScope({ direct_scopes: Array.from({ length: bounds.scopes + 1 }, () => "x") })],
  ["too many actions", { ...red, next_actions: Array.from({ length: bounds.actions + 1 }, () => red.next_actions[0]) }],
  ["less than none", inCheck({ omitted_details: -1 })],
  ["half a file", inScope({ changed_files: 0.5 })],
])("an envelope with %s is refused", (_, envelope) => {
  expect(() => readEnvelope(envelope)).toThrow("Invalid");
});
