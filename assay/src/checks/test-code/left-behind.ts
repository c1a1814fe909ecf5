// Tests of how one module uses another, after it has stopped to.
import type { FilePair } from "../../model/check.ts";
import { nameOf, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { descendants } from "../../source/walk.ts";

/**
 * Is a test file named after a module that used all it imports from the program, and uses none of it by now? It was about
 * the two together.
 */
export function isLeftBehind(test: SourceFile, pairs: readonly FilePair[]): boolean {
  const names = importedNames(test);
  const stem = stemOf(test.path);
  return (
    names.length > 0 &&
    pairs.some(
      ({ base, head }) =>
        base?.role === "source" &&
        head !== undefined &&
        stemOf(base.path) === stem &&
        names.every((name) => mentions(base).has(name)) &&
        !names.some((name) => mentions(head).has(name)),
    )
  );
}

function importedNames({ program }: SourceFile): readonly string[] {
  return program.body.flatMap((statement) =>
    statement.type === "ImportDeclaration" && statement.source.value.startsWith(".")
      ? statement.specifiers.map(({ local }) => local.name)
      : [],
  );
}

function mentions({ program }: SourceFile): ReadonlySet<string> {
  return new Set([...descendants(program)].flatMap((node) => (node.type === "Identifier" ? [node.name] : [])));
}

/** `wasm` of `plugins/wasm.spec.ts`. */
function stemOf(path: RepoPath): string {
  return nameOf(path).replace(/(?:[._-](?:test|spec))?\.[cm]?[jt]sx?$/, "");
}
