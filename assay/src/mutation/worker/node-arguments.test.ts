import { expect, test } from "vitest";
import { withoutLoaders } from "./node-arguments.ts";

test.each<readonly [string, readonly string[], { args: readonly string[]; loaders: readonly string[] }]>([
  ["none", ["--import", "tsx", "--test-timeout=9"], { args: ["--import", "tsx", "--test-timeout=9"], loaders: [] }],
  ["one behind its flag", ["--loader", "a.js", "-r", "b.js"], { args: ["-r", "b.js"], loaders: ["a.js"] }],
  ["one in its flag", ["--loader=a=b\nc", "--x"], { args: ["--x"], loaders: ["a=b\nc"] }],
  [
    "several, in their order",
    ["--experimental-loader", "a.js", "--x", "--experimental-loader=b.js", "--loader", "c.js"],
    { args: ["--x"], loaders: ["a.js", "b.js", "c.js"] },
  ],
  ["one without a name", ["--loader="], { args: [], loaders: [""] }],
  ["one that is missing", ["--x", "--loader"], { args: ["--x"], loaders: [""] }],
  [
    "what only looks like one",
    ["--loaders", "x--loader", "--no-loader"],
    { args: ["--loaders", "x--loader", "--no-loader"], loaders: [] },
  ],
])("loaders are told from other flags: %s", (_what, given, expected) => {
  expect(withoutLoaders(given)).toEqual(expected);
});
