// Helpers of tests that let a failure of what they are given come through, and swallow it now.
import type { FilePair } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, walk, type Node } from "../../source/walk.ts";
import { isPrinting } from "../syntax/printing.ts";

export interface ForgivingHelper {
  readonly node: Node;
  readonly helper: string;
  /** The parameter that it calls. */
  readonly given: string;
}

/** What only tidies up may fail. */
const tidying = /clean|clos|dispos|stop|teardown|destroy|kill|remov|ignor|silen|quiet|toler|safe|attempt|maybe/i;

/** Each helper once. */
export function newlyForgiving({ base, head }: FilePair): readonly ForgivingHelper[] {
  if (!base || head?.role !== "test" || !/\bcatch\b/.test(head.text)) return [];
  const before = callsOfGiven(base);
  const after = callsOfGiven(head);
  return [...after].flatMap(([key, { helper, given, node, passesOn }]) => {
    const isNew = !passesOn && before.get(key)?.passesOn === true;
    return isNew && !tidying.test(key) ? [{ node, helper, given }] : [];
  });
}

interface Given extends ForgivingHelper {
  /** Does a failure come through, of one call at least? */
  readonly passesOn: boolean;
}

function callsOfGiven(file: SourceFile): ReadonlyMap<string, Given> {
  const found = new Map<string, Given>();
  walk(file.program, {
    enter(node, _parent, ancestors) {
      if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return;
      const given = node.callee.name;
      const owner = ancestors.findLastIndex((each) => isFunction(each) && takes(each, given));
      const helper = owner < 0 ? undefined : nameAround(ancestors.slice(0, owner + 1));
      if (helper === undefined) return;
      const key = `${helper} ${given}`;
      const path = [...ancestors.slice(owner), node];
      const passesOn =
        found.get(key)?.passesOn === true || !path.some((each, index) => swallows(each, path[index + 1]));
      found.set(key, { node, helper, given, passesOn });
    },
  });
  return found;
}

function takes({ params }: FunctionNode, name: string): boolean {
  return params.some((param) => param.type === "Identifier" && param.name === name);
}

/** Of the innermost function, or of what it is a part of. */
function nameAround(path: readonly Node[]): string | undefined {
  for (const node of path.toReversed()) {
    if (node.type === "FunctionDeclaration") return node.id?.name;
    const named =
      node.type === "VariableDeclarator" ? node.id : node.type === "AssignmentExpression" ? node.left : node;
    const name = named.type === "MemberExpression" ? named.property : named;
    if (name.type === "Identifier") return name.name;
  }
  return undefined;
}

/** A `catch` that does nothing but print, around what it catches. */
function swallows(node: Node, child: Node | undefined): boolean {
  if (node.type !== "TryStatement" || child !== node.block || !node.handler) return false;
  return ![...descendants(node.handler.body)].some(
    (each) =>
      /^(?:Throw|Return)Statement$|^(?:Assignment|Update)Expression$/.test(each.type) ||
      (each.type === "CallExpression" && !isPrinting(each)),
  );
}
