// Finding out, in the middle of a synchronous program, which objects are gone.

/** What is used of Node's modules. */
interface V8 {
  setFlagsFromString(flags: string): void;
}
interface Vm {
  createContext(object: object, options: { readonly microtaskMode: "afterEvaluate" }): object;
  runInNewContext(code: string): unknown;
  readonly Script: new (code: string) => { runInContext(context: object): unknown };
}
interface NodeProcess {
  readonly getBuiltinModule?: (id: string) => unknown;
}

export interface Collector {
  /** Lets go of what engines keep until the end of a job because it was looked at through a weak reference. */
  release(): void;
  /** Collects garbage. */
  collect(): void;
}

/**
 * The collector of Node, or null where there is none (browsers). An engine keeps the target of a weak reference that
 * was made or read until the job ends, and loops of array operations are one job. Running a script in a context with a
 * queue of microtasks of its own ends that, without running anyone's microtasks.
 */
export function nodeCollector(): Collector | null {
  const { process } = globalThis as { readonly process?: NodeProcess };
  try {
    const v8 = process?.getBuiltinModule?.("node:v8") as V8 | undefined;
    const vm = process?.getBuiltinModule?.("node:vm") as Vm | undefined;
    if (v8 === undefined || vm === undefined) return null;
    v8.setFlagsFromString("--expose-gc");
    const collect = vm.runInNewContext("gc") as (() => void) | undefined;
    const context = vm.createContext({}, { microtaskMode: "afterEvaluate" });
    const nothing = new vm.Script("0");
    if (collect === undefined) return null;
    return { release: () => nothing.runInContext(context), collect };
  } catch {
    // Flags or modules may be forbidden; garbage is then found when the engine collects it.
    return null;
  }
}
