/** Paths that linters and type checkers read as source. */
export const lintable = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/u;
