// The manifests and configuration files around the generated sources.
import { typescriptFor, versions } from "./versions.mjs";

/**
 * @typedef {"eslint" | "oxlint"} Linter
 * @typedef {"prettier" | "oxfmt"} Formatter
 * @typedef {import("./sources.mjs").TextFile} TextFile
 */

/**
 * @param {readonly import("./layout.mjs").PackageLayout[]} packages
 * @param {{ lint: Linter, format: Formatter }} tools
 * @returns {readonly TextFile[]}
 */
export function writeConfiguration(packages, { lint, format }) {
  return [
    json("package.json", rootManifest(lint, format)),
    json("tsconfig.base.json", { compilerOptions: compilerOptions }),
    json("turbo.json", turbo),
    json("nx.json", nx),
    json(format === "prettier" ? ".prettierrc.json" : ".oxfmtrc.json", { printWidth: 100 }),
    ...(format === "prettier" ? [text(".prettierignore", ignored)] : []),
    lint === "eslint" ? text("eslint.config.js", eslintConfig) : json(".oxlintrc.json", oxlintConfig),
    text("vitest.config.mjs", `${vitestImport}export default defineConfig({ test: { projects: ["packages/*"] } });\n`),
    text(".gitignore", ignored),
    text(".gitattributes", "package-lock.json linguist-generated\n"),
    text("README.md", "# shop\n\nA generated monorepo, for measurements.\n"),
    ...packages.flatMap((pkg) => packageFiles(pkg, lint)),
  ];
}

const ignored = "node_modules\ndist\n.turbo\n.nx\n.cache\n.eslintcache\n*.tsbuildinfo\npackage-lock.json.tmp\n";
const vitestImport = `import { defineConfig } from "vitest/config";\n\n`;

const compilerOptions = {
  target: "es2023",
  lib: ["es2023"],
  module: "preserve",
  moduleResolution: "bundler",
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
};

const turbo = {
  $schema: "https://turborepo.com/schema.json",
  globalDependencies: ["tsconfig.base.json", "eslint.config.js", ".oxlintrc.json"],
  tasks: { lint: {}, typecheck: {}, test: {} },
};

const nx = {
  namedInputs: {
    sharedGlobals: ["{workspaceRoot}/tsconfig.base.json"],
    default: ["{projectRoot}/**/*", "sharedGlobals"],
  },
  targetDefaults: { lint: { cache: true }, typecheck: { cache: true }, test: { cache: true } },
  defaultBase: "main",
  neverConnectToCloud: true,
};

const oxlintConfig = {
  plugins: ["typescript", "unicorn", "oxc"],
  categories: { correctness: "error" },
  rules: {
    "typescript/await-thenable": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-unnecessary-type-assertion": "error",
    "typescript/restrict-plus-operands": "error",
  },
};

const eslintConfig = `import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/**"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  { files: ["**/*.js", "**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
`;

/** @param {Linter} lint @param {Formatter} format */
function rootManifest(lint, format) {
  const linting = lint === "eslint" ? ["eslint", "typescript-eslint"] : ["oxlint", "oxlint-tsgolint"];
  const names = ["vitest", ...linting, format, "turbo", "nx"].toSorted();
  return {
    name: "shop",
    version: "0.0.0",
    private: true,
    type: "module",
    packageManager: "npm@11.0.0",
    workspaces: ["packages/*"],
    scripts: {
      format: format === "prettier" ? "prettier --check ." : "oxfmt --check",
      lint: lint === "eslint" ? "eslint ." : "oxlint --type-aware",
      typecheck: "turbo run typecheck",
      test: "vitest run",
    },
    devDependencies: {
      ...Object.fromEntries(names.map((name) => [name, versions[/** @type {keyof typeof versions} */ (name)]])),
      typescript: typescriptFor[lint],
    },
  };
}

/** @param {import("./layout.mjs").PackageLayout} pkg @param {Linter} lint @returns {readonly TextFile[]} */
function packageFiles(pkg, lint) {
  const needed = pkg.needs.map(({ name }) => name).toSorted();
  const dependencies = Object.fromEntries(needed.map((name) => [name, "*"]));
  const manifest = {
    name: pkg.name,
    version: "0.0.0",
    private: true,
    type: "module",
    exports: { ".": "./src/index.ts" },
    scripts: {
      lint: lint === "eslint" ? "eslint ." : "oxlint --type-aware -c ../../.oxlintrc.json .",
      typecheck: "tsc -p tsconfig.json",
      test: "vitest run",
    },
    ...(pkg.needs.length === 0 ? {} : { dependencies }),
  };
  return [
    json(`${pkg.dir}/package.json`, manifest),
    json(`${pkg.dir}/tsconfig.json`, { extends: "../../tsconfig.base.json", include: ["src"] }),
    text(
      `${pkg.dir}/vitest.config.mjs`,
      `${vitestImport}export default defineConfig({ test: { name: "${pkg.name}" } });\n`,
    ),
  ];
}

/** @param {string} path @param {object} value @returns {TextFile} */
function json(path, value) {
  return { path, text: `${JSON.stringify(value, null, 2)}\n` };
}

/** @param {string} path @param {string} content @returns {TextFile} */
function text(path, content) {
  return { path, text: content };
}
