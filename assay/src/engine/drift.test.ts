import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { driftError, driftNotes, driftOf, type Checkout, type Drift } from "./drift.ts";

function tree(blobs: Readonly<Record<string, string>>, head = "0123456789abcdef"): Checkout {
  const files = Object.entries(blobs).map(([path, blob]) => ({ path: repoPath(path), blob, symlink: false }));
  return { tree: { files, has: (path) => path in blobs, blobOf: (path) => blobs[path] ?? null }, head };
}

function driftNote(drift: Drift): string | null {
  const [note = null, ...others] = driftNotes(drift);
  expect(others).toEqual([]);
  return note;
}

test("a tree that stayed as it was has not drifted", () => {
  const drift = driftOf(tree({ a: "1" }), tree({ a: "1" }));
  expect([driftError(drift), driftNote(drift)]).toEqual([null, null]);
});

test("a file that was rewritten or removed while checks ran takes the verdict away", () => {
  for (const after of [tree({ a: "2", b: "1" }), tree({ b: "1" })]) {
    const error = driftError(driftOf(tree({ a: "1", b: "1" }), after));
    expect([error?.code, error?.message, error?.hint]).toEqual([
      "interrupted",
      expect.stringMatching(/changed while it was checked: a\b/),
      "git status --short",
    ]);
  }
});

test("of several files the first is named and the others are counted", () => {
  const [before, after] = [tree({ a: "1", b: "1", c: "1" }), tree({ a: "2", b: "2" })];
  expect(driftError(driftOf(before, after))?.message).toContain("checked: a and 2 more. If");
  expect(driftError(driftOf(before, tree({ b: "1", c: "1" })))?.message).toContain("checked: a. If");
  expect(driftNote(driftOf(tree({}), after))).toContain("a and 1 more appeared while checks ran; ");
  expect(driftNote(driftOf(tree({ b: "2" }), after))).toBe("a appeared while checks ran; no check has seen them.");
});

test("a file that appeared is a note", () => {
  const drift = driftOf(tree({ a: "1" }), tree({ a: "1", b: "1", c: "1" }));
  expect([driftError(drift), driftNote(drift)]).toEqual([null, expect.stringContaining("b and 1 more appeared")]);
});

test("another commit with the same files leaves the verdict standing, with a word about it", () => {
  const drift = driftOf(tree({ a: "1" }), tree({ a: "1" }, "fedcba9876543210"));
  expect([driftError(drift), driftNote(drift)]).toEqual([
    null,
    "HEAD moved from 0123456789ab to fedcba987654 while checks ran. The files are the same; no check has seen the new commits.",
  ]);
});

test("another commit with other files takes the verdict away, and says so", () => {
  const drift = driftOf(tree({ a: "1" }), tree({ a: "2" }, "fedcba9876543210"));
  expect([driftError(drift)?.message, driftNote(drift)]).toEqual([
    "The tree changed while it was checked: a, since HEAD moved from 0123456789ab to fedcba987654. Run again on what is checked out now",
    null,
  ]);
});

test("a file that became a link to the same text was rewritten", () => {
  const [before, after] = [tree({ a: "1" }), tree({ a: "1" })];
  const files = after.tree.files.map((file) => ({ ...file, symlink: true }));
  expect(driftOf(before, { ...after, tree: { ...after.tree, files } }).rewritten).toEqual(["a"]);
});
