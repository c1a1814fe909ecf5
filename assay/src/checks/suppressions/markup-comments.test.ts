import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { suppression } from "../suppression.ts";
import { withComments } from "./markup-comments.ts";

/** The lines of a new file on which a tool is told to look away, and what it is told. */
async function found(path: string, text: string): Promise<readonly string[]> {
  const findings = await suppression.inspect(await contextOf({ base: {}, head: { [path]: text } }));
  return findings.map(({ line, message }) => `${line} ${/`(.*?)`/.exec(message)?.[1] ?? message}`);
}

test.each([
  ["a.css", "a {}\n/* stylelint-disable color-named */\n", ["2 stylelint-disable color-named"]],
  ["a.css", '@import "/* a.css";\n/* stylelint-disable */\n', ["2 stylelint-disable"]],
  ["a.css", "a { content: '\\'/*'; }\n/* stylelint-disable */\n", ["2 stylelint-disable"]],
  ["a.css", 'a { content: "\\"/*"; }\n/* stylelint-disable */\n', ["2 stylelint-disable"]],
  ["a.css", "a { content: ''; b: \"\" } /* stylelint-disable */\n", ["1 stylelint-disable"]],
  ["a.scss", "// stylelint-disable-line\na {}\n", ["1 stylelint-disable-line"]],
  ["a.less", "a { b: url(http://a.b/c) } // stylelint-disable-line\n", ["1 stylelint-disable-line"]],
  ["a.sass", "/* stylelint-disable\n   a, b */\n", ["1 stylelint-disable a", "1 stylelint-disable b"]],
  ["a.pcss", "/* prettier-ignore */\n", ["1 prettier-ignore"]],
  ["a.postcss", "/* prettier-ignore */\n", ["1 prettier-ignore"]],
  ["a.html", "<p>\n<!-- prettier-ignore -->\n<b>\n", ["2 prettier-ignore"]],
  ["a.htm", "<!-- prettier-ignore -->\n<b>\n", ["1 prettier-ignore"]],
  ["a.html", "<style>\n/* stylelint-disable */\n</style>\n", ["2 stylelint-disable"]],
  ["a.yml", "a: 1\nb: 2 # yamllint disable-line\n", ["2 yamllint disable-line"]],
  ["a.yaml", "# prettier-ignore\na: [1,\n  2] # zizmor: ignore[a]\n", ["1 prettier-ignore", "3 zizmor: ignore"]],
  ["a.yml", "a: |\n  # yamllint disable\nb: '# yamllint disable'\n# yamllint disable\n", ["4 yamllint disable"]],
])("%s with %j", async (path, text, expected) => {
  expect(await found(path, text)).toEqual(expected);
});

test.each([
  ["a.css", 'a { content: "/* stylelint-disable */"; }\n'],
  ["a.css", "a { content: '/* stylelint-disable */'; }\n"],
  ["a.css", "a { content: '// stylelint-disable'; }\n"],
  ["a.css", "a { b: url(http://stylelint-disable) }\n"],
  ["a.css", "<!-- stylelint-disable -->\n"],
  ["a.html", "<p>stylelint-disable</p>\n"],
  ["a.css.txt", "/* stylelint-disable */\n"],
  ["a.html.txt", "<!-- prettier-ignore -->\n"],
  ["a.yml.txt", "# prettier-ignore\n"],
  ["a.md", "<!-- prettier-ignore -->\n"],
  ["a.yml", "a: 'prettier-ignore'\n"],
])("%s with %j tells nobody to look away", async (path, text) => {
  expect(await found(path, text)).toEqual([]);
});

test("a component is read by its parts, in the order in which they stand", async () => {
  const text = [
    "<script>",
    "// eslint-disable-next-line no-alert",
    "alert('<!-- prettier-ignore -->');",
    "</script>",
    "<!-- eslint-disable-next-line vue/no-v-html -->",
    "<p />",
    "<style>",
    "/* stylelint-disable */",
    "</style>",
  ].join("\n");
  for (const path of ["a.vue", "a.svelte"])
    expect(await found(path, text)).toEqual([
      "2 eslint-disable-next-line no-alert",
      "5 eslint-disable-next-line vue/no-v-html",
      "8 stylelint-disable",
    ]);
  const { pairs } = await contextOf({ base: {}, head: { "a.vue": text.replace("<style>", "<!-- a -->\n<style>") } });
  const read = await Promise.all(pairs.map(withComments));
  const comments = read[0]?.head?.comments ?? [];
  expect(comments.map(({ start }) => start)).toEqual(comments.map(({ start }) => start).toSorted((a, b) => a - b));
  expect(comments.map(({ value }) => value.trim())).toContain("a");
  expect(comments).toHaveLength(4);
});

test("what a file had before is not new, also where it was called otherwise", async () => {
  const text = "/* stylelint-disable */\n";
  const context = await contextOf({
    base: { "a.css": text },
    head: { "b.css": `${text}a {}\n` },
    renames: { "b.css": "a.css" },
  });
  expect(await suppression.inspect(context)).toEqual([]);
});

test("other files are not read here", async () => {
  const { pairs } = await contextOf({ base: {}, head: { "a.ts": "// @ts-ignore\n", "a.md": "" } });
  expect(await Promise.all(pairs.map(withComments))).toEqual([undefined, undefined]);
});
