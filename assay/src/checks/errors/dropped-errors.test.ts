import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { swallowedError } from "../swallowed-error.ts";
import { maySwallow } from "./error-signs.ts";

/** What is said of a change of a module, without what to do about it. */
async function dropped(before: string, after: string): Promise<readonly string[]> {
  const context = await contextOf({ base: { "store.ts": before }, head: { "store.ts": after } });
  return (await swallowedError.inspect(context)).map(({ message }) =>
    message.replace(/ came through before.*| ended.*/, ""),
  );
}

const open = (call: string) => `export async function send(order) {\n  ${call};\n}\n`;
const caught = (call: string, handler = "catch {}") =>
  `export async function send(order) {\n  try {\n    ${call};\n  } ${handler}\n}\n`;

test.each([
  "addOrder(order)",
  "reset(order)",
  "sendAll(order)",
  "backend(order)",
  "(await load())(order)",
  "handlers[0](order)",
])("an error of %s is missed", async (call) => {
  expect(await dropped(open(call), caught(call))).toEqual([`an error of \`${call}\``]);
});

test.each([
  "seen.add(order)",
  "names.set(order.id, String(order))",
  "server.Stop()",
  "unlinkSync(order.path)",
  "closeAll(order)",
  "new AbortController()",
  "order.total + order.count",
])("%s does not fail, or tidies up", async (call) => {
  expect(await dropped(open(call), caught(call))).toEqual([]);
});

test("work is named on one line", async () => {
  const call = "await put({\n    ...order,\n\n    all: true,\n  })";
  expect(await dropped(open(call), caught(call))).toEqual(["an error of `put({ ...order, all: true, })`"]);
  const fails = "throw new RangeError(\n  order.id\n)";
  expect(await dropped(open(fails), caught(fails))).toEqual(["an error of `throw new RangeError( order.id )`"]);
});

test.each([
  ".catch(noop)",
  ".catch(NOOP)",
  ".catch(lodash.noop)",
  ".catch((error) => { void error; })",
  ".catch(() => { return; })",
  ".catch(() => [])",
  ".catch(() => ({}))",
  ".then(undefined, () => {})",
  ".then(null, () => {})",
])("put(order)%s drops the error", async (handled) => {
  const call = "await put(order)";
  expect(await dropped(open(call), open(call + handled))).toEqual(["an error of `put(order)`"]);
});

test.each([
  ".catch(noopReport)",
  ".catch(reportOrNoop)",
  ".catch(noop())",
  ".catch((error) => error)",
  ".catch((error) => { if (error.code === 'ENOENT') return; })",
  ".catch((error) => { void report(error); })",
  ".catch(({ code }) => { if (code === 'ENOENT') return; })",
  ".catch(() => [order])",
  ".then(put, () => {})",
  ".then(() => {})",
  ".finally(() => {})",
])("put(order)%s answers the error, or lets it through", async (handled) => {
  const call = "await put(order)";
  expect(await dropped(open(call), open(call + handled))).toEqual([]);
});

test.each([
  "catch {}",
  "catch (error) { void error; }",
  "catch (error) { console.warn('not sent', error.message); return; }",
  "catch (error) { sent = false; }",
  "finally { return; }",
  "finally { order = null; return order; }",
  "catch (error) { throw error; } finally { return null; }",
])("what is around work drops its error: %s", async (handler) => {
  expect(await dropped(open("put(order)"), caught("put(order)", handler))).toEqual(["an error of `put(order)`"]);
});

test.each([
  "catch (error) { throw error; }",
  "catch { failed(); }",
  "catch { failed`order`; }",
  "catch { failures += 1; }",
  "catch (error) { if (error instanceof Missing) return; }",
  "catch (error) { return error; }",
  "finally { order.done = true; }",
])("what is around work keeps its error: %s", async (handler) => {
  expect(await dropped(open("put(order)"), caught("put(order)", handler))).toEqual([]);
});

test("an error in a handler, or in what is done at last, goes further", async () => {
  const after = (rest: string) => `export async function send(order) {\n  try {\n    order.id;\n  } ${rest}\n}\n`;
  for (const rest of ["catch { put(order); }", "finally { put(order); return 1; }", "catch {} finally { put(order); }"])
    expect(await dropped(open("put(order)"), after(rest))).toEqual([]);
});

test("of promises of which all may fail unseen each is named once", async () => {
  const before = "export async function send(a, b) {\n  await Promise.all([put(a), put(b)]);\n}\n";
  const after = before.replace("all", "allSettled");
  expect(await dropped(before, after)).toEqual(["an error of `Promise.all([put(a), put(b)])`"]);
  expect(await dropped(before, after.replace("await", "return"))).toEqual([]);
  const each = "export async function send(a, b) {\n  await put(a);\n  await put(b);\n}\n";
  expect(await dropped(each, after.replace("put(b)", ", put(b)"))).toEqual(["an error of `put(a)`"]);
});

test.each([
  ["const trySend = async (order) => {", "};"],
  ["const trySend = async function (order) {", "};"],
  ["async function trySend(order) {", "}"],
  ["const named = async function trySend(order) {", "};"],
  ["class Store { async trySend(order) {", "} }"],
  ["class Store { trySend = async (order) => {", "}; }"],
  ["class Store { async #trySend(order) {", "} }"],
  ["const store = { trySend: async (order) => {", "} };"],
  ["store.trySend = async (order) => {", "};"],
])("a function may say by its name that it tries: %s", async (start, end) => {
  const [before, after] = ["await put(order);", "try { await put(order); } catch {}"];
  expect(await dropped(`${start} ${before} ${end}`, `${start} ${after} ${end}`)).toEqual([]);
  const other = start.replace("trySend", "send");
  expect(await dropped(`${other} ${before} ${end}`, `${other} ${after} ${end}`)).toEqual(["an error of `put(order)`"]);
});

test.each(["on", "once", "addListener", "prependListener", "prependOnceListener"])(
  "what listens by %s and does nothing silences what ends the process",
  async (method) => {
    const listens = `process.${method}("unhandledRejection", () => {});\n`;
    expect(await dropped("", `${listens}start();\n`)).toEqual(["`unhandledRejection`"]);
  },
);

test.each([
  'process.off("unhandledRejection", () => {});',
  'process.on("unhandledRejectionSeen", () => {});',
  'process.on("exit", () => {}); // unhandledRejection',
  'process.on("uncaughtException");',
  'process.on("uncaughtException", (error) => { report(error); });',
])("%s silences nothing", async (listens) => {
  expect(await dropped("", listens)).toEqual([]);
});

test.each([
  ["put(order).catch(noop);", true],
  ["await Promise.allSettled(orders.map(put));", true],
  ["try { put(order); } finally { return; }", true],
  ["await put(order);", false],
])("%s may drop an error: %s", (text, may) => {
  expect(maySwallow(text)).toBe(may);
});

test("whether something fails may be what is asked", async () => {
  const asks = (yes: string) => caught(`new URL(order);\n    return ${yes}`, "catch { return false; }");
  expect(await dropped(open("new URL(order)"), asks("true"))).toEqual([]);
  expect(await dropped(open("new URL(order)"), asks("order"))).toEqual(["an error of `new URL(order)`"]);
});
