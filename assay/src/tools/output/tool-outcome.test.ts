import { expect, test } from "vitest";
import { AssayError } from "../../model/errors.ts";
import type { Finding } from "../../model/finding.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { reconcile, usefulLine, type Reading } from "./tool-outcome.ts";

const outcome = (exitCode: number, stderr = ""): ProcessOutcome => ({
  exitCode,
  signal: null,
  spawnError: null,
  timedOut: false,
  stdout: "",
  stderr,
  truncated: false,
  durationMs: 1,
});

test("output that disagrees with the exit code is no verdict", () => {
  const finding: Finding = { path: null, line: 1, message: "wrong" };
  const nothing: Reading = { errors: [], warnings: [] };
  const found: Reading = { errors: [finding], warnings: [] };
  expect(reconcile("x", outcome(0), nothing)).toBe(nothing);
  expect(reconcile("x", outcome(1), found)).toBe(found);
  expect(reconcile("x", outcome(1), { errors: [], warnings: [finding] })).toEqual(found);
  expect(reconcile("x", outcome(0), found)).toBeInstanceOf(AssayError);
  expect(reconcile("x", outcome(1), nothing)).toMatchObject({
    code: "tool-failed",
    message: "x ended with exit code 1",
  });
  expect(reconcile("x", outcome(2, "boom"), undefined)).toMatchObject({ message: "x ended with exit code 2: boom" });
});

test("of a crash the line that says what went wrong is kept", () => {
  const crash =
    "\nOops! Something went wrong! :(\n\nESLint: 10.15.0\n\nError: boom\n    at file:///repo/eslint.config.js:1:7\n";
  expect(usefulLine(crash)).toBe("Error: boom");
  expect(usefulLine("configuration ━━━━━━\n\n  × Biome exited because the configuration resulted in errors.\n")).toBe(
    "Biome exited because the configuration resulted in errors.",
  );
  expect(usefulLine("  \n")).toBeUndefined();
});
