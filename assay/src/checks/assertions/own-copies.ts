// Tests of nothing but what their own file declares: a copy of the code is as right as the day it was made.
import type { SourceFile } from "../../model/source-file.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import type { Claim } from "./claims.ts";

const helpers =
  /^(?:node:(?:test|assert)(?:\/strict)?|assert|vitest|@jest\/globals|bun:test|mocha|chai|ava|tape|tap|uvu(?:\/assert)?|expect|fast-check|@std\/(?:assert|expect|testing\/\w+)|jsr:@std\/.*|@rstest\/core)$/;
/** Ways to reach the program without importing it. */
const reaches =
  /\b(?:require|process|globalThis|window|document|fetch|Deno|Bun|page|import\.meta|eval|Function|WebAssembly)\b|\bimport\(/;

/** Is every claim one about the answer of a function that the file itself declares, in a file that sees nothing else? */
export function claimOwnCopies(file: SourceFile, claims: readonly Claim[]): boolean {
  if (claims.length === 0 || reaches.test(file.text)) return false;
  if (!file.program.body.every((each) => each.type !== "ImportDeclaration" || helpers.test(each.source.value)))
    return false;
  return claims.every(({ subject }) => subject !== undefined && [subject, ...descendants(subject)].some(isOwnCall));

  function isOwnCall(node: Node): boolean {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return false;
    const made = bindingsOf(file).functionOf(node.callee);
    if (made === undefined || made.params.length === 0 || [...descendants(made)].some(isStrangeCall)) return false;
    return file.program.body.some((each) => each.start <= made.start && made.end <= each.end && isDeclaration(each));
  }

  /** What a set-up file may have put there. */
  function isStrangeCall(node: Node): boolean {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return false;
    return /^[a-z_$]/.test(node.callee.name) && bindingsOf(file).bindingOf(node.callee) === undefined;
  }
}

function isDeclaration(node: Node): boolean {
  return node.type === "FunctionDeclaration" || node.type === "VariableDeclaration";
}
