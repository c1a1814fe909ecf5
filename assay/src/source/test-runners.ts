// The modules of test runners.

const runner = /^(?:vitest|@jest\/globals|node:test|bun:test|mocha|ava|tap|tape|uvu|@playwright\/test|cypress)$/;

/** Does a specifier name what only tests load? Outside of its own runner it throws, or verifies nothing. */
export function isTestRunner(specifier: string): boolean {
  return runner.test(specifier);
}
