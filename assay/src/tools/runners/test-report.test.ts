import { expect, test } from "vitest";
import { tellingLine } from "./test-report.ts";

test("the line that says most is the first error, as programs write it", () => {
  const mocha = `
✖ ERROR: Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/r/index.js' imported from /r/test/a.js
    at finalizeResolution (node:internal/modules/esm/resolve:283:11) {
  code: 'ERR_MODULE_NOT_FOUND',
  url: 'file:///r/index.js'
}
`;
  expect(tellingLine(mocha)).toBe(
    "✖ ERROR: Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/r/index.js' imported from /r/test/a.js",
  );
  const esbuild = `✘ [ERROR] Could not resolve "module"\n\n    a.js:2:3:\n\n1 error\nError: Command failed: esbuild a.js\n`;
  expect(tellingLine(esbuild)).toBe('✘ [ERROR] Could not resolve "module"');
  const tsc = "> tsc -p .\n\nsrc/a.ts(1,7): error TS2322: Type 'string' is no number.\nFound 1 error.\n";
  expect(tellingLine(tsc)).toBe("src/a.ts(1,7): error TS2322: Type 'string' is no number.");
  expect(tellingLine("starting\nRangeError: out of range\n    at x (y.js:1:1)\n")).toBe("RangeError: out of range");
  expect(tellingLine("3 errors: none of them said\n  at x\nNode.js v24.1.0\n")).toBe("3 errors: none of them said");
});
