// How many elements are where.
import {
  DTypeError,
  isComplex,
  operations,
  sameShape,
  ShapeError,
  showAval,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asInteger, asValue, quotientOf, type ArrayLike } from "./arguments.ts";
import { count, isOptions, optionsOf, withOption } from "./axes.ts";
import { diff } from "./cumulative.ts";
import { column_stack } from "./joining.ts";
import { reshaped, section } from "./moving.ts";
import { percentile } from "./quantiles.ts";
import { max, min, std } from "./reductions.ts";
import { asIndices, doublesIn, integerArray, numbersIn } from "./rows.ts";
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
  const options: BincountOptions = isOptions(weights)
    ? optionsOf("bincount", weights as BincountOptions, { weights: true, minlength: "integer" })
    : { weights: weights, minlength };
  const numbers = asIndices("bincount", x);
  if (numbers.ndim !== 1) throw new ShapeError(`bincount(${showAval(numbers)}): takes a vector`);
  const list = doublesIn(numbers);
  if (list.some((each) => each < 0)) throw new RangeError("bincount: a number is negative");
  const least = asInteger("bincount", options.minlength ?? 0);
  if (least < 0) throw new RangeError(`bincount: the length can't be ${least}`);
  const length = list.reduce((most, each) => Math.max(most, each + 1), least);
  const given = options.weights ?? null;
  // Without numbers there is nothing to weigh.
  const counted = given === null || list.length === 0 ? operations.onesLike(numbers) : realWeights("bincount", given);
  if (!sameShape(counted.shape, numbers.shape))
    throw new ShapeError(`bincount: weights ${showAval(counted)} don't fit ${showAval(numbers)}`);
  return operations.scatterAdd(counted, numbers, length);
}

function realWeights(name: string, weights: ArrayLike): Value {
  const value = asValue(weights);
  if (isComplex(value.dtype)) throw new DTypeError(`${name}: weights are real numbers, not ${value.dtype}`);
  return operations.cast(value, "float64");
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

const histogramOptions: OptionNames<HistogramOptions> = { range: true, weights: true, density: true };

/** The edges of the bins that a histogram would have. */
export function histogram_bin_edges(x: ArrayLike, bins: Bins = 10, range?: Range | HistogramOptions | null): Value {
  const names = histogramOptions;
  const options = withOption<HistogramOptions, "range">("histogram_bin_edges", names, "range", range, undefined);
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
    if (edges.ndim > 1) throw new ShapeError(`histogram: edges ${showAval(edges)} are no vector`);
    if (edges.ndim === 1) return ascending(edges);
  }
  const [low, high] = outerEdges(value, range);
  const number = typeof bins === "string" ? binsByRule(value, bins, low, high) : asInteger("histogram", bins);
  if (number < 1) throw new RangeError(`histogram: there can't be ${number} bins`);
  const edges = operations.cast(linspace(low, high, number + 1), quotientOf(value.dtype));
  const list = numbersIn(edges);
  if (new Set(list).size < list.length)
    throw new RangeError(`histogram: ${number} bins from ${low} to ${high} are too many for ${edges.dtype}`);
  return edges;
}

function ascending(edges: Value): Value {
  const list = numbersIn(edges);
  if (list.some((each, place) => place > 0 && (list[place - 1] ?? each) > each)) {
    throw new RangeError("histogram: the edges of bins don't ascend");
  }
  return edges;
}

function outerEdges(value: Value, range: Range | null): Range {
  if (isComplex(value.dtype)) throw new DTypeError(`histogram(${showAval(value)}): complex numbers have no order`);
  const [low, high] = range ?? (value.size === 0 ? [0, 1] : [Number(min(value).item()), Number(max(value).item())]);
  if (!(Number.isFinite(low) && Number.isFinite(high)))
    throw new RangeError(`histogram: the range from ${low} to ${high} is not finite`);
  if (low > high) throw new RangeError(`histogram: ${high} is less than ${low}`);
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function binsByRule(value: Value, rule: BinRule, low: number, high: number): number {
  if (!Object.hasOwn(widths, rule)) throw new RangeError(`histogram: there is no rule ${JSON.stringify(rule)}`);
  const list = numbersIn(value).filter((each) => each >= low && each <= high);
  if (list.length === 0) return 1;
  const isInteger = kindOf(value.dtype) === "int" || kindOf(value.dtype) === "uint";
  const found = widths[rule](list, spanOf(list), [low, high]);
  const width = isInteger && found > 0 && found < 1 ? 1 : found;
  return width > 0 ? Math.ceil((high - low) / width) : 1;
}

function spanOf(list: readonly number[]): number {
  const most = list.reduce((most, each) => Math.max(most, each), -Infinity);
  return most - list.reduce((least, each) => Math.min(least, each), Infinity);
}

type Width = (list: readonly number[], span: number, range: Range) => number;

const sqrt: Width = (list, span) => span / Math.sqrt(list.length);
const sturges: Width = (list, span) => span / (Math.log2(list.length) + 1);
const fd: Width = (list) => quartiles(list) * 2 * list.length ** (-1 / 3);

/** The width of bins by each rule. */
const widths: { readonly [Rule in BinRule]: Width } = {
  sqrt,
  sturges,
  rice: (list, span) => span / (2 * list.length ** (1 / 3)),
  scott: (list) => ((24 * Math.sqrt(Math.PI)) / list.length) ** (1 / 3) * deviation(list),
  fd,
  doane,
  stone,
  auto: (list, span, range) =>
    Math.min(Math.max(fd(list, span, range), sqrt(list, span, range) / 2), sturges(list, span, range)),
};

function deviation(list: readonly number[]): number {
  return Number(std(list).item());
}

function quartiles(list: readonly number[]): number {
  const [upper, lower] = numbersIn(percentile(list, [75, 25])) as [number, number];
  return upper - lower;
}

/** No number for two elements, or for equal ones. */
function doane(list: readonly number[], span: number): number {
  const n = list.length;
  const spread = deviation(list);
  const mean = list.reduce((sum, each) => sum + each, 0) / n;
  const skewness = list.reduce((sum, each) => sum + ((each - mean) / spread) ** 3, 0) / n;
  const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return span / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / error));
}

/** The width for which the estimated loss is least. */
function stone(list: readonly number[], span: number, range: Range): number {
  const n = list.length;
  let [least, best] = [Infinity, span];
  for (let bins = 1; bins <= Math.max(100, Math.sqrt(n)); bins++) {
    const width = span / bins;
    const parts = numbersIn(histogram(list, bins, { range })[0]).map((each) => each / n);
    const loss = (2 - (n + 1) * parts.reduce((sum, each) => sum + each * each, 0)) / width;
    if (loss < least) [least, best] = [loss, width];
  }
  return best;
}

/** How many elements (or what weights) are in each bin, and the bins' edges. The last bin has both of its edges. */
export function histogram(
  x: ArrayLike,
  bins: Bins = 10,
  range?: Range | HistogramOptions | null,
  options: HistogramOptions = {},
): readonly [counts: Value, edges: Value] {
  const names = histogramOptions;
  const settings = withOption<HistogramOptions, "range">("histogram", names, "range", range ?? undefined, options);
  const value = flat(x);
  const weights = settings.weights === null || settings.weights === undefined ? null : asValue(settings.weights);
  if (weights !== null && !sameShape(weights.shape, asValue(x).shape))
    throw new ShapeError(`histogram: weights ${showAval(weights)} don't fit ${showAval(asValue(x))}`);
  if (weights !== null && typeof bins === "string")
    throw new TypeError(`histogram: the rule ${JSON.stringify(bins)} takes no weights`);
  const edges = edgesOf(value, bins, settings.range ?? null);
  const sums = sumsIn(binOf(value, edges), Math.max(edges.size - 1, 0), weights === null ? null : flat(weights));
  const counts = weights === null ? sums : operations.cast(sums, weights.dtype);
  if (settings.density !== true) return [counts, edges];
  const all = operations.cast(counts, "float64");
  return [
    operations.div(operations.div(all, operations.cast(diff(edges), "float64")), operations.sum(all, [0])),
    edges,
  ];
}

/** The bin of each element; the number of bins for those that are in none. */
function binOf(value: Value, edges: Value): Float64Array {
  const number = Math.max(edges.size - 1, 0);
  const places = doublesIn(searchsorted(edges, value, "right"));
  const last = doublesIn(edges).at(-1);
  return doublesIn(value).map((each, place) => {
    const bin = Number(places[place]) - 1;
    if (each === last && number > 0) return number - 1;
    return bin < 0 || bin >= number ? number : bin;
  });
}

/** Sums of ones or weights in each bin. */
function sumsIn(bins: Float64Array, number: number, weights: Value | null): Value {
  const numbers = integerArray(bins);
  const counted = weights ?? operations.onesLike(numbers);
  return section(operations.scatterAdd(counted, numbers, number + 1), 0, 0, number);
}

interface GridOptions {
  readonly range?: readonly (Range | null)[] | null;
  readonly weights?: ArrayLike | null;
  readonly density?: boolean | null;
}

const gridOptions: OptionNames<GridOptions> = { range: true, weights: true, density: true };

/** How many points are in each cell of a grid, and the grid's edges along each axis. */
export function histogramdd(
  sample: ArrayLike,
  bins: Bins | readonly Bins[] = 10,
  options: GridOptions = {},
): readonly [counts: Value, edges: readonly Value[]] {
  return gridOf(sample, bins, optionsOf("histogramdd", options, gridOptions));
}

function gridOf(
  sample: ArrayLike,
  bins: Bins | readonly Bins[],
  options: GridOptions,
): readonly [counts: Value, edges: readonly Value[]] {
  const points = pointsOf(sample);
  if (points.ndim !== 2) throw new ShapeError(`histogramdd(${showAval(points)}): points are rows of a matrix`);
  const [length, ndim] = points.shape as [number, number];
  const columns = count(ndim).map((axis) => reshaped(section(points, 1, axis, axis + 1), [length]));
  const each =
    typeof bins === "number" || typeof bins === "string" ? columns.map(() => bins) : (bins as readonly Bins[]);
  if (each.length !== ndim) throw new ShapeError(`histogramdd: bins for ${each.length} axes don't fit ${ndim}`);
  const ranges = options.range ?? columns.map(() => null);
  if (ranges.length !== ndim) throw new ShapeError(`histogramdd: ranges of ${ranges.length} axes don't fit ${ndim}`);
  const edges = columns.map((column, axis) => edgesOf(column, each[axis] as Bins, ranges[axis] ?? null));
  // One more bin along each axis is for points outside.
  const shape = edges.map((edge) => edge.size);
  const cells = columns.map((column, axis) => integerArray(binOf(column, edges[axis] as Value)));
  const numbers = doublesIn(ravel_multi_index(cells, shape));
  const weights =
    options.weights === null || options.weights === undefined ? null : realWeights("histogramdd", options.weights);
  if (weights !== null && weights.size !== numbers.length)
    throw new ShapeError(`histogramdd: ${weights.size} weights don't fit ${numbers.length} points`);
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
  return column_stack((sample as readonly ArrayLike[]).map((each) => asValue(each, "float64")));
}

/** As `histogramdd`, of points with two coordinates. */
export function histogram2d(
  x: ArrayLike,
  y: ArrayLike,
  bins: Bins | readonly Bins[] = 10,
  options: GridOptions = {},
): readonly [counts: Value, xedges: Value, yedges: Value] {
  const points = [asValue(x), asValue(y)] as const;
  if (points[0].size !== points[1].size)
    throw new ShapeError(`histogram2d(${points.map(showAval).join(", ")}): coordinates are of different numbers`);
  const both = Array.isArray(bins) && bins.length === 2 ? (bins as readonly Bins[]) : ([bins, bins] as readonly Bins[]);
  const [counts, edges] = gridOf(points, both, optionsOf("histogram2d", options, gridOptions));
  return [counts, edges[0] as Value, edges[1] as Value];
}
