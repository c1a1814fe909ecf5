import { expect, test } from "vitest";
import { lineOfKey } from "./toml-lines.ts";

const toml = `# a comment
base = "x" # base again
list = [
  "a",
  "b",
]
text = """
[table]
key = 1
"""
dotted.key.deep = 1

[table]
"quoted key" = { inner = 1 }
[[many]]
id = 1
[[many]]
id = 2
`;

test.each<readonly [readonly (string | number)[], number]>([
  [["base"], 2],
  [["list"], 3],
  [["list", 1], 3],
  [["text"], 7],
  [["dotted", "key", "deep"], 11],
  [["table"], 13],
  [["table", "quoted key"], 14],
  [["table", "quoted key", "inner"], 14],
  [["table", "absent"], 13],
  [["many", 0], 15],
  [["many", 1, "id"], 18],
  [["many", 1, "absent"], 17],
  [["absent"], 1],
  [[], 1],
])("%j begins on line %s", (path, line) => {
  expect(lineOfKey(toml, path)).toBe(line);
});
