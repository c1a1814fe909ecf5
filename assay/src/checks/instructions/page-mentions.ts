// What a Markdown page names of the repository: in code, in shell blocks, in links. Loads the parser: import it lazily.
import type { Nodes, Parent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { dirOf, type RepoPath } from "../../model/paths.ts";
import { commandMentions, type CommandPlace } from "./command-mentions.ts";
import type { InstructionKind } from "./instruction-files.ts";
import { commandDir, dirsAround, type Mention } from "./named-things.ts";

export interface Page {
  readonly path: RepoPath;
  readonly text: string;
  readonly kind: InstructionKind;
  isDir(path: RepoPath): boolean;
}

const shells = new Set([
  "sh",
  "bash",
  "shell",
  "zsh",
  "console",
  "shellsession",
  "terminal",
  "shell-session",
  "sh-session",
]);
const startsCommand =
  /^(?:\$\s+)?(?:(?:npm|pnpm|yarn|bun|bunx|npx|pnpx|node|deno|make|just|tsx|ts-node|bash|sh|vitest|jest|cd)\s|\.\/(?![\w./-]+\.(?:jsonc?|ya?ml|toml|md|txt|env|log)(?:\s|$))[\w./-]+(?:\s|$))/;
/** What stands in such a sentence is said not to be there. */
const negated =
  /\b(?:removed?|deleted?|renamed?|formerly|previously|no longer|used to|replace[sd]?|there is no|does not exist|doesn't exist|gone|deprecated|instead of|moved)\b/i;
/** What stands in such a sentence need not be there. */
const example =
  /\b(?:e\.g\.|for example|for instance|such as|like|create[sd]?|creating|add(?:s|ing)?|generate[sd]?|makes|writes?|written|produces?|outputs?|imagine|suppose|say|could|would|your|optional(?:ly)?|if (?:present|any|it exists)|ignored|temporary|local(?:ly)?|copy|will be|save[sd]?|put)\b/i;

/** The mentions of a page, in their order. */
export function pageMentions(page: Page): readonly Mention[] {
  const mentions: Mention[] = [];
  visit(fromMarkdown(page.text), undefined, page, mentions);
  return mentions;
}

function visit(node: Nodes, sentence: string | undefined, page: Page, found: Mention[]): void {
  const line = node.position?.start.line ?? 1;
  if (node.type === "code")
    found.push(...ofBlock(node.value, node.lang ?? "", isFenced(node, page) ? line + 1 : line, page));
  else if (node.type === "inlineCode") found.push(...ofInlineCode(node.value.trim(), sentence ?? "", line, page));
  else if (node.type === "text") found.push(...ofProse(node.value, line, page));
  else if (node.type === "html") found.push(...ofHtml(node.value, line, page));
  else if (node.type === "link" || node.type === "image" || node.type === "definition")
    found.push(...ofLink(node.url, line, page));
  if (!("children" in node)) return;
  for (const child of node.children) visit(child, sentence ?? sentenceAround(node, child, page), page, found);
}

/** The source line of a table, a list or a paragraph in which a node stands: Markdown has no sentences. */
function sentenceAround(parent: Parent, child: Nodes, page: Page): string | undefined {
  if (parent.type !== "paragraph" && parent.type !== "heading") return undefined;
  const start = parent.position?.start.offset ?? 0;
  const end = parent.position?.end.offset ?? 0;
  const text = page.text.slice(start, end);
  const at = (child.position?.start.offset ?? start) - start;
  const from = Math.max(text.lastIndexOf(". ", at), text.lastIndexOf("|\n", at), text.lastIndexOf("\n\n", at), -1) + 1;
  const to = [text.indexOf(". ", at), text.indexOf("|\n", at)].filter((each) => each >= 0);
  return text.slice(from, to.length === 0 ? undefined : Math.min(...to));
}

function ofBlock(value: string, lang: string, line: number, page: Page): readonly Mention[] {
  const isShell = shells.has(lang.toLowerCase());
  if (!isShell && lang !== "" && lang !== "text" && lang !== "txt") return [];
  // A session shows what was typed behind a prompt, and what was answered without.
  const lines = value.split("\n");
  const hasPrompt = lines.some((each) => /^\s*\$ /.test(each));
  const isRead = (each: string): boolean =>
    hasPrompt ? /^\s*\$ /.test(each) : isShell || startsCommand.test(each.trim());
  const text = lines.map((each) => (isRead(each) ? each.replace(/^\s*\$ /, "") : "")).join("\n");
  return commandMentions(text, placeIn(page, line, isFirm(page)));
}

/** An indented block has no line of its own in front. */
function isFenced({ position }: Nodes, { text }: Page): boolean {
  const start = position?.start.offset ?? 0;
  return text.startsWith("```", start) || text.startsWith("~~~", start);
}

function ofInlineCode(value: string, sentence: string, line: number, page: Page): readonly Mention[] {
  if (negated.test(sentence)) return [];
  const firm = isFirm(page);
  if (startsCommand.test(value)) return commandMentions(value, placeIn(page, line, firm));
  if (!isPath(value)) return [];
  const path = value.replace(/:\d+(?:[:-]\d+)?$/, "").replace(/#L?\d.*$/, "");
  const isDeveloper = page.kind === "agents";
  const hasFolder = path
    .replace(/^\.?\//, "")
    .replace(/\/$/, "")
    .includes("/");
  const reach = hasFolder || isDeveloper ? "anywhere" : "below";
  const named = { kind: "path", path, dirs: dirsAround(page.path), reach } as const;
  return [
    {
      named,
      text: value,
      line,
      firm:
        firm &&
        isDeveloper &&
        !/^\.\w/.test(path.replace(/^\.github\//, "")) &&
        (hasFolder || path.endsWith("/")) &&
        !example.test(sentence),
    },
  ];
}

/** Without code marks a name counts only as far as it was right before; `@docs/x.md` is how an agent's page includes another. */
function ofProse(value: string, line: number, page: Page): readonly Mention[] {
  if (page.kind !== "agents") return [];
  const mentions: Mention[] = [];
  for (const [row, text] of value.split("\n").entries()) {
    const at = line + row;
    for (const [, path = ""] of text.matchAll(/(?:^|\s)@([\w./-]+\.md)\b/g))
      mentions.push({
        named: { kind: "path", path, dirs: [dirOf(page.path)], reach: "exact" },
        text: `@${path}`,
        line: at,
        firm: true,
      });
    if (negated.test(text)) continue;
    for (const [path] of text.matchAll(/(?<![\w@/.:-])[\w.-]+(?:\/[\w.-]+)+\.\w+\b/g))
      mentions.push({
        named: { kind: "path", path, dirs: dirsAround(page.path), reach: "exact" },
        text: path,
        line: at,
        firm: false,
      });
    for (const [command] of text.matchAll(/\b(?:npm|pnpm|yarn|bun) (?:run [\w:-]+|test)\b/g))
      mentions.push(...commandMentions(command, placeIn(page, at, false)));
  }
  return mentions;
}

/** `src/x.ts`, `docs/`, `build.mjs`: one word with a slash or an ending, and nothing that stands for something else. */
function isPath(value: string): boolean {
  if (!/^[\w@.+/-]+(?::\d+(?:[:-]\d+)?|#L\d+\S*)?$/.test(value)) return false;
  if (/^(?:[a-z][\w+.-]*:|\/\/|~|@)|node_modules|\.\.\.|^\.?\/?$/i.test(value)) return false;
  return /\/|\.(?:[cm]?[jt]sx?|jsonc?|md|ya?ml|toml|sh|py|mdx|html|css|lock|txt|snap|sql|env)$/.test(value);
}

function ofHtml(value: string, line: number, page: Page): readonly Mention[] {
  const urls = Array.from(value.matchAll(/\b(?:href|src)=["']([^"']+)["']/g), ([, url = ""]) => url);
  return urls.flatMap((url) => ofLink(url, line, page));
}

function ofLink(url: string, line: number, page: Page): readonly Mention[] {
  if (/^(?:[a-z][\w+.-]*:|\/\/|#|mailto:)/i.test(url)) return [];
  const path = decoded(url.replace(/[?#].*$/, ""));
  if (path === "" || /[<>{}$*]/.test(path)) return [];
  const firm =
    /\.(?:md|[cm]?[jt]sx?|json|ya?ml|toml|sh|svg|png|jpe?g|gif)$/i.test(path) &&
    page.kind !== "guide" &&
    !path.startsWith("/");
  return [
    { named: { kind: "path", path, dirs: [dirOf(page.path)], reach: "exact" }, text: path, line, firm, isLink: true },
  ];
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return "";
  }
}

function isFirm({ kind }: Page): boolean {
  return kind !== "guide";
}

function placeIn(page: Page, line: number, firm: boolean): CommandPlace {
  return {
    dir: commandDir(page.path),
    dirs: dirsAround(page.path),
    line,
    firm,
    firmNames: page.kind === "agents",
    isDir: (path) => page.isDir(path),
  };
}
