// A test script that makes something first: `npm test` passes in a fresh clone, and so has everything here.
import { expect, test } from "vitest";
import { assay, gitRepository, statusOf } from "./repository.ts";

const files = {
  ".gitignore": "node_modules\nsrc/made.js\n",
  "make.js": 'require("node:fs").writeFileSync("src/made.js", "exports.factor = 2;\\n");\n',
  "src/twice.js": "exports.twice = (number) => number * 2;\n",
  "src/twice.test.js":
    'const assert = require("node:assert");\nconst { test } = require("node:test");\nconst { twice } = require("./twice.js");\n\ntest("twice", () => {\n  assert.equal(twice(2), 4);\n  assert.equal(twice(3), 6);\n});\n',
};
const scripts: Readonly<Record<string, object>> = {
  "in front of the runner": { test: "node make.js && node --test" },
  "in a script that managers run first": { pretest: "node make.js", test: "node --test" },
};

test.each(Object.entries(scripts))("what is made %s is there for loop, mutate and gate", async (_, named) => {
  const statuses = await Promise.all(
    ["loop", "mutate", "gate"].map(async (command) => {
      const repository = gitRepository({
        ...files,
        "package.json": JSON.stringify({ name: "small", scripts: named }),
      });
      repository.git("switch", "-q", "-c", "work");
      repository.commit({
        "src/twice.js": 'const { factor } = require("./made.js");\n\nexports.twice = (number) => number * factor;\n',
      });
      const check = command === "mutate" ? "mutation" : "tests";
      const { envelope } = await assay(repository, command, "--only", check);
      expect(repository.git("status", "--porcelain")).toBe("");
      return statusOf(envelope, check);
    }),
  );
  expect(statuses).toEqual(["pass", "pass", "pass"]);
});
