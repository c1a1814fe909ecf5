import type { EventEmitter } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { openSharedState, type SharedState } from "./jest-shared-state.ts";

interface Opened {
  readonly shared: SharedState;
  /** As Node tells of what nobody has handled. */
  readonly tell: (event: "unhandledRejection" | "uncaughtException", reason: unknown) => void;
}

function open(): Opened {
  const emitter: Pick<EventEmitter, "on"> = process;
  const listeners = new Map<unknown, (...args: readonly unknown[]) => void>();
  const on = vi.spyOn(emitter, "on").mockImplementation((event, listener) => {
    listeners.set(event, listener);
    return process;
  });
  const shared = openSharedState();
  on.mockRestore();
  return { shared, tell: (event, reason) => listeners.get(event)?.(reason) };
}

test("the first error that nobody has handled is told, whatever was thrown", () => {
  const { shared, tell } = open();
  shared.begin();
  expect(shared.end()).toBeNull();
  tell("uncaughtException", new Error("first"));
  tell("unhandledRejection", new Error("second"));
  expect(shared.end()).toBe("unhandled error: first");
  for (const [reason, words] of [
    ["text", "text"],
    [undefined, "undefined"],
    [{ message: 3 }, "3"],
    [{ code: 3 }, "[object Object]"],
  ] as const) {
    shared.begin();
    expect(shared.end()).toBeNull();
    tell("unhandledRejection", reason);
    expect(shared.end()).toBe(`unhandled error: ${words}`);
  }
});

test("what takes the output, and the code to end with, are as they were", () => {
  const own = Object.getOwnPropertyDescriptor(process.stdout, "write");
  onTestFinished(() => {
    if (own) Object.defineProperty(process.stdout, "write", own);
    else Reflect.deleteProperty(process.stdout, "write");
  });
  const silent = (): boolean => true;
  const loud = (): boolean => false;
  Object.defineProperty(process.stdout, "write", { value: silent, configurable: true, writable: true });
  const kept = open().shared;
  Object.assign(process.stdout, { write: loud });
  process.exitCode = 3;
  kept.end();
  expect([Reflect.get(process.stdout, "write") === silent, process.exitCode]).toEqual([true, undefined]);
  Reflect.deleteProperty(process.stdout, "write");
  const inherited: unknown = Reflect.get(process.stdout, "write");
  const plain = open().shared;
  Object.assign(process.stdout, { write: loud });
  plain.end();
  expect(Reflect.get(process.stdout, "write") === inherited).toBe(true);
});
