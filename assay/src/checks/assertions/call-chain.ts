// `expect(a).not.toBe(b)` taken apart.
import type { Argument, CallExpression, Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";

/** A property, or a call of it. The call of the root itself has no name. */
export interface Link {
  readonly name: string;
  readonly args: readonly Argument[] | undefined;
}

/** A name with all that is taken and called on it. */
export interface Chain {
  readonly node: Node;
  readonly root: Node;
  readonly links: readonly Link[];
}

/** Takes the outermost expression of a chain apart. */
export function chainOf(node: Node): Chain | undefined {
  const links: Link[] = [];
  let at: Node = node;
  let args: readonly Argument[] | undefined;
  for (;;) {
    if (at.type === "ChainExpression" || at.type === "TSNonNullExpression" || at.type === "ParenthesizedExpression")
      at = at.expression;
    else if (at.type === "CallExpression") {
      if (args) links.unshift({ name: "", args });
      ({ arguments: args, callee: at } = at satisfies CallExpression);
    } else if (at.type === "TaggedTemplateExpression") {
      if (args) links.unshift({ name: "", args });
      args = [];
      at = at.tag;
    } else if (at.type === "MemberExpression") {
      links.unshift({ name: memberName(at) ?? "", args });
      args = undefined;
      at = at.object;
    } else break;
  }
  if (args) links.unshift({ name: "", args });
  return links.length > 0 ? { node, root: at, links } : undefined;
}

/** Is the node the beginning of a longer chain? */
export function isInnerLink(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === "MemberExpression") return parent.object === node;
  if (parent?.type === "CallExpression") return parent.callee === node;
  if (parent?.type === "TaggedTemplateExpression") return parent.tag === node;
  return parent?.type === "ChainExpression" || parent?.type === "TSNonNullExpression";
}

export function memberName(node: Extract<Node, { type: "MemberExpression" }>): string | undefined {
  if (node.computed) return constantString(node.property);
  return node.property.type === "Identifier" ? node.property.name : undefined;
}
