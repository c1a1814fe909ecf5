// Loaded by node:test into the process of each test file: a process that ends well before its tests did has not passed.
// CommonJS when built, and nothing but Node's own modules.
import { readFileSync, writeSync } from "node:fs";
import { after, afterEach, type TestContext } from "node:test";

// A file that has no tests is a program: to look for the end of its tests would make it another one.
if (process.env["NODE_TEST_CONTEXT"] !== undefined && usesHarness(process.argv[1])) watchEnd();

function usesHarness(file: string | undefined): boolean {
  try {
    return file !== undefined && readFileSync(file, "utf8").includes("node:test");
  } catch {
    return false;
  }
}

function watchEnd(): void {
  let isOver = false;
  let hasFailed = false;
  let isCalled = false;
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    isCalled = true;
    return exit(code);
  };
  after(() => {
    isOver = true;
  });
  afterEach((context) => {
    if (isTest(context) && !context.passed) hasFailed = true;
  });
  process.on("exit", (code) => {
    // A failure is not told any more once someone else ends the process.
    if (code !== 0 || (isOver && !(hasFailed && isCalled))) return;
    writeSync(
      2,
      isOver ? "Error: process.exit(0) hides a failed test\n" : "Error: process.exit(0) before the last test\n",
    );
    process.exitCode = 1;
  });
}

function isTest(context: unknown): context is TestContext & { readonly passed: boolean } {
  return typeof context === "object" && context !== null && "passed" in context;
}
