// The full names of functions, from how a file writes and declares them. Quick rather than thorough: a declaration is read
// once, where it stands, and scopes are not told apart. What a value may be is not asked: guards do that.
import { givesModule, importName, loadOf, memberName, moduleName, resultName } from "./loading-calls.ts";
import { passedOn } from "./passed-on.ts";
import type { Node } from "./walk.ts";

/** What a loading function may be a part of. Other names are not remembered. */
const holder = /^(?:import\.meta|module(?:\.Module)?|process|vitest)$|(?:^|\.)(?:createRequire|jest|mock|vi)$/;
/** More names than this that one name may stand for tell nothing. */
const mostNames = 8;
/** What is taken of a thing in more steps than this loads nothing. */
const deepest = 12;

export class CalleeNames {
  readonly #declared = new Map<string, readonly string[]>();

  /** Takes notice of a declaration. */
  learn(node: Node): void {
    if (node.type === "VariableDeclarator" && node.init) this.#declare(node.id, this.of(node.init));
    else if (node.type === "ImportDeclaration") {
      for (const specifier of node.specifiers) {
        const isNamed = specifier.type === "ImportSpecifier";
        const imported = isNamed && specifier.imported.type === "Identifier" ? specifier.imported.name : "*";
        this.#add(specifier.local.name, [importName(node.source.value, imported)]);
      }
    }
  }

  /** Every name that an expression may have, its own first. */
  of(node: Node, depth = 0): readonly string[] {
    if (depth > deepest) return [];
    const below = (each: Node): readonly string[] => this.of(each, depth + 1);
    const passed = passedOn(node);
    if (passed) return passed.flatMap(below);
    if (node.type === "Identifier") return [node.name, ...(this.#declared.get(node.name) ?? [])];
    if (node.type === "MetaProperty") return [`${node.meta.name}.${node.property.name}`];
    if (node.type === "ImportExpression") return textsOf(node.source).map(moduleName);
    if (node.type === "MemberExpression") {
      const { property } = node;
      const names = !node.computed && property.type === "Identifier" ? [property.name] : textsOf(property);
      return below(node.object).flatMap((object) => names.map((name) => memberName(object, name)));
    }
    if (node.type !== "CallExpression") return [];
    const [argument] = node.arguments;
    return below(node.callee).flatMap((name) =>
      argument && givesModule(name) ? textsOf(argument).map(moduleName) : [resultName(name)],
    );
  }

  #declare(target: Node, names: readonly string[]): void {
    if (target.type === "Identifier") this.#add(target.name, names);
    if (target.type !== "ObjectPattern") return;
    for (const property of target.properties) {
      if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") continue;
      const { name } = property.key;
      this.#declare(
        property.value,
        names.map((object) => memberName(object, name)),
      );
    }
  }

  #add(local: string, names: readonly string[]): void {
    const known = this.#declared.get(local) ?? [];
    const telling = names.filter((name) => name !== local && (holder.test(name) || loadOf(name) !== undefined));
    if (telling.length > 0) this.#declared.set(local, [...new Set([...known, ...telling])].slice(0, mostNames));
  }
}

function textsOf(node: Node): readonly string[] {
  return node.type === "Literal" && typeof node.value === "string" ? [node.value] : [];
}
