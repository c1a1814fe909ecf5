// For tests: a git that prints what it is told to.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";

/** Until the test ends, or this is asked again, git prints these fields whatever it is asked. */
export function gitPrints(...fields: readonly string[]): void {
  const bin = mkdtempSync(join(tmpdir(), "assay-bin-"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(bin, { recursive: true, force: true });
  });
  writeFileSync(join(bin, "printed"), fields.map((field) => `${field}\0`).join(""));
  writeFileSync(join(bin, "git"), `#!/bin/sh\nexec cat ${join(bin, "printed")}\n`);
  chmodSync(join(bin, "git"), 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"]}`);
}
