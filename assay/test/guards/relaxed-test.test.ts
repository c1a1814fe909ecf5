import { relaxedTest } from "../../src/checks/relaxed-test.ts";
import { testCases } from "./test-cases.ts";

testCases("relaxed-test", () => [relaxedTest]);
