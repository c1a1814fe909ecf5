import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { project, typescript5 } from "../testing/project.ts";
import { typeCheck } from "./type-check.ts";

const strict = { strict: true, skipLibCheck: true, types: [], lib: ["es2022"] };

interface Asked {
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: object;
  readonly onlyAtOnce?: boolean;
  /** The folder with the installed compiler. */
  readonly compilerDir?: string;
}

/** What the compiler says of these texts of `src/a.ts`: `refused`, `accepted` or nothing. */
async function said(text: string, variants: readonly string[], asked: Asked = {}): Promise<readonly string[]> {
  const { files = {}, options = {}, onlyAtOnce = false, compilerDir = join(typescript5, "typescript") } = asked;
  const tsconfig = JSON.stringify({ compilerOptions: { ...strict, ...options }, include: ["src"] });
  const { root } = project({ "tsconfig.json": tsconfig, "src/a.ts": text, ...files });
  const program = {
    compilerDir,
    config: join(root, "tsconfig.json"),
    variants: variants.map((variant, index) => ({ id: String(index), file: join(root, "src/a.ts"), text: variant })),
  };
  const answers = new Map<string, string>();
  await typeCheck({ kind: "types", programs: [program], onlyAtOnce }, (event) => {
    if (event.kind === "refused" || event.kind === "accepted") answers.set(event.id, event.kind);
  });
  return variants.map((_, index) => answers.get(String(index)) ?? "nothing");
}

const kind = `export type Kind = "a" | "b";\nexport const kind = (): Kind => "a";\n`;

test.each([
  ["a usual project", {}],
  ["a project that is built in steps", { options: { composite: true } }],
  ["a project in which nothing may be unused", { options: { noUnusedLocals: true } }],
  ["what others declare for all", { files: { "src/global.d.ts": "declare const anywhere: number;\n" } }],
])("%s: variants are told apart, all at once", async (_name, asked) => {
  const text = `${kind}const unused = 1;\n${"files" in asked ? "export const more = anywhere;\n" : ""}`;
  const variants = [text.replace('=> "a"', '=> "b"'), text.replace('=> "a"', '=> "c"'), text.replace("= 1", "= 2 +")];
  expect(await said(text, variants, { ...asked, onlyAtOnce: true })).toEqual(["accepted", "refused", "refused"]);
});

test.each([
  ["a script", "const kind: number = 1;\n", {}],
  ["what adds to others", `${kind}declare global { interface Array<T> { kind: number } }\n`, {}],
  ["what has faults already", `${kind}export const fault: number = "";\n`, {}],
  [
    "what others take for themselves",
    `import { take } from "./b.ts";\nexport class Kind { #own = 1; taken() { return take(this); } }\n`,
    {
      options: { allowImportingTsExtensions: true, noEmit: true },
      files: { "src/b.ts": `import type { Kind } from "./a.ts";\nexport const take = (kind: Kind) => kind;\n` },
    },
  ],
])("%s: each is looked at in the file's own place, where that is wanted", async (_name, text, asked) => {
  const variants = [`${text}// other\n`, `${text}export const other: string = 1;\n`];
  expect(await said(text, variants, { ...asked, onlyAtOnce: true })).toEqual(["nothing", "nothing"]);
  expect(await said(text, variants, asked)).toEqual(["accepted", "refused"]);
});

test("a compiler that is a program of its own tells variants apart too, one after the other", async () => {
  const compilerDir = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  const fault = `${kind}export const fault: number = "";\n`;
  const variants = [
    fault.replace('=> "a"', '=> "b"'),
    fault.replace('=> "a"', '=> "c"'),
    fault.replace('= "";', "= 2 +;"),
    `${fault}const unused = 1;\n`,
  ];
  const files = { "src/b.ts": `import { kind } from "./a.js";\nexport const b: "a" | "b" = kind();\n` };
  const options = { noUnusedLocals: true };
  const expected = ["accepted", "refused", "refused", "accepted"];
  expect(await said(fault, variants, { compilerDir, files, options })).toEqual(expected);
  expect(await said(fault, variants, { compilerDir, onlyAtOnce: true })).toEqual(variants.map(() => "nothing"));
});

test("of a file that the project does not hold nothing is refused", async () => {
  const files = {
    "tsconfig.json": JSON.stringify({ compilerOptions: strict, include: ["other"] }),
    "other/c.ts": kind,
  };
  const wrong = "export const wrong: string = 1;\n";
  for (const compilerDir of [
    join(typescript5, "typescript"),
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  ])
    expect(await said(kind, [wrong], { compilerDir, files })).toEqual(["accepted"]);
});

test.each([
  ["what is a script for its words alone", 'const text = "\\nexport";\n', "nothing"],
  ["what exports further down", `// A comment.\n\n  export const a = 1;\n`, "accepted"],
  ["what is named like what exports", "const exported = 1;\nexportedAll();\nfunction exportedAll() {}\n", "nothing"],
  ["what refers to other types", `/// <reference lib="dom" />\n${kind}`, "nothing"],
  ["what refers to them without spaces", `// A comment.\n///<reference lib="dom" />\n${kind}`, "nothing"],
  ["what only speaks of it", `${kind}export const text = "a /// <reference lib='dom' />";\n`, "accepted"],
  ["what declares less", `${kind}declare const modules: number;\nexport const globals = typeof modules;\n`, "accepted"],
])("%s", async (_name, text, expected) => {
  expect(await said(text, [`${text}// other\n`], { onlyAtOnce: true })).toEqual([expected]);
});

test("so many variants that they are looked at in parts are told apart all the same", async () => {
  const variants = Array.from(
    { length: 130 },
    (_, index) => `${kind}export const n: number = ${index % 64 === 1 ? '""' : index};\n`,
  );
  const refused = (await said(kind, variants, { onlyAtOnce: true })).flatMap((each, index) =>
    each === "refused" ? [index] : [],
  );
  expect(refused).toEqual([1, 65, 129]);
});

test("what tests declare for others is no part of what is looked at", async () => {
  const text = `import { own } from "./b.ts";\nexport const a: string = own.name;\n`;
  const files = {
    "src/b.ts": `export interface Own { name: string }\nexport const own: Own = { name: "" };\n`,
    "src/b.test.ts": `import "./b.ts";\ndeclare module "./b.ts" { interface Own { tested: string } }\n`,
    "src/more.ts": `import "./b.ts";\ndeclare module "./b.ts" { interface Own { more: string } }\n`,
  };
  const options = { allowImportingTsExtensions: true, noEmit: true };
  const variants = [text.replace(".name", ".more"), text.replace(".name", ".tested"), text.replace(".name", ".none")];
  expect(await said(text, variants, { files, options, onlyAtOnce: true })).toEqual(["accepted", "refused", "refused"]);
});
