// An option that a function doesn't know is refused in the name of the function, whichever function it is.
import { expect, test } from "vitest";
import { graphs, inspect, np, scan, trace, type Graph, type Value } from "cotangent";

const square = np.array([
  [4.0, 1.5],
  [1.5, 3.0],
]);
const cube = np.ones([2, 2, 2]);
const pair = np.array([1.5, 2.5]);
const places = np.array([0, 1]);
const generator = np.random.default_rng(1);
const { graph } = trace(np.sin)(pair);
/** What a program without types could hand over, in the place of what is expected. */
const wrong = <Expected>(anything: unknown, ...expected: readonly Expected[]) => (expected[0] ?? anything) as Expected;

/** An option that nothing has; of any type, so that each call below is a valid one to the compiler. */
const bad = () => wrong<{ readonly [name: string]: never }>({ nonsense: 1 });

const calls: Readonly<Record<string, () => unknown>> = {
  allclose: () => np.allclose(pair, pair, bad()),
  angle: () => np.angle(pair, bad()),
  arange: () => np.arange(3, bad()),
  argpartition: () => np.argpartition(pair, 0, bad()),
  array: () => np.array([1], bad()),
  array2string: () => np.array2string(pair, bad()),
  array_equal: () => np.array_equal(pair, pair, bad()),
  array_repr: () => np.array_repr(pair, bad()),
  array_split: () => np.array_split(pair, 2, bad()),
  array_str: () => np.array_str(pair, bad()),
  asarray: () => np.asarray(pair, bad()),
  asarray_chkfinite: () => np.asarray_chkfinite(pair, bad()),
  ascontiguousarray: () => np.ascontiguousarray(pair, bad()),
  asfortranarray: () => np.asfortranarray(pair, bad()),
  bincount: () => np.bincount(places, bad()),
  busday_count: () => np.busday_count("2026-01-01", "2026-01-05", bad()),
  choose: () => np.choose(places, [pair, pair], bad()),
  clip: () => np.clip(pair, bad()),
  copyto: () => np.copyto(np.zeros(2), pair, bad()),
  corrcoef: () => np.corrcoef(square, bad()),
  cov: () => np.cov(square, null, bad()),
  cross: () => np.cross([1, 2, 3], [3, 2, 1], bad()),
  diag: () => np.diag(pair, bad()),
  diag_indices: () => np.diag_indices(2, bad()),
  diagflat: () => np.diagflat(pair, bad()),
  diagonal: () => np.diagonal(square, bad()),
  diff: () => np.diff(pair, bad()),
  ediff1d: () => np.ediff1d(pair, bad()),
  einsum: () => np.einsum("i->", pair, bad()),
  eye: () => np.eye(2, bad()),
  fill_diagonal: () => np.fill_diagonal(np.zeros([2, 2]), 1, bad()),
  format_float_positional: () => np.format_float_positional(1.5, bad()),
  format_float_scientific: () => np.format_float_scientific(1.5, bad()),
  fromfunction: () => np.fromfunction((i) => i, [2], bad()),
  fromiter: () => np.fromiter([1, 2], "int64", bad()),
  fromstring: () => np.fromstring("1 2", bad()),
  full: () => np.full([2], 1, bad()),
  full_like: () => np.full_like(pair, 1, bad()),
  geomspace: () => np.geomspace(1, 8, bad()),
  gradient: () => np.gradient(pair, bad()),
  histogram: () => np.histogram(pair, 2, bad()),
  histogram2d: () => np.histogram2d(pair, pair, 2, bad()),
  histogram_bin_edges: () => np.histogram_bin_edges(pair, 2, bad()),
  histogramdd: () => np.histogramdd(square, 2, bad()),
  hstack: () => np.hstack([pair, pair], bad()),
  identity: () => np.identity(2, bad()),
  indices: () => np.indices([2], bad()),
  interp: () => np.interp(pair, pair, pair, bad()),
  intersect1d: () => np.intersect1d(pair, pair, bad()),
  is_busday: () => np.is_busday("2026-01-01", bad()),
  isclose: () => np.isclose(pair, pair, bad()),
  isin: () => np.isin(pair, pair, bad()),
  lexsort: () => np.lexsort([pair], bad()),
  linspace: () => np.linspace(0, 1, bad()),
  logspace: () => np.logspace(0, 1, bad()),
  mask_indices: () => np.mask_indices(2, np.triu, bad()),
  meshgrid: () => np.meshgrid(pair, bad()),
  nan_to_num: () => np.nan_to_num(pair, bad()),
  ones: () => np.ones(2, bad()),
  ones_like: () => np.ones_like(pair, bad()),
  packbits: () => np.packbits(places, bad()),
  pad: () => np.pad(pair, 1, "edge", bad()),
  partition: () => np.partition(pair, 0, bad()),
  polyder: () => np.polyder(pair, bad()),
  polyfit: () => np.polyfit(pair, pair, 1, bad()),
  polyint: () => np.polyint(pair, bad()),
  ravel: () => np.ravel(square, bad()),
  ravel_multi_index: () => np.ravel_multi_index([1, 1], [2, 2], bad()),
  real_if_close: () => np.real_if_close(pair, bad()),
  reshape: () => np.reshape(square, 4, bad()),
  rollaxis: () => np.rollaxis(square, 1, bad()),
  rot90: () => np.rot90(square, bad()),
  round: () => np.round(pair, bad()),
  searchsorted: () => np.searchsorted(pair, 2, bad()),
  select: () => np.select([np.less(pair, 2)], [pair], bad()),
  setdiff1d: () => np.setdiff1d(pair, pair, bad()),
  setxor1d: () => np.setxor1d(pair, pair, bad()),
  take: () => np.take(pair, 0, bad()),
  take_along_axis: () => np.take_along_axis(pair, places, bad()),
  trace: () => np.trace(square, bad()),
  tri: () => np.tri(2, bad()),
  tril: () => np.tril(square, bad()),
  tril_indices: () => np.tril_indices(2, bad()),
  tril_indices_from: () => np.tril_indices_from(square, bad()),
  trim_zeros: () => np.trim_zeros(pair, bad()),
  triu: () => np.triu(square, bad()),
  triu_indices: () => np.triu_indices(2, bad()),
  triu_indices_from: () => np.triu_indices_from(square, bad()),
  unique: () => np.unique(pair, bad()),
  unpackbits: () => np.unpackbits(np.array([1], "uint8"), bad()),
  unravel_index: () => np.unravel_index(1, [2, 2], bad()),
  unstack: () => np.unstack(square, bad()),
  unwrap: () => np.unwrap(pair, bad()),
  vander: () => np.vander(pair, bad()),
  vstack: () => np.vstack([pair, pair], bad()),
  zeros: () => np.zeros(2, bad()),
  zeros_like: () => np.zeros_like(pair, bad()),
  "add.accumulate": () => np.add.accumulate(pair, bad()),
  "linalg.cholesky": () => np.linalg.cholesky(square, bad()),
  "linalg.cond": () => np.linalg.cond(square, bad()),
  "linalg.cross": () => np.linalg.cross([1, 2, 3], [3, 2, 1], bad()),
  "linalg.diagonal": () => np.linalg.diagonal(square, bad()),
  "linalg.eigh": () => np.linalg.eigh(square, bad()),
  "linalg.eigvalsh": () => np.linalg.eigvalsh(square, bad()),
  "linalg.lstsq": () => np.linalg.lstsq(square, pair, bad()),
  "linalg.matrix_norm": () => np.linalg.matrix_norm(square, bad()),
  "linalg.matrix_rank": () => np.linalg.matrix_rank(square, bad()),
  "linalg.norm": () => np.linalg.norm(square, bad()),
  "linalg.pinv": () => np.linalg.pinv(square, bad()),
  "linalg.qr": () => np.linalg.qr(square, bad()),
  "linalg.svd": () => np.linalg.svd(square, bad()),
  "linalg.tensorinv": () => np.linalg.tensorinv(square, bad()),
  "linalg.tensorsolve": () => np.linalg.tensorsolve(square, pair, bad()),
  "linalg.trace": () => np.linalg.trace(square, bad()),
  "linalg.vector_norm": () => np.linalg.vector_norm(square, bad()),
  "fft.fft": () => np.fft.fft(pair, bad()),
  "fft.fft2": () => np.fft.fft2(square, bad()),
  "fft.fftn": () => np.fft.fftn(square, bad()),
  "fft.hfft": () => np.fft.hfft(pair, bad()),
  "fft.ifft": () => np.fft.ifft(pair, bad()),
  "fft.ifft2": () => np.fft.ifft2(square, bad()),
  "fft.ifftn": () => np.fft.ifftn(square, bad()),
  "fft.ihfft": () => np.fft.ihfft(pair, bad()),
  "fft.irfft": () => np.fft.irfft(pair, bad()),
  "fft.irfft2": () => np.fft.irfft2(square, bad()),
  "fft.irfftn": () => np.fft.irfftn(square, bad()),
  "fft.rfft": () => np.fft.rfft(pair, bad()),
  "fft.rfft2": () => np.fft.rfft2(square, bad()),
  "fft.rfftn": () => np.fft.rfftn(square, bad()),
  "stride_tricks.sliding_window_view": () => np.lib.stride_tricks.sliding_window_view(cube, [2], bad()),
  "random.choice": () => generator.choice(3, bad()),
  "random.dirichlet": () => generator.dirichlet([1, 2], bad()),
  "random.integers": () => generator.integers(3, bad()),
  "random.multinomial": () => generator.multinomial(3, [0.5, 0.5], bad()),
  "random.multivariate_hypergeometric": () => generator.multivariate_hypergeometric([1, 2], 1, bad()),
  "random.multivariate_normal": () => generator.multivariate_normal(pair, square, bad()),
  "random.normal": () => generator.normal(0, 1, bad()),
  "random.permutation": () => generator.permutation(3, bad()),
  "random.permuted": () => generator.permuted(pair, bad()),
  "random.random": () => generator.random(bad()),
  "random.shuffle": () => generator.shuffle([1, 2], bad()),
  "graphs.foldConstants": () => graphs.foldConstants(graph, bad()),
  "graphs.optimize": () => graphs.optimize(graph, bad()),
  "inspect.checkGrads": () => inspect.checkGrads(np.sin, [pair], bad()),
  "inspect.print": () => inspect.print(graph, bad()),
  "inspect.toDot": () => inspect.toDot(graph, bad()),
  "inspect.toHTML": () => inspect.toHTML(graph, bad()),
  "inspect.toMermaid": () => inspect.toMermaid(graph, bad()),
  "core.scan": () => scan((s: Value, x: Value) => [np.add(s, x), null], np.zeros([]), pair, bad()),
  "core.trace": () => trace(np.sin, bad()),
};

test.each(Object.entries(calls))("%s refuses an option that it doesn't know", (path, call) => {
  const name = path.startsWith("add.") ? path : (path.split(".").at(-1) ?? path);
  expect(call).toThrow(TypeError);
  expect(call).toThrow(`${name}: there is no option "nonsense"; there are `);
});

test("options that are there have their effect", () => {
  expect(np.linalg.cond(np.diag([1, 4]), { p: 1 }).item()).toBe(4);
  expect(np.angle({ re: 0, im: 2 }, { deg: true }).item()).toBe(90);
  expect(np.linalg.matrix_rank(np.diag([1, 0.1]), { rtol: 0.5 }).item()).toBe(1);
  expect(np.linalg.pinv(np.diag([1, 0.1]), { rtol: 0.5 }).toList()).toEqual([
    [1, 0],
    [0, 0],
  ]);
  expect(np.linalg.trace(square, { offset: 1, dtype: "float32" }).item()).toBe(1.5);
  expect(np.vander(pair, { N: 2, increasing: true }).toList()).toEqual([
    [1, 1.5],
    [1, 2.5],
  ]);
  expect(np.histogram([1, 2], 2, null, { density: true })[0].toList()).toEqual([1, 1]);
  expect(np.cov(square, undefined, { bias: true }).toList()).toEqual([
    [1.5625, -0.9375],
    [-0.9375, 0.5625],
  ]);
});

test("sizes that are none are told of", () => {
  expect(() => np.eye(wrong([2, 2]))).toThrow("eye: expected a number, not int64[2]");
  expect(() => np.eye(wrong("float64"))).toThrow("eye: a string is not an array");
  expect(() => np.eye(1.5)).toThrow("eye: 1.5 is not an integer");
  expect(() => np.identity(-1)).toThrow("identity: [-1, -1] has a negative length");
  expect(() => np.tri(2, wrong(2.5))).toThrow("tri: 2.5 is not an integer");
  expect(() => np.tril_indices(wrong([1, 2]))).toThrow("tril_indices: expected a number, not int64[2]");
  expect(() => np.mask_indices(wrong("a"), np.triu)).toThrow("mask_indices: a string is not an array");
  expect(() => np.bartlett(wrong("a"))).toThrow("bartlett: a string is not an array");
  expect(() => np.slice(wrong(undefined))).toThrow("slice: a bound is an integer or null, not undefined");
  expect(() => np.slice(0, wrong("2"))).toThrow("slice: a bound is an integer or null, not 2");
  expect(() => np.slice(0, 2, 0.5)).toThrow("slice: a bound is an integer or null, not 0.5");
  expect(() => np.random.default_rng(wrong({ seed: 1 }))).toThrow(
    "default_rng: a seed is an integer, not [object Object]",
  );
});

test("what is no graph is told of by each drawing", () => {
  expect(() => inspect.toMermaid(wrong<Graph>(3))).toThrow("toMermaid: takes a graph");
  expect(() => inspect.toDot(wrong<Graph>(null))).toThrow("toDot: takes a graph");
});

test("a word that is none of those an option has is told of", () => {
  expect(() => np.searchsorted(pair, 1, wrong("middle"))).toThrow(
    "searchsorted: side is one of left, right, not middle",
  );
  expect(() => np.convolve(pair, pair, wrong("all"))).toThrow("convolve: mode is one of full, same, valid, not all");
  expect(() => np.correlate(pair, pair, wrong({ mode: "all" }))).toThrow("correlate: mode is one of full, same, valid");
  expect(() => np.meshgrid(pair, { indexing: wrong("yx") })).toThrow("meshgrid: indexing is one of xy, ij, not yx");
  expect(() => np.reshape(square, 4, wrong("Z"))).toThrow("reshape: order is one of C, F, A, K, not Z");
  expect(() => np.packbits([1], { bitorder: wrong("x") })).toThrow("packbits: bitorder is one of big, little, not x");
  expect(() => np.unpackbits(np.array([1], "uint8"), { bitorder: wrong("x") })).toThrow(
    "unpackbits: bitorder is one of",
  );
  expect(() => np.take(pair, 0, { mode: wrong("x") })).toThrow("take: mode is one of raise, wrap, clip, not x");
  expect(() => np.copyto(np.zeros(2), pair, { casting: wrong("x") })).toThrow(
    "copyto: casting is one of no, equiv, safe",
  );
});

test("numbers of times and digits are whole", () => {
  expect(() => np.round(pair, 1.5)).toThrow("round: 1.5 is not an integer");
  expect(() => np.diff(pair, 0.5)).toThrow("diff: 0.5 is not an integer");
  expect(() => np.rot90(square, 0.5)).toThrow("rot90: 0.5 is not an integer");
  expect(() => scan((s: Value) => [s, s], pair, null, { length: 1.5 })).toThrow("scan: there can't be 1.5 steps");
  expect(() => scan((s: Value) => [s, s], pair, null, { length: -1 })).toThrow("scan: there can't be -1 steps");
});

test("words of options that sort, print, pad, draw and join", () => {
  expect(() => np.sort(pair, { kind: wrong("bubble") })).toThrow(
    "sort: kind is one of quicksort, mergesort, heapsort, stable, not bubble",
  );
  expect(() => np.argsort(pair, { kind: wrong(1) })).toThrow("argsort: kind is one of quicksort, mergesort");
  expect(np.sort([2, 1], { kind: "mergesort" }).toList()).toEqual([1, 2]);
  expect(() => np.array2string(pair, { floatmode: wrong("short") })).toThrow(
    "array2string: floatmode is one of fixed, unique, maxprec, maxprec_equal, not short",
  );
  expect(() => np.array_repr(pair, { sign: wrong("*") })).toThrow("array_repr: sign is one of -, +,  , not *");
  expect(() => np.array_str(pair, { separator: wrong(2) })).toThrow("array_str: separator is a text, not 2");
  expect(() => np.format_float_positional(1.5, { trim: wrong("x") })).toThrow(
    "format_float_positional: trim is one of k, ., 0, -, not x",
  );
  expect(() => np.pad(pair, 1, "reflect", { reflect_type: wrong([]) })).toThrow(
    "pad: reflect_type is one of even, odd, not a list",
  );
  expect(() => np.isin(pair, pair, { kind: wrong({}) })).toThrow("isin: kind is one of sort, table, not an object");
  expect(() => np.choose(places, [pair, pair], { mode: wrong("x") })).toThrow(
    "choose: mode is one of raise, wrap, clip, not x",
  );
  expect(() => np.ravel_multi_index([1, 1], [2, 2], { mode: wrong(["wrap", "x"]) })).toThrow(
    "ravel_multi_index: mode is one of raise, wrap, clip, not x",
  );
  expect(() => np.ravel_multi_index([1, 1], [2, 2], { order: wrong("A") })).toThrow(
    "ravel_multi_index: order is one of C, F, not A",
  );
  expect(() => np.unravel_index(1, [2, 2], wrong("A"))).toThrow("unravel_index: order is one of C, F, not A");
  expect(() => np.unravel_index(1, [2, 2], wrong({ mode: "wrap" }))).toThrow('there is no option "mode"');
  expect(() => np.hstack([pair, pair], { casting: wrong("x") })).toThrow("hstack: casting is one of no, equiv, safe");
  expect(() => np.hstack([pair, pair], wrong({ axis: 0 }))).toThrow('hstack: there is no option "axis"');
  expect(() => np.unstack(square, wrong({ name: "x" }))).toThrow('unstack: there is no option "name"; there are axis');
  expect(() => generator.multivariate_normal([0], [[1]], { method: wrong("lu") })).toThrow(
    "multivariate_normal: method is one of svd, eigh, cholesky, not lu",
  );
  expect(() => generator.multivariate_hypergeometric([1, 1], 1, { method: wrong("x") })).toThrow(
    "multivariate_hypergeometric: method is one of marginals, count, not x",
  );
  expect(() => generator.random(2, wrong("int32"))).toThrow("random: dtype is one of float64, float32, not int32");
  expect(() => np.cov(square, null, { dtype: wrong("x") })).toThrow('there is no dtype "x"');
  expect(() => np.is_busday("2026-01-01", { weekmask: wrong(1) })).toThrow("is_busday: weekmask is a text, not 1");
  expect(() => np.is_busday("2026-01-01", { holidays: wrong("2026-01-01") })).toThrow("holidays are a list of days");
});

test("numbers of options are numbers, and whole where half of one is none", () => {
  expect(() => np.std(pair, { ddof: wrong("1") })).toThrow("var: ddof is a number, not a text");
  expect(() => np.nanvar(pair, { correction: wrong(true) })).toThrow("nanvar: correction is a number, not true");
  expect(np.var([1, 2, 3, 4], { ddof: 0.5 }).item()).toBe(5 / 3.5);
  expect(() => np.cov(square, null, { ddof: wrong("1") })).toThrow("cov: ddof is a number, not a text");
  expect(() => np.bincount(places, { minlength: 0.5 })).toThrow("bincount: minlength 0.5 is not an integer");
  expect(() => np.bincount(places, null, 2.5)).toThrow("bincount: 2.5 is not an integer");
  expect(() => np.unpackbits(np.array([1], "uint8"), { count: 0.5 })).toThrow("count 0.5 is not an integer");
  expect(() => np.eye(2, 2, 0.5)).toThrow("eye: 0.5 is not an integer");
  expect(() => np.tri(2, { k: wrong(Symbol.iterator) })).toThrow("tri: k is a number, not a symbol");
  expect(() => np.triu(square, 0.5)).toThrow("triu: k 0.5 is not an integer");
  expect(() => np.tril_indices(2, 0.5)).toThrow("tril_indices: k 0.5 is not an integer");
  expect(() =>
    np.diag(
      pair,
      wrong(() => 1),
    ),
  ).toThrow("diag: k is a number, not a function");
  expect(() => np.diagonal(square, 0.5)).toThrow("diagonal: offset 0.5 is not an integer");
  expect(() => np.linalg.trace(square, { offset: wrong("1") })).toThrow("trace: offset is a number, not a text");
  expect(() => np.vander(pair, { N: 1.5 })).toThrow("vander: N 1.5 is not an integer");
  expect(() => np.polyder(pair, 0.5)).toThrow("polyder: m 0.5 is not an integer");
  expect(() => np.polyint(pair, 0.5)).toThrow("polyint: 0.5 is not an integer");
  expect(() => np.fromiter([1, 2], "int64", 0.5)).toThrow("fromiter: count 0.5 is not an integer");
  expect(() => np.gradient(pair, { edge_order: -1 })).toThrow("gradient: there is no order -1 at the ends");
  expect(() => np.array2string(pair, { precision: -1 })).toThrow("array2string: a precision is not negative");
  expect(() => np.array2string(pair, { precision: 1.5 })).toThrow("array2string: precision 1.5 is not an integer");
  expect(() => np.nan_to_num(pair, { nan: wrong("0") })).toThrow("nan_to_num: nan is a number, not a text");
  expect(() => np.isclose(pair, pair, wrong("1"))).toThrow("isclose: a string is not an array");
  expect(np.isclose(pair, [2, 3], [0.5, 0.1]).toList()).toEqual([true, false]);
  expect(() => inspect.checkGrads((x: Value) => x, [pair], { order: wrong("2") })).toThrow(
    "checkGrads: order is a number, not a text",
  );
});
