import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { servesTests } from "./type-escapes/serves-tests.ts";
import { hollowGuards } from "./type-escapes/hollow-guards.ts";
import { descendants, type Expression, type Node, type TSType } from "../source/walk.ts";

type Cast = Extract<Node, { type: "TSAsExpression" | "TSTypeAssertion" }>;

const anyCast = "a cast to `any` switches the type checker off from here on; give the value its real type or narrow it";
const doubleCast =
  "a cast by way of another type fits everything and checks nothing; narrow the value or mend its type";

const neverCast = "a cast to `never` fits wherever it is put and checks nothing; give the value its real type";

/** Types from which a value can be cast to any other. */
const detours: ReadonlySet<TSType["type"]> = new Set([
  "TSAnyKeyword",
  "TSNeverKeyword",
  "TSObjectKeyword",
  "TSUnknownKeyword",
]);

/**
 * Flags casts that no type stands up to: `x as any`, `<any>x`, `x as never`, `x as unknown as T`, `any` and detours in
 * JSDoc casts, and functions that amount to one: a type guard that looks at nothing, a cast of whatever to whatever.
 *
 * After such a cast the compiler says yes to everything, also to what fails when it runs.
 *
 * Tests, what loads their libraries, and tools' configuration may cast: stubs and deliberately wrong arguments need it,
 * and no product code runs through them.
 *
 * Not seen: `any` in annotations and type arguments, which `any-type` sees; a guard that looks at the wrong thing.
 */
export const unsafeCast: SyntaxCheck = {
  id: "unsafe-cast",
  kind: "syntax",
  summary: "A cast switches the type checker off",
  in: ["loop", "gate"],
  appliesTo: (file) => file.role === "source" && !servesTests(file),

  *inspect(file) {
    yield* casts(file);
    yield* jsdocCasts(file);
    yield* hollowGuards(file);
  },
};

function* casts(file: SourceFile): Generator<Sighting> {
  if (!/\bas\b|<\s*(?:any|unknown|never|object)\b/.test(file.text)) return;
  const told = new Set<Node>();
  for (const node of descendants(file.program)) {
    const message = isCast(node) && !told.has(node) ? (faultOf(node) ?? detourBefore(file, node)) : undefined;
    if (message === undefined || !isCast(node)) continue;
    // Of `x as any as T` only the whole is reported.
    told.add(bare(node.expression));
    yield { at: node, message, fingerprint: `${message}\n${squeezed(file.text, node)}` };
  }
}

function isCast(node: Node): node is Cast {
  return node.type === "TSAsExpression" || node.type === "TSTypeAssertion";
}

function faultOf(cast: Cast): string | undefined {
  const inner = bare(cast.expression);
  // `x as unknown` alone asks for more checking. It is the outer cast that makes the pair unsafe.
  if (isCast(inner) && isDetour(inner.typeAnnotation) && !isDetour(cast.typeAnnotation)) return doubleCast;
  if (cast.typeAnnotation.type === "TSNeverKeyword") return neverCast;
  return isAny(cast.typeAnnotation) ? anyCast : undefined;
}

/** Without what changes nothing of its value: `(x as unknown)!`, `x as unknown satisfies unknown`. */
function bare(node: Expression): Expression {
  return node.type === "TSNonNullExpression" || node.type === "TSSatisfiesExpression" ? bare(node.expression) : node;
}

/** May whatever there is be cast to it, and from it to whatever there is? */
function isDetour(type: TSType): boolean {
  return detours.has(type.type) || (type.type === "TSTypeLiteral" && type.members.length === 0);
}

/** `const loose: unknown = { … }; loose as T`: the detour has a name. */
function detourBefore(file: SourceFile, { expression }: Cast): string | undefined {
  if (expression.type !== "Identifier" || !/:\s*(?:unknown|object)\s*=/.test(file.text)) return undefined;
  const binding = bindingsOf(file).bindingOf(expression);
  if (
    binding?.node.type !== "VariableDeclarator" ||
    !binding.init ||
    !/^(?:Object|Array)Expression$|^Literal$/.test(binding.init.type) ||
    isNull(binding.init)
  )
    return undefined;
  const { id } = binding.node;
  const type = id.type === "Identifier" ? id.typeAnnotation?.typeAnnotation.type : undefined;
  return type !== undefined && detours.has(type) ? doubleCast : undefined;
}

/** Nothing goes a detour yet: what comes later, an error that was caught, is unknown indeed. */
function isNull(init: Node): boolean {
  return init.type === "Literal" && "value" in init && init.value === null;
}

function isAny(type: TSType): boolean {
  if (type.type === "TSArrayType") return isAny(type.elementType);
  if (type.type === "TSUnionType" || type.type === "TSIntersectionType") return type.types.some(isAny);
  return type.type === "TSAnyKeyword";
}

function squeezed(text: string, { start, end }: { start: number; end: number }): string {
  return text.slice(start, end).replaceAll(/\s+/g, "");
}

const detour = /^\s*\(\s*\/\*\*\s*@type\s*\{\s*(?:unknown|never|object)\s*\}\s*\*\//;

/** `/** @type {any} *\/ (value)`: the form that casts have in JavaScript. */
function* jsdocCasts(file: SourceFile): Generator<Sighting> {
  if (!/\.[cm]?jsx?$/.test(file.path)) return;
  for (const comment of file.comments) {
    const type =
      comment.type === "Block" ? /^\*\s*@(?:type|satisfies)\s*\{([^]*)\}\s*$/.exec(comment.value)?.[1] : undefined;
    if (type === undefined) continue;
    const rest = file.text.slice(comment.end);
    const code = /^\s*\(.*/.exec(rest)?.[0];
    const message = /^\s*(?:any|\*)\s*$/.test(type) ? anyCast : detour.test(rest) ? doubleCast : undefined;
    if (code !== undefined && message !== undefined)
      yield { at: comment, message, fingerprint: `${message}\n${squeezed(code, { start: 0, end: code.length })}` };
  }
}
