import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { mutationPage } from "./mutation-page.ts";

const nasty = "</script><script>alert(1)</script> <!-- \u2028\u2029 $& \\";

/** What a browser runs: each script up to the first end tag. */
function scriptsIn(page: string): readonly string[] {
  return Array.from(page.matchAll(/<script>(.*?)<\/script/gs), ([, script]) => script ?? "");
}

test("the page draws the report whatever stands in it, and loads nothing", () => {
  const report = { files: { "src/a.ts": { source: nasty } } };
  const drawn: { report?: unknown } = {};
  const elements = 'drawn.note = "</script>";';
  const page = mutationPage(report, elements);
  const scripts = scriptsIn(page);
  expect(scripts).toHaveLength(2);
  const document = { querySelector: (name: string) => (page.includes(`<${name} `) ? drawn : null) };
  for (const script of scripts) runInNewContext(script, { document, drawn });
  expect(drawn).toEqual({ note: "</script>", report });
  expect(page).not.toMatch(/\b(?:src|href)=/);
});
