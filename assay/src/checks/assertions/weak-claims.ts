// Claims that nearly every answer fulfils, where a test makes no other.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import type { Node } from "../../source/walk.ts";
import { isRelative } from "./assertions.ts";
import { passedOn, plain } from "../../source/passed-on.ts";
import { bindingsOf, type Binding, type Identifier } from "../syntax/bindings.ts";
import { chainOf, type Chain } from "./call-chain.ts";
import { constantString } from "../syntax/constants.ts";
import type { Claim } from "./claims.ts";
import type { Test } from "../test-code/test-functions.ts";

/** Titles by which being there is what the test is about. */
const asksForExistence =
  /\b(?:exports?|exported|exposes?|exposed|defined?|exists?|existing|available|provides?|truthy|instantiat\w*|construct\w*|renders?|mounts?|finds?|found|present|presence|registers?|registered|imports?|imported|importable|matches|accepts?|undefined|null|nullish|entry ?points?|without|missing|optional|smoke|throws?|throw|crash\w*)\b/i;
/** Titles by which it is the point that there is an error. */
const asksForError = /\berrors?\b/i;

/** Names of functions and values that answer yes or no. */
const answersYesOrNo =
  /^(?:is|has|have|can|should|are|was|were|does|did|do|contains?|includes?|matche?s?|test|every|some|starts?|ends?|equals?|exists?|valid\w*|check\w*|satisf\w*|supports?|deep|shallow|same|eq|gt|lt|gte|lte|intersects|subset|allows?|accepts?|enabled|called|compare\w*|safe\w*)(?:$|[^a-z])/;

/** Titles that are about the type of an answer, which then is what is asserted. */
const asksForType =
  /\b(?:functions?|types?|typeof|numbers?|strings?|booleans?|objects?|arrays?|lists?|promises?|instances?|class|dates?|async|callable)\b/i;

/** Titles that promise a result. */
const promisesResult =
  /\b(?:returns?|comput\w+|calculat\w+|adds?|sums?|subtract\w*|multipl\w+|divid\w+|gives?|yields?|produces?|converts?|formats?|sorts?|doubles?|counts?|equals?|appl(?:y|ies)|updates?|removes?|inserts?|deletes?|stores?|saves?|merges?|filters?|transforms?)\b/i;

/** Is nothing but the presence of an answer asserted, its type, or that there is one at all? */
export function isWeak(file: SourceFile, test: Test, claim: Claim): boolean {
  if (asksForExistence.test(test.title) || !claim.subject) return false;
  if (asksForError.test(test.title) && /err|issue|fail|problem|catch/i.test(textOf(file, claim.subject))) return false;
  const [subject, how] = asked(claim, plain(claim.subject));
  if (how === "nothing") return false;
  if (how === "runs")
    return (
      promisesResult.test(test.title) && isFunction(subject) && subject.body !== null && answers(file, subject.body)
    );
  if (how === "type" && asksForType.test(test.title)) return false;
  return isImported(file, subject) || isAnswer(file, subject, how === "truthy");
}

/** A name that the module would not have loaded without, where the file is not about what there is to import. */
function isImported(file: SourceFile, subject: Node): boolean {
  if (subject.type !== "Identifier" || /exports?|index|public|entry|api|smoke|surface/i.test(file.path)) return false;
  const binding = bindingsOf(file).bindingOf(subject);
  return binding?.kind === "import" && isRelative(binding.module ?? "");
}

type Asked = readonly [of: Node, how: "presence" | "truthy" | "type" | "runs" | "nothing"];

function asked(claim: Claim, subject: Node): Asked {
  const { matcher = "", negated, args } = claim;
  if (negated && matcher === "toThrow") return [subject, "runs"];
  const isTrue =
    matcher === "toBeTrue" || (matcher === "toBe" && args[0]?.type === "Literal" && args[0].value === true);
  if (isTrue && !negated) return ofCondition(subject);
  if (matcher === "toBeTruthy" && !negated && /^(?:Unary|Binary)/.test(subject.type)) return ofCondition(subject);
  if (matcher === "toBe" && !negated && subject.type === "UnaryExpression" && subject.operator === "typeof")
    return [subject.argument, args[0] && constantString(args[0]) !== undefined ? "type" : "nothing"];
  if (matcher === "toBeInstanceOf" && !negated) {
    const isCommon = args[0]?.type === "Identifier" && /^(?:Object|Function|Array|Promise)$/.test(args[0].name);
    return [subject, isCommon ? "type" : "nothing"];
  }
  // Chai's words for the types that nearly every answer has.
  const isKind = matcher === "a" || matcher === "an";
  if (isKind && !negated && args[0] && /^(?:object|array|function)$/i.test(constantString(args[0]) ?? ""))
    return [subject, "type"];
  if (!asksForPresence(claim)) return [subject, "nothing"];
  return [subject, matcher === "toBeTruthy" && !negated ? "truthy" : "presence"];
}

/** `x !== undefined` and `!!x` say no more than matchers do. */
function ofCondition(node: Node): Asked {
  if (node.type === "UnaryExpression" && node.operator === "!" && node.argument.type === "UnaryExpression")
    return [node.argument.argument, node.argument.operator === "!" ? "truthy" : "nothing"];
  const isUnequal = node.type === "BinaryExpression" && node.operator.startsWith("!") && isNullish(node.right);
  return isUnequal ? [node.left, "presence"] : [node, "nothing"];
}

function textOf(file: SourceFile, node: Node): string {
  return file.text.slice(node.start, node.end);
}

function answers(file: SourceFile, body: Node): boolean {
  const expression =
    body.type === "BlockStatement" && body.body[0]?.type === "ExpressionStatement" ? body.body[0].expression : body;
  return isProgramCall(file, unawaited(expression), false);
}

function asksForPresence({ matcher, negated, args }: Claim): boolean {
  if (negated) {
    const isNothing = args[0] && isNullish(args[0]);
    return (
      /^toBe(?:Undefined|Null|Nil|Nullable|Falsy)$/.test(matcher ?? "") || (matcher === "toBe" && Boolean(isNothing))
    );
  }
  if (matcher === "toBeDefined" || matcher === "toBeTruthy") return true;
  const [expected] = args;
  const pattern = expected?.type === "CallExpression" ? chainOf(expected) : undefined;
  const [link] = pattern?.links ?? [];
  if (matcher !== "toEqual" || pattern?.root.type !== "Identifier" || pattern.root.name !== "expect") return false;
  return link?.name === "anything" || link?.name === "any";
}

function isNullish(node: Node): boolean {
  return (node.type === "Literal" && node.value === null) || (node.type === "Identifier" && node.name === "undefined");
}

/** Is it what the program answered to a call, or a part of that? */
function isAnswer(file: SourceFile, subject: Node, yesOrNo: boolean): boolean {
  const bindings = bindingsOf(file);
  const value = unawaited(subject);
  if (value.type === "Identifier") {
    const binding = bindings.bindingOf(value);
    if (binding?.kind !== "variable" || bindings.isWritten(binding)) return false;
    if (yesOrNo && answersYesOrNo.test(value.name)) return false;
    return binding.init !== undefined && isProgramCall(file, unawaited(binding.init), yesOrNo);
  }
  if (value.type === "MemberExpression") return !yesOrNo && isAnswer(file, value.object, false);
  return isProgramCall(file, value, yesOrNo);
}

function isProgramCall(file: SourceFile, node: Node, yesOrNo: boolean): boolean {
  if (node.type === "NewExpression") return node.callee.type === "Identifier" && isOfProgram(file, node.callee);
  const chain = node.type === "CallExpression" ? chainOf(node) : undefined;
  const root = chain?.root.type === "NewExpression" ? chain.root.callee : chain?.root;
  if (!chain || root?.type !== "Identifier" || !isOfProgram(file, root)) return false;
  return !yesOrNo || !namesIn(chain).some((name) => answersYesOrNo.test(name));
}

function namesIn({ root, links }: Chain): readonly string[] {
  return [...(root.type === "Identifier" ? [root.name] : []), ...links.map(({ name }) => name)];
}

/** Is it imported from the repository, or made by what is? */
export function isOfProgram(file: SourceFile, name: Identifier, depth = 0): boolean {
  const bindings = bindingsOf(file);
  const binding = bindings.bindingOf(name);
  if (binding?.kind === "import") return isRelative(binding.module ?? "");
  const given = binding?.kind === "variable" ? (binding.init ?? givenLater(file, binding)) : undefined;
  if (given === undefined || depth > 3) return false;
  const init = unawaited(given);
  const root = init.type === "NewExpression" ? init.callee : (injected(init) ?? chainOf(init)?.root);
  return root?.type === "Identifier" && isOfProgram(file, root, depth + 1);
}

/** `module.get(CartService)`, `TestBed.inject(CartService)`: a container makes what it is asked for by its class. */
function injected(node: Node): Node | undefined {
  const last = node.type === "CallExpression" ? chainOf(node)?.links.at(-1) : undefined;
  const [wanted, ...others] = last?.args ?? [];
  if (!/^(?:get|inject|resolve|createStubInstance)$/.test(last?.name ?? "") || others.length > 0) return undefined;
  return wanted?.type === "Identifier" && /^[A-Z]/.test(wanted.name) ? wanted : undefined;
}

/** `let cart; beforeEach(() => { cart = new Cart(); })`: the one value that it is given. */
function givenLater(file: SourceFile, binding: Binding): Node | undefined {
  const bindings = bindingsOf(file);
  const values = bindings.usesOf(binding).flatMap((use) => {
    const parent = bindings.parentOf(use);
    return parent?.type === "AssignmentExpression" && parent.left === use ? [parent.right] : [];
  });
  return values.length === 1 ? values[0] : undefined;
}

function unawaited(node: Node): Node {
  const [only, ...others] = passedOn(node) ?? [];
  return only === undefined || others.length > 0 ? node : unawaited(only);
}
