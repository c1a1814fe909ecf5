import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["assay/src/**/*.test.ts", "assay/test/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/fixtures/**", "**/node_modules/**"],
    globalSetup: ["assay/test/build.ts"],
    testTimeout: 60_000,
  },
});
