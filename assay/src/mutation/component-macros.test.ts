import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { holdsMacro } from "./component-macros.ts";

/** Of `code` in `text`. */
function holds(path: string, code: string, text = code): boolean {
  const start = text.indexOf(code);
  return holdsMacro(repoPath(path), text, { start, end: start + code.length });
}

test.each([
  "defineProps<{ a: number }>()",
  "defineEmits(['done'])",
  "defineExpose ({ a });",
  "defineOptions({})",
  "defineSlots<{ a(): void }>()",
  "defineModel<number>()",
  "withDefaults(defineProps<A>(), { a: 1 })",
])("of Vue %s stays where it is", (code) => {
  expect(holds("src/A.vue", code, `const a = ${code}`)).toBe(true);
  expect(["src/a.ts", "src/A.vue.ts", "src/a.svelte.test"].map((path) => holds(path, code))).toEqual([
    false,
    false,
    false,
  ]);
});

test.each(["$state(0)", "$state.raw([])", "$derived(a + 1)", "$effect(() => {});", "$props()", "$bindable(1)"])(
  "of Svelte %s stays where it is",
  (code) => {
    expect(["A.svelte", "a.svelte.ts", "a.svelte.js"].map((path) => holds(path, code))).toEqual([true, true, true]);
    expect(["a.ts", "svelte.ts", "a.svelte.tsx"].map((path) => holds(path, code))).toEqual([false, false, false]);
  },
);

test.each([
  "input(10)",
  "input.required<string>()",
  "model(false)",
  "output<string>()",
  "outputFromObservable(a)",
  "viewChild('a')",
  "viewChildren(A)",
  "contentChild.required(A)",
  "contentChildren (A)",
])("of Angular %s stays where it is", (code) => {
  const inAngular = `import { Component } from '@angular/core';\nclass A { a = ${code}; }`;
  expect(holds("src/a.ts", code, inAngular)).toBe(true);
  expect(holds("src/a.ts", code, inAngular.replace("core", "forms"))).toBe(false);
  expect(holds("src/a.ts", `this.${code}`, `${inAngular}\nthis.${code}`)).toBe(false);
});

test("what Angular's compiler need not find may be edited", () => {
  const angular = 'import { signal } from "@angular/core";\n';
  for (const code of ["signal(1)", "myinput(1)", "inputs(1)", "a.input(1)", "$output(1)"])
    expect([code, holds("a.ts", code, angular + code)]).toEqual([code, false]);
  expect(holds("a.ts", "10", `${angular}class A { a = input(10); }`)).toBe(false);
});

test("what macros are given, and code that only sounds alike, may be edited", () => {
  expect(holds("A.vue", "1", "withDefaults(defineProps<A>(), { a: 1 })")).toBe(false);
  expect(holds("A.svelte", "a + 1", "const b = $derived(a + 1);")).toBe(false);
  for (const code of ["redefineProps(a)", "defineProp(a)", "defineProps", "$stateful(a)", "state(a)"])
    expect([code, holds("A.vue", code)]).toEqual([code, false]);
});

test("a statement that Svelte runs again whenever something changes stays one", () => {
  expect(holds("A.svelte", "b = a * 2;", "$: b = a * 2;")).toBe(true);
  expect(holds("A.svelte", "b = a * 2;", "$:b = a * 2;")).toBe(true);
  expect(holds("A.svelte", "a * 2", "$: b = a * 2;")).toBe(false);
});
