// Tests of nothing but what their own file declares: a copy of the code is as right as the day it was made.
import type { SourceFile } from "../../model/source-file.ts";
import type { FunctionNode } from "../../source/functions.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { isRelative } from "./assertions.ts";
import type { Claim } from "./claims.ts";

const helpers =
  /^(?:node:(?:test|assert)(?:\/strict)?|assert|vitest|@jest\/globals|bun:test|mocha|chai|ava|tape|tap|uvu(?:\/assert)?|expect|fast-check|@std\/(?:assert|expect|testing\/\w+)|jsr:@std\/.*|@rstest\/core)$/;
/** Ways to reach the program without importing it. */
const reaches =
  /\b(?:require|process|globalThis|window|document|fetch|Deno|Bun|page|import\.meta|eval|Function|WebAssembly)\b|\bimport\(/;

/**
 * Is every claim one about the answer of a function that the file itself declares, in a file that sees nothing else, or
 * that the test declares, which then sees nothing else of a file that imports the program?
 */
export function claimOwnCopies(file: SourceFile, run: FunctionNode, claims: readonly Claim[]): boolean {
  if (claims.length === 0) return false;
  if (claimsOfTest(file, run, claims)) return true;
  if (reaches.test(file.text)) return false;
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

function claimsOfTest(file: SourceFile, run: FunctionNode, claims: readonly Claim[]): boolean {
  const bindings = bindingsOf(file);
  const isOfTest = (node: Node): boolean => {
    const made =
      node.type === "CallExpression" && node.callee.type === "Identifier"
        ? bindings.functionOf(node.callee)
        : undefined;
    return made !== undefined && made.params.length > 0 && run.start < made.start && made.end < run.end;
  };
  if (!claims.every(({ subject }) => subject !== undefined && [subject, ...descendants(subject)].some(isOfTest)))
    return false;
  if (run.params.length > 0 || reaches.test(file.text.slice(run.start, run.end))) return false;
  const isImporting = file.program.body.some(
    (each) => each.type === "ImportDeclaration" && isRelative(each.source.value),
  );
  return isImporting && [...descendants(run)].every((node) => !seesOutside(file, run, node));
}

/** What was declared around the test may lead to the program, and so may what is bound nowhere. */
function seesOutside(file: SourceFile, run: FunctionNode, node: Node): boolean {
  if (node.type === "ThisExpression" || node.type === "ImportExpression") return true;
  if (node.type !== "Identifier") return node.type.startsWith("JSX");
  const bindings = bindingsOf(file);
  const binding = bindings.bindingOf(node);
  if (binding === undefined)
    return isCallee(node) && !/^(?:expect|assert|Math|Number|String|Object|Array)$/.test(node.name);
  if (binding.kind === "import") return !helpers.test(binding.module ?? "");
  return binding.node.start < run.start || run.end < binding.node.end;

  function isCallee(name: Node): boolean {
    const parent = bindings.parentOf(name);
    return parent?.type === "CallExpression" && parent.callee === name;
  }
}

function isDeclaration(node: Node): boolean {
  return node.type === "FunctionDeclaration" || node.type === "VariableDeclaration";
}
