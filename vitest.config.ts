import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages of the workspace are read from their sources.
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: [
      "assay/src/**/*.test.ts",
      "assay/test/**/*.test.ts",
      "cotangent/*/src/**/*.test.ts",
      "cotangent/*/test/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    exclude: ["**/fixtures/**", "**/node_modules/**"],
    globalSetup: ["assay/test/build.ts"],
    reporters: ["default", ["json", { outputFile: ".test-results.json" }]],
    testTimeout: 60_000,
    // Most tests wait for processes that they have started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
