import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { workersBeside } from "./request.ts";

test("what processes are started with lies beside the bundle, and is built", () => {
  const { types, switchProgram, runners } = workersBeside(new URL("../../dist/cli.js", import.meta.url).href);
  const files = [types, switchProgram, ...Object.values(runners).flatMap(({ main, inside }) => [main, inside])];
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect(new Set(files).size).toBe(8);
});
