import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { InstructionKind } from "./instruction-files.ts";
import { pageMentions } from "./page-mentions.ts";

/** What a page names: `line: text`, with `!` where it can mean nothing but this repository. */
function named(text: string, kind: InstructionKind = "agents", path = "docs/page.md"): readonly string[] {
  const mentions = pageMentions({ path: repoPath(path), text, kind, isDir: () => true });
  return mentions.map((mention) => `${mention.line}: ${mention.text}${mention.firm ? " !" : ""}`);
}

/** How far what a page names may lie away. */
function reachOf(text: string, kind: InstructionKind): unknown {
  const [mention] = pageMentions({ path: repoPath("docs/page.md"), text, kind, isDir: () => true });
  return mention?.named.kind === "path"
    ? `${mention.named.path} ${mention.named.reach} ${mention.named.dirs.join()}`
    : mention;
}

test("a shell block says what is run, line by line", () => {
  for (const lang of ["sh", "bash", "SHELL", "zsh", "console", "shellsession", "terminal"])
    expect([lang, named(`\`\`\`${lang}\nnpm run a\n\nmake b\n\`\`\`\n`)]).toEqual([
      lang,
      ["2: npm run a !", "4: make b !"],
    ]);
  expect(named("~~~sh\nnpm run a\n~~~\n")).toEqual(["2: npm run a !"]);
  expect(named("    npm run a\n")).toEqual(["1: npm run a !"]);
  expect(named("```sh\nnpm run a\n```\n", "guide")).toEqual(["2: npm run a"]);
  for (const lang of ["ts", "json", "yaml"])
    expect([lang, named(`\`\`\`${lang}\nnpm run a\n\`\`\`\n`)]).toEqual([lang, []]);
});

test("of a session what stands behind the prompt is run", () => {
  expect(named("```sh\n$ npm run a\nnpm run b\n  $ make c\n```\n")).toEqual(["2: npm run a !", "4: make c !"]);
});

test("in a block of no language what begins like a command is one", () => {
  for (const lang of ["", "text", "txt"])
    expect([lang, named(`\`\`\`${lang}\nnpm run a\nthen npm run b\n  ./run.sh\n./notes.md\n\`\`\`\n`)]).toEqual([
      lang,
      ["2: npm run a !", "4: ./run.sh !"],
    ]);
});

test("code in a sentence names a command or a path", () => {
  expect(named("Run `npm run a`, then `src/a.ts`.")).toEqual(["1: npm run a !", "1: src/a.ts !"]);
  expect(named("Run `npm run a`, then `src/a.ts`.", "readme")).toEqual(["1: npm run a !", "1: src/a.ts"]);
  expect(named("Run `npm run a`, then `src/a.ts`.", "guide")).toEqual(["1: npm run a", "1: src/a.ts"]);
  expect(named("See `a.ts` and `src/`.")).toEqual(["1: a.ts", "1: src/ !"]);
  expect(named("See `.env/a.ts` and `.github/a.yml`.")).toEqual(["1: .env/a.ts", "1: .github/a.yml !"]);
});

test("a path in code is one word with a slash or an ending", () => {
  for (const path of [
    "src/a.ts",
    "src/",
    "./a",
    "a.json",
    "a.mdx",
    "docs/a+b.md",
    "src/a.ts:12",
    "src/a.ts:12:3",
    "src/a.ts#L12",
    "src/a.ts#L1-L2",
  ])
    expect([path, named(`See \`${path}\`.`).length]).toEqual([path, 1]);
  for (const other of [
    "a b.ts",
    "a.b",
    "read()",
    "https://x.dev/a.ts",
    "//x.dev/a.ts",
    "~/a.ts",
    "@x/a.ts",
    "node_modules/a.ts",
    "src/.../a.ts",
    "/",
    "./",
    "src/*.ts",
    "<dir>/a.ts",
  ])
    expect([other, named(`See \`${other}\`.`)]).toEqual([other, []]);
});

test("lines behind a path are no part of it", () => {
  expect(reachOf("`src/a.ts:12:3`", "agents")).toBe("src/a.ts anywhere docs,");
  expect(reachOf("`src/a.ts#L12`", "agents")).toBe("src/a.ts anywhere docs,");
  expect(reachOf("`a.ts`", "agents")).toBe("a.ts anywhere docs,");
  expect(reachOf("`a.ts`", "guide")).toBe("a.ts below docs,");
  expect(reachOf("`a/`", "guide")).toBe("a/ below docs,");
  expect(reachOf("`src/a.ts`", "guide")).toBe("src/a.ts anywhere docs,");
});

test("what a sentence says to be gone is not named, and what it gives as an example need not be there", () => {
  for (const words of ["was removed", "is deprecated", "is no longer there", "was renamed"])
    expect([words, named(`\`src/a.ts\` ${words}.`)]).toEqual([words, []]);
  for (const words of ["for example", "such as", "we create", "you could add"])
    expect([words, named(`${words} \`src/a.ts\`.`)]).toEqual([words, ["1: src/a.ts"]]);
  expect(named("It was removed. Use `src/a.ts` now. It was removed.")).toEqual(["1: src/a.ts !"]);
  expect(named("| `src/a.ts` | was removed |\n| `src/b.ts` | is there |\n")).toEqual(["2: src/b.ts !"]);
  expect(named("# The removed `src/a.ts`\n\n`src/b.ts`\n")).toEqual(["3: src/b.ts !"]);
});

test("prose counts in pages for developers alone, as far as it was right before", () => {
  const text = "Look at src/a.ts,\nthen npm run b.";
  expect(named(text)).toEqual(["1: src/a.ts", "2: npm run b"]);
  expect(named(text, "readme")).toEqual([]);
  expect(named("We removed src/a.ts.\nLook at src/b.ts.")).toEqual(["2: src/b.ts"]);
  expect(named("See https://x.dev/a/b.ts and @x/a/b.ts.")).toEqual([]);
});

test("a page includes another", () => {
  expect(named("@docs/a.md\nand @../b.md")).toEqual(["1: @docs/a.md !", "2: @../b.md !"]);
  expect(named("mail me@docs/a.md")).toEqual([]);
});

test("links and images lead into the repository, unless they lead out of it", () => {
  expect(named("[a](../a.md#part) ![b](b.png?raw=1)\n\n[c]: c.ts\n", "readme")).toEqual([
    "1: ../a.md !",
    "1: b.png !",
    "3: c.ts !",
  ]);
  expect(named("[a](a.md)", "guide")).toEqual(["1: a.md"]);
  expect(named("[a](/a.md) [b](b) [c](b%20c.md)", "readme")).toEqual(["1: /a.md", "1: b", "1: b c.md !"]);
  expect(named('<a href="a.md"><img src="b.svg"></a>', "readme")).toEqual(["1: a.md !", "1: b.svg !"]);
  for (const url of [
    "https://x.dev/a.md",
    "//x.dev/a.md",
    "#part",
    "mailto:a@b.md",
    "%E0%A4%A.md",
    "a*.md",
    "{{a}}.md",
  ])
    expect([url, named(`[a](${url})`, "readme")]).toEqual([url, []]);
});
