import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { contentFact } from "./content-fact.ts";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-fact-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const then = new Date("2026-01-01T00:00:00Z");

/** The fact of a file with this text that looks untouched. */
function factOf(file: string, text: string): string | null {
  writeFileSync(file, text);
  utimesSync(file, then, then);
  return contentFact(file);
}

test("up to a mebibyte a file is told by what it holds, whatever its times", () => {
  const file = join(folder(), "a");
  const size = 1024 * 1024;
  const facts = [factOf(file, "a".repeat(size)), factOf(file, "b".repeat(size)), factOf(file, "a".repeat(size))];
  expect(facts[0]).toMatch(/^[0-9a-f]{64}$/);
  expect([facts[1] === facts[0], facts[2] === facts[0]]).toEqual([false, true]);
});

test("a larger one is told by its size and times", () => {
  const file = join(folder(), "a");
  const size = 1024 * 1024 + 1;
  const fact = factOf(file, "a".repeat(size));
  const { ino, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
  expect(fact).toBe(`${ino} ${size} ${mtimeNs} ${ctimeNs}`);
});

test("what is no regular file has none", () => {
  const dir = folder();
  mkdirSync(join(dir, "a"));
  expect([contentFact(join(dir, "a")), contentFact(join(dir, "nowhere"))]).toEqual([null, null]);
});
