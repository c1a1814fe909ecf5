import { expect, test } from "vitest";
import { decodeInside, encodeInside, type InsideEvent } from "./node-channel.ts";

const event: InsideEvent = { kind: "remark", message: "one\ntwo" };

test("what is written is read again, on a line of its own whatever was printed before and behind it", () => {
  const lines = `printed${encodeInside("token", event)}printed`.split("\n");
  expect(lines.flatMap((line) => decodeInside("token", line) ?? [])).toEqual([event]);
});

test("a line that has the token elsewhere, or another one, is none of ours", () => {
  const [, line = ""] = encodeInside("token", event).split("\n");
  expect([decodeInside("token", ` ${line}`), decodeInside("tok", line), decodeInside("token", "token")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
