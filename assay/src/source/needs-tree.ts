import { testCode } from "./comments.ts";

const asking =
  /\brequire\b|createRequire|\b_load\b|import\.meta\.(?:resolve|glob|url)|\.\s*(?:\w*[mM]ock(?:Module|FromModule)?|module|requireActual|importActual)\s*[(<]|\bimport\s+(?:type\s+)?[\w$]+\s*=|\bdeclare\s+(?:module|global)\b/;

/** May a text name files in a way that only its syntax tree tells? The parser's own record of imports knows the rest. */
export function needsTree(text: string): boolean {
  return testCode(asking, text);
}
