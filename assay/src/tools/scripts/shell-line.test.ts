import { expect, test } from "vitest";
import { readShellLine, shellPatterns } from "./shell-line.ts";

const words = (line: string): readonly (readonly string[])[] => readShellLine(line).commands.map((each) => each.words);

test("quotes hold words together, empty ones too, and what they escape is read", () => {
  expect(words(`a '' "" "b \\" \\\\ \\$ \\\` \\n" c\\ d 'e'"f"`)).toEqual([
    ["a", "", "", 'b " \\ $ ` \\n', "c d", "ef"],
  ]);
  expect(words('a "b\nc"')).toEqual([["a", "b\nc"]]);
  expect(words("a $(b c) `d e` $() ``")).toEqual([["a", "$(b c)", "`d e`", "$()", "``"]]);
});

test("redirections with their files are no words, and those to another stream have none", () => {
  expect(words("a >> b c 2>> d e <f g 2>&1 h &1")).toEqual([["a", "c", "e", "g", "h"], ["1"]]);
  expect(words(`a "b<c" 'd>' e`)).toEqual([["a", "b<c", "d>", "e"]]);
  expect(words("a >&12 b")).toEqual([["a", "b"]]);
  expect(words("a -x=1<b c")).toEqual([["a", "-x=1", "c"]]);
});

test("what stands between commands is told of the one in front of it", () => {
  const shown = (line: string): readonly string[] =>
    readShellLine(line).commands.map(({ text, after, piped }) => `${text} ${after}${piped ? " piped" : ""}`);
  expect(shown("a 1 && b || c; d | e |& f & g")).toEqual([
    "a 1 &&",
    "b ||",
    "c ;",
    "d | piped",
    "e |& piped",
    "f &",
    "g ",
  ]);
  expect(shown("(a && b) || c")).toEqual(["a &&", "b ||", "c "]);
  expect(shown("(a) && (b)")).toEqual(["a &&", "b )"]);
  expect(shown("a\nb")).toEqual(["a \n", "b "]);
  expect(shown("a && && b")).toEqual(["a &&", "b "]);
});

test("only what a shell fills in makes a command dynamic, and a line with one is not plain", () => {
  const dynamic = (line: string): readonly boolean[] => readShellLine(line).commands.map((each) => each.dynamic);
  expect(dynamic("a '$x' '`y`' && b $x && c \\$x \\`y && d '' $x")).toEqual([false, true, false, true]);
  expect(dynamic("a \\n$x")).toEqual([true]);
  expect(dynamic("a ''$x''")).toEqual([true]);
  expect([readShellLine("a $x && b").plain, readShellLine("a && b").plain]).toEqual([false, true]);
});

test("a shell fills in what stands outside of quotes, wherever in a word", () => {
  const text = `a* b?c [d] {e,f} 'g*' "h?\\"*" i\\* 'j'k* "l*"'m'{n} o =p ./q/*/r`;
  expect(shellPatterns({ text })).toEqual(["a*", "b?c", "[d]", "{e,f}", "jk*", "l*m{n}", "./q/*/r"]);
  expect(shellPatterns({ text: `''a*'' ""b*""` })).toEqual(["a*", "b*"]);
});
