import { compatibilityShim } from "../../src/checks/compatibility-shim.ts";
import { deadExport } from "../../src/checks/dead-export.ts";
import { testCases } from "./test-cases.ts";

testCases("shims", ({ greenfield }) => (greenfield ? [compatibilityShim, deadExport] : []));
