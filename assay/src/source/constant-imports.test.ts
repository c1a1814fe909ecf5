import { expect, test } from "vitest";
import { readFacts } from "./facts.ts";

/** What the file imports, and what it sees without importing it. */
async function factsOf(text: string): Promise<readonly string[]> {
  const { specifiers, opaque } = await readFacts("a.ts", text);
  return [...specifiers.map(({ kind, text: name }) => `${kind} ${name}`), ...opaque.map(({ what }) => what)];
}

const known: Readonly<Record<string, string>> = {
  "of the file": 'const name = "./b";\nawait import(name);',
  "that is exported": 'export const name = "./b";\nawait import(name);',
  "with a type": 'const name = "./b" as const;\nawait import(name);',
  "of the function": 'async function f() { const name = "./b"; if (a) await import(name); }',
  "around a function": 'async function f() {\n  const name = "./b";\n  return (async () => import(name))();\n}',
  "of a module that runs in one place only": 'const name = "cloudflare:workers";\nconst f = async () => import(name);',
  "beside others of other functions": 'function g(name) {}\nconst name = "./b";\nimport(name);',
  "of a case": 'switch (a) {\n  case 1:\n    const name = "./b";\n    import(name);\n}',
  "beside others": 'const name = "./b", other = c;\nimport(name);',
  "beside what is imported": 'const name = "./b";\nimport(name);\nimport { other } from "cloudflare:workers";',
  "over a wider one": 'const name = make();\n{ const name = "./b"; import(name); }',
};

for (const [title, text] of Object.entries(known)) {
  test(`a constant ${title} is what is imported`, async () => {
    const name = /"([^"]+)"/.exec(text)?.[1] ?? "";
    const facts = await factsOf(text);
    expect(facts.filter((fact) => !fact.startsWith("import "))).toEqual([`dynamic ${name}`]);
  });
}

const unknown: Readonly<Record<string, string>> = {
  "a variable": 'let name = "./b";\nname = c;\nimport(name);',
  "a parameter": 'const name = "./b";\nconst f = (name) => import(name);',
  "a parameter that is taken apart": 'const name = "./b";\nfunction f({ name }) { return import(name); }',
  "the variable of a loop": 'const name = "./b";\nfor (const name of names) import(name);',
  "what was caught": 'const name = "./b";\ntry { f(); } catch (name) { import(name); }',
  "an inner variable": 'const name = "./b";\nfunction f() { if (a) { var name = c; } return import(name); }',
  "a constant that is calculated": "const name = `./${b}`;\nimport(name);",
  "a constant that is taken apart": "const { name } = b;\nimport(name);",
  "what is imported": 'import { name } from "./c";\nimport(name);',
  "what is imported among others": 'import { other, name } from "./c";\nimport(name);',
  "what has two declarations": 'var name = "./b";\nvar name = c;\nimport(name);',
  "what nobody declares": "import(name);",
};

for (const [title, text] of Object.entries(unknown)) {
  test(`${title} may be anything`, async () => {
    expect(await factsOf(text)).toContain("dynamic of a computed name");
  });
}
