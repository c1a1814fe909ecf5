// What a move or a new signature leaves at the old place: files that only hand on, manifest entries, overloads.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import { dirOf, isWithin, nameOf, pathInside } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { roleOf } from "../../source/role.ts";
import { keyName } from "./public-names.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { childrenOf, type Node } from "../../source/walk.ts";

/** Files that had code of their own and now only hand on what one new file has. */
export function filesLeftBehind(pairs: readonly FilePair[]): readonly Finding[] {
  const arrived = new Set(
    pairs
      .filter(({ change }) => change.kind === "added" || change.kind === "renamed")
      .map(({ change }) => stem(change.path)),
  );
  const departed = new Set(pairs.flatMap(({ change }) => change.previousPath ?? []));
  return pairs.flatMap(({ change, base, head }) => {
    if (!head || roleOf(change.path) !== "source") return [];
    const hadCode = base ? targetOf(base) === undefined : departed.has(change.path);
    const target = targetOf(head);
    if (!hadCode || target === undefined || !target.startsWith(".")) return [];
    const path = pathInside(dirOf(change.path), target);
    if (path === undefined || ![stem(path), `${path}/index`].some((each) => arrived.has(each))) return [];
    // An index is the face of the folder that it lies in.
    if (nameOf(change.path).startsWith("index.") && isWithin(dirOf(change.path), path)) return [];
    const message = `only hands on what has moved to ${target}; change its importers and delete the file: there are no users yet`;
    return [{ path: change.path, line: 1, message }];
  });
}

/** New files that are named for what was before. */
export function filesOfTheOld(pairs: readonly FilePair[]): readonly Finding[] {
  return pairs.flatMap(({ change: { path, kind } }) => {
    if (
      kind !== "added" ||
      !/(?:^|[-_.])(?:legacy|deprecated|back-?compat|backwards?-compat\w*)(?:[-_.]|$)/i.test(nameOf(path))
    )
      return [];
    return [{ path, line: 1, message: "is there for what was before; keep the new way only: there are no users yet" }];
  });
}

function stem(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** The one module that a file hands on, if it does nothing else. */
function targetOf({ program }: SourceFile): string | undefined {
  const targets = new Set<string>();
  const imported = new Map<string, string>();
  for (const statement of program.body) {
    const isHandedOn =
      statement.type === "ExportAllDeclaration" || (statement.type === "ExportNamedDeclaration" && statement.source);
    if (isHandedOn && statement.source) targets.add(statement.source.value);
    else if (statement.type === "ImportDeclaration")
      for (const { local } of statement.specifiers) imported.set(local.name, statement.source.value);
    else {
      const names = handedNames(statement);
      if (names === undefined) return undefined;
      for (const name of names) targets.add(name.startsWith(".") ? name : (imported.get(name) ?? ""));
    }
  }
  const [target] = targets;
  return targets.size === 1 && target !== "" ? target : undefined;
}

/** The names, or the module, that a statement exports without doing anything else; undefined where it does. */
function handedNames(statement: Node): readonly string[] | undefined {
  if (statement.type === "ExportDefaultDeclaration")
    return statement.declaration.type === "Identifier" ? [statement.declaration.name] : undefined;
  if (statement.type === "ExportNamedDeclaration" && !statement.declaration)
    return statement.specifiers.map(({ local }) => ("name" in local ? local.name : ""));
  if (statement.type !== "ExpressionStatement") return undefined;
  const { expression } = statement;
  if (expression.type === "Literal") return [];
  if (expression.type !== "AssignmentExpression" || expression.left.type !== "MemberExpression") return undefined;
  const call = expression.right;
  const isRequire =
    call.type === "CallExpression" && call.callee.type === "Identifier" && call.callee.name === "require";
  const [argument] = isRequire ? call.arguments : [];
  return argument?.type === "Literal" && typeof argument.value === "string" ? [argument.value] : undefined;
}

/** Entries of `bin`, `exports` and `imports` that were there for something else and now lead where a new one leads. */
export function entriesLeftBehind(pairs: readonly FilePair[]): readonly Finding[] {
  return pairs.flatMap(({ change, baseText, headText }) => {
    if (nameOf(change.path) !== "package.json" || baseText === undefined || headText === undefined) return [];
    const [before, after] = [entriesOf(baseText), entriesOf(headText)];
    return [...after].flatMap(([key, target]) => {
      const isOld = before.has(key) && before.get(key) !== target;
      const fresh = [...after].find(
        ([other, same]) => same === target && other !== key && !before.has(other) && kindOf(other) === kindOf(key),
      );
      if (!isOld || !fresh) return [];
      const [kind, name] = [kindOf(key), nameIn(key)];
      const line = headText.slice(0, headText.lastIndexOf(`"${name}"`)).split("\n").length;
      const message = `${kind} "${name}" is kept as another name for "${nameIn(fresh[0])}"; delete it: there are no users yet`;
      return [{ path: change.path, line, message }];
    });
  });
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}

function entriesOf(text: string): ReadonlyMap<string, string> {
  const raw = objectIn(text);
  const entries = new Map<string, string>();
  for (const kind of ["bin", "exports", "imports"]) {
    const value = fieldOf(raw, kind);
    if (typeof value !== "object" || value === null) continue;
    for (const [name, target] of Object.entries(value))
      if (kind === "bin" || /^[.#]/.test(name)) entries.set(`${kind} ${name}`, JSON.stringify(target));
  }
  return entries;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** Functions that had one signature and now have it beside another one with other parameters. */
export function signaturesLeftBehind(pairs: readonly FilePair[]): readonly Finding[] {
  return pairs.flatMap(({ base, head }) => {
    if (!base || !head) return [];
    const before = signaturesIn(base);
    return [...signaturesIn(head)].flatMap(([name, after]) => {
      const [old, ...more] = before.get(name) ?? [];
      const kept =
        after.length > 1 && old && more.length === 0 && old.names.length > 1
          ? after.find(({ text }) => text === old.text)
          : undefined;
      const fresh =
        kept && after.find(({ names }) => names.length > 0 && !names.some((each) => old?.names.includes(each)));
      if (!kept || !fresh) return [];
      const message = `"${name}" keeps its old signature beside the new one; change its callers and delete it: there are no users yet`;
      return [{ path: head.path, line: head.lineOf(kept.start), message }];
    });
  });
}

interface Signature {
  readonly text: string;
  readonly names: readonly string[];
  readonly start: number;
}

/** The signatures that callers see, by the function's name, or the class's and the method's. */
function signaturesIn(file: SourceFile): ReadonlyMap<string, readonly Signature[]> {
  const declared = new Map<string, Signature[]>();
  const implemented = new Map<string, Signature>();
  const add = (name: string, node: Node, start: number): void => {
    if (!("params" in node) || !Array.isArray(node.params)) return;
    const params: readonly Node[] = node.params;
    const names = params.flatMap((each) => (each.type === "Identifier" ? each.name : []));
    const signature = { text: params.map((each) => file.text.slice(each.start, each.end)).join(), names, start };
    if ("body" in node && node.body) implemented.set(name, signature);
    else declared.set(name, [...(declared.get(name) ?? []), signature]);
  };
  for (const statement of file.program.body) {
    const node = "declaration" in statement && statement.declaration ? statement.declaration : statement;
    if ((node.type === "FunctionDeclaration" || node.type === "TSDeclareFunction") && node.id)
      add(node.id.name, node, node.start);
    if (node.type !== "ClassDeclaration") continue;
    for (const member of childrenOf(node.body)) {
      const name = member.type === "MethodDefinition" ? keyName(member.key) : undefined;
      if (member.type === "MethodDefinition" && name !== undefined)
        add(`${node.id?.name}.${name}`, member.value, member.start);
    }
  }
  return new Map(
    [...new Set([...declared.keys(), ...implemented.keys()])].map((name) => [
      name,
      declared.get(name) ?? [implemented.get(name)].flatMap((each) => each ?? []),
    ]),
  );
}
