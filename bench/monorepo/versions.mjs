/** The tools of the generated repository, pinned: a measurement names what it measured. */
export const versions = {
  vitest: "4.1.12",
  eslint: "10.15.0",
  "typescript-eslint": "8.73.0",
  oxlint: "1.94.0",
  "oxlint-tsgolint": "7.0.2007",
  prettier: "3.10.1",
  oxfmt: "0.79.0",
  turbo: "2.11.11",
  nx: "24.0.6",
};

/** typescript-eslint needs the compiler in JavaScript, so its repository type-checks with the last one of those. */
export const typescriptFor = { eslint: "6.0.3", oxlint: "7.0.2" };

/** Nodes to measure start-up on, as the npm packages `node-<platform>-<arch>`. */
export const nodeVersions = { 24: "24.21.0" };
