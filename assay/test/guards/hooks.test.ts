import { loosenedHook } from "../../src/checks/loosened-hook.ts";
import { testCases } from "./test-cases.ts";

testCases("hooks", () => [loosenedHook]);
