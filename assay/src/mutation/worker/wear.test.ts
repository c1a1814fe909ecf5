import { expect, test } from "vitest";
import { openWear } from "./wear.ts";

const mebibyte = 2 ** 20;

/** By how much the process holds after its first file, and later: is it worn? */
test.each([
  [200, 768, false],
  [200, 769, true],
  [600, 984, false],
  [600, 985, true],
])(
  "of a process that held %i MiB at first and then %i it is %s that another takes its place",
  (first, later, isWorn) => {
    let held = first;
    const wear = openWear(() => held * mebibyte);
    wear.begin();
    held = later;
    wear.begin();
    expect(wear.isWorn).toBe(isWorn);
  },
);

test("a process that has run nothing is not worn, whatever it holds", () => {
  expect(openWear(() => 4096 * mebibyte).isWorn).toBe(false);
});

test("what the process itself holds counts where nothing else is said", () => {
  const wear = openWear();
  wear.begin();
  expect(wear.isWorn).toBe(false);
});
