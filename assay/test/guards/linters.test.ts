import { loosenedLinter } from "../../src/checks/loosened-linter.ts";
import { testCases } from "./test-cases.ts";

testCases("linters", () => [loosenedLinter]);
