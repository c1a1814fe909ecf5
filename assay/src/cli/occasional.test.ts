import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Occasional } from "./occasional.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("whoever reads a pipe hears at intervals how far things are, whether or not there is news", () => {
  const shown: string[] = [];
  const occasional = new Occasional((line) => shown.push(line), 30_000);
  vi.advanceTimersByTime(29_999);
  expect(shown).toEqual([]);
  vi.advanceTimersByTime(1);
  for (let dead = 1; dead <= 5; dead++) occasional.hear(`${dead} of 12 dead`);
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual(["at work (30 s so far)", "5 of 12 dead (60 s so far)", "5 of 12 dead (90 s so far)"]);
});

test("the time is that since the work began, in whole seconds", () => {
  vi.advanceTimersByTime(7000);
  const shown: string[] = [];
  const occasional = new Occasional((line) => shown.push(line), 1600);
  occasional.hear("half");
  vi.advanceTimersByTime(1600);
  expect(shown).toEqual(["half (2 s so far)"]);
});
