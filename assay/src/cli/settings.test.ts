import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "./settings.ts";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-settings-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** With a comment that makes the file this long. */
const textOf = (bytes: number): string => 'base = "next"\n#'.padEnd(bytes, "x");

const refused = { code: "config-invalid", message: "assay.toml is not a file that can be read, or over 1 MiB" };

test("configuration is read from the root, and is not needed", async () => {
  const dir = folder();
  expect((await readSettings(dir)).present).toBe(false);
  writeFileSync(join(dir, "assay.toml"), textOf(1 << 20));
  expect(await readSettings(dir)).toMatchObject({ present: true, base: "next" });
});

test("what is too long, no file, or leads nowhere is refused", async () => {
  const dir = folder();
  writeFileSync(join(dir, "assay.toml"), textOf((1 << 20) + 1));
  await expect(readSettings(dir)).rejects.toMatchObject(refused);
  rmSync(join(dir, "assay.toml"));
  mkdirSync(join(dir, "assay.toml"));
  await expect(readSettings(dir)).rejects.toMatchObject(refused);
  rmSync(join(dir, "assay.toml"), { recursive: true });
  symlinkSync("nowhere", join(dir, "assay.toml"));
  await expect(readSettings(dir)).rejects.toMatchObject(refused);
});

test("where nobody can tell whether there is one, that is no configuration without it", async () => {
  const dir = folder();
  writeFileSync(join(dir, "file"), "");
  await expect(readSettings(join(dir, "file"))).rejects.toMatchObject({ code: "ENOTDIR" });
});
