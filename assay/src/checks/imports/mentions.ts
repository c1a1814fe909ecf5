// Finds words in the names and texts of a file.
import type { SourceFile } from "../../model/source-file.ts";
import { walk, type Node } from "../../source/walk.ts";
import { possibleTexts, type PossibleTexts } from "./possible-texts.ts";

export interface Mention {
  /** The word that was looked for. */
  readonly mention: string;
  readonly at: { readonly start: number };
  /** The name or text in which it stands. */
  readonly text: string;
}

/**
 * Where identifiers, strings, templates and JSX texts speak of one of `words`; each name or text once a file. Comments
 * may speak of anything.
 *
 * `numpy` is found in `numpyArray`, `fromNumPy` and `"use numpy"`, not in `numpyish`: parts of a name are whole words.
 */
export function mentionsIn(file: SourceFile, words: readonly string[]): readonly Mention[] {
  const wanted = words.map((word) => ({ word, squeezed: squeeze(word) })).filter(({ squeezed }) => squeezed !== "");
  if (wanted.length === 0) return [];
  const found = new Map<string, Mention>();
  const texts = possibleTexts(file);
  walk(file.program, {
    enter(node) {
      for (const text of textsOf(node, texts)) {
        for (const { word, squeezed } of wanted) {
          if (!mentions(text, squeezed) || found.has(`${word}\n${text}`)) continue;
          found.set(`${word}\n${text}`, { mention: word, at: node, text });
        }
      }
    },
  });
  return [...found.values()];
}

function textsOf(node: Node, texts: PossibleTexts): readonly string[] {
  if (node.type === "Identifier" || node.type === "JSXIdentifier" || node.type === "PrivateIdentifier")
    return [node.name];
  if (node.type === "TemplateElement") return [node.value.cooked ?? node.value.raw];
  if (node.type === "JSXText") return [node.value];
  if (node.type === "Literal" && "regex" in node) return [node.regex.pattern];
  const mayBeText =
    node.type === "Literal" ||
    node.type === "BinaryExpression" ||
    node.type === "TemplateLiteral" ||
    node.type === "CallExpression";
  return mayBeText ? texts.textsOf(node) : [];
}

/** Which of `words` a name speaks of. */
export function nameMentions(name: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => squeeze(word) !== "" && mentions(name, squeeze(word)));
}

/** Is one run of neighbouring parts of a word, put together, the word that is looked for? */
function mentions(written: string, wanted: string): boolean {
  const text = written.normalize("NFKC");
  if (!squeeze(text).includes(wanted)) return false;
  return text.split(/[^\p{L}\p{N}_-]+/u).some((word) => {
    const parts = partsOf(word);
    return parts.some((_, first) => startsAt(parts, first, wanted));
  });
}

function startsAt(parts: readonly string[], first: number, wanted: string): boolean {
  let joined = "";
  for (const part of parts.slice(first)) {
    joined += part;
    if (joined.length >= wanted.length) return joined === wanted;
  }
  return false;
}

function partsOf(word: string): readonly string[] {
  const spaced = word
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replaceAll(/(\p{L})(\p{N})/gu, "$1 $2");
  return spaced
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "")
    .map((part) => part.toLowerCase());
}

function squeeze(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
}
