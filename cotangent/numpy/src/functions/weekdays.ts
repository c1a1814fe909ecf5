// Days of a calendar that are worked on: Monday to Friday.
import type { Value } from "@cotangent/core";
import { allocate, scalar } from "../ndarray.ts";
import { integerArray } from "./rows.ts";

/** Days as "2026-01-31". */
export type Days = string | readonly string[];

interface CalendarOptions {
  /** Seven digits from Monday on: 1 for days of work. */
  readonly weekmask?: string;
  readonly holidays?: readonly string[];
}

const dayLength = 86_400_000;

function dayNumber(text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time)) throw new RangeError(`${JSON.stringify(text)} is no day: write "2026-01-31"`);
  return Math.round(time / dayLength);
}

function isWorked(day: number, { weekmask = "1111100", holidays = [] }: CalendarOptions): boolean {
  // The first of January 1970 was a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return weekmask[weekday] === "1" && !holidays.some((each) => dayNumber(each) === day);
}

/** Whether days are worked on. */
export function is_busday(days: Days, options: CalendarOptions = {}): Value {
  if (typeof days === "string") return scalar(isWorked(dayNumber(days), options), "bool");
  const result = allocate([days.length], "bool");
  for (const [place, day] of days.entries()) result.data[place] = Number(isWorked(dayNumber(day), options));
  return result;
}

/** How many days are worked on from the first to the last, which doesn't count; negative if the last comes first. */
export function busday_count(begin: Days, end: Days, options: CalendarOptions = {}): Value {
  const [starts, stops] = [begin, end].map((each) => (typeof each === "string" ? [each] : each)) as [
    readonly string[],
    readonly string[],
  ];
  const length = Math.max(starts.length, stops.length);
  const counts = Array.from({ length }, (_, place) =>
    between(starts[starts.length === 1 ? 0 : place], stops[stops.length === 1 ? 0 : place], options),
  );
  return integerArray(counts, typeof begin === "string" && typeof end === "string" ? [] : [length]);
}

function between(begin = "", end = "", options: CalendarOptions): number {
  const [from, to] = [dayNumber(begin), dayNumber(end)];
  let worked = 0;
  // Backwards the first day doesn't count, but the last does.
  for (let day = Math.min(from, to + 1); day < Math.max(to, from + 1); day++) {
    if ((from <= to ? day < to : day > to && day <= from) && isWorked(day, options)) worked++;
  }
  return from <= to ? worked : -worked;
}
