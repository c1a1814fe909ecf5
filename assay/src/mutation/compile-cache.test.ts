import nodeModule from "node:module";
import { expect, onTestFinished, test } from "vitest";
import { keepCompiled, startCompileCache } from "./compile-cache.ts";

/** What Node is told, of whatever version it is. */
function heard(...names: readonly string[]): readonly (readonly unknown[])[] {
  const calls: unknown[][] = [];
  for (const name of names) {
    const own = Reflect.getOwnPropertyDescriptor(nodeModule, name);
    onTestFinished(() => {
      if (own) Object.defineProperty(nodeModule, name, own);
      else Reflect.deleteProperty(nodeModule, name);
    });
    const value = (...given: readonly unknown[]): void => void calls.push([name, ...given]);
    Object.defineProperty(nodeModule, name, { value, configurable: true });
  }
  return calls;
}

test("Node is told where to keep what it compiles, and when to write it", () => {
  const calls = heard("enableCompileCache", "flushCompileCache");
  startCompileCache("/kept");
  keepCompiled();
  expect(calls).toEqual([["enableCompileCache", "/kept"], ["flushCompileCache"]]);
});
