import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { dropKeptTransforms, openKeptTransforms } from "./kept-transforms.ts";

function place(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-transforms-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function opened(dir: string, ground: string): string {
  const folder = openKeptTransforms(dir, ground);
  if (folder === null) throw new Error("nothing can be written");
  return folder;
}

function age(folder: string, days: number): void {
  const then = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  utimesSync(folder, then, then);
}

test("a ground finds again what was kept on it, and nothing of another", () => {
  const dir = place();
  const folder = opened(dir, "a");
  writeFileSync(join(folder, "module"), "code");
  expect(readdirSync(opened(dir, "a"))).toEqual(["_metadata.json", "module"]);
  expect(readdirSync(opened(dir, "b"))).toEqual(["_metadata.json"]);
});

test.each<[string, (folder: string) => void]>([
  ["an entry that is a folder", (folder) => mkdirSync(join(folder, "other"))],
  ["an entry that is a link", (folder) => symlinkSync(folder, join(folder, "other"))],
  [
    "a lockfile that was noted",
    (folder) => {
      rmSync(join(folder, "_metadata.json"));
      writeFileSync(join(folder, "_metadata.json"), "{}");
    },
  ],
])("%s drops what was kept", (_what, damage) => {
  const dir = place();
  const folder = opened(dir, "a");
  writeFileSync(join(folder, "module"), "code");
  damage(folder);
  expect(readdirSync(opened(dir, "a"))).toEqual(["_metadata.json"]);
  expect(readFileSync(join(folder, "_metadata.json"), "utf8")).toBe("");
});

test("grounds that nobody has stood on for a day go, but for the last few", () => {
  const dir = place();
  for (const [days, ground] of ["a", "b", "c", "d", "e"].entries()) {
    mkdirSync(join(dir, ground));
    age(join(dir, ground), days + 2);
  }
  openKeptTransforms(dir, "new");
  expect(readdirSync(dir).toSorted()).toEqual(["a", "b", "c", "new"]);
});

test("a ground that is stood on again is not old any more", () => {
  const dir = place();
  const folders = ["a", "b", "c", "d", "e"].map((ground) => opened(dir, ground));
  for (const [days, folder] of folders.entries()) age(folder, days + 2);
  opened(dir, "e");
  expect(readdirSync(dir).toSorted()).toEqual(["a", "b", "c", "e"]);
});

test("a folder that another run may be using stays", () => {
  const dir = place();
  for (const ground of ["a", "b", "c", "d", "e"]) mkdirSync(join(dir, ground));
  openKeptTransforms(dir, "new");
  expect(readdirSync(dir)).toHaveLength(6);
});

test("what is dropped is gone", () => {
  const dir = place();
  const folder = opened(dir, "a");
  dropKeptTransforms(folder);
  expect(existsSync(folder)).toBe(false);
  expect(() => dropKeptTransforms(folder)).not.toThrow();
});

test("where nothing can be written nothing is kept", () => {
  const dir = place();
  writeFileSync(join(dir, "file"), "");
  expect(openKeptTransforms(join(dir, "file"), "a")).toBe(null);
});

test("a ground goes when nobody has stood on it for longer than a day", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-02T00:00:00Z") });
  onTestFinished(() => void vi.useRealTimers());
  const dir = place();
  for (const name of ["a", "b", "c"]) mkdirSync(join(dir, name));
  const lastUsed = { "a day": "2026-01-01T00:00:00Z", longer: "2025-12-31T23:59:59Z" };
  for (const [name, at] of Object.entries(lastUsed)) {
    mkdirSync(join(dir, name));
    utimesSync(join(dir, name), new Date(at), new Date(at));
  }
  openKeptTransforms(dir, "new");
  expect(readdirSync(dir)).toEqual(["a", "a day", "b", "c", "new"]);
});

test("a ground on which too much was left goes", () => {
  const dir = place();
  const folder = opened(dir, "a");
  for (const name of ["first", "second"]) writeFileSync(join(folder, name), "");
  openKeptTransforms(dir, "a", 3);
  expect(readdirSync(folder)).toEqual(["_metadata.json", "first", "second"]);
  openKeptTransforms(dir, "a", 2);
  expect(readdirSync(folder)).toEqual(["_metadata.json"]);
});
