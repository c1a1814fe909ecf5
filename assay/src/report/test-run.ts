// For tests: runs as a command hands them over.
import type { CheckResult } from "../model/finding.ts";
import { repoPath } from "../model/paths.ts";
import type { Run } from "../model/run.ts";

export const noScope: Run["scope"] = {
  changes: [],
  all: [],
  direct: [],
  expanded: [],
  touched: [],
  fallback: null,
  why: new Map(),
};

export function result(id: string, status: CheckResult["status"], more: Partial<CheckResult> = {}): CheckResult {
  return {
    id,
    status,
    findings: [],
    errors: [],
    reviews: [],
    notes: [],
    durationMs: 12.6,
    cached: false,
    lasting: true,
    attachments: [],
    unfinished: false,
    ...more,
  };
}

export function run(results: readonly CheckResult[], more: Partial<Run> = {}): Run {
  return {
    command: "loop",
    options: [],
    ownOptions: [],
    budgetSeconds: null,
    base: { kind: "found", commit: "b45e", ref: "origin/main", tip: "b45e" },
    scope: noScope,
    results,
    error: null,
    durationMs: 1234,
    ...more,
  };
}

export const finding = { path: repoPath("src/a.ts"), line: 3, message: "expected 1, got 2" };
