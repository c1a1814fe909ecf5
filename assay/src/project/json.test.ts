import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { firstJsonError, parseJsonObject } from "./json.ts";

const path = repoPath("a/package.json");

test("a byte order mark is no error", () => {
  expect(parseJsonObject(path, '\uFEFF{"name":"x"}')).toEqual({ name: "x" });
});

test.each([
  ['{\n  "a": 1,\n}', "a/package.json:3: not valid JSON: unexpected `}`"],
  ['{\n  "a": 1\n  "b": 2\n}', 'a/package.json:3: not valid JSON: unexpected `"b": 2`'],
  ['{\n  // why\n  "a": 1 }', "a/package.json:2: not valid JSON: unexpected `// why`"],
  ["{\r\n  x \r\n}", "a/package.json:2: not valid JSON: unexpected `x`"],
  ["{\n  'a': 1 }", "a/package.json:2: not valid JSON: unexpected `'a': 1 }`"],
  ['{\n"a": 1\n', "a/package.json:3: not valid JSON: it ends too early"],
  ["\n\n{,}", "a/package.json:3: not valid JSON: unexpected `,}`"],
  [`["${"x".repeat(28)}" ${"y".repeat(40)}]`, `a/package.json:1: not valid JSON: unexpected \`${"y".repeat(30)}\``],
  ["", "a/package.json:1: not valid JSON: it ends too early"],
  ["{}\n{}", "a/package.json:2: not valid JSON: unexpected `{}`"],
  ["[]", "a/package.json:1: must hold an object"],
  ["null", "a/package.json:1: must hold an object"],
  ['"x"', "a/package.json:1: must hold an object"],
])("%j is refused with its line", (text, message) => {
  expect(() => parseJsonObject(path, text)).toThrow(expect.objectContaining({ code: "config-invalid", message }));
});

test("a byte order mark inside of a text is a part of it", () => {
  expect(parseJsonObject(path, '{"name":"\uFEFFx"}')).toEqual({ name: "\uFEFFx" });
});

test("a merge conflict is called by its name", () => {
  const text = '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> other\n}';
  expect(() => parseJsonObject(path, text)).toThrow(
    expect.objectContaining({ hint: "Resolve the merge conflict in a/package.json." }),
  );
  expect(() => parseJsonObject(path, '{"a": "like <<<<<<< HEAD",}')).toThrow(
    expect.objectContaining({ hint: "Fix line 1 of a/package.json." }),
  );
});

const valid = [
  "{}",
  "[]",
  '{"a":[1,-2.5e+3,true,false,null,"x\\"\\u00e9\\n"],"b":{"c":{}}}',
  ' \t\r\n[ [ ] , { "k" : "v" } ] ',
  '{"":"","e":[1e5,2E-1]}',
  "0",
  '"text"',
];

test.each(valid)("%j holds no error", (text) => {
  expect(firstJsonError(text)).toBe(text.length);
});

function* spoiled(text: string): Generator<string> {
  for (let at = 0; at <= text.length; at++) {
    yield text.slice(0, at);
    for (const extra of ["}", "]", ",", ":", "1", '"']) yield text.slice(0, at) + extra + text.slice(at);
  }
}

test("a text that is JSON has its first error at its end, any other text not after it", () => {
  const wrong: string[] = [];
  for (const whole of valid) {
    for (const text of spoiled(whole)) {
      const at = firstJsonError(text);
      if (isJson(text) ? at !== text.length : at > text.length) wrong.push(text);
    }
  }
  expect(wrong).toEqual([]);
});

test("a character that JSON does not know outside of strings is where the error is", () => {
  for (const text of ["{}", "[1,2]", "[[[]]]", "[true,null]"]) {
    for (let at = 0; at <= text.length; at++) {
      const error = firstJsonError(`${text.slice(0, at)};${text.slice(at)}`);
      // Inside of a word the error is where the word begins.
      expect(text.slice(error, at)).toMatch(/^[a-z\d]*$/);
    }
  }
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
