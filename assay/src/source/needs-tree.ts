// Which files have to be parsed into a tree, by their text.
import { testCode } from "./comments.ts";

/** Where a word follows that is no operator, `require` is no name but prose: "should require a token", `require-corp`. */
const asking =
  /\brequire\b(?!-[a-z]|[ \t]+(?!(?:as|in|instanceof|of|satisfies)\b)[A-Za-z])|createRequire|\b_load\b|import\.meta\.(?:resolve|glob|url)|\.\s*(?:\w*[mM]ock(?:Module|FromModule)?|module|requireActual|importActual)\s*[(<]|\bimport\s+(?:type\s+)?[\w$]+\s*=/;
const declaring = /\bdeclare\s+(?:module|global)\b/;
/** Up to the brace that begins a line, where the declaration begins one; else up to the end. */
const declarations = /^declare\s+(?:module|global)\b[^]*?(?:^\}|(?![^]))|\bdeclare\s+(?:module|global)\b[^]*/gm;
/** In a declaration. What calls of `import` and types name is found without being asked for. */
const naming = /\b(?:from|import)\s*(?:["'`]|\/[/*])/;

/**
 * May a text name files in a way that only its syntax tree tells? The parser's own record of imports knows the rest, also
 * of what is declared for other modules, unless something is imported in there.
 */
export function needsTree(text: string): boolean {
  if (testCode(asking, text)) return true;
  return testCode(declaring, text) && (text.match(declarations) ?? []).some((declared) => naming.test(declared));
}
