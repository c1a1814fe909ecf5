import { expect, test } from "vitest";
import { approvalInChange } from "../approval-in-change.ts";
import { notApproved, readApprovals, type Loosening } from "./approvals.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";

const approval = (what: string, check = "loosened-compiler"): string =>
  `[[approval]]\ncheck = "${check}"\nwhat = "${what}"\nreason = "the generated client can not be typed"\n`;

const loosening = (what: string): Loosening => ({ path: null, line: null, what, message: "strict is off" });

async function messages(base: Texts, head: Texts, loosenings: readonly Loosening[]): Promise<readonly string[]> {
  const context = await contextOf({ base, head });
  return (await notApproved(context, "loosened-compiler", loosenings)).map(({ message }) => message);
}

test("what the base approves is no finding, and what is left says what an approval would name", async () => {
  const base = { "assay-approvals.toml": approval("tsconfig.json strict") };
  const loosenings = [loosening("tsconfig.json strict"), loosening("a/tsconfig.json strict")];
  expect(await messages(base, base, loosenings)).toEqual(["strict is off [a/tsconfig.json strict]"]);
});

test("an approval that the change writes approves nothing", async () => {
  const head = { "assay-approvals.toml": approval("x") };
  expect(await messages({}, head, [loosening("x"), loosening("x")])).toEqual(["strict is off [x]"]);
});

test("an approval of another check approves nothing", async () => {
  const base = { "assay-approvals.toml": approval("x", "loosened-linter") };
  expect(await messages(base, base, [loosening("x")])).toHaveLength(1);
});

test.each([
  ["[[approval]\n", "not valid TOML"],
  ["[[aproval]]\n", 'unknown key "aproval"'],
  ["approval = 1\n", "no list of tables"],
  ["approval = [1]\n", "[[approval]] 1 is no table"],
  [`${approval("x")}until = "2030"\n`, '[[approval]] 1 has the unknown key "until"'],
  ['[[approval]]\ncheck = "a"\nwhat = " "\n', '[[approval]] 1 needs the string "what"'],
  ['[[approval]]\ncheck = "a"\nwhat = "b"\nreason = "because"\n', "needs a reason"],
])("%j is no file of approvals", async (text, problem) => {
  await expect(readApprovals(text)).rejects.toThrow(problem);
});

test("approvals that can't be read stop the verdict where something would have to be approved", async () => {
  const base = { "assay-approvals.toml": "[[approval]" };
  expect(await messages(base, base, [])).toEqual([]);
  await expect(messages(base, base, [loosening("x")])).rejects.toMatchObject({ code: "config-invalid" });
});

test.each<[string, Texts, Texts, number]>([
  ["an approval on its own", {}, { "assay-approvals.toml": approval("x") }, 0],
  ["an approval beside code", {}, { "assay-approvals.toml": approval("x"), "a.ts": "" }, 1],
  [
    "one more approval beside code",
    { "assay-approvals.toml": approval("x") },
    { "assay-approvals.toml": approval("x") + approval("y"), "a.ts": "" },
    1,
  ],
  [
    "an approval taken back beside code, and a comment",
    { "assay-approvals.toml": approval("x") + approval("y") },
    { "assay-approvals.toml": `# kept\n${approval("y")}`, "a.ts": "" },
    0,
  ],
  ["the file deleted", { "assay-approvals.toml": approval("x") }, { "a.ts": "" }, 0],
  ["code alone", { "assay-approvals.toml": approval("x") }, { "assay-approvals.toml": approval("x"), "a.ts": "" }, 0],
  ["a file that is broken", {}, { "assay-approvals.toml": "x" }, 1],
  ["a broken file mended", { "assay-approvals.toml": "x" }, { "assay-approvals.toml": approval("x") }, 0],
  [
    "a broken file mended beside code",
    { "assay-approvals.toml": "x" },
    { "assay-approvals.toml": approval("x"), "a.ts": "" },
    1,
  ],
])("%s", async (_, base, head, count) => {
  const found = await approvalInChange.inspect(await contextOf({ base, head }));
  expect(found).toHaveLength(count);
});
