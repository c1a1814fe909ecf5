// Walks syntax trees. Knows the shape of a tree and nothing about what its nodes mean.
import type { CallExpression, NewExpression, Node } from "@oxc-project/types";
import { visitorKeys } from "./visitor-keys.ts";

export type * from "@oxc-project/types";

/** What a visit tells the walk: leave the node's children out, or end. */
export type Step = "skip" | "stop";

export interface Visitor {
  /**
   * Called before the children, in source order. `parent` is null for the node that the walk started at.
   * `ancestors` is outermost first and ends with the parent; it is the walk's own stack, to be copied if kept.
   */
  enter?(node: Node, parent: Node | null, ancestors: readonly Node[]): Step | void;
  /** Called after the children, also where they were skipped. */
  leave?(node: Node, parent: Node | null, ancestors: readonly Node[]): void;
}

type Field = Node | readonly (Node | null)[] | null | undefined;

/** Visits `root` and everything below it, however deep. */
export function walk(root: Node, visitor: Visitor): void {
  const ancestors: Node[] = [];
  /** For each of them, and for a node whose children are left out: those that are to be visited, the next one last. */
  const pending: Node[][] = [];
  for (let node: Node | undefined = root; ;) {
    if (node !== undefined) {
      const step = visitor.enter?.(node, ancestors.at(-1) ?? null, ancestors);
      if (step === "stop") return;
      pending.push(step === "skip" ? [] : childrenOf(node).toReversed());
      ancestors.push(node);
    } else {
      pending.pop();
      const left = ancestors.pop();
      if (left === undefined) return;
      visitor.leave?.(left, ancestors.at(-1) ?? null, ancestors);
    }
    node = pending.at(-1)?.pop();
  }
}

/** The nodes directly below `node`, in source order. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (const key of visitorKeys[node.type]) {
    const field = fieldOf(node, key);
    if (!field) continue;
    if (!isList(field)) children.push(field);
    else for (const item of field) if (item) children.push(item);
  }
  return children;
}

/** `root` and every node below it, parents before children, in source order. */
export function* descendants(root: Node): Generator<Node> {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (const child of childrenOf(node).toReversed()) pending.push(child);
  }
}

/** Every call at or below `root`, outer ones first. `new X()` is not a call. */
export function* calls(root: Node): Generator<CallExpression> {
  for (const node of descendants(root)) if (node.type === "CallExpression") yield node;
}

/** Every `new X(…)` at or below `root`. */
export function* constructions(root: Node): Generator<NewExpression> {
  for (const node of descendants(root)) if (node.type === "NewExpression") yield node;
}

// The keys come from a table of names, which the compiler can not match with the fields of each type.
function fieldOf(node: Node, key: string): Field {
  return Reflect.get(node, key) as Field;
}

function isList(field: Node | readonly (Node | null)[]): field is readonly (Node | null)[] {
  return Array.isArray(field);
}
