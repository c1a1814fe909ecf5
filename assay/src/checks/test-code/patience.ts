// How often a test may be tried again, how long it may take and what it may leave open, as its file says.
import type { SourceFile } from "../../model/source-file.ts";
import { walk, type Argument, type CallExpression, type Node } from "../../source/walk.ts";
import { memberName } from "../assertions/call-chain.ts";
import { isSuite, testsOf, type TestBody } from "./test-bodies.ts";
import { testCalls, type TestCall } from "./test-calls.ts";

export type PatienceKind = "retries" | "time limit" | Sanitizer;
/** What Deno looks for after a test, unless it is told not to. */
export type Sanitizer = "sanitizeOps" | "sanitizeResources" | "sanitizeExit";

/**
 * One place that sets it. An amount that can not be read off is infinite, and so is a time limit of none. A sanitizer that is
 * off counts one.
 */
export interface Patience {
  readonly kind: PatienceKind;
  readonly amount: number;
  readonly node: Node;
}

const kinds: ReadonlyMap<string, PatienceKind> = new Map([
  ["retry", "retries"],
  ["retries", "retries"],
  ["flakeAttempts", "retries"],
  ["timeout", "time limit"],
  ["testTimeout", "time limit"],
  ["slowTestThreshold", "time limit"],
  ["sanitizeOps", "sanitizeOps"],
  ["sanitizeResources", "sanitizeResources"],
  ["sanitizeExit", "sanitizeExit"],
]);
/** Calls that set one of them for what is around the call: `jest.setTimeout(…)`, `this.retries(…)`. */
const setters: ReadonlyMap<string, PatienceKind> = new Map([
  ["retryTimes", "retries"],
  ["retries", "retries"],
  ["retry", "retries"],
  ["setTimeout", "time limit"],
  ["timeout", "time limit"],
  ["slow", "time limit"],
]);
const objectSetters: ReadonlySet<string> = new Set(["setConfig", "configure", "config"]);
const owners = /^(?:this|t|test|it|jest|vi|vitest|jasmine|Cypress|context|suite|describe)$/;
const anySetting =
  /\b(?:retr(?:y|ies)|retryTimes|flakeAttempts|timeout|testTimeout|setTimeout|setConfig|slow|sanitize\w+|DEFAULT_TIMEOUT_INTERVAL)\b/;
/** The last argument of a test as a number is a limit; only these are numbers with a suite or a hook. */
const number = /[,)]\s*\+?[\w.]+(?:\s*(?:\*{1,2}|\+)\s*[\w.]+|\s+as\s+\w+)*\s*(?:,\s*)?\)/;

/** What a file says, for all of it, for its suites and for its tests. */
export class PatienceOfFile {
  readonly #own = new Map<TestCall | null, Patience[]>();
  readonly #around = new Map<TestCall, readonly TestCall[]>();

  constructor(file: SourceFile) {
    if (!anySetting.test(file.text) && !number.test(file.text)) return;
    const calls = testCalls(file);
    const byNode = new Map<Node, TestCall>(calls.map((call) => [call.node, call]));
    const constants = constantsOf(file);
    walk(file.program, {
      enter: (node, _parent, ancestors) => {
        const around = ancestors.flatMap((each) => byNode.get(each) ?? []);
        const call = byNode.get(node);
        if (call) {
          this.#around.set(call, around);
          this.#add(call, ofArguments(call, constants));
        }
        this.#add(around.at(-1) ?? null, setBy(node, constants));
        const chained = node.type === "CallExpression" ? chainedOn(node, byNode) : undefined;
        if (chained) this.#add(chained, setBy(node, constants, true));
      },
    });
  }

  /** What holds for a test: what it says itself, else the nearest suite that says anything, else the file. */
  of(test: TestBody, kind: PatienceKind): Patience | undefined {
    const around = this.#around.get(this.#same(test)) ?? [];
    for (const place of [this.#same(test), ...around.toReversed(), null]) {
      const found = this.#own.get(place)?.findLast((each) => each.kind === kind);
      if (found) return found;
    }
    return undefined;
  }

  /** What it says for every test that comes. */
  ofAll(): readonly Patience[] {
    return this.#own.get(null) ?? [];
  }

  // The same call, as it was read here.
  #same({ call }: TestBody): TestCall {
    for (const each of this.#around.keys()) if (each.node === call.node) return each;
    return call;
  }

  #add(place: TestCall | null, found: readonly Patience[]): void {
    if (found.length > 0) this.#own.set(place, [...(this.#own.get(place) ?? []), ...found]);
  }
}

function ofArguments(call: TestCall, constants: Constants): readonly Patience[] {
  const [first] = call.args;
  // Deno's tests may be one object.
  if (first?.type === "ObjectExpression") return ofOptions(first, constants);
  return call.args.slice(1).flatMap((arg, index, rest) => {
    const options = arg.type === "Identifier" ? constants.get(arg.name) : arg;
    if (options?.type === "ObjectExpression") return ofOptions(options, constants);
    const isLimit = index === rest.length - 1 && index > 0 && !isSuite(call) && arg.type !== "SpreadElement";
    const amount = isLimit ? amountOf(arg, constants) : undefined;
    return amount === undefined ? [] : [{ kind: "time limit", amount: limit(amount), node: arg }];
  });
}

function ofOptions(options: Extract<Node, { type: "ObjectExpression" }>, constants: Constants): readonly Patience[] {
  return options.properties.flatMap((property): readonly Patience[] => {
    const spread =
      property.type === "SpreadElement" &&
      property.argument.type === "Identifier" &&
      constants.get(property.argument.name);
    if (spread && spread.type === "ObjectExpression" && spread !== options) return ofOptions(spread, constants);
    if (property.type !== "Property") return [];
    const kind = kinds.get(keyOf(property));
    return kind === undefined ? [] : [patience(kind, property.value, property, constants)];
  });
}

function keyOf({ key, computed }: Extract<Node, { type: "Property" }>): string {
  if (key.type === "Literal") return String(key.value);
  return key.type === "Identifier" && !computed ? key.name : "";
}

/** What a call or an assignment sets for what is around it. */
function setBy(node: Node, constants: Constants, isChained = false): readonly Patience[] {
  if (node.type === "AssignmentExpression") {
    const isInterval = node.left.type === "MemberExpression" && memberName(node.left) === "DEFAULT_TIMEOUT_INTERVAL";
    return isInterval ? [patience("time limit", node.right, node, constants)] : [];
  }
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return [];
  const name = memberName(node.callee);
  if (name === undefined || (!isChained && !isOwner(node.callee.object))) return [];
  const [first, second] = node.arguments;
  if (objectSetters.has(name)) {
    if (first?.type === "ObjectExpression") return ofOptions(first, constants);
    const kind = first?.type === "Literal" ? kinds.get(String(first.value)) : undefined;
    return kind && second ? [patience(kind, second, node, constants)] : [];
  }
  const kind = setters.get(name);
  if (kind === undefined) return [];
  // `test.slow()` takes three times as long.
  if (first === undefined) return name === "slow" ? [{ kind, amount: Infinity, node }] : [];
  if (name === "slow") return [];
  return [patience(kind, first, node, constants)];
}

function isOwner(node: Node): boolean {
  if (node.type === "ThisExpression") return true;
  if (node.type === "MemberExpression") return isOwner(node.object);
  return node.type === "Identifier" && owners.test(node.name);
}

/** The test that `it("…", …).timeout(…)` is called on. */
function chainedOn({ callee }: CallExpression, byNode: ReadonlyMap<Node, TestCall>): TestCall | undefined {
  return callee.type === "MemberExpression" ? byNode.get(callee.object) : undefined;
}

function patience(kind: PatienceKind, value: Node, node: Node, constants: Constants): Patience {
  if (kind !== "retries" && kind !== "time limit")
    return { kind, amount: value.type === "Literal" && value.value === false ? 1 : 0, node };
  const amount = amountOf(value, constants) ?? Infinity;
  return { kind, amount: kind === "time limit" ? limit(amount) : amount, node };
}

function limit(amount: number): number {
  return amount === 0 ? Infinity : amount;
}

type Constants = ReadonlyMap<string, Node>;

function constantsOf(file: SourceFile): Constants {
  const found = new Map<string, Node>();
  for (const statement of file.program.body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) if (id.type === "Identifier" && init) found.set(id.name, init);
  }
  return found;
}

/** `Infinity`, and what is as good as that: `Number.MAX_SAFE_INTEGER`. */
function isEndless(node: Node | Argument): boolean {
  if (node.type === "Identifier") return node.name === "Infinity";
  return node.type === "MemberExpression" && /^(?:MAX_\w+|POSITIVE_INFINITY)$/.test(memberName(node) ?? "");
}

/** The largest number that an expression may be. */
function amountOf(node: Node | Argument, constants: Constants): number | undefined {
  if (isEndless(node)) return Infinity;
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression")
    return amountOf(node.expression, constants);
  if (node.type === "UnaryExpression" && node.operator === "+") return amountOf(node.argument, constants);
  if (node.type === "Literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.type === "Identifier") {
    const value = constants.get(node.name);
    return value === undefined || value.type === "Identifier" ? undefined : amountOf(value, constants);
  }
  if (node.type === "ConditionalExpression") {
    const [a, b] = [amountOf(node.consequent, constants), amountOf(node.alternate, constants)];
    return a === undefined ? b : Math.max(a, b ?? a);
  }
  if (node.type === "ObjectExpression") {
    const count = node.properties.find(
      (each) => each.type === "Property" && /^(?:count|runMode|openMode)$/.test(keyOf(each)),
    );
    return count?.type === "Property" ? amountOf(count.value, constants) : undefined;
  }
  if (node.type !== "BinaryExpression") return undefined;
  const [left, right] = [amountOf(node.left, constants), amountOf(node.right, constants)];
  if (left === undefined || right === undefined) return undefined;
  if (node.operator === "*") return left * right;
  if (node.operator === "**") return left ** right;
  return node.operator === "+" ? left + right : undefined;
}

/** Has a file tests of its own? */
export function hasOwnTests(file: SourceFile): boolean {
  return testsOf(file).tests.length > 0;
}
