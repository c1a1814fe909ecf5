import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { plain } from "../../report/terminal.ts";
import type { Console } from "../command.ts";
import { provideVitest } from "./vitest.ts";

const console: Console = {
  progress: () => {},
  open: () => {},
  warn: () => {},
  paint: plain,
  signal: new AbortController().signal,
};

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-demo-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A folder in a project that has installed this version; undefined stands for a manifest without one. */
function projectWith(version: unknown): string {
  const root = folder();
  const installed = join(root, "node_modules/vitest");
  for (const dir of [installed, join(root, "src/deep")]) mkdirSync(dir, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ version }));
  return join(root, "src/deep");
}

/** The folder through which the demo finds its vitest. */
async function provided(callerDir: string): Promise<string> {
  const root = folder();
  await provideVitest(root, callerDir, console);
  return realpathSync(join(root, "node_modules"));
}

test.each(["3.0.0", "4.1.12", "5.0.0-beta.1"])(
  "the vitest %s that whoever calls has installed is taken",
  async (version) => {
    const dir = projectWith(version);
    expect(await provided(dir)).toBe(join(dir, "../../node_modules"));
  },
);

test.each(["2.1.9", "6.0.0", "14.0.0", undefined])("instead of a vitest %s there is assay's own", async (version) => {
  const dir = projectWith(version);
  const modules = await provided(dir);
  expect(modules).not.toBe(join(dir, "../../node_modules"));
  const { name } = JSON.parse(readFileSync(join(modules, "vitest/package.json"), "utf8")) as { name: unknown };
  expect(name).toBe("vitest");
});
