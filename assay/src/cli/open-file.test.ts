import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openFile } from "./open-file.ts";

afterEach(() => void vi.unstubAllEnvs());

/** A folder that is all of the PATH. */
function path(): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-open-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  vi.stubEnv("PATH", dir);
  return dir;
}

test.runIf(process.platform === "linux")("a file is handed to the program that people have for it", async () => {
  const dir = path();
  const told = join(dir, "told");
  writeFileSync(join(dir, "xdg-open"), `#!/bin/sh\necho "$# $1" >'${told}.part' && /bin/mv '${told}.part' '${told}'\n`);
  chmodSync(join(dir, "xdg-open"), 0o755);
  openFile("/a b/mutation.html");
  for (let attempt = 0; attempt < 400 && !existsSync(told); attempt++) await sleep(25);
  expect(readFileSync(told, "utf8")).toBe("1 /a b/mutation.html\n");
});

test("where there is no such program nothing is opened, and nothing breaks", async () => {
  const uncaught = vi.fn();
  process.once("uncaughtException", uncaught);
  onTestFinished(() => void process.removeListener("uncaughtException", uncaught));
  path();
  openFile("/mutation.html");
  await sleep(100);
  expect(uncaught).not.toHaveBeenCalled();
});
