import { expect, onTestFinished, test } from "vitest";
import { freeElementNames } from "./elements.ts";

class Element {
  readonly kind: string = "element";
}
class Other extends Element {
  override readonly kind = "other";
}

abstract class Registry {
  abstract get(name: string): unknown;
  protected abstract keep(name: string, element: unknown): void;

  define(name: string, element: unknown): void {
    if (this.get(name) !== undefined) throw new Error(`${name} has already been used`);
    this.keep(name, element);
  }
}

const byName = Symbol("registry");
const byClass = Symbol("classRegistry");
const waiting = Symbol("callbacks");
const impl = Symbol("impl");

class RegistryOfHappyDom extends Registry {
  readonly [byName] = new Map<string, { readonly elementClass: unknown }>();
  readonly [byClass] = new Map<unknown, string>();
  readonly [waiting] = new Map([["x-late", "told once it is defined"]]);

  override get(name: string): unknown {
    return this[byName].get(name)?.elementClass;
  }
  protected override keep(name: string, element: unknown): void {
    if (this[byClass].has(element)) throw new Error("this constructor has already been used");
    this[byName].set(name, { elementClass: element });
    this[byClass].set(element, name);
  }
}

class RegistryOfJsdom extends Registry {
  readonly [impl] = { _customElementDefinitions: new Array<{ readonly name: string; readonly element: unknown }>() };

  override get(name: string): unknown {
    return this[impl]._customElementDefinitions.find((definition) => definition.name === name)?.element;
  }
  protected override keep(name: string, element: unknown): void {
    this[impl]._customElementDefinitions.push({ name, element });
  }
}

function pageWith(registry: object): void {
  Object.defineProperty(globalThis, "customElements", { configurable: true, value: registry });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, "customElements"));
}

test.each([RegistryOfHappyDom, RegistryOfJsdom])("%o: the next run may define what an earlier one has", (Made) => {
  const registry = new Made();
  pageWith(registry);
  registry.define("x-kept", Other);
  for (const element of [Element, class extends Element {}, Element]) {
    registry.define("x-one", element);
    expect(registry.get("x-one")).toBe(element);
    freeElementNames();
  }
  expect(registry.get("x-one")).toBe(Element);
  expect(registry.get("x-kept")).toBe(Other);
});

test.each([RegistryOfHappyDom, RegistryOfJsdom])("%o: what one run defines twice is as wrong as ever", (Made) => {
  const registry = new Made();
  pageWith(registry);
  const define = (): void => registry.define("x-one", class extends Element {});
  define();
  expect(define).toThrow("already been used");
  freeElementNames();
  define();
  expect(define).toThrow("already been used");
});

test("an element may be defined again by its own class, and whoever waits for a name goes on waiting", () => {
  const registry = new RegistryOfHappyDom();
  pageWith(registry);
  registry.define("x-one", Element);
  freeElementNames();
  registry.define("x-one", Element);
  registry.define("x-late", Other);
  expect([registry.get("x-one"), registry.get("x-late"), registry[waiting].size]).toEqual([Element, Other, 1]);
});

test("a worker without a page, and a page that keeps its elements elsewhere, are left alone", () => {
  expect(freeElementNames).not.toThrow();
  const registry = { get: () => Element, define: () => "defined", [impl]: { another: [] }, [byName]: null };
  pageWith(registry);
  freeElementNames();
  expect(registry.define()).toBe("defined");
});

test("a page has its way to define replaced once, however often it is run again", () => {
  const registry = new RegistryOfJsdom();
  pageWith(registry);
  freeElementNames();
  const replaced = Object.getOwnPropertyDescriptor(registry, "define");
  freeElementNames();
  expect(replaced).toBeDefined();
  expect(Object.getOwnPropertyDescriptor(registry, "define")).toEqual(replaced);
});
