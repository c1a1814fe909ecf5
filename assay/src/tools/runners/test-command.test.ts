import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellCall } from "./test-command.ts";

test("a line of a script is understood as a shell understands it, with the variables that it is given", () => {
  const { file, args, env } = shellCall("echo one && exit 0 || echo two", { MODE: "test" });
  expect(execFileSync(file, args, { encoding: "utf8" }).trim()).toBe("one");
  expect([env, shellCall("echo").env]).toEqual([{ MODE: "test" }, {}]);
});
