// Which members of a weak set are left. JavaScript has no way to ask, but Node shows them, and asks each how.
import { inspectKey } from "@cotangent/core";

/** What is used of `node:util`: options go on to the objects that are shown. */
export interface Util {
  inspect(value: unknown, options: object): string;
}

/** An object that says in a roll call that it is there. */
export class Member {
  [inspectKey](_depth: unknown, { present }: { readonly present?: Member[] }): string {
    present?.push(this);
    return this.constructor.name;
  }
}

/** The members of a set, those that are gone only if the engine hasn't noticed; null where this one is not among them. */
export function rollCall(util: Util, members: WeakSet<Member>, witness: Member): readonly Member[] | null {
  const present: Member[] = [];
  members.add(witness);
  util.inspect(members, { showHidden: true, maxArrayLength: null, customInspect: true, present });
  members.delete(witness);
  return present.includes(witness) ? present.filter((each) => each !== witness) : null;
}
