// Prints the names of the reference list that are differentiable here, in forward and in reverse mode: those whose golden
// cases have the derivatives of the references, and a few that have no such case and are compared with differences.
import { readFileSync } from "node:fs";
import { checkGrads } from "@cotangent/inspect";
import { jvp, np, vjp, type Value } from "cotangent";
import { needsUnknownDType, readGoldens } from "../../numpy/test/goldens.ts";
import { derivativeFaults } from "./golden-derivatives.ts";

interface Reference {
  readonly autograd: Readonly<Record<"numpy" | "linalg" | "fft", readonly { readonly name: string }[]>>;
}

const families = ["elementwise", "reductions", "shape", "indexing", "linalg", "fft", "complex", "fuzz"];

/** Functions of the list without a derivative in the golden files. */
const others: Readonly<Record<string, (x: Value) => Value>> = {
  "np.array": (x) => np.array([np.getitem(x, 0), np.getitem(x, 1)]),
  "np.row_stack": (x) => np.row_stack([x, x]),
  "np.linalg.eig": (x) => np.real(np.sum(np.square(np.linalg.eig(x)[0]))),
};

/** Names in the manner of the golden files: `np.linalg.norm`. */
export function referenceNames(): readonly string[] {
  const file = new URL("../../numpy/test/goldens/autograd-names.json", import.meta.url);
  const { autograd } = JSON.parse(readFileSync(file, "utf8")) as Reference;
  return [
    ...autograd.numpy.map(({ name }) => `np.${name}`),
    ...autograd.linalg.map(({ name }) => `np.linalg.${name}`),
    ...autograd.fft.map(({ name }) => `np.fft.${name}`),
  ];
}

/** Those of them that have both modes. */
export function differentiableNames(): readonly string[] {
  const cases = families.flatMap(readGoldens).filter((golden) => !needsUnknownDType(golden));
  return referenceNames().filter((name) => {
    const tried = cases.filter(({ fn, derivs = [] }) => fn === name && derivs.some((each) => each.jvp && each.vjp));
    const other = others[name];
    if (tried.length === 0) return other !== undefined && agrees(other);
    return tried.every((golden) => derivativeFaults(golden).length === 0);
  });
}

function agrees(f: (x: Value) => Value): boolean {
  const x = np.array([
    [2.5, 0.5, -0.25],
    [0.125, 3.5, 0.75],
    [-0.5, 0.25, 5.5],
  ]);
  try {
    checkGrads({ jvp, vjp }, f, [x]);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1]?.endsWith("differentiable-names.ts") === true) {
  const print = process.argv.includes("--reference") ? referenceNames : differentiableNames;
  process.stdout.write(`${JSON.stringify(print())}\n`);
}
