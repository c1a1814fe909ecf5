// Files that are no tests by name or place, and are there for tests all the same.
import type { SourceFile } from "../../model/source-file.ts";
import { bindingsOf } from "../syntax/bindings.ts";

/** They refuse to be loaded, or are of no use, where no test runs. */
const testing =
  /^(?:vitest|@jest\/globals|@playwright\/test|@testing-library\/(?:react|vue|svelte|angular|preact|dom))$/;

/**
 * Does it use a library that only runs tests, as `src/testing/test-utils.tsx` does? The compiler takes out an import of
 * types, or of what is not used.
 */
export function servesTests(file: SourceFile): boolean {
  if (!/vitest|@jest\/globals|playwright|testing-library/.test(file.text)) return false;
  const bindings = bindingsOf(file);
  return file.program.body.some(
    (statement) =>
      statement.type === "ImportDeclaration" &&
      statement.importKind !== "type" &&
      testing.test(statement.source.value) &&
      statement.specifiers.some(({ local }) => {
        const binding = bindings.bindingOf(local);
        const parents =
          binding === undefined ? [] : bindings.usesOf(binding).map((use) => bindings.parentOf(use)?.type);
        return parents.some((parent) => parent === "CallExpression" || parent === "MemberExpression");
      }),
  );
}
