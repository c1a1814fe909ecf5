import { expect, test } from "vitest";
import { shownEdit, shownPart } from "./shown-code.ts";

const alone = { before: "", after: "" };

function shown(original: string, replacement: string, around = alone): string {
  return shownEdit({ original, replacement }, around).join(" → ");
}

test("an expression of some length is shown by itself", () => {
  expect(shown("norm <= limit", "norm > limit", { before: "  if (", after: ") return;" })).toBe(
    "`norm <= limit` → `norm > limit`",
  );
});

test("a short expression is shown with what stands beside it", () => {
  const around = { before: "  const rest = values.slice(", after: ", values.length - offset);" };
  expect(shown("0", "1", around)).toBe(
    "`… = values.slice(0, values.length - …` → `… = values.slice(1, values.length - …`",
  );
});

test("of a long expression the part that differs is shown", () => {
  const left = "resolvedStreamId === this.#standaloneSseStreamId";
  expect(shown(`${left} && onSessionDisconnected`, `${left} || onSessionDisconnected`)).toBe(
    "`…ndaloneSseStreamId && onSessionDisconnec…` → `…ndaloneSseStreamId || onSessionDisconnec…`",
  );
});

test("where all of a long expression differs its two ends are shown", () => {
  expect(shown(`a${"b".repeat(60)}c`, `d${"e".repeat(60)}f`)).toMatch(/^`ab+ … b+c` → `de+ … e+f`$/);
});

test("line breaks and indentation are one space", () => {
  expect(shown("first\n  && second", "first\n  || second")).toBe("`first && second` → `first || second`");
});

test("a part that is never reached is shown on one line, and its beginning where it is long", () => {
  expect(shownPart({ original: "0" })).toBe("`0`");
  expect(shownPart({ original: "f(\n  first,\n  second,\n)" })).toBe("`f( first, second, )`");
  expect(shownPart({ original: `f(${"argument, ".repeat(9)})` })).toBe("`f(argument, argument, argument, argumen…`");
});
