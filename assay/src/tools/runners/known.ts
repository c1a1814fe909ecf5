// The test runners that assay knows, in the order in which they are planned.
import type { Tool } from "../tool.ts";
import { ava } from "./ava.ts";
import { jest } from "./jest.ts";
import { mocha } from "./mocha.ts";
import { nodeTest } from "./node-test.ts";
import { vitest } from "./vitest.ts";

export const testRunners: readonly Tool[] = [vitest, jest, nodeTest, mocha, ava];
