import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { blobId, largestInMemory, lookAt, readEntry, readLargeFile } from "./disk.ts";

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-disk-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

test("files, links and folders are told apart, and a link is not followed", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "text");
  mkdirSync(join(root, "folder"));
  symlinkSync("folder", join(root, "link"));
  const look = (path: string) => lookAt(root, repoPath(path));
  expect(look("file")).toEqual({ kind: "file", executable: false, size: 4 });
  for (const [mode, executable] of [
    [0o700, true],
    [0o655, false],
    [0o100, true],
  ] as const) {
    chmodSync(join(root, "file"), mode);
    expect(look("file")).toEqual({ kind: "file", executable, size: 4 });
  }
  expect([look("folder").kind, look("link").kind]).toEqual(["folder", "symlink"]);
  expect(lookAt("/dev", repoPath("null"))).toEqual({ kind: "special" });
});

test("what can't be at a path is absent, and what can't be looked at is an error", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "");
  for (const path of ["gone", "file/below", "x".repeat(300)])
    expect(lookAt(root, repoPath(path))).toEqual({ kind: "absent" });
  symlinkSync("loop", join(root, "loop"));
  expect(() => lookAt(root, repoPath("loop/below"))).toThrowError(
    expect.objectContaining({
      code: "git-failed",
      message: `${root}/loop/below can't be looked at`,
      hint: `ls -ld "${root}/loop/below"`,
    }),
  );
});

test("of a link its target is read, and of anything but a file nothing", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "text");
  symlinkSync("file", join(root, "link"));
  const read = (path: string) => readEntry(root, repoPath(path), lookAt(root, repoPath(path)))?.toString();
  expect([read("file"), read("link")]).toEqual(["text", "file"]);
  expect(readEntry(root, repoPath("file"), { kind: "folder" })).toBe(undefined);
  expect(readEntry(root, repoPath("gone"), { kind: "file", executable: false, size: 4 })).toBe(undefined);
  const size = largestInMemory + 1;
  expect(readEntry(root, repoPath("file"), { kind: "file", executable: false, size })).toBe(undefined);
  expect(readEntry(root, repoPath("file"), { kind: "file", executable: false, size: size - 1 })?.length).toBe(4);
});

test("a large file has git's id, the hash of its bytes and its lines, the last of which may be open", () => {
  const root = folder();
  const lines = (content: string) => {
    writeFileSync(join(root, "file"), content);
    const large = readLargeFile(root, repoPath("file"), content.length, "sha1");
    expect(large?.id).toBe(blobId("sha1", Buffer.from(content)));
    return large?.lines;
  };
  expect(["", "\n", "a\n\nb\n", "a\nb"].map(lines)).toEqual([0, 1, 3, 2]);
  // More than is read at a time.
  expect(lines("a\n".repeat(600_000))).toBe(600_000);
  writeFileSync(join(root, "file"), "a");
  expect(readLargeFile(root, repoPath("file"), 1, "sha256")?.sha256).toBe(
    "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
  );
});

test("a large file that changes while it is read, or is gone, is not known", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "text");
  truncateSync(join(root, "file"), 3);
  expect(readLargeFile(root, repoPath("file"), 4, "sha1")).toBe(undefined);
  expect(readLargeFile(root, repoPath("gone"), 0, "sha1")).toBe(undefined);
});

test("a blob's id is the one that git gives", () => {
  expect(blobId("sha1", Buffer.from(""))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  expect(blobId("sha256", Buffer.from(""))).toBe("473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
});
