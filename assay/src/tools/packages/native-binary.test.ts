import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testRepository } from "../testing/test-host.ts";
import { forThisLibc, siblingPackage } from "./native-binary.ts";

test("a package that another one depends on is found from where that really is", () => {
  using repository = testRepository({
    "node_modules/up/package.json": "{}",
    "node_modules/.store/tool/node_modules/tool/package.json": "{}",
    "node_modules/.store/tool/node_modules/beside/package.json": "{}",
  });
  const store = join(repository.root, "node_modules/.store/tool/node_modules");
  const link = join(repository.root, "node_modules/tool");
  symlinkSync(join(store, "tool"), link);
  expect([siblingPackage(link, "beside"), siblingPackage(link, "up"), siblingPackage(link, "no-such-package")]).toEqual(
    [join(store, "beside"), join(repository.root, "node_modules/up"), undefined],
  );
});

test.skipIf(process.platform !== "linux")("the program for the C library of this system is taken", () => {
  const report = JSON.stringify(process.report.getReport());
  expect(forThisLibc("glibc", "musl")).toBe(report.includes('"glibcVersionRuntime"') ? "glibc" : "musl");
});
