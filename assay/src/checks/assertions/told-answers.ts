// What a test put in the place of the program: functions that it told what to answer, and properties that it set.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, type Argument, type CallExpression, type Node } from "../../source/walk.ts";
import { bindingsOf, type Identifier } from "../syntax/bindings.ts";
import { constantString } from "../syntax/constants.ts";
import { speaksOf } from "../syntax/speaks-of.ts";
import { chainOf, memberName } from "./call-chain.ts";
import { makesMock } from "./mocks-alone.ts";
import { isOfProgram } from "./weak-claims.ts";

const replacing = /[mM]ock|\bspyOn\b|[sS]tub|\bfake\b|\bfn\(|\bprototype\b|\bdefineProperty\b|\breplace/;

/** Where this says no, nothing is replaced; it costs no look at the syntax. */
export function mayReplace(file: SourceFile): boolean {
  return speaksOf(file, replacing);
}

export interface Told {
  /** Such as `math.sum`, and `Sum.prototype.of` for a method of all instances. */
  readonly path: string;
  /** A function, or a property or getter. */
  readonly kind: "call" | "value";
  /** It answers so from here on, and until it is given back. */
  readonly from: number;
  readonly until: number;
}

/** What is replaced for a test: by itself, or by what is run before it. `replaced`: functions of imports, for every test. */
export function toldFor(file: SourceFile, run: FunctionNode, replaced: ReadonlySet<string>): readonly Told[] {
  return [
    ...[...replaced].map((path): Told => ({ path, kind: "call", from: 0, until: Infinity })),
    ...toldIn(file, run),
    ...ofProgram(file, replacedBefore(file, run), () => [0, Infinity]),
  ];
}

/** What a test replaces itself, from where it does to where it gives it back. */
export function toldIn(file: SourceFile, run: FunctionNode): readonly Told[] {
  return ofProgram(file, replacedIn(file, run), ({ by }) => {
    const back = file.text.slice(by.end, run.end).search(restoring);
    return [by.end, back < 0 ? Infinity : by.end + back];
  });
}

function ofProgram(
  file: SourceFile,
  replaced: readonly Replaced[],
  span: (each: Replaced) => readonly [from: number, until: number],
): readonly Told[] {
  return replaced.flatMap((each): readonly Told[] => {
    const { target, name, kind } = each.what;
    const path = pathOf(target);
    const owner = rootOf(target);
    if (owner === undefined || path === undefined || !isOfProgram(file, owner)) return [];
    const [from, until] = span(each);
    return [{ path: name === undefined ? path : `${path}.${name}`, kind, from, until }];
  });
}

function replacedIn(file: SourceFile, root: Node): readonly Replaced[] {
  return [...descendants(root)].flatMap((by) => replacedBy(file, by).map((what) => ({ what, by })));
}

/** Is it a call of what was replaced, or the value of it? */
export function isTold(file: SourceFile, subject: Node, told: readonly Told[]): boolean {
  if (subject.type === "AwaitExpression") return isTold(file, subject.argument, told);
  if (subject.type === "Identifier") {
    const binding = bindingsOf(file).bindingOf(subject);
    const init = binding?.kind === "variable" ? binding.init : undefined;
    return init ? isTold(file, init, told) : false;
  }
  const isAmong = (kind: Told["kind"], paths: readonly string[]): boolean =>
    told.some(
      (each) =>
        each.kind === kind && paths.includes(each.path) && each.from <= subject.start && subject.start < each.until,
    );
  if (subject.type === "CallExpression") return isAmong("call", pathsOf(file, subject.callee));
  if (subject.type !== "MemberExpression") return false;
  // A part of a told answer was told with it.
  return isAmong("value", pathsOf(file, subject)) || isTold(file, subject.object, told);
}

/** `expect(format(cart.total())).toBe("3")`: does what is looked at come of a method that the test told what to answer? */
export function comesOfTold(file: SourceFile, subject: Node, told: readonly Told[]): boolean {
  return [subject, ...descendants(subject)].some((node) => node.type === "CallExpression" && isTold(file, node, told));
}

interface Replaced {
  readonly what: Replacement;
  readonly by: Node;
}

interface Replacement {
  readonly target: Node;
  /** Undefined where the target is replaced itself. */
  readonly name: string | undefined;
  readonly kind: "call" | "value";
}

const answering = /^(?:mock(?:Return|Resolved|Rejected|Implementation)|returns?$|resolves$|callsFake$|fake)/;
const spying = /^(?:spyOn|mocked|stub|method|replace)$/;

function replacedBy(file: SourceFile, node: Node): readonly Replacement[] {
  if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
    const name = memberName(node.left);
    const { object } = node.left;
    return name !== undefined && answers(file, object, node.right) ? [{ target: object, name, kind: "call" }] : [];
  }
  if (node.type !== "CallExpression") return [];
  return [...toldByChain(node), ...defined(file, node)];
}

/** `vi.spyOn(math, "sum").mockReturnValue(3)`, `spyOn(math, "sum").mockReturnValue(3)`, `math.sum.mockReturnValue(3)`. */
function toldByChain(call: CallExpression): readonly Replacement[] {
  const chain = chainOf(call);
  const last = chain?.links.at(-1);
  if (!chain || !last?.args || last.args.length === 0 || !answering.test(last.name)) return [];
  const called = chain.root.type === "Identifier" ? chain.root.name : "";
  const spied = chain.links.find(({ name, args }) => args && spying.test(name || called));
  if (spied === undefined) {
    const names = chain.links.slice(0, -1).map(({ name }) => name);
    const properties = names.filter((name) => !/^(?:mock\w*|mocked)$/.test(name));
    return [{ target: chain.root, name: properties.length === 0 ? undefined : properties.join("."), kind: "call" }];
  }
  const [target, method, accessor] = spied.args ?? [];
  if (target === undefined) return [];
  const isGetter = accessor !== undefined && constantString(accessor) === "get";
  return [{ target, name: method && constantString(method), kind: isGetter ? "value" : "call" }];
}

/** `Object.defineProperty(Sum.prototype, "of", …)`, `Object.assign(Sum.prototype, …)`, `jest.replaceProperty(…)`. */
function defined(file: SourceFile, { callee, arguments: args }: CallExpression): readonly Replacement[] {
  const by = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  const [target, second, third] = args;
  if (by === undefined || target === undefined || second === undefined) return [];
  if (by === "assign")
    return membersOf(second).flatMap(([name, value]): readonly Replacement[] =>
      answers(file, target, value) ? [{ target, name, kind: "call" }] : [],
    );
  const name = constantString(second);
  if (name === undefined || third === undefined) return [];
  if (by === "defineProperty") {
    const fields = new Map(membersOf(third));
    const value = fields.get("value");
    if (fields.has("get")) return [{ target, name, kind: "value" }];
    return value !== undefined && (answers(file, target, value) || isFunction(value))
      ? [{ target, name, kind: "call" }]
      : [];
  }
  if (by === "replaceProperty" || by === "replaceGetter") return [{ target, name, kind: kindOf(third, by) }];
  return by === "replace" ? [{ target, name, kind: "call" }] : [];
}

function kindOf(value: Argument, by: string): Replacement["kind"] {
  return by === "replaceProperty" && (isFunction(value) || value.type === "CallExpression") ? "call" : "value";
}

function membersOf(node: Node): readonly (readonly [string, Node])[] {
  if (node.type !== "ObjectExpression") return [];
  return node.properties.flatMap((each): readonly (readonly [string, Node])[] =>
    each.type === "Property" && each.key.type === "Identifier" && !each.computed ? [[each.key.name, each.value]] : [],
  );
}

/** A mock, or any function in the place of a method of all instances: one instance may be there to be given functions. */
function answers(file: SourceFile, target: Node, value: Node): boolean {
  const chain = value.type === "CallExpression" ? chainOf(value) : undefined;
  if (chain) return makesMock(file, chain);
  return isFunction(value) && target.type === "MemberExpression" && memberName(target) === "prototype";
}

function rootOf(node: Node): Identifier | undefined {
  const root = node.type === "MemberExpression" ? chainOf(node)?.root : node;
  return root?.type === "Identifier" ? root : undefined;
}

function pathOf(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "NewExpression" && node.callee.type === "Identifier") return `${node.callee.name}.prototype`;
  if (node.type !== "MemberExpression") return undefined;
  const object = pathOf(node.object);
  const name = memberName(node);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

/** By its own name, and by that of its class where it is an instance. */
function pathsOf(file: SourceFile, node: Node): readonly string[] {
  const own = pathOf(node);
  if (node.type !== "MemberExpression") return own === undefined ? [] : [own];
  const name = memberName(node);
  const binding = node.object.type === "Identifier" ? bindingsOf(file).bindingOf(node.object) : undefined;
  const made = binding?.kind === "variable" && binding.init ? pathOf(binding.init) : undefined;
  const asMethod = made?.endsWith(".prototype") === true && name !== undefined ? [`${made}.${name}`] : [];
  return own === undefined ? asMethod : [own, ...asMethod];
}

const restoring = /\b(?:mockRestore|mockReset|restoreAllMocks|resetAllMocks|restore|unstubAllGlobals)\(/;
const hooks = /^(?:before|beforeEach|beforeAll|setup|suiteSetup)$/;

/** What stands in the hooks around a test, unless it takes back what they did. */
function replacedBefore(file: SourceFile, run: FunctionNode): readonly Replaced[] {
  if (restoring.test(file.text.slice(run.start, run.end))) return [];
  const own = hooksOf.get(file) ?? hooksIn(file);
  hooksOf.set(file, own);
  return own.flatMap(({ around, replaced }) =>
    around === undefined || (around.start <= run.start && run.end <= around.end) ? replaced : [],
  );
}

interface Hook {
  /** Undefined where it is around everything. */
  readonly around: Node | undefined;
  readonly replaced: readonly Replaced[];
}

/** Read once: a file may have a thousand tests. */
const hooksOf = new WeakMap<SourceFile, readonly Hook[]>();

function hooksIn(file: SourceFile): readonly Hook[] {
  const bindings = bindingsOf(file);
  return [...descendants(file.program)].flatMap((node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || !hooks.test(node.callee.name)) return [];
    let around: Node | undefined = bindings.parentOf(node);
    while (around && !isFunction(around) && around.type !== "Program") around = bindings.parentOf(around);
    return [{ around, replaced: node.arguments.filter(isFunction).flatMap((run) => replacedIn(file, run)) }];
  });
}
