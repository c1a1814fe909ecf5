// Tests that say that running at all is what they verify.
import type { SourceFile } from "../../model/source-file.ts";
import type { FunctionNode } from "../../source/functions.ts";
import { descendants } from "../../source/walk.ts";
import { chainOf } from "./call-chain.ts";
import { holdsTypesOnly } from "./type-claims.ts";
import type { Test } from "../test-code/test-functions.ts";

const saysItRuns =
  /\b(?:(?:does|do|should|must|can|will|is|are)(?: not|n['’]?t)|without|never|no|not) (?:\w+ ){0,3}?(?:throw|throws|throwing|crash\w*|error\w*|fail\w*|hang\w*|warn\w*|complain\w*|panic\w*|explod\w*|break|blow\w*|leak\w*|reject\w*|deadlock\w*|die|overflow\w*|caus\w*|exception\w*|conflict\w*|block\w*|stop)\b|\bsmoke|\bno-?ops?\b/i;
/** What happens where the code is wrong: the call does not come back. */
const saysItWouldFail = /\bwould (?:(?:still|have|be|been) )*(?:throw|reject|fail|crash|h[au]ng)(?:n|ed)?\b/i;
/** Where types are checked, that is what it means. */
const saysItCompiles =
  /\bcompil(?:e|es|ation)\b|\btyp(?:e|es|ed|ing|ings|echecks?|escript)\b|\binfer(?:s|red|ence)?\b|\bdts\b/i;

/** Does the title or a comment say so, and does it run something, or hold one type against another? */
export function isSmokeTest(file: SourceFile, { title, run }: Test): boolean {
  if (!run) return false;
  if (holdsTypesOnly(file, run)) return saysItCompiles.test(title);
  if (!hasCall(run)) return false;
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  return [title, ...commentsIn(file, run)].some(
    (text) => saysItRuns.test(text) || saysItWouldFail.test(text) || (isTyped && saysItCompiles.test(text)),
  );
}

export function commentsIn(file: SourceFile, { start, end }: FunctionNode): readonly string[] {
  return file.comments.filter((each) => start < each.start && each.end < end).map(({ value }) => value);
}

function hasCall(run: FunctionNode): boolean {
  for (const node of descendants(run)) {
    if (/^(?:New|Import|TaggedTemplate)Expression$|^JSXOpening/.test(node.type)) return true;
    if (node.type !== "CallExpression") continue;
    const root = chainOf(node)?.root;
    // What is asserted is asserted on something that ran.
    if (root?.type !== "Identifier" || !/^(?:expect|assert|console)$/.test(root.name)) return true;
  }
  return false;
}
