import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { walk, type Node } from "../../source/walk.ts";
import { possibleTexts } from "./possible-texts.ts";

/** The texts that what is given to `ask(…)` may be; of a list those in it. */
function texts(code: string, within = false): readonly string[] {
  const file = parseSource(repoPath("src/deep/a.ts"), code);
  const asked: Node[] = [];
  walk(file.program, {
    enter(node) {
      if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "ask")
        asked.push(...node.arguments);
    },
  });
  const read = possibleTexts(file);
  return asked.flatMap((node) => (within ? read.textsIn(node) : read.textsOf(node)));
}

test.each([
  ["ask('a');", ["a"]],
  ["ask(`a`);", ["a"]],
  ["ask(String.raw`a`);", ["a"]],
  ["ask('a' + 1 + true + null);", ["a1truenull"]],
  ["ask('a' - 'b');", []],
  ["ask(1);", []],
  ["ask(/a/);", []],
  ["ask(unknown);", []],
  ["ask('a' + unknown);", []],
  ["ask(`a${'b'}c${1}d`);", ["ab".concat("c1d")]],
  ["ask(`a${unknown}`);", []],
  ["ask(x ? 'a' : 'b');", ["a", "b"]],
  ["ask(x ?? 'a');", ["a"]],
  ["ask('a' as string);", ["a"]],
  ["ask((x ? 'a' : 'b') + (y ? 'c' : 'd'));", ["ac", "ad", "bc", "bd"]],
  ["const a = 'b'; ask(a);", ["b"]],
  ["let a = 'b'; a = 'c'; ask(a);", ["b", "c"]],
  ["const a = b; const b = a; ask(a);", []],
  ["const { a } = { a: 'b' }; ask(a);", ["b"]],
  ["const { a: c } = { a: 'b' }; ask(c);", ["b"]],
  ["const { ['a']: c } = { a: 'b' }; ask(c);", ["b"]],
  ["const { [a]: c } = { a: 'b' }; ask(c);", []],
  ["ask('a' + -1);", ["a-1"]],
  ["ask('a' + -'b');", []],
  ["ask('a' + !1);", []],
  ["const [, a] = ['b', 'c']; ask(a);", ["c"]],
  ["for (const a of ['b', 'c']) ask(a);", ["b", "c"]],
  ["import { a } from 'b'; ask(a);", []],
  ["ask({ a: 'b' }.a);", ["b"]],
  ["ask({ 'a': 'b' }['a']);", ["b"]],
  ["ask({ ['a']: 'b' }.a);", ["b"]],
  ["ask({ ...{ a: 'b' } }.a);", ["b"]],
  ["ask({ ...unknown, a: 'b' }.a);", ["b"]],
  ["ask({ a: unknown }.a);", []],
  ["ask({}.toString);", []],
  ["ask({ href: 'a' }.href);", ["a"]],
  ["ask(['a', 'b'][1]);", ["b"]],
  ["ask(['a', 'b'][2]);", []],
  ["ask([, 'b'][1]);", ["b"]],
  ["ask([...['a', 'b'], 'c'][2]);", ["c"]],
  ["ask([...unknown, 'c'][1]);", ["c"]],
  ["enum A { b = 'c', d = unknown, e } ask(A.b); ask(A.e);", ["c"]],
  ["class A { static b = 'c'; d = 'e'; static f() {} } ask(A.b); ask(A.d);", ["c"]],
  ["function f() { return 'a'; } ask(f());", ["a"]],
  ["function f() { if (x) return 'b'; return 'a'; } ask(f());", ["a"]],
  ["const f = () => 'a'; ask(f());", ["a"]],
  ["ask((() => 'a')());", ["a"]],
  ["function f() { return; } ask(f());", []],
  ["function f(a) { ask(a); } f('b'); f('c');", ["b", "c"]],
  ["function f(a, b) { ask(b); } f('c', 'd'); f('e');", ["d"]],
  ["const f = (a) => ask(a); f('b');", ["b"]],
  ["const f = function (a) { ask(a); }; f('b');", ["b"]],
  ["function f(a = 'b') { ask(a); } f('c');", ["b", "c"]],
  ["((a) => ask(a))('b');", ["b"]],
  ["((a, c) => ask(c))('b');", []],
  ["['b', 'c'].map((a) => ask(a));", ["b", "c"]],
  ["['b', 'c'].reduce((a, b) => ask(b));", []],
  ["let a = unknown; for (a of ['b']) ask(a);", ["b"]],
  ["const { a, ...rest } = { a: 'b', c: 'd' }; ask(rest.c);", ["d"]],
  ["declare function f(): string; ask(f());", []],
])("%j asks for %j", (code, expected) => {
  expect(texts(code)).toEqual(expected);
});

test.each([
  ["'a'.concat('b', 'c')", "abc"],
  ["'AB'.toLowerCase()", "ab"],
  ["' a '.trim()", "a"],
  ["'a'.toString()", "a"],
  ["'aba'.replace('a', 'c')", "cba"],
  ["'aba'.replace('a', '$&')", "$&ba"],
  ["'aba'.replaceAll('a', 'c')", "cbc"],
  ["'abc'.slice(1, 2)", "b"],
  ["'abc'.substring(1)", "bc"],
  ["'a,b'.split(',').join('-')", "a-b"],
  ["'abc'.split('').reverse().join('')", "cba"],
  ["['a', 'b'].toReversed().join()", "b,a"],
  ["['a', 'b', 'c'].slice(1).join('')", "bc"],
  ["['a', 'b'].at(-1)", "b"],
  ["'abc'.slice(-2)", "bc"],
  ["['a'].concat(['b'], 'c').join('')", "abc"],
  ["String('a')", "a"],
  ["String.fromCharCode(97, 98)", "ab"],
  ["String.fromCodePoint(97)", "a"],
  ["atob('YWI=')", "ab"],
  ["Buffer.from('YWI=', 'base64')", "ab"],
  ["Buffer.from('ab')", "ab"],
  ["Buffer.from('ab', 'nothing')", "ab"],
  ["decodeURIComponent('%61')", "a"],
  ["path.join('a', '../b')", "b"],
  ["path.join('a')", "a"],
  ["path.posix.join('a', 'b')", "a/b"],
  ["['a', 'b'].at()", "a"],
  ["'abc'.substring()", "abc"],
  ["'abc'.substring(1, 2)", "b"],
  ["join('a', 'b')", "a/b"],
  ["path.resolve('a')", "/@repository/a"],
  ["resolve('a', '/b')", "/b"],
  ["path.dirname('a/b')", "a"],
  ["dirname('a/b')", "a"],
  ["fileURLToPath('file:///a')", "/a"],
  ["fileURLToPath('a')", "a"],
  ["pathToFileURL('/a')", "file:///a"],
  ["new URL('./b', 'file:///a/c')", "file:///a/b"],
  ["new URL('./b', 'file:///a/c').href", "file:///a/b"],
  ["new URL('./b', 'file:///a/c').pathname", "file:///a/b"],
  ["import.meta.url", "file:///@repository/src/deep/a.ts"],
  ["import.meta.dirname", "/@repository/src/deep"],
  ["import.meta.dir", "/@repository/src/deep"],
  ["import.meta.filename", "/@repository/src/deep/a.ts"],
  ["import.meta.path", "/@repository/src/deep/a.ts"],
  ["__dirname", "/@repository/src/deep"],
  ["__filename", "/@repository/src/deep/a.ts"],
  ["process.cwd()", "/@repository"],
])("%s is %s", (expression, expected) => {
  expect(texts(`ask(${expression});`)).toEqual([expected]);
});

test.each([
  "'a'.at(0)",
  "'a'.b",
  "(1).a",
  "(1).concat('a')",
  "'a'.concat(unknown)",
  "['a', unknown].join('')",
  "['a'].map(f)",
  "['a', 'b'].at(7)",
  "{ a: 'b' }.a()",
  "other.cwd()",
  "path.join(unknown, 'a')",
  "join('a')",
  "resolve('a')",
  "path.join()",
  "decodeURIComponent('%')",
  "new URL('a')",
  "import.meta.env",
  "f('a')",
  "a.b",
  "a[b]",
  "a.#b",
  "undefined",
])("what %s is nobody can tell", (expression) => {
  expect(texts(`ask(${expression});`)).toEqual([]);
});

test("of a list the texts in it may be meant, of a list in it as well", () => {
  expect(texts("ask(['a', ['b', 1], unknown]);", true)).toEqual(["a", "b"]);
  expect(texts("ask('a');", true)).toEqual(["a"]);
  expect(texts("ask({ a: 'b' });", true)).toEqual([]);
});

test("a name is put together of as many pieces as it has, and a function that calls itself comes to an end", () => {
  const pieces = Array.from("@acme/numpy-ts/linear", (letter, index) => `const p${index} = "${letter}";`);
  const sum = pieces.map((_, index) => `p${index}`).join(" + ");
  expect(texts(`${pieces.join("\n")}\nask(${sum});`)).toEqual(["@acme/numpy-ts/linear"]);
  expect(texts("function f() { return f() + f(); } ask(f());")).toEqual([]);
});

test("more than a few texts tell nothing more", () => {
  const names = Array.from({ length: 5 }, (_, index) => `(x ? 'a${index}' : 'b${index}')`);
  expect(texts(`ask(${names.slice(0, 4).join(" + ")});`)).toHaveLength(16);
  expect(texts(`ask(${names.join(" + ")});`)).toHaveLength(16);
});
