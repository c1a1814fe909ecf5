import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { aroundOf, shownEdit, shownPart, shorten } from "./shown-code.ts";

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

test("spaces beside a short expression are left out at both ends", () => {
  expect(shown("0", "1", { before: "    return ", after: " + a;  " })).toBe("`return 0 + a;` → `return 1 + a;`");
});

test("a literal and a name are shown with what stands beside them, however long they are", () => {
  const around = { before: "f(", after: ")" };
  for (const original of ['"quite a long text"', "'quite a long text'", "aLongName.ofThings"])
    expect(shown(original, "b", around)).toBe(`\`f(${original})\` → \`f(b)\``);
  expect(shown('"a" + b + "cd"', "b", around)).toBe('`"a" + b + "cd"` → `b`');
});

const [as, bs] = ["a".repeat(60), "b".repeat(60)];

test("what fits is shown as it is, and where one of both does not both are cut", () => {
  const fitting = `f(${"a".repeat(37)})`;
  expect(shown(fitting, `${fitting.slice(0, -1)}b`)).toBe(`\`${fitting}\` → \`${fitting.slice(0, -1)}b\``);
  expect(shown(fitting, `${fitting}+`)).toBe(`\`${fitting}\` → \`…${fitting.slice(1)}+\``);
  expect(shown(`${fitting}+`, fitting)).toBe(`\`…${fitting.slice(1)}+\` → \`${fitting}\``);
});

test("the difference is in the middle of what is shown, unless it is near an end", () => {
  const middle = (sign: string): string => `\`…${as.slice(0, 19)}${sign}${bs.slice(0, 20)}…\``;
  expect(shown(`${as}+${bs}`, `${as}-${bs}`)).toBe(`${middle("+")} → ${middle("-")}`);
  expect(shown(`${as}+b`, `${as}-b`)).toBe(`\`…${as.slice(0, 38)}+b\` → \`…${as.slice(0, 38)}-b\``);
  expect(shown(`+${bs}`, `-${bs}`)).toBe(`\`+${bs.slice(0, 39)}…\` → \`-${bs.slice(0, 39)}…\``);
});

test("of two texts that only one letter more tells apart the end is shown", () => {
  expect(shown(as.slice(0, 50), as.slice(0, 51))).toBe(`\`…${as.slice(0, 40)}\` → \`…${as.slice(0, 40)}\``);
});

test("what stands twice in one of two texts is told from what stands in both once", () => {
  const [before, after] = [as.slice(0, 30), bs.slice(0, 30)];
  expect(shown(`${before}xyxy${after}`, `${before}xy${after}`)).toBe(
    `\`…${as.slice(0, 17)}xyxy${bs.slice(0, 19)}…\` → \`…${as.slice(0, 18)}xy${bs.slice(0, 20)}…\``,
  );
});

test("a difference that is too long by one letter is shown by its two ends", () => {
  expect(shown(`a${bs.slice(0, 39)}c`, `d${as.slice(0, 39)}f`)).toBe(
    `\`a${bs.slice(0, 18)} … ${bs.slice(0, 17)}c\` → \`d${as.slice(0, 18)} … ${as.slice(0, 17)}f\``,
  );
});

test("a long name is shortened to its end", () => {
  expect([shorten("a > b > c", 9), shorten("a > b > c", 8)]).toEqual(["a > b > c", "…> b > c"]);
});

/** What stands around the first place of `original`. */
function around(text: string, original: string): ReturnType<typeof aroundOf> {
  const start = text.indexOf(original);
  const [mutator, replacement, path] = ["none", "", repoPath("src/a.ts")];
  const place = { id: "", path, line: 1, start, end: start + original.length, form: "value" } as const;
  return aroundOf({ ...place, mutator, original, replacement }, text);
}

test("beside a mutant stands what is on its first and its last line", () => {
  expect(around("f();\n  if (a) b;\ng();\n", "a")).toEqual({ before: "  if (", after: ") b;" });
  expect(around("f(a, b)", "a")).toEqual({ before: "f(", after: ", b)" });
  expect(around("x =\n  b\n  + c;\n", "b\n  + c")).toEqual({ before: "  ", after: ";" });
  expect(around("if (a) {\n  f();\n} g();\n", "\n  f();\n")).toEqual({ before: "if (a) {", after: "} g();" });
});
