// How many elements are where.
import { operations, ShapeError, showAval, type Value } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asNumber, asOperand, asValue, quotientOf, promotedOf, type ArrayLike } from "./arguments.ts";
import { count, isOptions } from "./axes.ts";
import { diff } from "./cumulative.ts";
import { reshaped, section } from "./moving.ts";
import { percentile } from "./quantiles.ts";
import { max, min, std } from "./reductions.ts";
import { asIndices, integerArray, numbersIn } from "./rows.ts";
import { searchsorted } from "./searching.ts";
import { linspace } from "./spacing.ts";
import { ravel_multi_index } from "./taking.ts";

interface BincountOptions {
  readonly weights?: ArrayLike | null;
  readonly minlength?: number;
}

/** How often each natural number occurs, or the sums of the weights where it does. */
export function bincount(
  x: ArrayLike,
  weights: ArrayLike | BincountOptions | null = null,
  minlength: number = 0,
): Value {
  const options: BincountOptions = isOptions(weights) ? (weights as BincountOptions) : { weights: weights, minlength };
  const numbers = asIndices("bincount", x);
  if (numbers.ndim !== 1) throw new ShapeError(`bincount(${showAval(numbers)}): takes a vector`);
  const list = numbersIn(numbers);
  if (list.some((each) => each < 0)) throw new RangeError("bincount: a number is negative");
  const length = Math.max(
    options.minlength ?? 0,
    list.reduce((most, each) => Math.max(most, each + 1), 0),
  );
  const given = options.weights ?? null;
  const counted = given === null ? operations.onesLike(numbers) : asValue(given, "float64");
  if (counted.size !== numbers.size)
    throw new ShapeError(`bincount: ${counted.size} weights don't fit ${numbers.size} numbers`);
  return operations.scatterAdd(counted, numbers, length);
}

/** A rule by which the number of bins follows from the data. */
export type BinRule = "auto" | "fd" | "doane" | "scott" | "stone" | "rice" | "sturges" | "sqrt";
/** The number of bins of one width, all their edges, or a rule. */
export type Bins = number | BinRule | ArrayLike;
type Range = readonly [low: number, high: number];

export interface HistogramOptions {
  readonly range?: Range | null;
  readonly weights?: ArrayLike | null;
  /** The integral over all bins is 1. */
  readonly density?: boolean | null;
}

/** The edges of the bins that a histogram would have. */
export function histogram_bin_edges(x: ArrayLike, bins: Bins = 10, range?: Range | HistogramOptions | null): Value {
  const options = isOptions(range)
    ? (range as HistogramOptions)
    : { range: (range as Range | null | undefined) ?? null };
  return edgesOf(flat(x), bins, options.range ?? null);
}

function flat(x: ArrayLike): Value {
  const value = asValue(x);
  const all = reshaped(value, [value.size]);
  return all.dtype === "bool" ? operations.cast(all, "uint8") : all;
}

function edgesOf(value: Value, bins: Bins, range: Range | null): Value {
  if (typeof bins === "object") {
    const edges = asValue(bins);
    if (edges.ndim === 1) {
      requireAscending(edges);
      return edges;
    }
  }
  const [low, high] = outerEdges(value, range);
  const number = typeof bins === "string" ? binsByRule(value, bins, low, high) : asNumber("histogram", bins);
  if (!(Number.isInteger(number) && number >= 1)) throw new RangeError(`histogram: there can't be ${number} bins`);
  return operations.cast(linspace(low, high, number + 1), quotientOf(promotedOf([asOperand(value), 1.5])));
}

function requireAscending(edges: Value): void {
  const list = numbersIn(edges);
  if (list.some((each, place) => place > 0 && (list[place - 1] ?? each) > each)) {
    throw new RangeError("histogram: the edges of bins don't ascend");
  }
}

function outerEdges(value: Value, range: Range | null): Range {
  const [low, high] = range ?? (value.size === 0 ? [0, 1] : [Number(min(value).item()), Number(max(value).item())]);
  if (!(Number.isFinite(low) && Number.isFinite(high)))
    throw new RangeError(`histogram: the range from ${low} to ${high} is not finite`);
  if (low > high) throw new RangeError(`histogram: ${high} is less than ${low}`);
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function binsByRule(value: Value, rule: BinRule, low: number, high: number): number {
  const list = numbersIn(value).filter((each) => each >= low && each <= high);
  if (list.length === 0) return 1;
  const isInteger = kindOf(value.dtype) === "int" || kindOf(value.dtype) === "uint";
  const found = widthByRule(list, rule, [low, high]);
  const width = isInteger && found > 0 && found < 1 ? 1 : found;
  return width > 0 ? Math.ceil((high - low) / width) : 1;
}

function widthByRule(list: readonly number[], rule: BinRule, range: Range): number {
  const n = list.length;
  const ptp =
    list.reduce((most, each) => Math.max(most, each), -Infinity) -
    list.reduce((least, each) => Math.min(least, each), Infinity);
  switch (rule) {
    case "sqrt":
      return ptp / Math.sqrt(n);
    case "sturges":
      return ptp / (Math.log2(n) + 1);
    case "rice":
      return ptp / (2 * n ** (1 / 3));
    case "scott":
      return ((24 * Math.sqrt(Math.PI)) / n) ** (1 / 3) * deviation(list);
    case "fd":
      return quartiles(list) * 2 * n ** (-1 / 3);
    case "doane":
      return doane(list, ptp);
    case "stone":
      return stone(list, ptp, range);
    case "auto": {
      const [fd, sturges] = [quartiles(list) * 2 * n ** (-1 / 3), ptp / (Math.log2(n) + 1)];
      return fd > 0 ? Math.min(Math.max(fd, ptp / Math.sqrt(n) / 2), sturges) : sturges;
    }
  }
}

function deviation(list: readonly number[]): number {
  return Number(std(list).item());
}

function quartiles(list: readonly number[]): number {
  const [upper = 0, lower = 0] = numbersIn(percentile(list, [75, 25]));
  return upper - lower;
}

function doane(list: readonly number[], ptp: number): number {
  const n = list.length;
  if (n <= 2) return 0;
  const spread = deviation(list);
  if (spread === 0) return 0;
  const mean = list.reduce((sum, each) => sum + each, 0) / n;
  const skewness = list.reduce((sum, each) => sum + ((each - mean) / spread) ** 3, 0) / n;
  const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return ptp / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / error));
}

/** The number of bins for which the estimated loss is least. */
function stone(list: readonly number[], ptp: number, range: Range): number {
  const n = list.length;
  if (n <= 1 || ptp === 0) return 0;
  let best = { loss: Infinity, bins: 1 };
  for (let bins = 1; bins <= Math.max(100, Math.floor(Math.sqrt(n))); bins++) {
    const width = ptp / bins;
    const parts = numbersIn(histogram(list, bins, { range })[0]).map((each) => each / n);
    const loss = (2 - (n + 1) * parts.reduce((sum, each) => sum + each * each, 0)) / width;
    if (loss < best.loss) best = { loss, bins };
  }
  return ptp / best.bins;
}

/** How many elements (or what weights) are in each bin, and the bins' edges. The last bin has both of its edges. */
export function histogram(
  x: ArrayLike,
  bins: Bins = 10,
  range?: Range | HistogramOptions | null,
  options: HistogramOptions = {},
): readonly [counts: Value, edges: Value] {
  const settings: HistogramOptions = isOptions(range)
    ? (range as HistogramOptions)
    : { ...options, range: (range as Range | null | undefined) ?? null };
  const value = flat(x);
  const edges = edgesOf(value, bins, settings.range ?? null);
  const weights = settings.weights === null || settings.weights === undefined ? null : flat(settings.weights);
  if (weights !== null && weights.size !== value.size)
    throw new ShapeError(`histogram: ${weights.size} weights don't fit ${value.size} elements`);
  const counts = sumsIn(binOf(value, edges), edges.size - 1, weights);
  if (settings.density !== true) return [counts, edges];
  const all = operations.cast(counts, "float64");
  return [
    operations.div(operations.div(all, operations.cast(diff(edges), "float64")), operations.sum(all, [0])),
    edges,
  ];
}

/** The bin of each element; the number of bins for those that are in none. */
function binOf(value: Value, edges: Value): readonly number[] {
  const number = edges.size - 1;
  const places = numbersIn(searchsorted(edges, value, "right"));
  const last = Number(section(edges, 0, number, number + 1).item());
  return numbersIn(value).map((each, place) => {
    const bin = (places[place] ?? 0) - 1;
    if (each === last) return number - 1;
    return bin < 0 || bin >= number || Number.isNaN(each) ? number : bin;
  });
}

/** Sums of ones or weights in each bin. */
function sumsIn(bins: readonly number[], number: number, weights: Value | null): Value {
  const numbers = integerArray(bins);
  const counted = weights ?? operations.onesLike(numbers);
  return section(operations.scatterAdd(counted, numbers, number + 1), 0, 0, number);
}

interface GridOptions {
  readonly range?: readonly (Range | null)[] | null;
  readonly weights?: ArrayLike | null;
  readonly density?: boolean | null;
}

/** How many points are in each cell of a grid, and the grid's edges along each axis. */
export function histogramdd(
  sample: ArrayLike,
  bins: Bins | readonly Bins[] = 10,
  options: GridOptions = {},
): readonly [counts: Value, edges: readonly Value[]] {
  const points = pointsOf(sample);
  const ndim = points.shape[1] ?? 0;
  const columns = count(ndim).map((axis) => reshaped(section(points, 1, axis, axis + 1), [points.shape[0] ?? 0]));
  const each =
    typeof bins === "number" || typeof bins === "string" ? columns.map(() => bins) : (bins as readonly Bins[]);
  if (each.length !== ndim) throw new ShapeError(`histogramdd: bins for ${each.length} axes don't fit ${ndim}`);
  const edges = columns.map((column, axis) => edgesOf(column, each[axis] ?? 10, options.range?.[axis] ?? null));
  // One more bin along each axis is for points outside.
  const shape = edges.map((edge) => edge.size);
  const cells = columns.map((column, axis) => integerArray(binOf(column, edges[axis] as Value)));
  const numbers = numbersIn(ravel_multi_index(cells, shape));
  const weights =
    options.weights === null || options.weights === undefined ? null : asValue(options.weights, "float64");
  const all = sumsIn(
    numbers,
    shape.reduce((size, length) => size * length, 1),
    weights,
  );
  const grid = shape.reduce(
    (value, length, axis) => section(value, axis, 0, length - 1),
    reshaped(operations.cast(all, "float64"), shape),
  );
  if (options.density !== true) return [grid, edges];
  return [densityOf(grid, edges), edges];
}

function densityOf(grid: Value, edges: readonly Value[]): Value {
  const total = operations.sum(
    grid,
    grid.shape.map((_, axis) => axis),
  );
  const widths = edges.map((edge, axis) =>
    reshaped(
      operations.cast(diff(edge), "float64"),
      grid.shape.map((length, own) => (own === axis ? length : 1)),
    ),
  );
  return widths.reduce(operations.div, operations.div(grid, total));
}

function pointsOf(sample: ArrayLike): Value {
  if (!Array.isArray(sample)) {
    const value = asValue(sample);
    return value.ndim === 1 ? reshaped(value, [value.size, 1]) : value;
  }
  const columns = (sample as readonly ArrayLike[]).map((each) => asValue(each));
  return operations.transpose(
    operations.concatenate(
      columns.map((each) => reshaped(operations.cast(each, "float64"), [1, each.size])),
      0,
    ),
    [1, 0],
  );
}

/** As `histogramdd`, of points with two coordinates. */
export function histogram2d(
  x: ArrayLike,
  y: ArrayLike,
  bins: Bins | readonly Bins[] = 10,
  options: GridOptions = {},
): readonly [counts: Value, xedges: Value, yedges: Value] {
  const isPair = Array.isArray(bins) && bins.length === 2;
  const both = isPair ? bins : typeof bins === "number" ? bins : [bins as Bins, bins as Bins];
  const [counts, edges] = histogramdd([asValue(x), asValue(y)], both as Bins | readonly Bins[], options);
  return [counts, edges[0] as Value, edges[1] as Value];
}
