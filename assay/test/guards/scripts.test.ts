import { loosenedScript } from "../../src/checks/loosened-script.ts";
import { testCases } from "./test-cases.ts";

testCases("scripts", () => [loosenedScript]);
