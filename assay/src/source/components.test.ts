import { expect, test } from "vitest";
import { isMarkupWithScript, scriptOf } from "./components.ts";

test("of the files with a script inside, prose with lines of code is no program", () => {
  const paths = ["a.vue", "a.svelte", "a.astro", "a.mdx", "a.ts", "a.mdx.vue", "a.vue.ts"];
  expect(paths.filter((path) => isMarkupWithScript(path))).toEqual(["a.vue", "a.svelte", "a.astro", "a.mdx.vue"]);
});

test("of a script that is data, or in a comment, nothing is left, and everything stays in its place", () => {
  const blank = (text: string): string => text.replaceAll(/\S/g, " ");
  const data = '<script type="application/ld+json">{ "a": 1 }</script>\n';
  const comment = "<!-- <script>b();</script> -->\n";
  const opening = '<script generics="T extends Map<string, number>" type="module">';
  // Behind it another comment, which the first one does not end in.
  expect(scriptOf("a.vue", `${data}${comment}${opening}c();</script>${comment}`).trimEnd()).toBe(
    `${blank(data)}${blank(comment)}${blank(opening)}c();`,
  );
});

test.each([
  ["<script type=module>", true],
  ['<script type="">', true],
  ["<script type='text/TypeScript'>", true],
  ['<script type="text/ts">', true],
  ['<script type="application/javascript">', true],
  ['<script type="text/x-template">', false],
  ["<script type=importmap>", false],
])("what stands in %s is a program: %s", (opening, isProgram) => {
  expect(scriptOf("a.svelte", `${opening}a();</script>`).includes("a();")).toBe(isProgram);
});

test("of prose the lines that import or export are left, and of a page what stands between its first lines", () => {
  const lines = ['import a from "a";', "importance of it", "See import b", "export const c = 1;"];
  expect(scriptOf("a.mdx", lines.join("\n")).split("\n")).toEqual([
    lines[0],
    ...lines.slice(1, 3).map((line) => " ".repeat(line.length)),
    lines[3],
  ]);
  expect(scriptOf("a.astro", "---\na();\n---\n<p/>\n---\nb\n---\n").trim()).toBe("a();");
  expect(scriptOf("b.astro", "<p/>\n---\nb\n---\n").trim()).toBe("");
});
