// Builds what is published of each package: one module, which imports the others by name, and its types.
import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const packages = ["core", "numpy", "grad", "grad-numpy", "inspect", "cotangent"];

for (const name of packages) {
  rmSync(here(`${name}/dist`), { recursive: true, force: true });
  const bundle = await rolldown({
    input: here(`${name}/src/index.ts`),
    external: /^@cotangent\//,
    platform: "neutral",
  });
  await bundle.write({ file: here(`${name}/dist/index.js`), minify: "dce-only" });
  await bundle.close();
}
execFileSync(process.execPath, [here("../node_modules/typescript/bin/tsc"), "-p", here("tsconfig.build.json")], {
  stdio: "inherit",
});
for (const name of packages) {
  renameSync(here(`dist-types/${name}/src`), here(`${name}/dist/types`));
  copyFileSync(here("../LICENSE"), here(`${name}/LICENSE`));
}
rmSync(here("dist-types"), { recursive: true });
