import { testCode } from "./comments.ts";

const asking =
  /\brequire\b|createRequire|\b_load\b|import\.meta\.(?:resolve|glob|url)|\.\s*(?:\w*[mM]ock(?:Module|FromModule)?|module|requireActual|importActual)\s*[(<]|\bimport\s+(?:type\s+)?[\w$]+\s*=/;
const declaring = /\bdeclare\s+(?:module|global)\b/;
/** In a declaration. What calls of `import` and types name is found without being asked for. */
const naming = /\b(?:from|import)\s*(?:["'`]|\/[/*])/;

/**
 * May a text name files in a way that only its syntax tree tells? The parser's own record of imports knows the rest, also
 * of what is declared for other modules, unless something is imported in there.
 */
export function needsTree(text: string): boolean {
  return testCode(asking, text) || (testCode(declaring, text) && naming.test(text.slice(text.search(declaring))));
}
