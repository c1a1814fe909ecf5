// Finding out, in the middle of a synchronous program, which objects are gone.
import { Member, rollCall, type Util } from "./roll-call.ts";

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
  /** Where young objects can be collected apart from the others. */
  readonly young: YoungCollector | null;
}

export interface YoungCollector {
  /** Collects what was made lately and is gone: in a hundredth of the time that all garbage takes. */
  collect(): void;
  /** The members of a set that are left, or null where the engine doesn't tell. */
  present(members: WeakSet<Member>): readonly Member[] | null;
}

/** A function of V8's. */
type Collect = (options?: { readonly type: "minor" }) => void;

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
    const util = process?.getBuiltinModule?.("node:util") as Util | undefined;
    if (v8 === undefined || vm === undefined || util === undefined) return null;
    v8.setFlagsFromString("--expose-gc");
    const collect = vm.runInNewContext("gc") as Collect | undefined;
    const context = vm.createContext({}, { microtaskMode: "afterEvaluate" });
    const nothing = new vm.Script("0");
    if (collect === undefined) return null;
    const release = (): void => void nothing.runInContext(context);
    return { release, collect: () => collect(), young: youngCollector(collect, util) };
  } catch {
    // Flags or modules may be forbidden; garbage is then found when the engine collects it.
    return null;
  }
}

/** The collector of young objects, if it sees through a trial. */
function youngCollector(collectAny: Collect, util: Util): YoungCollector | null {
  const witness = new Member();
  const collect = (): void => collectAny({ type: "minor" });
  const present = (members: WeakSet<Member>): readonly Member[] | null => rollCall(util, members, witness);
  const members = new WeakSet<Member>();
  const kept = new Member();
  members.add(kept);
  addShortLived(members);
  collect();
  const left = present(members);
  return left !== null && left.length === 1 && left[0] === kept ? { collect, present } : null;
}

/** In a function of its own, whose frame is gone when garbage is collected. */
function addShortLived(members: WeakSet<Member>): void {
  for (let each = 0; each < 8; each++) members.add(new Member());
}
