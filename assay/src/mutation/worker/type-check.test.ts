import { join } from "node:path";
import { expect, test } from "vitest";
import { project, typescript5 } from "../testing/project.ts";
import { typeCheck } from "./type-check.ts";

const strict = { strict: true, skipLibCheck: true, types: [], lib: ["es2022"] };

interface Asked {
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: object;
  readonly onlyAtOnce?: boolean;
}

/** What the compiler says of these texts of `src/a.ts`: `refused`, `accepted` or nothing. */
async function said(text: string, variants: readonly string[], asked: Asked = {}): Promise<readonly string[]> {
  const { files = {}, options = {}, onlyAtOnce = false } = asked;
  const tsconfig = JSON.stringify({ compilerOptions: { ...strict, ...options }, include: ["src"] });
  const { root } = project({ "tsconfig.json": tsconfig, "src/a.ts": text, ...files });
  const program = {
    compilerDir: join(typescript5, "typescript"),
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
