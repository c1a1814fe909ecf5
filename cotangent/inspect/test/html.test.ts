// The page in a real browser.
import { descendants, optimize, operations, trace, type Value } from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { toHTML, type PassView } from "../src/index.ts";
import { chromium, Page } from "./browser.ts";
import { chain, nested, plain } from "./programs.ts";

describe.skipIf(chromium === undefined)("in a browser", () => {
  let page: Page | null = null;
  const open = async (html: string, options = {}): Promise<Page> => (page = await Page.open(html, options));
  const look = async (name: string) => {
    const folder = process.env["SCREENSHOTS"];
    if (folder !== undefined && page !== null) writeFileSync(`${folder}/${name}.png`, await page.screenshot());
  };

  afterEach(async () => {
    await page?.close();
    page = null;
  });

  const tangents = descendants(plain, [1]);
  const isTangent = (variable: number) => tangents.has(variable);

  test("shows a line for each equation, and loads and reports nothing", async () => {
    const shown = await open(toHTML(plain, { title: "Plain", isTangent }));
    expect(await shown.evaluate('[...document.querySelectorAll(".line b")].map((each) => each.textContent)')).toEqual([
      "sin",
      "mul",
      "mul",
      "add",
      "sum",
    ]);
    expect(await shown.evaluate("document.title")).toBe("Plain");
    expect(await shown.evaluate('document.querySelectorAll("svg .box").length')).toBe(10);
    expect(await shown.evaluate('document.querySelectorAll(".program .line.tangent").length')).toBe(5);
    await look("plain");
    expect(shown.messages).toEqual([]);
  });

  test("colours primal and tangent parts differently", async () => {
    const shown = await open(toHTML(plain, { isTangent }));
    const colours =
      '[...new Set([...document.querySelectorAll("svg .box rect")].map((box) => getComputedStyle(box).fill))]';
    expect(await shown.evaluate(colours)).toEqual(["rgb(219, 234, 254)", "rgb(254, 215, 170)"]);
  });

  test("a click on a variable marks where it is defined and used, another takes the marks away", async () => {
    const shown = await open(toHTML(nested));
    const click = "document.querySelector(\"[data-variable='g:0']\").click()";
    const marked = '[...document.querySelectorAll(".variable.marked")].map((each) => each.dataset.variable)';
    await shown.evaluate(click);
    expect(await shown.evaluate(marked)).toEqual(["g:0", "g:0"]);
    await shown.evaluate(click);
    expect(await shown.evaluate(marked)).toEqual([]);
  });

  test("graphs within are folded, unfold at once, and are found by search", async () => {
    const shown = await open(toHTML(nested));
    const openScopes = 'document.querySelectorAll(".scope[open]").length';
    expect(await shown.evaluate(openScopes)).toBe(0);
    await shown.evaluate('document.querySelector("[data-open=yes]").click()');
    expect(await shown.evaluate(openScopes)).toBe(3);
    await look("nested");
    await shown.evaluate('document.querySelector("[data-open=no]").click()');
    expect(await shown.evaluate(openScopes)).toBe(0);
    await shown.evaluate(
      '{ const field = document.querySelector("#search"); field.value = "EXP"; field.dispatchEvent(new Event("input")); }',
    );
    const visible =
      '[...document.querySelectorAll(".line")].filter((each) => each.checkVisibility()).map((each) => each.textContent)';
    expect(await shown.evaluate(visible)).toEqual([expect.stringContaining("exp")]);
  });

  test("shows what each pass changed", async () => {
    const f = (x: Value) => operations.add(operations.neg(operations.neg(x)), operations.mul(x, 1));
    const { graph } = trace(f, { locations: true })(array([1, 2]));
    const passes: PassView[] = [];
    const after = optimize(graph, { onPass: (name, before, after) => passes.push({ name, before, after }) });
    const shown = await open(toHTML(after, { passes }));
    const summaries = '[...document.querySelectorAll(".pass > summary")].map((each) => each.textContent)';
    expect(await shown.evaluate(summaries)).toEqual([
      "deadCode · changes nothing",
      "foldConstants · changes nothing",
      "simplify · 4 equations → 2",
      "deadCode · 2 equations → 1",
    ]);
    const marks = '[".diff .before", ".diff .after"].map((each) => document.querySelectorAll(each).length > 0)';
    expect(await shown.evaluate(marks)).toEqual([true, true]);
    expect(await shown.evaluate('document.querySelector(".location").textContent')).toMatch(/^html\.test\.ts:\d+:\d+$/);
    await shown.evaluate('for (const pass of document.querySelectorAll(".pass")) pass.open = true');
    await look("passes");
  });

  test("500 equations are shown at once", async () => {
    const graph = chain(500);
    const shown = await open(toHTML(graph), { dark: true });
    expect(await shown.evaluate('document.querySelectorAll(".program .line").length')).toBe(503);
    await look("chain");
    await shown.evaluate('document.querySelectorAll("section > details")[0].open = false');
    await shown.evaluate('document.querySelectorAll("section > details")[1].open = true');
    expect(await shown.evaluate('document.querySelector("svg").getBoundingClientRect().height > 30000')).toBe(true);
    await look("chain-diagram");
  });

  test("text of a program is text, whatever is in it", async () => {
    const [equation] = plain.equations;
    const location = '"><script>document.title = "broken"</script>:1:2';
    const equations = equation === undefined ? [] : [{ ...equation, location }, ...plain.equations.slice(1)];
    const shown = await open(toHTML({ ...plain, equations }, { title: "</title><script>1</script>" }));
    expect(await shown.evaluate("document.title")).toBe("</title><script>1</script>");
    expect(await shown.evaluate('document.querySelectorAll("script").length')).toBe(1);
    expect(await shown.evaluate('document.querySelector(".location").title')).toBe(location);
  });
});
