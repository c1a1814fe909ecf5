// What says of itself, in one version of a file, that it is there for the sake of what was before.
import type { Sighting } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { constantString } from "../syntax/constants.ts";
import { keyName, propertyName } from "./public-names.ts";
import { walk, type Node } from "../../source/walk.ts";

/** Without one of these there is nothing of what is looked for below. */
const anyOfIt =
  /legacy|compat|deprecat|\bold(?:er)?\b|old[A-Z_]|Old[A-Z]|OLD_|_OLD|existing|alias|shim|previous|temporary|remove|keeps?\b/i;

const ofTheOld =
  /\bback(?:wards?)?[- ]?compat\w*|\bcompat\w* (?:shim|layer|alias|wrapper|export|with (?:the )?(?:old|legacy|previous|earlier|existing))|\b(?:legacy|old|previous|deprecated) (?:alias|name|shim|api|import path|signature|behaviou?r|call(?:ers?|s)|imports?|key|option|format|spelling|entry point|location)\b|\bfor (?:legacy|old|existing|older) (?:callers?|clients?|users?|code|consumers?|import(?:er)?s?|configs?)\b|\btemporary (?:alias|re-?export)|\bremove (?:this |it )?(?:once|when|after) [^.]*(?:migrat|callers|moved over)|\bkeeps? (?:\w+ ){0,4}(?:working|importable|compiling)\b|\bkept for compat\w*|\bfor compat\w*[.,;:)]|\bfor compat\w*$/i;
const denied =
  /\b(?:no|not|without|never|break(?:s|ing)?|drop(?:s|ped)?|isn't|n't|remove[sd]?)\b[^.]{0,40}(?:compat|legacy|old|previous)/i;

/** Deprecations, names of switches and parameters, and comments. */
export function* shimSightings(file: SourceFile): Generator<Sighting> {
  if (!anyOfIt.test(file.text)) return;
  yield* commentsOf(file);
  const foreign = foreignNames(file);
  const found: Sighting[] = [];
  walk(file.program, {
    enter(node, parent) {
      const notice = noticeOf(node) ?? switchOf(node) ?? nameFault(node, parent, foreign);
      if (notice) found.push(notice);
    },
  });
  yield* found;
}

function* commentsOf({ comments }: SourceFile): Generator<Sighting> {
  for (const { value, start } of comments) {
    const at = { start };
    const text = value.replaceAll(/\s*\n\s*\*?\s*/g, " ").trim();
    if (/(?:^|\s)@deprecated\b|^[\s*]*deprecated\b/i.test(value))
      yield {
        at,
        message: "is deprecated from the start; delete it and change its uses: there are no users yet",
        fingerprint: `deprecated\n${text}`,
      };
    else if (ofTheOld.test(text) && !denied.test(text))
      yield {
        at,
        message: "keeps what was before for compatibility; delete it and change its uses: there are no users yet",
        fingerprint: `comment\n${text}`,
      };
  }
}

/** `util.deprecate(f, "…")`, `console.warn("x is deprecated")`, `process.emitWarning("…", "DeprecationWarning")`. */
function noticeOf(node: Node): Sighting | undefined {
  const isDecorator = node.type === "Decorator";
  if (node.type !== "CallExpression" && !isDecorator) return undefined;
  const callee = isDecorator ? node.expression : node.callee;
  const name =
    callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? propertyName(callee) : undefined;
  const words =
    node.type === "CallExpression" ? node.arguments.map((each) => constantString(each) ?? "").join(" ") : "";
  const says = /deprecat/i.test(words) && /^(?:warn\w*|emitWarning|log|error|notice|info)$/.test(name ?? "");
  if (!says && !/^(?:warn|emit|log)?_?deprecat(?:e|ed|ion)(?:Once|Warn(?:ing)?)?$/i.test(name ?? "")) return undefined;
  const message = "warns that something is deprecated; delete that and change its uses: there are no users yet";
  return { at: node, message, fingerprint: `notice\n${words}` };
}

/** An environment variable or a feature flag that chooses between what is and what was. */
function switchOf(node: Node): Sighting | undefined {
  const name = environmentName(node) ?? flagName(node);
  if (name === undefined || !wordsOf(name).some((word) => word === "old" || isOfTheOld(word))) return undefined;
  const message = `"${name}" switches to what was before; keep the new way only: there are no users yet`;
  return { at: node, message, fingerprint: `switch\n${name}` };
}

function environmentName(node: Node): string | undefined {
  if (node.type !== "MemberExpression" || node.object.type !== "MemberExpression") return undefined;
  return propertyName(node.object) === "env" ? propertyName(node) : undefined;
}

function flagName(node: Node): string | undefined {
  if (node.type !== "CallExpression" || node.arguments[0] === undefined) return undefined;
  const { callee } = node;
  const name =
    callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? propertyName(callee) : undefined;
  const object = callee.type === "MemberExpression" && callee.object.type === "Identifier" ? callee.object.name : "";
  const asksFlag =
    /flag|feature|enabled|variant|experiment/i.test(`${name} ${object}`) ||
    (name === "get" && /env/i.test(propertyOfCallee(callee)));
  return asksFlag ? constantString(node.arguments[0]) : undefined;
}

function propertyOfCallee(callee: Node): string {
  return callee.type === "MemberExpression" && callee.object.type === "MemberExpression"
    ? (propertyName(callee.object) ?? "")
    : "";
}

function nameFault(node: Node, parent: Node | null, foreign: ReadonlySet<string>): Sighting | undefined {
  const name = declaredName(node, parent, foreign);
  if (name === undefined) return undefined;
  const words = wordsOf(name);
  const isSwitch =
    /^(?:use|enable|with|allow|support|keep|force|prefer)s?Old[A-Z]|^old(?:Behaviou?r|Api|Impl\w*|Mode)$/.test(name);
  if (!isSwitch && !words.some(isOfTheOld)) return undefined;
  const message = `"${name}" is there for what was before; keep the new way only: there are no users yet`;
  return { at: node, message, fingerprint: `name\n${name}` };
}

function isOfTheOld(word: string): boolean {
  return /^(?:legacy|compat|deprecated|deprecations?|backcompat|backwards?compat\w*)$/.test(word);
}

/** A name where it is declared; not what other packages are given or give. */
function declaredName(node: Node, parent: Node | null, foreign: ReadonlySet<string>): string | undefined {
  if (node.type === "VariableDeclarator") {
    const isTaken = node.init !== null && foreign.has(rootName(node.init) ?? "");
    return node.id.type === "Identifier" && !isTaken ? node.id.name : undefined;
  }
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration" || node.type === "TSDeclareFunction")
    return node.id?.name;
  if (node.type === "TSTypeAliasDeclaration" || node.type === "TSInterfaceDeclaration") return node.id.name;
  if (node.type === "TSPropertySignature" || node.type === "MethodDefinition" || node.type === "PropertyDefinition")
    return keyName(node.key);
  if (node.type === "Property" && parent?.type === "ObjectPattern") return keyName(node.key);
  const takesParameters =
    parent?.type === "FunctionDeclaration" ||
    parent?.type === "FunctionExpression" ||
    parent?.type === "ArrowFunctionExpression";
  if (!takesParameters || !parent.params.some((each) => each === node)) return undefined;
  const target = node.type === "AssignmentPattern" ? node.left : node;
  return target.type === "Identifier" ? target.name : undefined;
}

function rootName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return rootName(node.object);
  if (node.type === "CallExpression" || node.type === "NewExpression") return rootName(node.callee);
  return node.type === "AwaitExpression" ? rootName(node.argument) : undefined;
}

/** What comes from packages, and `require` itself. */
function foreignNames({ program }: SourceFile): ReadonlySet<string> {
  const names = new Set(["require"]);
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration" || statement.source.value.startsWith(".")) continue;
    for (const { local } of statement.specifiers) names.add(local.name);
  }
  return names;
}

function wordsOf(name: string): readonly string[] {
  const spaced = name.replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2").replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2");
  const words = spaced.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  // Written together or apart, these are one word here.
  return words.map((word, index) => (/^back(?:wards?)?$/.test(word) ? word + (words[index + 1] ?? "") : word));
}
