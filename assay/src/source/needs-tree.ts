import { testCode } from "./comments.ts";

const asking =
  /\brequire\b|createRequire|\b_load\b|import\.meta\.(?:resolve|glob|url)|\.\s*(?:\w*[mM]ock(?:Module|FromModule)?|module|requireActual|importActual)\s*[(<]|\bimport\s+(?:type\s+)?[\w$]+\s*=/;
const declaring = /\bdeclare\s+(?:module|global)\b/;
/** Of a declaration. What calls of `import` and types name is found without being asked for. */
const naming = /\b(?:from|import)\s*(?:["'`]|\/[/*])/;

/** May a text name files in a way that only its syntax tree tells? The parser's own record of imports knows the rest. */
export function needsTree(text: string): boolean {
  return testCode(asking, text) || testCode(declaring, text);
}

/** Is what a text declares for other modules all that may ask for its tree, and is nothing imported in there? */
export function onlyDeclares(text: string): boolean {
  return !testCode(asking, text) && !naming.test(text.slice(text.search(declaring)));
}
