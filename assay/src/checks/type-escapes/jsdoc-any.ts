// `any` in the JSDoc of JavaScript, where it is what the type checker reads.
import type { Sighting } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import type { Workspace } from "../../model/workspace.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { isChecked } from "../suppressions/checked-scripts.ts";

/** `@type {…}` and its kin, the braces one level deep. A template's bound is none of them. */
const typedTag =
  /@(?:type|param|arg|argument|returns?|property|prop|typedef|satisfies|this|yields)\s*\{((?:[^{}]|\{[^{}]*\})*)\}[ \t]*([^\s*]*)/g;

const givesUp = /(?<![\w.$'"])(?:any|Function)(?![\w$'"])|(?<![\w)\]>])\*|^\?$/;

/** In files that are checked: by their own `@ts-check`, or by `checkJs`. Elsewhere JSDoc is documentation. */
export function* jsdocPlaces(file: SourceFile, workspace: Workspace): Generator<Sighting> {
  const comments = file.comments.filter(
    ({ type, value }) => type === "Block" && value.startsWith("*") && givesUpSomewhere(value),
  );
  if (comments.length === 0 || !isChecked(file, workspace)) return;
  const called = calledNames(file);
  for (const comment of comments) {
    for (const { index, 0: tag, 1: type = "", 2: name = "" } of comment.value.matchAll(typedTag)) {
      if (!givesUp.test(type.trim()) || isCast(file.text, comment.end, type)) continue;
      const named = tag.startsWith("@type") ? variableAt(file.text, comment) : parameterIn(tag, name);
      if (type.trim() === "Function" && named !== undefined && !called.has(named)) continue;
      yield {
        at: { start: comment.start + 2 + index },
        message: `\`{${type.trim().slice(0, 40)}}\` switches the type checker off for whatever it reaches; write the real type`,
        fingerprint: `any\n${name}: ${type.replaceAll(/\s+/g, "")}`,
      };
    }
  }
}

/** `fn` of `@param {Function} [options.fn=run]`. Of what is returned, and of properties, nobody here knows whether it is called. */
function parameterIn(tag: string, name: string): string | undefined {
  return tag.startsWith("@param") ? /[\w$]+(?=\]?$)/.exec(name.replace(/=.*/, ""))?.[0] : undefined;
}

/** The variable that a comment declares, or that is given the value that it casts. */
function variableAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string | undefined {
  const after = /^\s*(?:let|const|var)\s+([\w$]+)/.exec(text.slice(end, end + 200))?.[1];
  return after ?? /(?:let|const|var)\s+([\w$]+)\s*=\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
}

/** Names of what is called: `f` of `f()`, `x.f()`, `new f()` and `f.call(x)`. */
function calledNames({ program }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descendants(program)) {
    if (node.type === "TaggedTemplateExpression") names.add(lastName(node.tag));
    if (node.type !== "CallExpression" && node.type !== "NewExpression") continue;
    const { callee } = node;
    names.add(lastName(callee));
    if (callee.type === "MemberExpression" && /^(?:call|apply|bind)$/.test(lastName(callee)))
      names.add(lastName(callee.object));
  }
  return names;
}

function lastName(node: Node): string {
  const named = node.type === "MemberExpression" ? node.property : node;
  return named.type === "Identifier" || named.type === "PrivateIdentifier" ? named.name : "";
}

function givesUpSomewhere(value: string): boolean {
  return /\{[^}]*(?:\bany\b|\bFunction\b|\*|\?\s*\})/.test(value);
}

/** `unsafe-cast` has these. */
function isCast(text: string, end: number, type: string): boolean {
  return /^\s*(?:any|\*)\s*$/.test(type) && /^\s*\(/.test(text.slice(end, end + 200));
}
