// Claims that hold whatever the program does.
import { isDeepStrictEqual } from "node:util";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { descendants, type Argument, type Node } from "../../source/walk.ts";
import { plain } from "../../source/passed-on.ts";
import { isAssertionSentence } from "./assertion-names.ts";
import { bindingsOf, type Identifier } from "../syntax/bindings.ts";
import { chainOf, memberName } from "./call-chain.ts";
import type { Claim } from "./claims.ts";
import { constantString } from "../syntax/constants.ts";
import { fixedValues } from "./fixed-values.ts";
import type { Test } from "../test-code/test-functions.ts";

const compares: ReadonlySet<string> = new Set(["toBe", "toEqual", "toMatchObject", "toContainEqual"]);
/** Of two calls that are compared, such a title says that this is the point. */
const comparesCalls =
  /same|identical|determin|stable|stabil|cache|memo|singleton|lazy|lazily|consisten|pure|idempoten|once|twice|again|repeat|instance|reference|equal|getter|unique|symmetr|commut|alias|reus|share|synonym|immutab|constant|preserv|unchanged|change/i;

export type CertainFault =
  | "literal"
  | "constant"
  | "same"
  | "same call"
  | "fits everything"
  | "no matcher"
  | "not called";

/** Why a claim can not fail; undefined where it can, or where it is not known. */
export function certainFault(file: SourceFile, test: Test | undefined, claim: Claim): CertainFault | undefined {
  if (claim.matcher === undefined)
    return isStatement(file, claim) && !isSentence(file, claim) ? "no matcher" : undefined;
  if (!claim.isCalled) return isStatement(file, claim) ? "not called" : undefined;
  if (!claim.subject || claim.settles === "rejects") return undefined;
  if (holdsByConstants(file, claim)) return isAllLiteral(claim) ? "literal" : "constant";
  const same = comparesWithItself(file, test, claim);
  if (same !== undefined) return same;
  return fitsEverything(file, claim) ? "fits everything" : undefined;
}

/** `expect(x, "to equal", y)`: assertions of `unexpected` are sentences. Other libraries' `expect` takes no words. */
function isSentence(file: SourceFile, { assertion: { chain } }: Claim): boolean {
  const [first, ...others] = chain?.links ?? [];
  const [, words] = first?.args ?? [];
  if (words === undefined || others.length > 0 || chain?.root.type !== "Identifier") return false;
  const module = bindingsOf(file).bindingOf(chain.root)?.module ?? "";
  return isAssertionSentence(constantString(words)) && !/vitest|jest|chai|bun:test|playwright/.test(module);
}

/** `const claim = expect(x)` may be asserted on later. */
function isStatement(file: SourceFile, { assertion: { node, kind } }: Claim): boolean {
  const parent = bindingsOf(file).parentOf(node);
  const isAlone =
    parent?.type === "ExpressionStatement" ||
    (parent?.type === "AwaitExpression" && bindingsOf(file).parentOf(parent)?.type === "ExpressionStatement");
  return kind === "expect" && isAlone;
}

function holdsByConstants(file: SourceFile, { subject, matcher, negated, args }: Claim): boolean {
  const valueOf = fixedValues(file);
  const actual = subject && valueOf(subject);
  if (!actual || matcher === undefined) return false;
  const expected = args[0] && valueOf(args[0]);
  const holds = verdict(matcher, actual.value, expected, args);
  return holds !== undefined && holds !== negated;
}

/** `expect(true).toBe(true)`, whatever else the test does. */
function isAllLiteral({ subject, args, negated }: Claim): boolean {
  return !negated && [subject, ...args].every((node) => node?.type === "Literal");
}

function verdict(
  matcher: string,
  actual: unknown,
  expected: { readonly value: unknown } | undefined,
  args: readonly Argument[],
): boolean | undefined {
  const isMessage = typeof expected?.value === "string";
  if (args.length === 0 || (isMessage && /^toBe[TFDUN]/.test(matcher))) return ofOne(matcher, actual);
  if (!expected) return undefined;
  const { value } = expected;
  if (matcher === "toBe" || matcher === "toEqual" || matcher === "toMatchObject")
    return isDeepStrictEqual(actual, value);
  if (matcher === "toHaveLength") return lengthOf(actual) === value;
  if (matcher === "toContain")
    return typeof actual === "string" || Array.isArray(actual) ? contains(actual, value) : undefined;
  if (typeof actual !== "number" || typeof value !== "number") return undefined;
  if (matcher === "toBeGreaterThan") return actual > value;
  if (matcher === "toBeLessThan") return actual < value;
  if (matcher === "toBeGreaterThanOrEqual") return actual >= value;
  if (matcher === "toBeLessThanOrEqual") return actual <= value;
  return matcher === "toBeCloseTo" ? Math.abs(actual - value) < 0.005 : undefined;
}

function ofOne(matcher: string, actual: unknown): boolean | undefined {
  if (matcher === "toBeTruthy") return Boolean(actual);
  if (matcher === "toBeFalsy") return !actual;
  if (matcher === "toBeTrue") return actual === true;
  if (matcher === "toBeFalse") return actual === false;
  if (matcher === "toBeDefined") return actual !== undefined;
  if (matcher === "toBeUndefined") return actual === undefined;
  if (matcher === "toBeNull") return actual === null;
  return matcher === "toBeNaN" ? Number.isNaN(actual) : undefined;
}

function lengthOf(value: unknown): unknown {
  return typeof value === "string" || Array.isArray(value) ? value.length : undefined;
}

function contains(whole: string | readonly unknown[], part: unknown): boolean {
  return typeof whole === "string" ? typeof part === "string" && whole.includes(part) : whole.includes(part);
}

type Sameness = "same" | "same call";

function comparesWithItself(file: SourceFile, test: Test | undefined, claim: Claim): Sameness | undefined {
  const { subject, matcher = "", negated, args } = claim;
  const [expected] = args;
  if (negated || !subject) return undefined;
  const same =
    expected && compares.has(matcher) ? sameness(file, test, unspread(subject), unspread(expected)) : undefined;
  if (same !== undefined) return same;
  const comparison = plain(subject);
  const isTrue = matcher === "toBeTruthy" || matcher === "toBeTrue" || (expected && isLiteral(expected, true));
  if (!isTrue || comparison.type !== "BinaryExpression" || !/^={2,3}$/.test(comparison.operator)) return undefined;
  const { left, right } = comparison;
  return left.type === "PrivateIdentifier" ? undefined : sameness(file, test, left, right);
}

/** `[...x]` and `{ ...x }` are as good as `x`. */
function unspread(node: Argument): Argument {
  const bare = plain(node);
  const only =
    bare.type === "ArrayExpression" && bare.elements.length === 1
      ? bare.elements[0]
      : bare.type === "ObjectExpression" && bare.properties.length === 1
        ? bare.properties[0]
        : undefined;
  return only?.type === "SpreadElement" ? only.argument : node;
}

function sameness(file: SourceFile, test: Test | undefined, left: Node, right: Node): Sameness | undefined {
  const [a, b] = [origin(file, left), origin(file, right)];
  if (a === b) return "same";
  if (textOf(file, a) !== textOf(file, b)) return undefined;
  if (a.type === "Identifier") return bindingsOf(file).bindingOf(a) === undefined ? undefined : "same";
  const texts = [test?.title, textOf(file, left), textOf(file, right)].join(" ");
  if (test === undefined || comparesCalls.test(texts)) return undefined;
  if (a.type === "MemberExpression") return hasCall(a) ? undefined : "same";
  const call = a.type === "AwaitExpression" ? a.argument : a;
  if (call.type !== "CallExpression" || !areTogether(file, left, a, b)) return undefined;
  // Two answers to one question: the program says what is expected.
  const valueOf = fixedValues(file);
  const isFixedValue = (node: Node): boolean =>
    valueOf(node) !== undefined ||
    (node.type === "Identifier" && isFixedName(file, node, isFixedValue)) ||
    (node.type === "CallExpression" && chainOf(node)?.root.type === "Identifier" && node.arguments.every(isFixedValue));
  const isFixed = call.arguments.every(isFixedValue);
  return isFixed && chainOf(call)?.root.type === "Identifier" ? "same call" : undefined;
}

/** A constant of the test, whatever type it is given. */
function isFixedName(file: SourceFile, node: Identifier, isFixed: (node: Node) => boolean): boolean {
  const binding = bindingsOf(file).bindingOf(node);
  if (binding?.kind !== "variable" || !binding.init || bindingsOf(file).isWritten(binding)) return false;
  const init = plain(binding.init);
  if (init.type !== "ObjectExpression")
    return init.type !== "Identifier" && init.type !== "CallExpression" && isFixed(init);
  return init.properties.every((each) => each.type === "Property" && isFixed(each.value));
}

/** Nothing happens between two calls and the assertion that compares their answers. */
function areTogether(file: SourceFile, claim: Node, a: Node, b: Node): boolean {
  const [at, ...others] = [claim, a, b].map((node) => statementOf(file, node));
  if (!at || others.some((other) => other?.block !== at.block)) return false;
  const first = Math.min(...others.map((other) => other?.index ?? 0));
  return at.block.body.slice(first, at.index).every(({ type }) => type === "VariableDeclaration");
}

type Block = Extract<Node, { type: "BlockStatement" }>;

function statementOf(file: SourceFile, node: Node): { readonly block: Block; readonly index: number } | undefined {
  const bindings = bindingsOf(file);
  let at = node;
  for (let parent = bindings.parentOf(at); parent; parent = bindings.parentOf(at)) {
    if (parent.type === "BlockStatement") return { block: parent, index: parent.body.findIndex((each) => each === at) };
    at = parent;
  }
  return undefined;
}

/** What a constant stands for: `const expected = add(1, 2)`. */
function origin(file: SourceFile, wrapped: Node): Node {
  const node = plainOf(wrapped);
  if (node.type !== "Identifier") return node;
  const bindings = bindingsOf(file);
  const binding = bindings.bindingOf(node);
  if (binding?.kind !== "variable" || !binding.init || bindings.isWritten(binding)) return node;
  const init = plain(binding.init);
  const isAlias = init.type === "Identifier" || init.type === "CallExpression" || init.type === "AwaitExpression";
  if (!isAlias) return node;
  if (init.type !== "Identifier") return init;
  return isKeptFrom(file, binding.node, init, node) ? node : origin(file, init);
}

/** Is it what a variable was before something else was done, and may have changed it? */
function isKeptFrom(file: SourceFile, declarator: Node, variable: Identifier, use: Node): boolean {
  const bindings = bindingsOf(file);
  const binding = bindings.bindingOf(variable);
  if (binding === undefined || !bindings.isWritten(binding)) return false;
  const [from, to] = [statementOf(file, declarator), statementOf(file, use)];
  if (from === undefined || to?.block !== from.block) return true;
  return from.block.body.slice(from.index, to.index).some(({ type }) => type !== "VariableDeclaration");
}

function plainOf(node: Node): Node {
  const isWrapped =
    node.type === "ChainExpression" ||
    node.type === "TSAsExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSSatisfiesExpression";
  return isWrapped ? plainOf(node.expression) : node;
}

function hasCall(node: Node): boolean {
  for (const each of descendants(node)) if (each.type === "CallExpression") return true;
  return false;
}

function textOf({ text }: SourceFile, { start, end }: Node): string {
  return text.slice(start, end).replaceAll(/\s+/g, "");
}

/** What every value of its kind is. */
function fitsEverything(file: SourceFile, claim: Claim): boolean {
  const { subject, matcher = "", negated, args } = claim;
  if (!subject) return false;
  const [expected] = args;
  const node = plain(subject);
  if (asksForPresence.test(`${negated ? "not " : ""}${matcher}`) && isPromise(file, node)) return !isSettled(claim);
  if (negated) {
    if (matcher === "toThrow") return isFunction(node) && node.body !== null && !doesAnything(node.body);
    return /^toBe(?:Undefined|Null|Falsy)$/.test(matcher) && isAlwaysThere(node, matcher !== "toBeFalsy");
  }
  if (matcher === "toBeDefined") return isAlwaysThere(node, true);
  if (matcher === "toBeTruthy" || matcher === "toBeTrue") return isAlwaysThere(node, false) || isAlwaysTrue(file, node);
  if (!expected) return false;
  if (matcher === "toBe" && isLiteral(expected, true) && isAlwaysTrue(file, node)) return true;
  if (matcher === "toBe" || matcher === "toEqual") return fallsBackOn(file, node, expected) || isEmptyPattern(expected);
  if (matcher === "toMatchObject") return isEmptyPattern(expected) || isEmpty(expected);
  if (matcher === "toSatisfy") return isAlwaysYes(file, expected);
  if (matcher === "toMatch" || matcher === "toContain") return isEmptyText(expected) || isBothBooleans(node);
  const value = fixedValues(file)(expected)?.value;
  if (!isSize(node) || typeof value !== "number") return false;
  return (matcher === "toBeGreaterThanOrEqual" && value <= 0) || (matcher === "toBeGreaterThan" && value < 0);
}

const asksForPresence = /^(?:toBe(?:Truthy|Defined)|not toBe(?:Undefined|Null|Falsy))$/;

/** Chai's plug-in waits for what it is given. */
function isSettled({ settles, assertion: { chain } }: Claim): boolean {
  return settles !== undefined || chain?.links.some(({ name }) => name === "eventually") === true;
}

/** What Playwright answers later. */
const queries =
  /^(?:is(?:Visible|Hidden|Enabled|Disabled|Checked|Editable)|textContent|inner(?:Text|HTML)|inputValue|getAttribute|all(?:InnerTexts|TextContents)|boundingBox)$/;

/** Is it a promise that nobody waits for, which is there whatever it comes to? */
function isPromise(file: SourceFile, node: Node): boolean {
  if (node.type !== "CallExpression") return false;
  if (node.callee.type === "Identifier") return bindingsOf(file).functionOf(node.callee)?.async === true;
  const name = node.callee.type === "MemberExpression" ? memberName(node.callee) : undefined;
  return name !== undefined && queries.test(name) && /["'](?:@playwright\/test|playwright)["']/.test(file.text);
}

/** `() => true`. */
function isAlwaysYes(file: SourceFile, predicate: Argument): boolean {
  const { body } = bindingsOf(file).functionOf(predicate) ?? {};
  return Boolean(body && body.type !== "BlockStatement" && fixedValues(file)(body)?.value);
}

function doesAnything(body: Node): boolean {
  for (const node of descendants(body)) {
    if (/^(?:Call|New|Await|Import|Yield|TaggedTemplate|Member)Expression$|^JSX|^Throw|^ForOf/.test(node.type))
      return true;
  }
  return false;
}

/** Never undefined or null; where `orFalse`, it may be false. */
function isAlwaysThere(node: Node, orFalse: boolean): boolean {
  if (/^(?:Array|Object|ArrowFunction|Function|Class)Expression$/.test(node.type)) return true;
  if (node.type === "UnaryExpression") return node.operator === "typeof" || (orFalse && node.operator === "!");
  if (node.type !== "BinaryExpression" || !orFalse) return false;
  return /^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(node.operator);
}

/** `x || true`, `x.length >= 0`, `x || !x`, `!x || x`. */
function isAlwaysTrue(file: SourceFile, node: Node): boolean {
  if (node.type === "LogicalExpression" && node.operator === "||") {
    const [left, right] = [plain(node.left), plain(node.right)];
    if (fixedValues(file)(right)?.value || isAlwaysTrue(file, right) || isAlwaysTrue(file, left)) return true;
    return denies(file, left, right) || denies(file, right, left);
  }
  if (node.type !== "BinaryExpression" || node.left.type === "PrivateIdentifier" || !isSize(plain(node.left)))
    return false;
  const value = fixedValues(file)(node.right)?.value;
  return (node.operator === ">=" && value === 0) || (node.operator === ">" && value === -1);
}

function denies(file: SourceFile, node: Node, other: Node): boolean {
  return (
    node.type === "UnaryExpression" && node.operator === "!" && textOf(file, node.argument) === textOf(file, other)
  );
}

/** `x.length`, `await page.locator("li").count()`. */
function isSize(node: Node): boolean {
  if (node.type === "AwaitExpression") return isSize(plain(node.argument));
  if (node.type === "CallExpression")
    return (
      node.arguments.length === 0 && node.callee.type === "MemberExpression" && memberName(node.callee) === "count"
    );
  return node.type === "MemberExpression" && /^(?:length|size|byteLength)$/.test(memberName(node) ?? "");
}

/** `expect(answer ?? 3).toBe(3)`. */
function fallsBackOn(file: SourceFile, node: Node, expected: Argument): boolean {
  if (node.type !== "LogicalExpression" || node.operator === "&&") return false;
  const value = fixedValues(file)(node.right)?.value;
  return Boolean(value) && textOf(file, node.right) === textOf(file, expected);
}

/** `expect.objectContaining({})`, `expect.arrayContaining([])`, `expect.stringContaining("")`. */
function isEmptyPattern(node: Argument): boolean {
  const chain = node.type === "CallExpression" ? chainOf(node) : undefined;
  const [link] = chain?.links ?? [];
  if (chain?.root.type !== "Identifier" || !/Containing$|Matching$/.test(link?.name ?? "")) return false;
  const [argument] = link?.args ?? [];
  return argument !== undefined && (isEmpty(argument) || isEmptyList(argument) || isEmptyText(argument));
}

function isEmpty(node: Argument): boolean {
  return node.type === "ObjectExpression" && node.properties.length === 0;
}

function isEmptyList(node: Argument): boolean {
  return node.type === "ArrayExpression" && node.elements.length === 0;
}

/** Patterns that every text fits: `.*`, and those that are content with nothing wherever they are looked for. */
const everyText =
  /^(?:\^|\$|\(\?:\))$|^\^?(?:\.|\[\\s\\S\]|\[\^\])\*\??\$?$|^(?:\\\w|[\w.]|\[[^\]]+\])(?:\*|\?|\{0,\d*\})\??$/;

function isEmptyText(node: Argument): boolean {
  if (node.type !== "Literal") return false;
  if ("regex" in node) return everyText.test(node.regex.pattern);
  return node.value === "";
}

function isBothBooleans(node: Node): boolean {
  if (node.type !== "ArrayExpression") return false;
  return [true, false].every((value) => node.elements.some((each) => each && isLiteral(each, value)));
}

function isLiteral(node: Node, value: unknown): boolean {
  return node.type === "Literal" && node.value === value;
}
