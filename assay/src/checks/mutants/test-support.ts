// Modules that lie among the sources and are a part of the tests.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, nameOf, type RepoPath } from "../../model/paths.ts";
import type { Affected } from "../../model/scope.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isProgramFile } from "../../mutation/index.ts";
import { roleOf } from "../../source/role.ts";
import { isTestRunner } from "../../source/test-runners.ts";
import { isEntry } from "../exports/entry-modules.ts";

type Context = Pick<ChangeContext, "workspace" | "parse"> & { readonly affected: Pick<Affected, "importersOf"> };

/**
 * Is it there for tests alone? It says so itself, by its name or by loading what only tests can load, and so do all that
 * import it, up to tests. A name that may be a program's as well, such as `test-repository.ts`, counts where several
 * tests share the module.
 *
 * What no program uses yet is not enough: that is what new code looks like. Nor is what has a test of its own a part of
 * the tests.
 */
export function isTestSupport(path: RepoPath, context: Context): boolean {
  const visited = new Set([path]);
  let isUsed = false;
  // A set visits what is added to it while it is being walked.
  for (const each of visited) {
    if (roleOf(each) === "test") continue;
    const importers = context.affected.importersOf(each);
    if (!isSupport(each, importers, context)) return false;
    isUsed ||= importers.some((importer) => roleOf(importer) === "test");
    for (const importer of importers) visited.add(importer);
  }
  return isUsed;
}

function isSupport(path: RepoPath, importers: readonly RepoPath[], { workspace, parse }: Context): boolean {
  const file = parse(path);
  return (
    isProgramFile(file) &&
    (isNamedSo(path) || loadsRunner(file) || isSharedStandIn(path, importers)) &&
    !isEntry(path, workspace) &&
    !importers.some((importer) => roleOf(importer) === "test" && stemOf(importer) === stemOf(path))
  );
}

/** `test-repository.ts`, `fakeServer.ts`. */
const standInName = /^(?:dummy|fake|mock|stub|test)(?:[-_.]|(?=[A-Z]))/;

/** A test runner's own modules are called so, too: one that is new is imported by its one test. */
function isSharedStandIn(path: RepoPath, importers: readonly RepoPath[]): boolean {
  return standInName.test(bareName(path)) && importers.filter((importer) => roleOf(importer) === "test").length > 1;
}

/** `testing/`, `test-utils.ts`, `setupTests.ts`, `user.mock.ts`. */
const supportName =
  /^(?:testing|tests?[-_.]?(?:data|doubles?|env|environment|factor(?:y|ies)|fixtures?|harness|helpers?|mocks?|setup|support|util(?:s|ities)?)|setup[-_.]?tests?)$|\.(?:fakes?|fixtures?|mocks?|stubs?)$/i;

function isNamedSo(path: RepoPath): boolean {
  return [...dirOf(path).split("/"), bareName(path)].some((part) => supportName.test(part));
}

function bareName(path: RepoPath): string {
  return nameOf(path).replace(/\.[cm]?[jt]sx?$/, "");
}

function loadsRunner({ program }: SourceFile): boolean {
  return program.body.some(
    (statement) =>
      statement.type === "ImportDeclaration" && statement.importKind !== "type" && isForTests(statement.source.value),
  );
}

function isForTests(specifier: string): boolean {
  return isTestRunner(specifier) || specifier.startsWith("@testing-library/");
}

/** `clamp` of `clamp.test.ts`. */
function stemOf(path: RepoPath): string {
  return nameOf(path).replace(/(?:[._-](?:test|spec))?\.[cm]?[jt]sx?$/, "");
}
