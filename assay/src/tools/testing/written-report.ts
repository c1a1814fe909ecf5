// For tests of reporters: where they write to.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

/** Gives each test of the file a report of its own to be written; answers how to read what was. */
export function writtenReport(): () => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-reporter-"));
    vi.stubEnv("ASSAY_TEST_REPORT", join(folder, "report.jsonl"));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return () => readFileSync(join(folder, "report.jsonl"), "utf8");
}
