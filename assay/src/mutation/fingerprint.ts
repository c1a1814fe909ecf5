// Names a mutant by what it does, so that it is known again wherever its code has moved.
import { createHash } from "node:crypto";
import type { Mutant } from "../model/mutant.ts";
import { repoPath, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isMarkupWithScript } from "../source/components.ts";
import { isFunction } from "../source/functions.ts";
import { childrenOf, type Node } from "../source/walk.ts";
import { meaningOf } from "./meaning.ts";
import { isTransparent, type Span } from "./mutator.ts";
import { walkRuntime } from "./runtime-code.ts";

export type Parse = (path: RepoPath, text: string) => SourceFile;

const length = 10;

/**
 * The fingerprints of the mutants of one file: what the outermost function around the edit says, where in it the edit
 * is, and what takes its place; outside of functions, the statement. Comments, layout, types and lines are no part of
 * it. Whatever else changes in that function changes it, since what is equivalent depends on the code around it.
 *
 * Mutants of two functions that say the same have the same one.
 */
export function fingerprintsOf(file: SourceFile, parse: Parse): (mutant: Mutant) => string {
  const cache = new Map<Node, string>();
  const meaning = (node: Node): string => {
    const known = cache.get(node) ?? meaningOf(node);
    cache.set(node, known);
    return known;
  };
  return (mutant) => {
    const around = outermostFunction(file.program, mutant);
    const facts = [meaning(around), placeIn(around, mutant), replacementOf(mutant, parse)];
    return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, length);
  };
}

function outermostFunction(program: Node, span: Span): Node {
  const path = [program];
  for (let node: Node | undefined = program; node !== undefined;) {
    node = childrenOf(node).find(({ start, end }) => start <= span.start && span.end <= end);
    if (node === undefined) break;
    path.push(node);
    if (isFunction(node)) return node;
  }
  return path[1] ?? program;
}

/** Counted in nodes, which layout does not move. */
function placeIn(around: Node, { start, end }: Span): readonly [number, number] {
  let before = 0;
  let done = 0;
  walkRuntime(around, {
    enter(node) {
      if (isTransparent(node)) return;
      if (node.start < start) before++;
      if (node.end <= end) done++;
    },
  });
  return [before, done];
}

/** Where it can not be parsed apart from what is around it, its text. */
function replacementOf({ path, form, replacement }: Mutant, parse: Parse): string {
  const code = form === "statement" ? replacement : `void (${replacement});`;
  // Of a component it is a part of the script.
  const at = isMarkupWithScript(path) ? repoPath(`${path}.ts`) : path;
  const { program, syntaxErrors } = parse(at, `class Holder extends Object { async *hold() { ${code} } }`);
  return syntaxErrors.length === 0 ? meaningOf(program) : replacement;
}
