// What a run of tests leaves behind in its worker, where the next mutant that is confirmed there would hide behind it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutate, project, verdicts } from "./testing/project.ts";

/** The first mutant is noticed only by the first run in a worker; the others never are, and are confirmed before it. */
const keptOnce = (keeper: string): string => `${keeper}
export const kept = () => once(made);
const made = () => 3;
export const one = () => 1;
export const two = () => 5;
`;

const keepers = {
  "a global": `const once = (make) => (globalThis[Symbol.for("kept")] ??= make());`,
  "what a global holds": `const once = (make) => (Math.kept ??= make());`,
  "a prototype": `const once = (make) => (Array.prototype.kept ??= make());`,
  "a listener": `const once = (make) => {
  if (process.listenerCount("kept") === 0) {
    const value = make();
    process.on("kept", (tell) => tell(value));
  }
  let answer;
  process.emit("kept", (value) => { answer = value; });
  return answer;
};`,
  "what a built-in module exports": `import fs from "node:fs";
const once = (make) => (fs.kept ??= make());`,
  "what a built-in module makes": `import { EventEmitter } from "node:events";
const once = (make) => (EventEmitter.prototype.kept ??= make());`,
  "what takes the output": `const write = process.stdout.write;
const once = (make) => {
  if (write.kept === undefined) process.stdout.write = Object.assign((...all) => write.apply(process.stdout, all), { kept: make() });
  return process.stdout.write.kept;
};`,
  "a module that Node keeps": `import { createRequire } from "node:module";
const state = createRequire(import.meta.url)("./state.cjs");
const once = (make) => (state.kept ??= make());`,
};

test.each(Object.entries(keepers))("a mutant hides behind %s in no worker", async (_name, keeper) => {
  const report = await mutate(
    project({
      "src/a.js": keptOnce(keeper),
      "src/state.cjs": "module.exports = {};\n",
      "src/a.test.js": `import { expect, test } from "vitest";
import { kept, one, two } from "./a.js";
test("kept", () => {
  one();
  two();
  expect(kept()).toBe(3);
});
`,
    }),
    { changed: { "src/a.js": [{ start: keeper.split("\n").length + 2, end: 100 }] } },
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["3 → 4: killed", "1 → 0: survived", "5 → 6: survived"]]);
});

test("survivors that leave nothing behind are confirmed in one worker", async () => {
  const built = project({
    "src/a.js": "export const one = () => 1;\nexport const two = () => 5;\nexport const three = () => 7;\n",
    "src/a.test.js": `import { appendFileSync } from "node:fs";
import { test } from "vitest";
import { one, three, two } from "./a.js";
test("runs", () => {
  appendFileSync(new URL("../workers", import.meta.url), process.env.VITEST_WORKER_ID + "\\n");
  void [one(), two(), three()];
});
`,
  });
  const report = await mutate(built);
  // Vitest counts the workers that it has started for the trials.
  const workers = readFileSync(join(built.root, "workers"), "utf8").trim().split("\n").slice(-3);
  expect(verdicts(report)).toEqual(["1 → 0: survived", "5 → 6: survived", "7 → 8: survived"]);
  expect(workers).toEqual(["0", "0", "0"]);
});

const registering = {
  "as a global": `if (typeof afterEach === "function") afterEach(() => void shown().splice(0));`,
  "by an import": `import { afterEach } from "vitest";\nafterEach(() => void shown().splice(0));`,
};

test.each(Object.entries(registering))(
  "what an installed package cleans up behind each test, registered %s, it cleans up under every mutant",
  async (_name, cleaning) => {
    const tests = `import { expect, test } from "vitest";
import { shown } from "page";
import { one } from "./a.js";
test.each([1, 2])("shows %i", () => {
  shown().push(typeof one());
  expect(shown()).toEqual(["number"]);
});
`;
    const report = await mutate(
      project({
        "src/a.js": "export const one = () => 1;\n",
        "src/a.test.js": tests,
        "src/b.test.js": tests,
        "src/node_modules/page/package.json": `{ "name": "page", "type": "module", "exports": "./index.js" }`,
        "src/node_modules/page/index.js": `export const shown = () => (globalThis.shown ??= []);\n${cleaning}\n`,
        "vitest.config.js": "export default { test: { globals: true } };\n",
      }),
      { changed: { "src/a.js": [{ start: 1, end: 1 }] } },
    );
    expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: survived"]]);
  },
);
