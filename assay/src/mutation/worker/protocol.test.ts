import { expect, test } from "vitest";
import { decodeEvent, decodeRequest, encodeEvent, type SessionEvent, type SessionRequest } from "./protocol.ts";

const event: SessionEvent = { kind: "finished", file: "/repo/src/a b.test.ts" };

test("what is written is read again, with the worker that said it", () => {
  expect(decodeEvent("token", encodeEvent("token", event, 3))).toEqual({ event, worker: 3 });
  expect(decodeEvent("token", encodeEvent("token", event))).toEqual({ event, worker: 0 });
});

test("what a test has printed before it on the same line is passed over, and a line of another token is none of ours", () => {
  expect(decodeEvent("token", `printed ${encodeEvent("token", event)}`)).toEqual({ event, worker: 0 });
  expect(decodeEvent("token", encodeEvent("other", event))).toBeUndefined();
  expect(decodeEvent("token", "token: printed")).toBeUndefined();
});

test("a process that stays open is told only what is another", () => {
  const first: SessionRequest = {
    token: "token",
    compileCache: "/cache",
    runnerDir: "/repo/node_modules/vitest",
    args: [],
    root: "/repo",
    repository: "/repo",
    scratch: "/scratch",
    insideFile: "/inside.js",
    switchName: "on",
    control: 1,
    sources: {},
    files: ["/repo/a.test.ts"],
    job: { kind: "types", programs: [], onlyAtOnce: false },
  };
  expect(decodeRequest(JSON.stringify(first), null)).toEqual(first);
  const next = { files: [], job: { kind: "types", programs: [], onlyAtOnce: true } } as const;
  expect(decodeRequest(JSON.stringify(next), first)).toEqual({ ...first, ...next });
});
