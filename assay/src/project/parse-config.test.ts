import { expect, test, vi } from "vitest";
import { readConfig } from "./config.ts";

vi.mock("smol-toml", () => ({
  TomlError: class extends Error {},
  parse() {
    throw new RangeError("a fault of the library's");
  },
}));

test("a fault of the TOML library is not said to be one of the file", async () => {
  await expect(readConfig("")).rejects.toThrow(RangeError);
});
