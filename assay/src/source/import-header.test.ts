import { expect, test } from "vitest";
import { importHeader } from "./import-header.ts";

test.each([
  "a_load(b)",
  "_loaded(b)",
  "a.mocked(b)",
  "a.mock.calls",
  "required(b)",
  "it('should require a token')",
  "import.meta.env.A",
])("behind the imports %s asks for no parser", (code) => {
  expect(importHeader(`import a from "a";\n${code};`)).toEqual([{ text: "a", kind: "import", line: 1 }]);
});

test.each(['M._load("b")', 'require("b")', 'vi.doMock("b")', "import.meta.url"])(
  "behind the imports %s asks for the parser",
  (code) => {
    expect(importHeader(`import a from "a";\n${code};`)).toBeUndefined();
  },
);
