import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mutatorIds } from "../../model/mutant.ts";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { findCandidates } from "../candidates.ts";
import { allMutators, defaultMutators, mutatorOf, mutatorsNamed } from "./index.ts";

/** By mutator: code, and what becomes of its expressions. */
const cases: Readonly<Record<string, readonly (readonly [code: string, ...mutants: string[]])[]>> = {
  arithmetic: [
    ["x = a + b", "a - b"],
    ["x = a - b * c", "a + b * c", "b / c"],
    ["x = (a + b) % c", "(a + b) * c", "a - b"],
    ["x = a ** b", "a * b"],
    ["x = a & b | c", "a & b & c", "a | b"],
    ["x = a ^ b", "a & b"],
    ["x = [a << b, a >> b, a >>> b]", "a >> b", "a << b", "a << b"],
    ["x = 'a' + b"],
    ["x = a + `b` + c"],
    ["x = String(a) + b"],
    ["x = (a ? b : '') + c; y = (a || '') + b; z = a.join(b) + c"],
    ["x = a /* + */ + /* - */ b", "a /* + */ - /* - */ b"],
    ["x = 24 * 60 * 60; y = 2 * a", "2 / a"],
    ["x = a + b < c || (d - 1)! >= e"],
    ["x = f(a + b) < c || a * 2 === b", "a - b", "a / 2"],
    ["x = [a + b << c, a * b >>> c]", "a + b >> c", "a - b", "a * b << c", "a / b"],
    ["x = a < b"],
  ],
  "assignment-operator": [
    ["a += b", "a -= b"],
    ["a -= b", "a += b"],
    ["a *= b; a /= b; a %= b; a **= b", "a /= b", "a *= b", "a *= b", "a *= b"],
    ["a &&= b; a ||= b; a ??= b", "a ||= b", "a &&= b", "a &&= b"],
    [
      "a |= b; a &= b; a ^= b; a <<= b; a >>= b; a >>>= b",
      "a &= b",
      "a |= b",
      "a &= b",
      "a >>= b",
      "a <<= b",
      "a <<= b",
    ],
    ["a += 'b'"],
    ["a = b"],
  ],
  "assignment-removal": [
    ["a = b", ";"],
    ["a.b = c; a['b'] = c; delete a.b", ";", ";", ";"],
    ["if (a) b = c", ";"],
    ["a += b; a ??= b; [a] = b; x = y = undefined; a = null; a = void 0"],
    ["a = 'null'; a = /b/", ";", ";"],
    ["this.cache = a; memoized.a = b"],
    ["exports.a = b; module.exports = a; module.exports.a = b; module.a = b", ";"],
    ["let a = b; f(a = b)"],
  ],
  "boolean-literal": [
    ["x = true", "false"],
    ["Object.defineProperty(a, 'b', { writable: true, enumerable: false, value: true })", "false"],
    ["f(false, { a: true })", "true", "false"],
    [
      "spawn(a, { windowsHide: true, windowsVerbatimArguments: false, windows: true, overwritable: true })",
      "false",
      "false",
    ],
    ["type X = true"],
    ["f({ writableOnce: true })", "false"],
    ["x = <p hidden={true}/>", "false"],
  ],
  "call-removal": [
    ["f(a)", ";"],
    ["a.b(); a?.b(); a!.b(); new A()", ";", ";", ";", ";"],
    ["async () => { await f(); void f(); void (await f()) }", ";", ";", ";"],
    ["x = f(); () => f(); f() && g(); !f()"],
    ["class A extends B { constructor() { super(); super.init() } }", ";"],
    ["clearTimeout(a); a.unref(); Object.freeze(a); this.cache.set(a, b); memoize(a); resolve(a)"],
    ["setCache(a); a.clearMemo(); setMemory(a)", ";"],
    ["import('a'); require('b')"],
  ],
  "collection-constant": [
    ["() => [a]", "[]"],
    ["() => []", "[undefined]"],
    ["() => ({ a })", "{}"],
    ["() => ({})"],
    ["function f() { return [a] as const }", "[]"],
    ["x = [a]; f({ a })"],
  ],
  "comparison-boundary": [
    ["x = a < b", "a <= b"],
    ["x = [a <= b, a > b, a >= b]", "a < b", "a >= b", "a > b"],
    ["for (let i = 0; i < n; i++) f(i < k)", "i <= k"],
    ["while (i < n) i++"],
    ["for (; a && i < n;) f()"],
    ["x = [Date.nowish() > a, b < renow()]", "Date.nowish() >= a", "b <= renow()"],
    ["x = Date.now() > a || performance.now() >= b"],
    ["x = a < b ? a : b"],
    ["x = a < b ? a : 0", "a <= b"],
    ["function f() { if (a > b) return b; if (a < c) { return c } if (a > d) return e }", "a >= d"],
    ["x = a && a > b ? b : c && a < c ? c : a"],
    ["x = a || a > b ? b : a", "a >= b"],
    ["x = f(a) < f(b) ? a : b"],
    ["x = a > b ? b : c", "a >= b"],
    ["for (; go(() => i < n);) f()", "i <= n"],
    ["function f() { if (a === 0) return b; return a > 0 ? c : d }"],
    ["function f() { return a > 0 ? c : d }", "a >= 0"],
    ["if (a > 0) f(a)"],
    ["function f() { if (a > 0) g(a) }"],
    ["for (;;) if (a > 0) { f(a); break }", "a >= 0"],
    ["if (a > 0) f(a); else g()", "a >= 0"],
    ["x = a === b"],
  ],
  "comparison-negation": [
    ["x = a < b", "a >= b"],
    ["x = [a <= b, a > b, a >= b]", "a > b", "a <= b", "a < b"],
    ["x = [a === b, a !== b, a == b, a != b]", "a !== b", "a === b", "a != b", "a == b"],
    ["x = a in b", "!(a in b)"],
    ["x = a instanceof B", "!(a instanceof B)"],
    ["for (; i < n;) f()", "i >= n"],
    ["let x: A extends B ? true : false"],
  ],
  "condition-constant": [
    ["if (a) f()", "true", "false"],
    ["x = a < b ? c : d", "true", "false"],
    ["while (a()) f()", "false"],
    ["while (true) f(); x = a && b"],
  ],
  "condition-inversion": [
    ["if (a) f()", "!(a)"],
    ["x = a.b() ? 1 : 2", "!(a.b())"],
    ["while (a) f()", "!(a)"],
    ["if (a ?? b) f()", "!(a ?? b)"],
    ["if (!a) f(); else if (a && b) f(); else if (a < b) f(); else if (true) f()"],
    ["if (a === b) f(); else if (a != b) f(); else if (a in b) f(); else if (a instanceof B) f()"],
    ["if (a << b) f()", "!(a << b)"],
    ["do f(); while (a)"],
  ],
  "early-exit-removal": [
    ["function f() { if (a) return; g() }", ";"],
    ["function f() { if (a) { g(); return b } h() }", ";"],
    ["for (;;) { if (a) continue; if (b) { break } }", ";", ";"],
    ["function f() { if (a) return; else return b }"],
    ["function f() { return a }"],
    ["switch (a) { case b: break }"],
  ],
  "logical-operator": [
    ["x = a > b && f(c)", "a > b || f(c)"],
    ["x = a || b", "a && b"],
    ["x = a || b || c", "(a || b) && c"],
    ["x = (a || b) || (c ?? d)", "(a || b) && (c ?? d)"],
    ["x = !a && f(b) && (c || d)", "!a && f(b) || (c || d)", "c && d"],
    ["x = f(a) && !b || f(c) && !d", "f(a) && !b && f(c) && !d", "f(a) || !b", "f(c) || !d"],
    ["x = [a && f(a), f(a) && a.b, a?.b && f(a), a! && f(a)]"],
    ["x = isOpen && this.hasItems", "isOpen || this.hasItems"],
    ["x = a ?? b"],
  ],
  "method-removal": [
    ["x = a.trim()", "a"],
    ["x = a.b().filter(f).map(g)", "a.b()"],
    ["x = (a ?? b).sort(f)", "(a ?? b)"],
    ["x = (a /* ) */ || b) // )\n  .reverse()", "(a /* ) */ || b)"],
    ["x = a?.trim()", "a"],
    ["x = a?.b.trim().length", "a?.b.length"],
    ["x = a?.trim().length"],
    ["x = a.slice(1) + a.slice()", "a"],
    ["x = a.replace(b, c).replace(d)", "a"],
    ["x = [a.flat(), a.normalize(), a.reverse(), a.sort(), a.toReversed(), a.toSorted()]", ...times(6, "a")],
    ["x = [a.toLowerCase(), a.toUpperCase(), a.trimEnd(), a.trimStart(), a.replaceAll(b, c)]", ...times(5, "a")],
    ["x = [a.concat(), a.filter(), a.padEnd(), a.padStart(), a.replaceAll(b), a.substring()]"],
    ["x = Math.abs(a - b)", "a - b"],
    ["list.sort(); list.reverse()"],
    ["x = trim(a); y = a[sort]()"],
  ],
  "method-swap": [
    ["x = a.some(f) && a.every(f)", "a.every(f)", "a.some(f)"],
    ["x = a.startsWith(b) || a?.endsWith(b).c", "a.endsWith(b)", "a?.startsWith(b).c"],
    [
      "x = [a.indexOf(':'), a.lastIndexOf('b'), a.indexOf(b), a.indexOf(':', 1), a.indexOf(':') < 0]",
      "a.lastIndexOf(':')",
      "a.indexOf('b')",
    ],
    ["x = Math.min(a, Math.max(b, c))", "Math.max(a, Math.max(b, c))", "Math.min(b, c)"],
    ["x = [Math.floor(a), Math.ceil(a), Math.round(a)]", "Math.ceil(a)", "Math.floor(a)", "Math.floor(a)"],
    ["x = new ArrayBuffer(Math.min(a, 2 * Math.max(b, c))); y = Buffer.alloc(Math.ceil(a))"],
    ["x = new Size(Math.min(a, b)); y = Buffer.from(Math.max(a, b))", "Math.max(a, b)", "Math.min(a, b)"],
    ["x = b.min(a); y = min(a); z = Math[max](a)"],
  ],
  "negation-removal": [
    ["x = !a", "a"],
    ["x = !(a && b)", "a && b"],
    ["x = !!a", "!a"],
    ["x = !(!a)", "!a"],
    ["x = -a"],
  ],
  "nullish-coalescing": [
    ["x = a ?? b", "b", "a"],
    ["x = a.b ?? c ?? d", "d", "a.b ?? c", "c", "a.b"],
    ["x = a ?? undefined; y = b ?? null; z = c ?? false", "undefined", "null", "false"],
    ["x = process.env.A ?? 'b'; y = process.env['A'] ?? 'b'"],
    ["x = [process.title ?? b, a.env ?? c]", "b", "process.title", "c", "a.env"],
    ["x = a || b; a ??= b"],
  ],
  "number-constant": [
    ["x = 0", "1"],
    ["x = 1", "0"],
    ["x = [2, 1.5, 0x10]", "3", "2.5", "17"],
    ["f(a[0])", "1"],
    ["x = f()[1]"],
    ["x = [24 * 60, 1000, 999]", "1000"],
    ["x = a < 2 || 3 >= a || a.length === 1 || Math.max(1, a) || a === 4", "5"],
    ["x = a.size != 2 || 3 == a.length || Math.pow(a, 4) || b.max(5) || a << 6", "5", "6", "7"],
    ["x = a.wordsize === 2 || a.sizeLimit === 3", "3", "4"],
    ["const drainMs = 250, ms = 2, backoffMillis = 3, pollTimeout = 4, delay = 5"],
    ["f({ delayMilliseconds: 5 }); class A { timeoutMs = 250 } function g({ retryDelay = 2 }, timeout = 3) {}"],
    ["const [items, forms, timeouts, delayed] = [2, 3, 4, 5]; f({ [delay]: 2 })", "3", "4", "5", "6", "3"],
    ["const items = 2, forms = 3, timeouts = 4, delayed = 5", "3", "4", "5", "6"],
    ["resetTimeout(f, 2); setTimeouts(f, 3)", "3", "4"],
    ["const drainMs = 0; f({ timeout: 1 }); delay += 2", "1", "0", "3"],
    ["setTimeout(f, 50); setInterval(f, 0); sleep(20); setTimeout(f, rest(2))", "1", "21", "3"],
    ["x = [new Uint8Array(32), Buffer.alloc(8), new Size(1)]", "0"],
    ["x = [new Uint8ArrayView(2), Buffer.realloc(3), Pool.alloc(4), new PooledArrayBuffer(5)]", "3", "4", "5", "6"],
    ["function f() { if (a) return 1; if (b) { return 2 } return 3 }"],
    ["function f() { if (a) return 1; if (b) return 2; return c }", "0", "3"],
    ["function f() { if (a) return 1; return () => { return 0 } }", "0", "1"],
    ["function f() { if (a) return 1; return 0 }", "0", "1"],
    ["let next = 0; const first = 1; function f() { let count = 2 }", "0", "3"],
    ["x = 1e300"],
    ["x = 1n"],
    ["x = { 1: a }; y = { [1]: a }", "0"],
    ["enum E { A = 1 }"],
    ["x = { Red: 1, red: 1 }", "0"],
    ["x = { darkRed: 1 }", "0"],
    ["let x: 1 | 2"],
  ],
  "optional-chaining": [
    ["x = a?.b", "a.b"],
    ["x = a?.[0]", "a[0]"],
    ["x = a?.()", "a()"],
    ["x = a?.b.c?.(d).e", "a?.b.c(d).e", "a.b.c?.(d).e"],
    ["x = (a /* ?. */)?.b", "(a /* ?. */).b"],
    ["x = (a?.b)()", "(a.b)()"],
    ["x = a[i]?.b; y = a[i][j]?.[0]; z = a[0]?.b", "a[0].b"],
    ["x = a[i]!?.b; y = c!?.b", "c!.b"],
    ["x = a.b ? a : b"],
  ],
  "predicate-negation": [
    ["x = a.includes(b)", "!(a.includes(b))"],
    ["() => a?.has(b)", "!(a?.has(b))"],
    ["x = isValid(a) && b.hasItems()", "!(isValid(a))", "!(b.hasItems())"],
    ["x = a.some((b) => /c/.test(b))", "!(a.some((b) => /c/.test(b)))", "!(/c/.test(b))"],
    ["x = !a.has(b); f(is(a)); isolate(a)"],
    ["async () => { a.has(b); return (await isValid(a)) }"],
    ["x = a.includes(b).toString(); y = isA(b)()"],
    ["x = thisItem(a)"],
  ],
  "regular-expression": [
    ["x = /^a$/", "/a$/", "/^a/"],
    [
      "x = /^/; y = /^.*a/; z = /a[^]*$/; s = /^a/y; t = /^([^:]+):([^a]*)$/",
      "/^([:]+):([^a]*)$/",
      "/^([^:]+):([a]*)$/",
    ],
    ["x = /[a-z]/; y = /[^a-z]/; z = /[^]/; s = /[\\s\\S]/", "/[^a-z]/", "/[a-z]/"],
    ["x = /\\d\\W/; y = /\\p{L}/u", "/\\D\\W/", "/\\d\\w/", "/\\P{L}/u"],
    ["x = /a\\s*b/; y = /\\s?c/; z = /\\s+d/", "/a\\s+b/", "/\\sc/", "/\\S+d/"],
    ["x = /a\\s+?b/", "/a\\S+?b/", "/a\\s+b/"],
    ["x = /^a*b/; y = /^.\\+b/; z = /^[ab]*c/", "/a*b/", "/^a+b/", "/.\\+b/", "/[ab]*c/", "/^[^ab]*c/", "/^[ab]+c/"],
    ["x = /.*$/; y = /ab*$/; z = /a.*?$/", "/ab+$/", "/ab*/", "/a.*?/"],
    ["x = /a(.*?)?b/"],
    ["x = a.replace(/^b$/, c); y = a.replaceAll(/^\\d/g, c); z = a.match(/^b/)", "/^\\D/g", "/b/"],
    ["x = a.replaceWith(/^b/, c); y = a.rematch(/b/g); z = a.matchAll(/b/g)", "/b/"],
    ["x = /\\bab/", "/ab/"],
    ["x = /a(?=b)(?<!c)/", "/a(?!b)(?<!c)/", "/a(?=b)(?<=c)/"],
    ["x = /ab?c/; y = /(?:ab)?c/; z = /(.*)?/", "/abc/", "/(?:ab)c/"],
    ["x = /ab*c/; y = /a*b/; z = /a.*b/", "/ab+c/"],
    ["x = /ab+c/; y = /b+c/; z = /ab+/; s = /(a+)/", "/abc/"],
    ["x = /a.*?b/; y = /a.+?b/; z = /a.*?/", "/a.*b/", "/a.+b/"],
    ["x = /a{2}|\\/|[\\]/]/", "/a{2}|\\/|[^\\]/]/"],
    ["x = /a/i; y = /1/i; z = /./s; t = /a/s; u = /^a/m", "/a/", "/./", "/a/m", "/^a/"],
    ["x = [/A/i, /\\n1/i, /[a-c]1/i]", "/A/", "/[^a-c]1/i", "/[a-c]1/"],
    ["x = /a.b/s; y = /a/m; z = /a$/m", "/a.b/", "/a/m", "/a$/"],
    ["x = /^b/ig", "/b/ig", "/^b/g"],
    ["x = /a/gi", "/a/g"],
    ["x = a.replace(/a/g, b); y = a.match(/a/g); z = a.split(/a/g); s = b.replaceAll(/a/g, b)", "/a/", "/a/"],
    ["x = /[a--[b]]c/v", "/[^a--[b]]c/v"],
    ["x = /\\p{RGI_Emoji}a/v; y = /[\\q{ab}c]d/v"],
    ["x = /(?<year>a)\\k<year>/"],
    ["x = new RegExp('^a')"],
  ],
  "return-value": [
    ["() => a", "undefined"],
    ["function f() { return (a.b) }", "undefined"],
    ["async () => await f(a)", "undefined"],
    ["function f() { return new A() } () => a?.b", "undefined", "undefined"],
    ["class A { f() { return this } g() { return a`b` } }", "undefined", "undefined"],
    ["() => undefined; () => isValid(a); () => 1; () => a + b; () => ({}); () => () => 1; () => { f() }"],
  ],
  "string-constant": [
    ["x = a === 'b' || a != ''"],
    ["() => 'a'", '""'],
    ["function f() { return '' }", '"mutated"'],
    ["switch (a) { case 'b': f() }", '""'],
    ["x = a ? 'b' : 'c'", '""', '""'],
    ["() => `a${b}`", '""'],
    ["x = `a`; y = a`b`; z = b === `c`"],
    ["() => a === 'b' ? 'c' : 'd'", '""', '""'],
    ["f('a'); x = 'b'; x = { 'c': 1 }"],
    ["import a from 'a'; export * from 'b'"],
    ["x = <p title='a'/>"],
  ],
  "throw-removal": [
    ["if (a) throw new Error('b')", ";"],
    ["function f() { throw a }", ";"],
  ],
  "unary-sign": [
    ["x = -a; let y = -1; z = a.at(-1)", "a", "1"],
    ["let a = -2, b = f(-3)", "3"],
    ["x = ~(a | b)", "a | b"],
    ["x = +a; x = !a; x = typeof a"],
  ],
  "update-operator": [
    ["a++", "a--"],
    ["--a", "++a"],
    ["for (;; i++) f(j--)", "i--", "j++"],
  ],
};

function times(count: number, text: string): readonly string[] {
  return Array.from({ length: count }, () => text);
}

for (const mutator of allMutators) {
  for (const [code, ...mutants] of cases[mutator.id] ?? []) {
    test(`${mutator.id}: ${code}`, () => {
      const file = parseSource(repoPath("a.tsx"), code);
      expect(file.syntaxErrors).toEqual([]);
      const found = findCandidates(file, [{ start: 1, end: 1 }], [mutator]);
      expect(found.mutants.map(({ replacement }) => replacement)).toEqual(mutants);
    });
  }
}

test("every file of the folder is a mutator that is listed, named after its id, and tested", () => {
  const files = readdirSync(fileURLToPath(new URL(".", import.meta.url)));
  const ids = files.filter((name) => !/^index\.|\.test\.ts$/.test(name)).map((name) => name.replace(/\.ts$/, ""));
  expect(allMutators.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(Object.keys(cases).toSorted()).toEqual(ids.toSorted());
});

test("the names that assay.toml knows are those of the mutators", () => {
  expect(mutatorIds).toEqual(allMutators.map(({ id }) => id).toSorted());
});

test("mutators are chosen by name, and keep their order", () => {
  const chosen = mutatorsNamed(["condition-constant", "arithmetic", "comparison-negation"]);
  expect(chosen.map(({ id }) => id)).toEqual(["comparison-negation", "arithmetic", "condition-constant"]);
  expect(mutatorsNamed(null)).toBe(defaultMutators);
  expect(defaultMutators.map(({ id }) => id)).not.toContain("condition-constant");
});

test("all kinds are used unless assay.toml chooses, but for those of which most survivors are worth no test", () => {
  const others = allMutators.filter((mutator) => !defaultMutators.includes(mutator));
  expect(others.map(({ id }) => id)).toEqual(["early-exit-removal", "comparison-boundary", "condition-constant"]);
});

test("a mutator is found by its id", () => {
  expect([mutatorOf("arithmetic")?.id, mutatorOf("nothing")]).toEqual(["arithmetic", undefined]);
});

test("what a survivor means is a sentence, and what to show is a clause", () => {
  for (const { survivor, kill } of allMutators) {
    expect(survivor).toMatch(/^[A-Z].*\.$/);
    expect(kill).toMatch(/^[a-z].*[^.]$/);
  }
});
