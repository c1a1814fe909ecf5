// `assay mutate` of what stands in the script of a component.
import { expect, test } from "vitest";
import { assay, gitRepository, statusOf, type TestRepository } from "./repository.ts";

/** Compiles a component to its script, and its style apart from it, as the plugins of frameworks do. */
const config = `const script = /<script>([^]*)<\\/script>/;
export default {
  plugins: [
    {
      name: "components",
      load: (id) => (id.endsWith("?vue&type=style") ? "export const style = 1;" : undefined),
      transform: (code, id) =>
        id.endsWith(".vue") ? { code: \`import "\${id}?vue&type=style";\\n\${script.exec(code)[1]}\`, map: null } : undefined,
    },
  ],
};
`;

const manifest = { name: "small", type: "module", scripts: { test: "vitest run" }, devDependencies: { vitest: "4" } };

function component(body: string): string {
  return `<template>\n  <p v-if="a < b">{{ clamp(1, 2) }}</p>\n</template>\n\n<script>\nexport function clamp(value, high) {\n${body}}\n</script>\n\n<style>\np { color: red; }\n</style>\n`;
}

function branch(assertion: string): TestRepository {
  const repository = gitRepository({
    "package.json": JSON.stringify(manifest),
    "vitest.config.js": config,
    "src/Clamp.vue": component("  return value;\n"),
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/Clamp.vue": component("  if (value > high) return high;\n  return value;\n"),
    "src/Clamp.test.js": `import { expect, test } from "vitest";\nimport { clamp } from "./Clamp.vue";\n\ntest("clamps", () => {\n  ${assertion}\n});\n`,
  });
  return repository;
}

test("the mutants of a component's script are killed by a test that verifies it", async () => {
  const repository = branch("expect([clamp(5, 3), clamp(2, 3), clamp(3, 3)]).toEqual([3, 2, 3]);");
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

test("they survive where they are executed alone, each with the line that it has in the component", async () => {
  const { exitCode, envelope } = await assay(
    branch("expect(clamp(5, 3)).toBeDefined();"),
    "mutate",
    "--only",
    "mutation",
  );
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  const [first] = envelope.result.checks[0]?.details ?? [];
  expect(first).toMatch(
    /^src\/Clamp\.vue:7 `value > high` → `value <= high` .* survived 1 test; .*nearest: src\/Clamp\.test\.js/,
  );
});
