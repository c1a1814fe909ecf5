import { patchedRunner } from "../../src/checks/patched-runner.ts";
import { testCases } from "./test-cases.ts";

testCases("patched-runner", () => [patchedRunner]);
