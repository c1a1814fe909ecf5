// What cotangent does in each row.
import { np, trace } from "cotangent";
import { makeWorkload, rosenbrockHessian, sines, workloadNames } from "../workloads.ts";

const { sort } = np;

type Case = () => unknown;

interface Arrays {
  readonly thousand: readonly number[];
  readonly million: readonly number[];
}

export function open(_: unknown, arrays: Arrays): { readonly cases: Readonly<Record<string, Case>> } {
  return { cases: { ...casesOf(arrays, "float64"), ...casesOf(arrays, "float32") } };
}

function casesOf(arrays: Arrays, dtype: "float64" | "float32"): Readonly<Record<string, Case>> {
  const workloads = workloadNames.flatMap((name): [string, Case][] => {
    const { forward, reverse } = makeWorkload(name, dtype);
    return [
      [`${name} forward`, forward],
      [`${name} gradient`, reverse],
    ];
  });
  const cases: [string, Case][] = [
    ...workloads,
    ["chain1000 trace", tracedChain(dtype)],
    ["ros100 hessian", rosenbrockHessian(dtype)],
    ...Object.entries(kernelCases(arrays, dtype)),
  ];
  return Object.fromEntries(cases.map(([name, run]) => [`${name} ${dtype}`, run]));
}

function tracedChain(dtype: "float64" | "float32"): Case {
  const traced = trace(sines);
  const x = np.array(0.5, { dtype });
  return () => traced(x);
}

function kernelCases({ thousand, million }: Arrays, dtype: "float64" | "float32"): Readonly<Record<string, Case>> {
  const x3 = np.array([1, 2, 3], { dtype });
  const few = np.array(thousand, { dtype });
  const flat = np.array(million, { dtype });
  const matrix = np.reshape(flat, [1000, 1000]);
  const place = np.zeros([flat.size], { dtype });
  const square = np.reshape(place, [1000, 1000]);
  return {
    "vec3 add": () => np.add(x3, x3),
    "add 1e3": () => np.add(few, few),
    "mul 1e3": () => np.multiply(few, few),
    "exp 1e3": () => np.exp(few),
    "sum 1e3": () => np.sum(few),
    "add 1e6": () => np.add(flat, flat),
    "mul 1e6": () => np.multiply(flat, flat),
    "add 1e6, out": () => np.add(flat, flat, { out: place }),
    "mul 1e6, out": () => np.multiply(flat, flat, { out: place }),
    "exp 1e6": () => np.exp(flat),
    "sum 1e6": () => np.sum(flat),
    "row add": () => np.add(matrix, few),
    "row add, out": () => np.add(matrix, few, { out: square }),
    "m + m.T": () => np.add(matrix, np.transpose(matrix)),
    "sum axis 0": () => np.sum(matrix, 0),
    "sum axis 1": () => np.sum(matrix, 1),
    "cumsum 1e6": () => np.cumsum(flat),
    "sort 1e6": () => sort(flat),
    ...Object.fromEntries(
      [64, 512, 1024].map((n) => [`matmul ${n}`, product(million.concat(million).slice(0, n * n), dtype)]),
    ),
  };
}

function product(elements: readonly number[], dtype: "float64" | "float32"): Case {
  const n = Math.sqrt(elements.length);
  const square = np.reshape(np.array(elements, { dtype }), [n, n]);
  return () => np.matmul(square, square);
}
