import type { ChangeCheck, ChangeContext, Sighting } from "../model/check.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isInTestFolder, roleOf } from "../source/role.ts";
import { isShipped } from "./imports/declarations.ts";
import { handWritten } from "./change/hand-written.ts";
import { fileAt, pathOf } from "./imports/module-world.ts";
import { newFindings } from "./change/new-findings.ts";
import { referencesOf, type Reference } from "./imports/references.ts";

/**
 * Flags shipped sources that load a test, or what lies in a folder for tests.
 *
 * Tests are not shipped: the import fails for whoever installs the package, or the tests' code is shipped after all.
 *
 * Not seen: imports by an alias or a package's name, and helpers for tests that lie among the sources.
 */
export const testCodeImport: ChangeCheck = {
  id: "test-code-import",
  kind: "change",
  summary: "Shipped code imports what only tests have",
  in: ["loop", "gate"],

  inspect: async (context) => newFindings(await handWritten(context), (file) => intoTests(file, context)),
};

const loading: ReadonlySet<Reference["kind"]> = new Set(["import", "re-export", "dynamic", "require"]);

function* intoTests(file: SourceFile, { workspace }: ChangeContext): Generator<Sighting> {
  if (!isShipped(file.path) || isOfTests(file.path) || isTestHelper(file.path)) return;
  for (const { specifier, kind, start, optional } of referencesOf(file)) {
    const place = loading.has(kind) && !optional ? pathOf(file.path, specifier, kind) : undefined;
    const path = place === undefined ? undefined : fileAt(place, (each) => workspace.tree.has(each));
    if (path === undefined || !isOfTests(path)) continue;
    const message = `imports ${path.length > 60 ? nameOf(path) : path}, which only tests have; move what both need among the sources`;
    yield { at: { start }, message, fingerprint: `test code ${path}` };
  }
}

/** Data is of tests where it lies among them. */
function isOfTests(path: RepoPath): boolean {
  const isForRunner = /(?:^|\/)__(?:fixtures|mocks|testfixtures|snapshots)__\//.test(path);
  return roleOf(path) === "test" || isInTestFolder(path) || isForRunner;
}

/** `src/test-utils.ts`, `src/setupTests.ts`: for tests, wherever it lies. */
function isTestHelper(path: RepoPath): boolean {
  return path
    .split("/")
    .some((part) => /(?:^|[-_.])(?:vi)?tests?(?:[-_.]|$)|Tests?(?:[A-Z.]|$)|^tests?[A-Z]|mocks?\b/.test(part));
}
