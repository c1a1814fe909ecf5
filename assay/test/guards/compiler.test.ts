import { loosenedCompiler } from "../../src/checks/loosened-compiler.ts";
import { testCases } from "./test-cases.ts";

testCases("compiler", () => [loosenedCompiler]);
