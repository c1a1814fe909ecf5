import { swallowedError } from "../../src/checks/swallowed-error.ts";
import { testCases } from "./test-cases.ts";

testCases("swallowed-error", () => [swallowedError]);
