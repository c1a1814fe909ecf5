// Repositories and folders for tests that run side by side: they stay until the file's last test has ended.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { gitRepository, type TestRepository } from "./repository.ts";

const removals: (() => void)[] = [];

afterAll(() => {
  for (const remove of removals.splice(0)) remove();
}, 60_000);

export function keptRepository(
  files: Readonly<Record<string, string>>,
  options: { readonly tools?: boolean } = {},
): TestRepository {
  return gitRepository(files, { ...options, onEnd: (remove) => void removals.push(remove) });
}

export function keptFolder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-kept-")));
  removals.push(() => rmSync(root, { recursive: true, force: true }));
  return root;
}
