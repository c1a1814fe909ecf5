// Whether what an assertion is given accepts more than what it was given before.
import type { SourceFile } from "../../model/source-file.ts";
import type { Node } from "../../source/walk.ts";
import { namesIn } from "./assertion-names.ts";
import { plainText } from "./stated-assertions.ts";
import { constantOf } from "../syntax/constants.ts";

/** A node and the file it stands in. */
export interface Placed {
  readonly file: SourceFile;
  readonly node: Node;
}

/** `expect.any(…)` and its siblings: they stand for more than one value. */
const asymmetric: ReadonlySet<string> = namesIn(`
  any anything arrayContaining objectContaining stringContaining stringMatching closeTo schemaMatching arrayOf
  toBeOneOf toSatisfy
`);

/** What was an exact value at the base and is a pattern at the head, in words; undefined where nothing is. */
export function looserValue(base: Placed, head: Placed): string | undefined {
  const before = matcherOf(base.node);
  const after = matcherOf(head.node);
  if (after !== undefined)
    return before === undefined ? ofExact(base, head, after) : ofMatchers(base, head, before, after);
  if (base.node.type === "ObjectExpression" && head.node.type === "ObjectExpression")
    return ofObjects(base, head.file, base.node, head.node);
  if (base.node.type === "ArrayExpression" && head.node.type === "ArrayExpression") {
    const items = head.node.elements;
    if (base.node.elements.length !== items.length) return undefined;
    return first(base.node.elements, (item, index) => {
      const other = items[index];
      return item && other ? looserValue({ ...base, node: item }, { ...head, node: other }) : undefined;
    });
  }
  return undefined;
}

/** Fewer members than before, and none that is new: for matchers that look at the named members only. */
export function fewerMembers(base: Node, head: Node): readonly Node[] {
  if (base.type === "ObjectExpression" && head.type === "ObjectExpression") {
    const names = new Set(head.properties.map((each) => keyOf(each)));
    const old = new Set(base.properties.map((each) => keyOf(each)));
    if (names.has(undefined) || old.has(undefined) || [...names].some((name) => !old.has(name))) return [];
    return base.properties.filter((each) => !names.has(keyOf(each)));
  }
  if (base.type !== "ArrayExpression" || head.type !== "ArrayExpression") return [];
  return head.elements.length < base.elements.length
    ? base.elements.slice(head.elements.length).filter((each) => each !== null)
    : [];
}

/** Does a text or pattern that is searched for match more than before? `toContain("a b")` became `toContain("a")`. */
export function looserText(base: Node, head: Node): boolean {
  const [before, after] = [constantText(base), constantText(head)];
  const [old, now] = [patternOf(base), patternOf(head)];
  if (now !== undefined) {
    if (matchesAnything(now)) return old === undefined || !matchesAnything(old);
    const was = old ?? before;
    return was !== undefined && isPart(bare(now), old === undefined ? was : bare(old));
  }
  return before !== undefined && after !== undefined && isPart(after, before);
}

/** The name of an asymmetric matcher: `any`, `objectContaining`. */
function matcherOf(node: Node): string | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const { object, property } = node.callee;
  if (object.type !== "Identifier" || object.name !== "expect" || property.type !== "Identifier") return undefined;
  return asymmetric.has(property.name) ? property.name : undefined;
}

/** A value worked out by the test may have been anything; what is written out was exact. */
function ofExact(base: Placed, head: Placed, name: string): string | undefined {
  if (base.node.type === "Literal" && "regex" in base.node) return undefined;
  const inner = argumentOf(head.node);
  // Of nothing but patterns a list says little more than `arrayContaining` of the same.
  if (name === "arrayContaining" && inner?.type === "ArrayExpression" && base.node.type === "ArrayExpression") {
    const isVague = base.node.elements.every((each) => each !== null && matcherOf(each) !== undefined);
    return isVague && inner.elements.length >= base.node.elements.length ? undefined : `expect.${name}`;
  }
  return `expect.${name}`;
}

/** What a matcher that looks at a part says anyway is no looser for being said with a pattern: its members count. */
export function looserPart(base: Placed, head: Placed): string | undefined {
  const inner = matcherOf(head.node) === "objectContaining" ? argumentOf(head.node) : undefined;
  return looserValue(base, inner === undefined ? head : { ...head, node: inner });
}

function ofMatchers(base: Placed, head: Placed, before: string, after: string): string | undefined {
  if (after === "anything" && before !== "anything") return "expect.anything";
  if (after === "any" && before !== "anything" && before !== "any") return "expect.any";
  const [old, now] = [argumentOf(base.node), argumentOf(head.node)];
  if (before !== after || !old || !now) return undefined;
  if (fewerMembers(old, now).length > 0) return `a shorter expect.${after}`;
  if (looserText(old, now)) return `a looser expect.${after}`;
  return looserValue({ ...base, node: old }, { ...head, node: now });
}

function ofObjects(
  base: Placed,
  file: SourceFile,
  before: Extract<Node, { type: "ObjectExpression" }>,
  after: Extract<Node, { type: "ObjectExpression" }>,
): string | undefined {
  const now = new Map(after.properties.map((each) => [keyOf(each), each]));
  return first(before.properties, (property) => {
    const other = now.get(keyOf(property));
    if (property.type !== "Property" || other?.type !== "Property") return undefined;
    return looserValue({ file: base.file, node: property.value }, { file, node: other.value });
  });
}

function first<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function argumentOf(node: Node): Node | undefined {
  return node.type === "CallExpression" ? node.arguments[0] : undefined;
}

function keyOf(property: Node): string | undefined {
  if (property.type !== "Property" || property.computed) return undefined;
  if (property.key.type === "Identifier") return property.key.name;
  return property.key.type === "Literal" ? String(property.key.value) : undefined;
}

function constantText(node: Node): string | undefined {
  if (node.type !== "Literal" && node.type !== "TemplateLiteral" && node.type !== "BinaryExpression") return undefined;
  const value = constantOf(node)?.value;
  return typeof value === "string" ? value : undefined;
}

function patternOf(node: Node): string | undefined {
  return node.type === "Literal" && "regex" in node ? node.regex.pattern : undefined;
}

function matchesAnything(pattern: string): boolean {
  return /^\^?(?:\(?(?:\.|\[\\s\\S\]|\[\\w\\W\]|\[\^\]|\\S|\\w)[*+]?\??\)?)?\$?$/.test(pattern);
}

function bare(pattern: string): string {
  return pattern.replaceAll(/\\([^\w])/g, "$1");
}

function isPart(now: string, before: string): boolean {
  return now !== before && before.includes(now);
}

/** The same text but for layout. */
export function isSame(base: Placed, head: Placed): boolean {
  return textOf(base) === textOf(head);
}

export function textOf({ file, node }: Placed): string {
  return plainText(file.text.slice(node.start, node.end));
}
