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
