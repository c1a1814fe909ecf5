// Assertions on what a test itself told a function of the program to answer.
import type { SourceFile } from "../../model/source-file.ts";
import type { FunctionNode } from "../../source/functions.ts";
import { descendants, type Argument, type CallExpression, type Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { chainOf } from "./call-chain.ts";
import type { Claim } from "./claims.ts";
import { constantString } from "../syntax/constants.ts";
import { isOfProgram } from "./weak-claims.ts";
import { speaksOf } from "../syntax/speaks-of.ts";

const mocking = /\b(?:spyOn|stub|method)\(/;

/** `vi.spyOn(cart, "total").mockReturnValue(3)`, and then `expect(cart.total()).toBe(3)`. */
export function claimsAnswered(file: SourceFile, run: FunctionNode, { subject }: Claim): boolean {
  if (!subject || !speaksOf(file, mocking)) return false;
  const told = answeredMethods(file, run);
  return told.length > 0 && [subject, ...descendants(subject)].some((node) => isCallOf(file, node, told));
}

interface Method {
  readonly object: string;
  readonly name: string;
}

function answeredMethods(file: SourceFile, run: FunctionNode): readonly Method[] {
  return [...descendants(run)].flatMap((node) => (node.type === "CallExpression" ? (methodOf(file, node) ?? []) : []));
}

const answers = /^(?:mockReturnValue|mockResolvedValue|mockRejectedValue|returns|resolves|callsFake)(?:Once)?$/;

function methodOf(file: SourceFile, call: CallExpression): Method | undefined {
  const chain = chainOf(call);
  const links = chain?.links ?? [];
  const isBare = chain?.root.type === "Identifier" && /^(?:spyOn|stub)$/.test(chain.root.name);
  const at = isBare
    ? 0
    : links.findIndex(({ name, args }) => /^(?:spyOn|stub|method)$/.test(name) && args !== undefined);
  const [object, name] = links[at]?.args ?? [];
  const isTold = links.slice(at + 1).some(({ name: word }) => answers.test(word));
  if (at < 0 || !isTold || object?.type !== "Identifier" || !name || !isOfProgram(file, object)) return undefined;
  const method = constantString(name);
  return method === undefined ? undefined : { object: object.name, name: method };
}

/** A call of the same object's method: one of another is what the mock was for. */
function isCallOf(file: SourceFile, node: Argument | Node, told: readonly Method[]): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { object, property } = node.callee;
  if (object.type !== "Identifier" || property.type !== "Identifier" || node.callee.computed) return false;
  return (
    bindingsOf(file).bindingOf(object) !== undefined &&
    told.some((method) => method.object === object.name && method.name === property.name)
  );
}
