import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { repoPath } from "../model/paths.ts";
import { blobReader } from "./object-store.ts";
import { openRepository } from "./repository.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

function repository(files: Readonly<Record<string, string | Buffer>>): TestRepository {
  const made = makeRepository(files);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    made.remove();
  });
  return made;
}

const idsOf = (made: TestRepository, ...paths: readonly string[]) =>
  paths.map((path) => made.git("rev-parse", `HEAD:${path}`));

test("blobs come by their ids, with whatever bytes they have", async () => {
  const made = repository({ a: "", "b.ts": "b\n\nb", c: Buffer.from([0, 0x0a, 0xff]) });
  const ids = idsOf(made, "a", "b.ts", "c");
  const blobs = await blobReader(await openRepository(made.root))(ids);
  expect(ids.map((id) => blobs.get(id)?.toString("latin1"))).toEqual(["", "b\n\nb", "\0\n\xff"]);
});

test("what was read, and what lies on disk as it was, is not asked of git", async () => {
  const made = repository({ a: "a\n", b: "b\n", c: "c\n" });
  const [a = "", b = "", c = ""] = idsOf(made, "a", "b", "c");
  made.write("c", "edited\n");
  const read = blobReader(await openRepository(made.root));
  await read([a]);
  const path = process.env["PATH"];
  vi.stubEnv("PATH", "/nonexistent");
  const places = new Map([
    [b, repoPath("b")],
    [c, repoPath("c")],
  ]);
  const blobs = await read([a, b], places);
  expect([a, b].map((id) => blobs.get(id)?.toString())).toEqual(["a\n", "b\n"]);
  await expect(read([c], places)).rejects.toMatchObject({ code: "tool-missing" });
  vi.stubEnv("PATH", path);
  expect((await read([c], places)).get(c)?.toString()).toBe("c\n");
});

test("what is missing, is no blob or has another content is an error", async () => {
  const made = repository({ a: "a\n" });
  const [a = ""] = idsOf(made, "a");
  const opened = await openRepository(made.root);
  const failure = { code: "git-failed", hint: "git fsck --full, and git fetch in a partial clone" };
  for (const id of ["1".repeat(40), opened.head])
    await expect(blobReader(opened)([id])).rejects.toMatchObject({
      ...failure,
      message: `the base's object ${id} is not in the repository`,
    });
  const object = join(made.root, ".git/objects", a.slice(0, 2), a.slice(2));
  rmSync(object);
  writeFileSync(object, deflateSync("blob 2\0b\n"));
  await expect(blobReader(opened)([a])).rejects.toMatchObject({
    ...failure,
    message: `the base's object ${a} is damaged`,
  });
});
