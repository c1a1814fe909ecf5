import { expect, test } from "vitest";
import { AssayError } from "../../model/errors.ts";
import type { Finding } from "../../model/finding.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { repoPath } from "../../model/paths.ts";
import { endedWell, testHost } from "../testing/test-host.ts";
import {
  interruptedOutcome,
  printedPath,
  reconcile,
  usefulLine,
  withoutColors,
  withoutRoot,
  withRule,
  type Reading,
} from "./tool-outcome.ts";

const outcome = (exitCode: number, stderr = ""): ProcessOutcome => ({ ...endedWell, exitCode, stderr });

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

test("a process that was ended before it could say anything is no verdict", () => {
  using host = testHost();
  const shown = (ended: Partial<ProcessOutcome>, signal: AbortSignal = host.signal): string => {
    const given = interruptedOutcome("x", "x in a", { ...host, signal }, { ...outcome(0, "Error: why"), ...ended });
    if (given?.status === "errored") return `${given.error.code}: ${given.error.message}`;
    return given?.status === "deferred" ? `deferred: ${given.remaining}` : (given?.status ?? "went on");
  };
  expect(shown({})).toBe("went on");
  expect(shown({ exitCode: 1 })).toBe("went on");
  expect(shown({ spawnError: "ENOENT", timedOut: true })).toBe("tool-failed: x could not be started: ENOENT");
  expect(shown({ timedOut: true })).toBe("deferred: x in a");
  expect(shown({}, AbortSignal.abort())).toBe("deferred: x in a");
  expect(shown({ exitCode: null, signal: "SIGSEGV", truncated: true })).toBe(
    "tool-failed: x was ended by SIGSEGV: Error: why",
  );
  expect(shown({ exitCode: null, stderr: "" })).toBe("tool-failed: x was ended by a signal");
  expect(shown({ exitCode: null, stderr: "\n", stdout: "out" })).toBe("tool-failed: x was ended by a signal: out");
  expect(shown({ truncated: true })).toBe("tool-failed: x printed more than could be read");
});

test("errors without the exit code for them, and warnings with one that is none of a limit's, are no verdict", () => {
  const warned: Reading = { errors: [], warnings: [{ path: null, line: 1, message: "odd" }] };
  expect(reconcile("x", outcome(2, "boom"), warned)).toMatchObject({ message: "x ended with exit code 2: boom" });
  expect(reconcile("x", outcome(0), { errors: warned.warnings, warnings: [] })).toMatchObject({
    code: "tool-failed",
    message: "x reports errors and ends with exit code 0",
  });
});

test("a printed path counts from the folder that the tool ran in", () => {
  const at = (dir: string, printed: string): string | null => printedPath("/repo", repoPath(dir), printed);
  expect([at("", "src/a.ts"), at("b", "src/a.ts"), at("b", "../a.ts")]).toEqual(["src/a.ts", "b/src/a.ts", "a.ts"]);
  expect([at("b", "/repo/c/a.ts"), at("b", "file:///repo/a.ts")]).toEqual(["c/a.ts", "a.ts"]);
  expect([at("", "/elsewhere/a.ts"), at("", "../a.ts"), at("", "x/file://a")]).toEqual([null, null, "x/file:/a"]);
});

test("what is printed is told on one line, without colours and folders of this machine", () => {
  const red = String.fromCodePoint(27);
  expect(withoutColors(`${red}[31mred${red}[39m ${red}[?25lend`)).toBe("red end");
  expect(withoutRoot("/repo", outcome(1, "in /repo/a.ts and /repo/b of /repo")).stderr).toBe("in a.ts and b of .");
  expect([withRule(" a\n  b ", "r"), withRule("a", null), withRule("a", "")]).toEqual(["a b (r)", "a", "a"]);
});

test("a heading is told with what stands below it, and nothing is longer than it can be read", () => {
  expect(usefulLine("Errors:\n\n  it broke\n")).toBe("Errors: it broke");
  expect(usefulLine("Errors:\n")).toBe("Errors:");
  expect(usefulLine(`a ${"b".repeat(400)}`)).toHaveLength(300);
  const told = ["throw new X", "(node:1) w", "(Use `node`", "[warn] x", "node:internal/x", "╭──╮", "> ~", "at f (x)"];
  expect(told.map((line) => usefulLine(`${line}\nlast`))).toEqual(told.map(() => "last"));
  expect(["| told", "x told", "× told", "× a"].map(usefulLine)).toEqual(["told", "told", "told", "× a"]);
  const unread = "Failed to load the configuration file.";
  expect([`${unread}\nlast`, `${unread} Why\nlast`].map(usefulLine)).toEqual(["last", `${unread} Why`]);
});

test("a sign in front of a line is taken off where words stand behind it, and spaces behind it always", () => {
  expect(["  │ told  ", "x", "a", "told  \nmore", "xml is odd", "  x  told"].map(usefulLine)).toEqual([
    "told",
    "x",
    "a",
    "told",
    "xml is odd",
    "told",
  ]);
});
