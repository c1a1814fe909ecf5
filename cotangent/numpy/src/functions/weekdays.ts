// Days of a calendar that are worked on: Monday to Friday.
import { ShapeError, type OptionNames, type Value } from "@cotangent/core";
import { allocate, scalar } from "../ndarray.ts";
import { count, optionsOf } from "./axes.ts";
import { integerArray } from "./rows.ts";

/** Days as "2026-01-31". */
export type Days = string | readonly string[];

interface CalendarOptions {
  /** Days of work: seven digits from Monday on, 1 for each, or names as in "Mon Tue". */
  readonly weekmask?: string;
  readonly holidays?: readonly string[];
}

const calendarOptions: OptionNames<CalendarOptions> = { weekmask: "text", holidays: true };

/** What is worked on. */
interface Calendar {
  /** From Monday on. */
  readonly isWorked: readonly boolean[];
  /** Numbers of days. */
  readonly holidays: ReadonlySet<number>;
}

const dayLength = 86_400_000;
const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function calendarOf({ weekmask = "1111100", holidays = [] }: CalendarOptions): Calendar {
  const isWorked = /^[01]{7}$/u.test(weekmask) ? weekmask.split("").map((each) => each === "1") : namedDays(weekmask);
  if (!isWorked.includes(true)) throw new RangeError(`the week ${JSON.stringify(weekmask)} has no day of work`);
  if (!Array.isArray(holidays)) throw new TypeError("holidays are a list of days");
  return { isWorked, holidays: new Set(holidays.map(dayNumber)) };
}

function namedDays(weekmask: string): readonly boolean[] {
  const given = weekmask.replaceAll(/\s/gu, "").split(/(?=[A-Z])/u);
  if (!given.every((each) => names.includes(each)))
    throw new RangeError(`${JSON.stringify(weekmask)} is no week: write "1111100" or "Mon Tue"`);
  return names.map((each) => given.includes(each));
}

function dayNumber(text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  // A day that its month doesn't have would be taken for one of the next.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
    throw new RangeError(`${JSON.stringify(text)} is no day: write "2026-01-31"`);
  return time / dayLength;
}

function dayNumbers(days: Days): readonly number[] {
  return (typeof days === "string" ? [days] : days).map(dayNumber);
}

function isWorked(day: number, calendar: Calendar): boolean {
  // The first of January 1970 was a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return calendar.isWorked[weekday] === true && !calendar.holidays.has(day);
}

/** Whether days are worked on. */
export function is_busday(days: Days, options: CalendarOptions = {}): Value {
  const calendar = calendarOf(optionsOf("is_busday", options, calendarOptions));
  if (typeof days === "string") return scalar(isWorked(dayNumber(days), calendar), "bool");
  const result = allocate([days.length], "bool");
  for (const [place, day] of days.entries()) result.data[place] = Number(isWorked(dayNumber(day), calendar));
  return result;
}

/** How many days are worked on from the first to the last, which doesn't count; negative if the last comes first. */
export function busday_count(begin: Days, end: Days, options: CalendarOptions = {}): Value {
  const calendar = calendarOf(optionsOf("busday_count", options, calendarOptions));
  const [starts, stops] = [dayNumbers(begin), dayNumbers(end)];
  const length = starts.length === 1 ? stops.length : starts.length;
  if (stops.length !== 1 && stops.length !== length)
    throw new ShapeError(`busday_count: ${starts.length} days and ${stops.length} are no pairs`);
  const counts = count(length).map((place) => between(oneOf(starts, place), oneOf(stops, place), calendar));
  return integerArray(counts, typeof begin === "string" && typeof end === "string" ? [] : [length]);
}

/** The day at a place, or the only one. */
function oneOf(days: readonly number[], place: number): number {
  return days[days.length === 1 ? 0 : place] ?? 0;
}

function between(from: number, to: number, calendar: Calendar): number {
  // Backwards the first day doesn't count, but the last does.
  const [first, stop, sign] = from <= to ? [from, to, 1] : [to + 1, from + 1, -1];
  return sign * count(stop - first).filter((day) => isWorked(first + day, calendar)).length;
}
