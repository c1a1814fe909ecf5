// Whether what a test imports from the repository asserts: follows it into the module, through re-exports.
import type { RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import type { Resolver } from "../../source/resolve.ts";
import type { Node } from "../../source/walk.ts";
import { assertionModules, soundsAsserting } from "./assertion-names.ts";
import { Assertions, type ImportAsserts } from "./assertions.ts";
import { plain } from "../../source/passed-on.ts";
import { bindingsOf, type Binding } from "../syntax/bindings.ts";

type Imported = Pick<Binding, "module" | "imported" | "name">;

/** What an export of a module is: a function of some file, something else of it, or nothing that can be seen. */
type Export = { readonly file: SourceFile; readonly run: FunctionNode | undefined } | undefined;

/** What is known of a file on the side of the change that it belongs to. */
export interface AssertingImports {
  readonly asserts: ImportAsserts;
  of(file: SourceFile): Assertions;
}

/** `read` gives a module of the side that is looked at. */
export function assertingImports(
  resolver: () => Resolver,
  read: (path: RepoPath) => SourceFile | undefined,
): AssertingImports {
  const assertions = new Map<SourceFile, Assertions>();
  const of = (file: SourceFile): Assertions => {
    const of = assertions.get(file) ?? new Assertions(file, asserts);
    assertions.set(file, of);
    return of;
  };
  const exported = (file: SourceFile, { module = "", imported = "" }: Imported, depth: number): Export => {
    const target = resolver().resolve(file.path, module, "import");
    const found = target.kind === "file" ? read(target.path) : undefined;
    return found && exportOf(found, imported, (from) => (depth < 5 ? exported(found, from, depth + 1) : undefined));
  };
  const asserts: ImportAsserts = (file, binding) => {
    const name = binding.imported === "default" || binding.imported === "*" ? binding.name : binding.imported;
    const found = exported(file, binding, 0);
    if (!found) return soundsAsserting(name ?? binding.name);
    // A program's functions may throw, which is no assertion of the test that calls them.
    if (found.file.role === "source" && !importsAssertions(found.file)) return false;
    return found.run ? of(found.file).functionAsserts(found.run) : importsAssertions(found.file);
  };
  return { asserts, of };
}

function importsAssertions(file: SourceFile): boolean {
  return (
    file.program.body.some(
      (node) =>
        node.type === "ImportDeclaration" &&
        (assertionModules.test(node.source.value) ||
          node.specifiers.some(({ local }) => soundsAsserting(local.name)) ||
          /vitest|jest|bun:test|playwright|testing-library|cypress|mocha/.test(node.source.value)),
    ) || /\b(?:expect|assert)\s*[.(]/.test(file.text)
  );
}

function exportOf(file: SourceFile, name: string, follow: (from: Imported) => Export): Export {
  if (name === "*") return { file, run: undefined };
  const stars: Imported[] = [];
  for (const node of file.program.body) {
    if (node.type === "ExportDefaultDeclaration" && name === "default") return local(file, node.declaration, follow);
    if (node.type === "ExportAllDeclaration" && !node.exported)
      stars.push({ module: node.source.value, imported: name, name });
    if (node.type !== "ExportNamedDeclaration") continue;
    if (node.declaration) {
      const found = declared(file, node.declaration, name);
      if (found) return found;
    }
    const specifier = node.specifiers.find((each) => nameOf(each.exported) === name);
    if (!specifier) continue;
    if (node.source) return follow({ module: node.source.value, imported: nameOf(specifier.local), name });
    return local(file, specifier.local, follow);
  }
  for (const star of stars) {
    const found = follow(star);
    if (found) return found;
  }
  return undefined;
}

function declared(file: SourceFile, declaration: Node, name: string): Export {
  if (isFunction(declaration)) return declaration.id?.name === name ? { file, run: declaration } : undefined;
  if (declaration.type === "ClassDeclaration" && declaration.id?.name === name) return { file, run: undefined };
  if (declaration.type !== "VariableDeclaration") return undefined;
  const variable = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
  if (!variable) return undefined;
  const init = variable.init && plain(variable.init);
  return { file, run: init && isFunction(init) ? init : undefined };
}

function local(file: SourceFile, node: Node, follow: (from: Imported) => Export): Export {
  if (isFunction(node)) return { file, run: node };
  if (node.type !== "Identifier") return { file, run: undefined };
  const binding = bindingsOf(file).bindingOf(node);
  if (binding?.kind === "import") return follow(binding);
  return { file, run: bindingsOf(file).functionOf(node) };
}

function nameOf(node: Node): string {
  return node.type === "Identifier" ? node.name : node.type === "Literal" ? String(node.value) : "";
}
