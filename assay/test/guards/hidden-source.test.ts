import { hiddenSource } from "../../src/checks/hidden-source.ts";
import { suppression } from "../../src/checks/suppression.ts";
import { testCases } from "./test-cases.ts";

testCases("hidden-source", () => [hiddenSource, suppression]);
