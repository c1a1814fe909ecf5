import type { Node } from "../../source/walk.ts";

/** The names that a pattern binds. */
export function namesBound(pattern: Node): readonly string[] {
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") {
    return pattern.properties.flatMap((each) => namesBound(each.type === "Property" ? each.value : each.argument));
  }
  if (pattern.type === "ArrayPattern")
    return pattern.elements.flatMap((each) => (each === null ? [] : namesBound(each)));
  if (pattern.type === "AssignmentPattern") return namesBound(pattern.left);
  if (pattern.type === "RestElement") return namesBound(pattern.argument);
  return pattern.type === "TSParameterProperty" ? namesBound(pattern.parameter) : [];
}
