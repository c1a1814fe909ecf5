import { expect, test } from "vitest";
import { parse } from "yaml";
import { plainList } from "./plain-list.ts";

const plain: Readonly<Record<string, string>> = {
  "quoted words": "packages:\n  - 'packages/*'\n  - \"apps/**\"\n",
  "plain words": "packages:\n  - packages/one\n  - ./apps/two-*\n  - '!**/test/**'\n",
  "no indent": "packages:\n- 'a'\n- b\ncatalog:\n  x: 1\n",
  "comments and empty lines": "# All.\npackages:\n\n  # Libraries.\n  - 'a' # first\n\n  - b\n# The end.\n",
  "other keys around it": "catalog:\n  react: 1\npackages:\n  - a\nallowBuilds:\n  esbuild: false\n",
  "line ends of Windows": "packages:\r\n  - 'a'\r\n  - b\r\n",
};

for (const [title, text] of Object.entries(plain)) {
  test(`a list with ${title} is what the YAML library reads`, () => {
    const list = plainList(text, "packages");
    expect(list).toBeDefined();
    expect(list).toEqual((parse(text) as { readonly packages: unknown }).packages);
  });
}

const others: Readonly<Record<string, string>> = {
  "a flow list": "packages: ['a', b]\n",
  "an alias": "x: &all 'a'\npackages:\n  - *all\n",
  "a tag": "packages:\n  - !!str a\n",
  "an escape": 'packages:\n  - "a\\u002f*"\n',
  "two quotes in one word": "packages:\n  - 'it''s'\n",
  "a word that is a number": "packages:\n  - 1\n",
  "a list in a list": "packages:\n  - - a\n",
  "a map in the list": "packages:\n  - a: b\n",
  "a word over several lines": "packages:\n  - a\n    b\n",
  "a word with spaces": "packages:\n  - a b\n",
  "indents that differ": "packages:\n  - a\n    - b\n",
  "the key twice": "packages:\n  - a\npackages:\n  - b\n",
  "the key quoted": '"packages":\n  - a\n',
  "several documents": "packages:\n  - a\n---\npackages:\n  - b\n",
  "line ends of old systems": "packages:\n  - 'a\rb'\n",
  "an empty end": "packages:\n",
  "no item": "packages:\ncatalog:\n  x: 1\n",
  nothing: "",
  "no such key": "catalog:\n  - a\n",
};

for (const [title, text] of Object.entries(others)) {
  test(`a document with ${title} is left to the YAML library`, () => {
    expect(plainList(text, "packages")).toBeUndefined();
  });
}

test.each(["0x1f", "1", ".5", ".inf", ".NaN", "null", "True", "FALSE"])(
  "what the plain word %s means is left to the YAML library",
  (word) => {
    expect(plainList(`packages:\n  - ${word}\n`, "packages")).toBeUndefined();
    expect(plainList(`packages:\n  - '${word}'\n`, "packages")).toEqual([word]);
  },
);

test.each(["v1", "a.5", ".info", ".nano", "nullable", "truest", "falsehood", "not-null", "./null", "yes", "on"])(
  "the plain word %s is one for the YAML library too",
  (word) => {
    expect(plainList(`packages:\n  - ${word}\n`, "packages")).toEqual([word]);
    expect(parse(`- ${word}\n`)).toEqual([word]);
  },
);

test("the key inside of another value is not the key", () => {
  expect(plainList("x: |\n  packages:\n  - a\n", "packages")).toBeUndefined();
});
