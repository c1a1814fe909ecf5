// One setting that is read under two names, one of which the change has invented.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { constantString } from "../syntax/constants.ts";
import { keyName, propertyName } from "./public-names.ts";
import { descendants, walk, type Expression, type Node } from "../../source/walk.ts";

/** Where a program is told what to do; what these hold are no data. */
const settings =
  /^(?:\w*(?:opts?|options?|configs?|configuration|cfg|settings?|args?|argv|flags|props|env|params|manifest|header)|raw|input|file|json|body|query)$/i;

/** Two names of one setting, in the order in which they are asked for. */
interface DoubleRead {
  readonly names: readonly [string, string];
  readonly start: number;
}

/**
 * `options.timeoutMs ?? options.timeout` where the base knew `timeout` only, and nothing else asks for that: what is
 * still read for itself is a setting of its own.
 */
export function fallbackReads(pairs: readonly FilePair[]): readonly Finding[] {
  const heads = pairs.flatMap(({ head }) => head ?? []);
  const candidates = heads.map((head) => ({ head, reads: doubleReads(head) }));
  const all = candidates.flatMap(({ reads }) => reads);
  if (all.length === 0) return [];
  const before = new Set<string>();
  for (const { base } of pairs) if (base) for (const name of propertyNames(base)) before.add(name);
  return candidates.flatMap(({ head, reads }) =>
    reads.flatMap(({ names, start }) => {
      const [fresh, old] = before.has(names[0]) ? [names[1], names[0]] : names;
      const asked = all.filter((each) => each.names.includes(old)).length;
      if (before.has(fresh) || !before.has(old) || timesRead(old, heads) > asked) return [];
      const message = `"${old}" is still read where "${fresh}" took its place; read one name only: there are no users yet`;
      return [{ path: head.path, line: head.lineOf(start), message }];
    }),
  );
}

/** How often a name is read for its value; a question whether it is there is none. */
function timesRead(name: string, files: readonly SourceFile[]): number {
  let times = 0;
  for (const { program } of files) {
    walk(program, {
      enter(node, parent) {
        if (node.type !== "MemberExpression" && node.type !== "CallExpression") return;
        const isQuestion =
          (parent?.type === "BinaryExpression" && /^[!=]==?$/.test(parent.operator)) ||
          parent?.type === "UnaryExpression" ||
          ((parent?.type === "IfStatement" || parent?.type === "ConditionalExpression") && parent.test === node);
        if (!isQuestion && placeOf(node)?.name === name) times++;
      },
    });
  }
  return times;
}

function propertyNames({ program }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descendants(program)) {
    const name =
      node.type === "MemberExpression"
        ? propertyName(node)
        : "key" in node && node.key
          ? keyName(node.key)
          : textOf(node);
    if (name !== undefined) names.add(name);
  }
  return names;
}

function textOf(node: Node): string | undefined {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

function doubleReads({ program }: SourceFile): readonly DoubleRead[] {
  const found: DoubleRead[] = [];
  for (const node of descendants(program)) {
    const names = namesAskedFor(node);
    if (names && names[0] !== names[1]) found.push({ names, start: node.start });
    else if (node.type === "ObjectPattern") found.push(...defaultsIn(node));
    else if ("params" in node && "body" in node && node.body && Array.isArray(node.params))
      found.push(...bindingsOf(node));
  }
  return found;
}

function namesAskedFor(node: Node): readonly [string, string] | undefined {
  if (node.type === "LogicalExpression" && node.operator !== "&&") return samePlace(node.left, node.right);
  // `options.timeoutMs ??= options.timeout`
  if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression")
    return samePlace(node.left, node.right);
  return node.type === "ConditionalExpression" ? samePlace(node.consequent, node.alternate) : undefined;
}

/** Two names in the same object of settings. */
function samePlace(left: Expression, right: Expression): readonly [string, string] | undefined {
  const [a, b] = [placeOf(left), placeOf(right.type === "LogicalExpression" ? right.left : right)];
  return a && b && a.object === b.object && settings.test(a.object) ? [a.name, b.name] : undefined;
}

function placeOf(raw: Node): { readonly object: string; readonly name: string } | undefined {
  const node =
    raw.type === "ChainExpression"
      ? raw.expression
      : raw.type === "TSNonNullExpression" || raw.type === "TSAsExpression"
        ? raw.expression
        : raw;
  if (node.type === "LogicalExpression") return placeOf(node.right);
  if (node.type === "MemberExpression") {
    const name = propertyName(node);
    const object = lastName(node.object);
    return name === undefined || object === undefined ? undefined : { object, name };
  }
  if (node.type !== "CallExpression") return undefined;
  const name = node.arguments.length === 1 && node.arguments[0] ? constantString(node.arguments[0]) : undefined;
  if (name === undefined) return undefined;
  // `env("PORT")`
  if (node.callee.type === "Identifier")
    return settings.test(node.callee.name) ? { object: node.callee.name, name } : undefined;
  if (node.callee.type !== "MemberExpression") return undefined;
  const object = lastName(node.callee.object);
  const isRead = /^(?:get|has|read|header)\w*$/.test(propertyName(node.callee) ?? "");
  return object === undefined || !isRead ? undefined : { object, name };
}

/** `process.env` is known as `env`. */
function lastName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return propertyName(node);
  if (node.type === "TSAsExpression" || node.type === "TSNonNullExpression") return lastName(node.expression);
  return node.type === "ChainExpression" ? lastName(node.expression) : undefined;
}

/** `{ timeout, timeoutMs = timeout }`. */
function* defaultsIn(pattern: Extract<Node, { type: "ObjectPattern" }>): Generator<DoubleRead> {
  const keys = keysOf(pattern);
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.value.type !== "AssignmentPattern") continue;
    const { right } = property.value;
    const name = keyName(property.key);
    const other = right.type === "Identifier" ? keys.get(right.name) : undefined;
    if (name !== undefined && other !== undefined && other !== name)
      yield { names: [name, other], start: property.start };
  }
}

/** `({ timeout, timeoutMs }) => timeoutMs ?? timeout`, and the same for `const { … } = options` in a body. */
function* bindingsOf(node: Node): Generator<DoubleRead> {
  const patterns: ReadonlyMap<string, string>[] = [];
  for (const each of descendants(node)) if (each.type === "ObjectPattern") patterns.push(keysOf(each));
  if (patterns.length === 0) return;
  for (const each of descendants(node)) {
    if (each.type !== "LogicalExpression" || each.operator === "&&") continue;
    const { left, right } = each;
    if (left.type !== "Identifier" || right.type !== "Identifier") continue;
    const pattern = patterns.find((keys) => keys.has(left.name) && keys.has(right.name));
    if (pattern) yield { names: [pattern.get(left.name) ?? "", pattern.get(right.name) ?? ""], start: each.start };
  }
}

/** The keys of a pattern by the name that each is bound to. */
function keysOf(pattern: Extract<Node, { type: "ObjectPattern" }>): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const target = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    const key = keyName(property.key);
    if (target.type === "Identifier" && key !== undefined) keys.set(target.name, key);
  }
  return keys;
}
