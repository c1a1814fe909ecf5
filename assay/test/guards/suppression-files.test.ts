import { grownSuppressions } from "../../src/checks/grown-suppressions.ts";
import { testCases } from "./test-cases.ts";

testCases("suppression-files", () => [grownSuppressions]);
