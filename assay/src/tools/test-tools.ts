// The test runners, in the order in which they are planned.
import { testRunners, testScriptTool } from "./test-script.ts";
import type { Tool } from "./tool.ts";

export const testTools: readonly Tool[] = [...testRunners, testScriptTool];
