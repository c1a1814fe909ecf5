import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "rolldown/utils";
import { afterEach, expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findCandidates } from "./candidates.ts";
import { allMutators } from "./mutators/index.ts";
import { findProbes } from "./probes.ts";
import { switchNameFor, withMutant, withSwitches } from "./switch.ts";
import { switchRuntime, type SwitchRuntime } from "./switch-runtime.ts";

const switchName = switchNameFor(["module.tsx"]);

afterEach(() => Reflect.deleteProperty(globalThis, switchName));

/** Every module exports `result`, or `result()`. Each is instrumented with all of its mutants at once. */
const modules: Readonly<Record<string, string>> = {
  "nested and overlapping expressions": `
export const result = () => [f(1, 2), f(2, 1), f(0, 0)];
const f = (a: number, b: number) => (a < b && !(a === 0) ? a + b * 2 - 1 : b >= 1 || a > 1 ? -a : ~b);
`,
  "logical operators of the same kind in a row": `
const g = (a: boolean, b: boolean, c: boolean) => [a || b || c, a && b && c, (a && b) ?? c, a || (b && c)];
export const result = () => [true, false].flatMap((a) => [true, false].map((b) => g(a, b, true)));
`,
  "regular expressions that begin like a comment of HTML": `
const comment = /<!--[^]*?-->/g;
const isComment = (text: string) => /<!--/.test(text) && text.length > 4;
export const result = () => ["<!---->a", "b"].map((text) => [text.replace(comment, ""), isComment(text)]);
`,
  "directives stay first": `
"use strict";
function f(this: unknown) { "use strict"; return this === undefined; }
export const result = () => f();
`,
  "type syntax around and inside of expressions": `
interface Options { readonly kind: "a" | "b"; readonly size?: 1 | 2 }
type Kind = Options["kind"];
const kind = "a" as const;
const options = { kind: "b", size: 1 } satisfies Options;
const g = <T,>(x: T): T => x;
export function is(x: unknown): x is "a" { return x === ("a" as Kind); }
export const result = () => [is(kind), is(options.kind), g<number>(1)! + (options.size as number)];
`,
  "statements without semicolons": `
let n = 0
const list = [1, 2]
list.forEach((x) => { n += x
n++ })
n--
;[3].forEach((x) => n -= x)
if (n > 0) n = 5
else n = 7
do {
  n++
} while (n < 10)
export const result = () => n
`,
  "a line that ends without a semicolon before a value": `
let n = 1
const list = [1, 2]
const last = list
list.map(x =>
  x) && n++
export const result = () => [n, last]
`,
  "lone statements": `
function f(x: number) { if (x > 1) return "many"; else if (x === 1) return "one"; for (const y of [x]) if (y < 0) return "negative"; return ""; }
export const result = () => [0, 1, 2, -1].map(f);
`,
  "objects and arrow bodies": `
const a = () => ({}), b = (x = 1) => ({ x, "y-z": x + 1, [x === 1 ? "one" : "other"]: true }), c = () => [], d = () => ({ deep: [1, 2] });
export const result = () => [a(), b(), b(3), c(), d()];
`,
  classes: `
class A { static count = 0; #x = 1; y = this.#x + 1; readonly z = "a" === "a"; arrow = () => this.#x; static { A.count += 2; }
  constructor(private w = 2) { A.count++; }
  get total() { return this.#x + this.y * this.w; } has(o: object) { return #x in o; } }
class B extends A { constructor() { if (A.count < 0) throw new Error("no"); super(3); } override get total() { return super.total - 1; } }
export const result = () => [new A().total, new B().total, A.count, new A().has({}), new A().arrow.name, new B().z];
`,
  decorators: `
const log: string[] = [];
function mark(level: number) { return (target: new () => object, context: unknown) => { log.push(target.name + level); }; }
@mark(1 + 1) class A { x = 1; }
@mark(3) export class B {}
const rank = (list: readonly number[]) => Math.max(...list.filter((n) => n > 1)) ?? 0;
@mark(rank([1, 4])) class C { static name2 = log.some((x) => x.startsWith("A")); }
export const result = () => [log, new A(), C.name2];
`,
  "generators and async functions": `
function* f(n: number): Generator<number> { for (let i = 0; i < n; i++) { const more: boolean = yield i * 2; if (more) return 9; } }
async function g(n: number) { let sum = 0; for await (const x of f(n)) sum += await x; return sum > 2 ? sum : -sum; }
export const result = async () => [[...f(3)], await g(2), await g(3)];
`,
  "optional chains and templates": `
interface Item { readonly child?: { readonly n: number } | undefined }
const f = (item: Item | undefined, i = 0) => \`\${item?.child?.n ?? -1} of \${[10, 20][i] ?? "none"}\${item?.["child"] === undefined ? "!" : ""}\`;
export const result = () => [f(undefined), f({ child: { n: 1 } }, 1), f({}, 1 + 1)];
`,
  "labels and loops of every kind": `
export function result() {
  const seen: string[] = [];
  outer: for (let i = 0; i < 3; i++) { for (const key in { a: 1, b: 2 }) { if (i === 1) continue outer; if (i === 2 && key === "a") break outer; seen.push(key + i); } }
  let k = 3; while (k --> 0) seen.push(String(k)); do k += 2; while (k < 4)
  for (;;) break
  const re = /a/g; while (re.test("aa"));
  switch (k) { case 1 + 1: seen.push("two"); case 3: { seen.push("three"); break; } default: seen.push("other"); }
  try { if (seen.length > 100) throw new Error("long"); } catch { seen.push("caught"); } finally { seen.push("end"); }
  return seen;
}
`,
  "what an object hands on to its methods": `
class Box { n = 2; tag(parts: TemplateStringsArray) { return parts.join("") + this.n; } has(x: number) { return x === this.n; } list() { return [3, 1, this.n]; } }
class Sub extends Box { override has(x: number) { return super.has(x) || super.list().some((y) => y === x); } reset() { delete (this as { n?: number }).n; } }
const f = (box?: Sub, key?: "list" | "has") => [
  box?.list().filter((x) => x > 1).length, (box?.list)?.(), (box?.has)!(3), box!.tag\`a\${1}b\`.trim(), box?.[key ?? "list"]?.(1), box!.list().slice(1).sort()[0], [...(box as Sub).list().reverse()],
];
const drop = (box: Sub) => { delete box?.n; box?.reset(); return box?.n ?? "gone"; };
export const result = () => { const box = new Sub(); return [f(box), f(box, "has"), drop(box)]; };
`,
  "statements with effects, and exits": `
async function load(log: string[], fail?: boolean) {
  if (fail) throw new RangeError("no")
  await log.push("loaded")
  return log.length
}
export async function result() {
  const log: string[] = []
  const state = { last: "", count: 0 }
  const note = (text: string) => log.push(text)
  if (log.length === 0) note("empty"); else note("full")
  if (log.length > 5) if (log.length > 6) note("six"); else throw new Error("five")
  void note("void")
  outer: for (const x of [1, 2, 3]) {
    for (const y of [1, 2]) {
      if (x === 2) continue outer
      if (y > x) break
      state.last = x + "-" + y
      state.count = state.count + 1
    }
    if (x > 2) { note("late"); break outer }
  }
  try { await load(log, true) } catch (error) { note((error as Error).message); delete (state as { count?: number }).count }
  const last = await load(log)
  note("end"); { note("block") }
  do note("again"); while (log.length < 9)
  switch (last) { case 0: note("none"); break; default: note("some"); if (last < 0) return "less" }
  return [log, state, last]
}
`,
  "names that functions take from where they stand": `
const a = () => 1, b = function () { return a() ?? 2; }, c = class { static d = () => a(); e = async (x = a() ?? 1) => x; };
let f = () => 1; f = () => f.name.length; const g = { h: () => a?.(), ["i" + 1]: () => b(), j() { return a; } };
let k: (() => number) | undefined; k ??= () => 5; const { l = () => a() } = {} as { l?: () => number };
export default () => a();
export const result = () => [a.name, b.name, c.name, c.d.name, new c().e.name, f.name, f(), g.h.name, g.i1.name, g.j.name, g.j().name, k?.name, l.name];
`,
  "regular expressions": `
const slash = /^\\//, both = [/\\/$/g, /^[^/]+\\/?$/i, /a*?b(?=c)|(?<!x)y/, /\\bword\\b/gi, /[\\w--\\d]+x/v];
const lines = (text: string) => text.replace(/^\\s*\\/\\//gm, "#").replace(/b+c/, (m) => m.toUpperCase())
  .trim() // not removed: /^/
  .split(/,\\s*/);
export const result = () => [slash.test("/a"), both.map((re) => "a/ WORD, aabc y abx".match(re)), lines("  // x, abbc ")];
`,
  "generators, sequences and nullish values": `
function* f(a?: { readonly b?: readonly number[] }): Generator<unknown, unknown, number> {
  const x = yield a?.b?.length ?? (yield 1), y = (x, a?.b?.[0]);
  yield* (a?.b ?? []).filter((z) => z > 1);
  if (y === undefined) return x ?? y;
  yield y;
  return [x, y].includes(2) && Math.max(x, y) > 1;
}
const drain = (g: Generator<unknown, unknown, number>) => { const all = []; for (let r = g.next(0); ; r = g.next(2)) { all.push(r.value); if (r.done) return all; } };
export const result = () => [drain(f()), drain(f({ b: [1, 2, 3] })), drain(f({}))];
`,
  "enums and namespaces": `
enum Size { Small = 1 + 1, Medium, Large = Small * 2 }
export namespace Shop { export const open = true; export function price(n: number) { return n * 2; } }
export const result = () => [Size.Medium, Size.Large, Size[2], Shop.open, Shop.price(3)];
`,
  "comments between operands, and expressions over several lines": `
export const result = () => [f(1), f(2)];
const f = (a: number) =>
  a /* < */ < // not <=
  2 &&
  (a
    === 1);
`,
  JSX: `
const h = (tag: string, attributes: object | null, ...children: unknown[]) => ({ tag, attributes, children });
const View = (n: number) => <p title="a &amp; b" hidden={n > 1} {...(n === 1 ? { id: "x" } : {})}>{n === 1 && <b>one</b>} text {n + 1}</p>;
export const result = () => [View(1), View(2)];
`,
  "constants that are exported": `
export const limit = 10, name: string = "x", on = true;
export default limit > 5 ? "big" : "small";
export const result = () => [limit, name, on];
`,
};

for (const [title, text] of Object.entries(modules)) {
  test(`${title}: each mutant behaves as if it were the only change`, async () => {
    const file = parseSource(repoPath("module.tsx"), text);
    expect(file.syntaxErrors).toEqual([]);
    const everything = [{ start: 1, end: 1000 }];
    const { mutants } = findCandidates(file, everything, allMutators);
    const { probes, loops } = findProbes(file, everything);
    const numbered = mutants.map((mutant, number) => ({ number, mutant }));
    const instrumented = withSwitches(text, {
      switchName,
      mutants: numbered,
      probes: probes.map((probe, number) => ({ number, probe })),
      loops: loops.map((loop, number) => ({ number, loop })),
    });
    expect(instrumented.split("\n")).toHaveLength(text.split("\n").length);

    const original = await run(text, null);
    expect(await run(instrumented, null)).toEqual(original);
    const bare = withSwitches(text, { switchName, mutants: numbered, probes: [], loops: [] });
    expect(await run(bare, null)).toEqual(original);
    for (const { number, mutant } of numbered) {
      const alone = await run(withMutant(text, mutant), null, 500);
      // A loop that a mutant makes endless cannot be run without the switch.
      if (alone === endless) continue;
      expect([mutant.id, await run(instrumented, number)]).toEqual([mutant.id, alone]);
    }
  });
}

test("a switch is called after the texts that it goes into", () => {
  expect(switchNameFor(["a", "b"])).toBe(switchNameFor(["a", "b"]));
  expect(new Set([["a", "b"], ["ab"], ["b", "a"], []].map(switchNameFor)).size).toBe(4);
  expect(switchNameFor(["a"])).toMatch(/^__assay\$[0-9a-f]{16}$/);
});

const sources = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

test.each(names)("%s parses with every mutant in it, and with each", (name) => {
  const text = readFileSync(join(sources, name), "utf8");
  const file = parseSource(repoPath(name), text);
  const everything = [{ start: 1, end: 1000 }];
  const { mutants } = findCandidates(file, everything, allMutators);
  const { probes, loops } = findProbes(file, everything);
  const texts = [
    withSwitches(text, {
      switchName,
      mutants: mutants.map((mutant, number) => ({ number, mutant })),
      probes: probes.map((probe, number) => ({ number, probe })),
      loops: loops.map((loop, number) => ({ number, loop })),
    }),
    ...mutants.map((mutant) => withMutant(text, mutant)),
  ];
  const broken = texts.filter((each) => parseSource(file.path, each).syntaxErrors.length > 0);
  expect([mutants.length > 0 || file.text.length < 3000, broken]).toEqual([true, []]);
});

const endless = "endless";

/** What a module gives, or how it fails. `mutant` is on while it is evaluated and called. */
async function run(text: string, mutant: number | null, rounds = Infinity): Promise<unknown> {
  const runtime = bounded(switchRuntime(), rounds);
  // Without its switch a mutant that does not end would not be stopped.
  expect(Reflect.set(globalThis, switchName, runtime)).toBe(true);
  runtime.begin(mutant);
  // Without a switch the guards still have to be there, so that the comparison comes to an end.
  const guarded = rounds === Infinity ? text : withGuards(text);
  const { code, errors } = transformSync("module.tsx", guarded, {
    jsx: { runtime: "classic", pragma: "h" },
    decorator: { legacy: true },
  });
  expect(errors).toEqual([]);
  try {
    // Node evaluates a text once, however often these tests are run in one process.
    const url = dataUrl(`${code.replace(/"@oxc-project[^"]*decorate"/, JSON.stringify(decorate))}\n//${randomUUID()}`);
    const module = (await import(url)) as { readonly result: () => unknown };
    return { result: JSON.stringify(await module.result()) };
  } catch (error) {
    if (runtime.stopped) return endless;
    return { error: error instanceof Error ? error.message : error };
  }
}

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

const decorate = dataUrl(
  "export default (list, target) => list.reduceRight((into, one) => one(into) ?? into, target);",
);

function withGuards(text: string): string {
  const file = parseSource(repoPath("module.tsx"), text);
  const { loops } = findProbes(file, []);
  const numbered = loops.map((loop, number) => ({ number, loop }));
  return withSwitches(text, { switchName, mutants: [], probes: [], loops: numbered });
}

function bounded(runtime: SwitchRuntime, rounds: number): SwitchRuntime {
  let left = rounds;
  let stopped = false;
  return Object.create(runtime, {
    loop: {
      value: (number: number) => {
        if (left-- > 0) return runtime.loop(number);
        stopped = true;
        throw new Error("endless");
      },
    },
    stopped: { get: () => stopped || runtime.stopped },
  }) as SwitchRuntime;
}
