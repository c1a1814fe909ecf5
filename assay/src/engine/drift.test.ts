import { expect, test } from "vitest";
import type { HeadTree } from "../model/change.ts";
import { repoPath } from "../model/paths.ts";
import { driftError, driftNote, driftOf } from "./drift.ts";

function tree(blobs: Readonly<Record<string, string>>): HeadTree {
  const files = Object.entries(blobs).map(([path, blob]) => ({ path: repoPath(path), blob, symlink: false }));
  return {
    files,
    has: (path) => path in blobs,
    blobOf: (path) => blobs[path] ?? null,
  };
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

test("a file that appeared is a note", () => {
  const drift = driftOf(tree({ a: "1" }), tree({ a: "1", b: "1", c: "1" }));
  expect([driftError(drift), driftNote(drift)]).toEqual([null, expect.stringContaining("b and 1 more appeared")]);
});
