// Modules that a test puts a mock in the place of, and the imports that have a given answer from then on.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import {
  descendants,
  type Argument,
  type CallExpression,
  type ImportDeclaration,
  type Node,
} from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";
import { isRelative } from "./assertions.ts";
import { chainOf, memberName } from "./call-chain.ts";
import { makesMock } from "./mocks-alone.ts";

const mockingMethods: ReadonlySet<string> = new Set([
  "doMock",
  "mock",
  "mockModule",
  "module",
  "setMock",
  "unstable_mockModule",
]);
const mockers: ReadonlySet<string> = new Set(["jest", "mock", "rstest", "vi", "vitest"]);

export interface ModuleMock {
  readonly call: CallExpression;
  readonly specifier: string;
}

export function moduleMocks(file: SourceFile): readonly ModuleMock[] {
  const mocks: ModuleMock[] = [];
  for (const call of descendants(file.program)) {
    if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") continue;
    const { callee } = call;
    const object =
      callee.object.type === "MemberExpression"
        ? memberName(callee.object)
        : callee.object.type === "Identifier"
          ? callee.object.name
          : undefined;
    if (!mockers.has(object ?? "") || !mockingMethods.has(memberName(callee) ?? "")) continue;
    const [first] = call.arguments;
    const specifier = first && specifierOf(first);
    if (specifier !== undefined && isRelative(specifier)) mocks.push({ call, specifier });
  }
  return mocks;
}

/** `"./sum"`, `import("./sum")`, `require.resolve("./sum")`, `new URL("./sum", import.meta.url)`. */
function specifierOf(node: Argument): string | undefined {
  if (node.type === "ImportExpression") return constantString(node.source);
  if ((node.type === "CallExpression" || node.type === "NewExpression") && node.arguments[0])
    return constantString(node.arguments[0]);
  if (node.type === "MemberExpression") return specifierOf(node.object);
  return constantString(node);
}

/** Names in the file of functions that a factory replaces by one that does nothing with the real module. */
export function replacedImports(file: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { call, specifier } of moduleMocks(file)) {
    const replaced = replacedBy(file, call.arguments[1]);
    if (replaced.size === 0) continue;
    for (const statement of file.program.body) {
      if (statement.type !== "ImportDeclaration" || statement.source.value !== specifier) continue;
      for (const name of localNames(statement, replaced)) names.add(name);
    }
  }
  return names;
}

function localNames({ specifiers }: ImportDeclaration, replaced: ReadonlySet<string>): readonly string[] {
  return specifiers.flatMap((each) => {
    const local = each.local.name;
    if (each.type === "ImportNamespaceSpecifier") return [...replaced].map((name) => `${local}.${name}`);
    if (each.type === "ImportDefaultSpecifier") return replaced.has("default") ? [local] : [];
    return each.imported.type === "Identifier" && replaced.has(each.imported.name) ? [local] : [];
  });
}

function replacedBy(file: SourceFile, factory: Argument | undefined): ReadonlySet<string> {
  if (!isFunction(factory)) return new Set();
  // What the factory is given, or has taken, may be the real module.
  const own = [...descendants(factory)].flatMap((node) =>
    node.type === "VariableDeclarator" && node.id.type === "Identifier" ? [node.id.name] : [],
  );
  const real = new Set([
    ...own,
    ...factory.params.flatMap((param) => (param.type === "Identifier" ? [param.name] : [])),
  ]);
  const members = [...descendants(factory)].flatMap((node) => (isAnswer(factory, node) ? node.properties : []));
  return new Set(
    members.flatMap((each) => {
      if (each.type !== "Property" || each.computed || each.key.type !== "Identifier") return [];
      return isOwnFunction(file, each.value) && !mentions(each.value, real) ? [each.key.name] : [];
    }),
  );
}

/** The object that the factory gives. */
function isAnswer(
  { body }: { readonly body: Node | null },
  node: Node,
): node is Extract<Node, { type: "ObjectExpression" }> {
  if (node.type !== "ObjectExpression" || !body) return false;
  if (body.type !== "BlockStatement") return plainOf(body) === node;
  return body.body.some((each) => each.type === "ReturnStatement" && each.argument && plainOf(each.argument) === node);
}

function plainOf(node: Node): Node {
  return node.type === "TSSatisfiesExpression" || node.type === "TSAsExpression" ? plainOf(node.expression) : node;
}

/** `() => 19`, `vi.fn(() => 19)`, `vi.fn().mockReturnValue(19)`. */
function isOwnFunction(file: SourceFile, value: Node): boolean {
  if (isFunction(value)) return true;
  const chain = value.type === "CallExpression" ? chainOf(value) : undefined;
  if (!chain || !makesMock(file, chain)) return false;
  return chain.links.some(({ name, args }) => args !== undefined && args.length > 0 && !/^(?:mock)?Name$/.test(name));
}

function mentions(value: Node, names: ReadonlySet<string>): boolean {
  for (const node of descendants(value)) {
    if (node.type === "Identifier" && (names.has(node.name) || /actual|original|real/i.test(node.name))) return true;
  }
  return false;
}
