import { expect, test } from "vitest";
import { readPattern } from "./pattern.ts";

/** A pattern, its flags, and its pieces as `kind text`. */
const cases: readonly (readonly [pattern: string, flags: string, ...pieces: string[]])[] = [
  ["^a.$", "", "start ^", "other a", "any .", "end $"],
  [
    "a*b+?c{2}d{2,}e{2,3}?",
    "",
    ..."other a,quantifier *,other b,quantifier +?,other c".split(","),
    "quantifier {2}",
    "other d",
    "quantifier {2,}",
    "other e",
    "quantifier {2,3}?",
  ],
  [
    "(a)(?<b>c)(?:d)(?i-s:e)|f",
    "",
    "open (",
    "other a",
    "close )",
    "open (?<b>",
    "other c",
    "close )",
    "open (?:",
    "other d",
    "close )",
    "open (?i-s:",
    "other e",
    "close )",
    "or |",
    "other f",
  ],
  [
    "(?=a)(?!b)(?<=c)(?<!d)",
    "",
    "look (?=",
    "other a",
    "close )",
    "look (?!",
    "other b",
    "close )",
    "look (?<=",
    "other c",
    "close )",
    "look (?<!",
    "other d",
    "close )",
  ],
  ["\\b\\B\\d\\W\\p{Letter}", "u", "boundary \\b", "boundary \\B", "set \\d", "set \\W", "set \\p{Letter}"],
  [
    "\\u{1F600}\\u00aF1\\x0fA\\cJ\\k<bc>\\12\\.1",
    "u",
    "other \\u{1F600}",
    "other \\u00aF",
    "other 1",
    "other \\x0f",
    "other A",
    "other \\cJ",
    "other \\k<bc>",
    "other \\12",
    "other \\.",
    "other 1",
  ],
  ["[a-z][^]\\]][[]x]", "", "class [a-z]", "any [^]", "other \\]", "other ]", "class [[]", "other x", "other ]"],
  ["[a--[b]]c", "v", "class [a--[b]]", "other c"],
  [
    "[\\s\\S][\\W\\w][\\d\\S]a[][\\d\\D]",
    "",
    "any [\\s\\S]",
    "any [\\W\\w]",
    "class [\\d\\S]",
    "other a",
    "class []",
    "any [\\d\\D]",
  ],
];

for (const [pattern, flags, ...pieces] of cases) {
  test(`the pieces of /${pattern}/${flags}`, () => {
    expect(readPattern(pattern, flags).map(({ kind, text }) => `${kind} ${text}`)).toEqual(pieces);
  });
}
