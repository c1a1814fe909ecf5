// The examples of docs/own-checks.md, through the built program.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keptRepository } from "./kept-repository.ts";
import { assay } from "./repository.ts";

const page = readFileSync(new URL("../../docs/own-checks.md", import.meta.url), "utf8");
const sections = page.split(/^## /m).slice(1);

test("every kind has an example", () => {
  expect(sections.map((section) => section.split("\n", 1)[0])).toEqual(["Command", "Pattern", "Parity", "Ratio"]);
});

for (const section of sections) {
  const kind = section.split("\n", 1)[0] ?? "";
  for (const [side, status] of [
    ["wrong", "fail"],
    ["right", "pass"],
  ] as const) {
    test.concurrent(`the ${side} example of a ${kind.toLowerCase()} is a ${status}`, async () => {
      const files = filesAt(section, undefined);
      const id = /^id = "(.+)"$/m.exec(files["assay.toml"] ?? "")?.[1] ?? "";
      const repository = keptRepository({ ...files, "package.json": '{ "type": "module" }' }, { tools: false });
      repository.git("switch", "-q", "-c", "change");
      repository.write(filesAt(section, side));
      const { envelope } = await assay(repository, "gate", "--base", "main", "--only", id);
      expect(envelope.result.checks).toMatchObject([{ id, status }]);
    });
  }
}

/** The blocks that name a file: `file=PATH`, and `at=wrong` or `at=right` where only that change has it. */
function filesAt(section: string, side: string | undefined): Readonly<Record<string, string>> {
  const blocks = [...section.matchAll(/^```\w+ file=(\S+)(?: at=(wrong|right))?\n(.*?)^```$/gms)];
  const meant = blocks.filter((block) => block[2] === side);
  return Object.fromEntries(meant.map(([, path = "", , text = ""]) => [path, text]));
}
