// The published modules in a browser: no bundler, an import map and nothing else.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));
const browser = ["chromium", "chromium-browser", "google-chrome"].find(isInstalled);

const importMap = {
  imports: Object.fromEntries(
    ["core", "numpy", "grad", "grad-numpy", "inspect", "cotangent"].map((name) => [
      name === "cotangent" ? name : `@cotangent/${name}`,
      `/${name}/dist/index.js`,
    ]),
  ),
};

const page = `<!doctype html><meta charset="utf-8">
<script type="importmap">${JSON.stringify(importMap)}</script>
<p id="out">nothing yet</p>
<script type="module">
  import { grad, np } from "cotangent";
  const x = np.linspace(0, 1, 1000);
  const f = (x) => np.sum(np.multiply(np.sin(x), x));
  const gradient = grad(f)(x);
  const product = np.matmul(np.ones([64, 64]), np.ones([64, 64]));
  document.getElementById("out").textContent = JSON.stringify({
    value: f(x).item(), last: gradient.toList().at(-1), product: product.toList()[63][63],
  });
</script>`;

let server: Server;

beforeAll(async () => {
  execFileSync(process.execPath, [join(packages, "build.mjs")], { stdio: "inherit" });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/") return response.setHeader("content-type", "text/html").end(page);
    try {
      response.setHeader("content-type", "text/javascript").end(readFileSync(join(packages, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}, 120_000);

afterAll(() => server.close());

test.skipIf(browser === undefined)("gradients are the same in a browser, without a bundler", async () => {
  const profile = await mkdtemp(join(tmpdir(), "cotangent-browser-"));
  const { port } = server.address() as AddressInfo;
  const arguments_ = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    `--user-data-dir=${profile}`,
    "--virtual-time-budget=20000",
    "--dump-dom",
    `http://127.0.0.1:${port}/`,
  ];
  try {
    const { stdout } = await promisify(execFile)(browser ?? "", arguments_, { timeout: 50_000 });
    const out = JSON.parse(/<p id="out">(.*)<\/p>/.exec(stdout)?.[1] ?? "null") as Readonly<Record<string, number>>;
    const exact = Math.sin(1) + Math.cos(1);
    const points = Array.from({ length: 1000 }, (_, place) => place / 999);
    const sum = points.reduce((total, x) => total + x * Math.sin(x), 0);
    expect(out).toEqual({
      value: expect.closeTo(sum, 9) as number,
      last: expect.closeTo(exact, 12) as number,
      product: 64,
    });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});

function isInstalled(name: string): boolean {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
