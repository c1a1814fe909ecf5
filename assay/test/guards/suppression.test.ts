import { suppression } from "../../src/checks/suppression.ts";
import { testCases } from "./test-cases.ts";

testCases("suppression", () => [suppression]);
