// Which of the compiler's options make it see less, and what holds where they are not set.
import type { CompilerConfig, Setting } from "./compiler-config.ts";

/** An option that is looser at the head. */
export interface LooserOption {
  readonly name: string;
  readonly before: Setting | undefined;
  readonly after: Setting | undefined;
}

/** `strict` switches these on, unless they are set themselves. */
const strictFamily = [
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "strictBuiltinIteratorReturn",
  "noImplicitThis",
  "alwaysStrict",
  "useUnknownInCatchVariables",
];

/** What compilers of templates are told beside; no preset of the compiler says it. */
export const templateOptions = [
  "strictTemplates",
  "strictInjectionParameters",
  "strictInputAccessModifiers",
  "checkUnknownComponents",
  "checkUnknownDirectives",
  "checkUnknownEvents",
  "checkUnknownProps",
];

/** The compiler reports more where these are on. */
const tightening = [
  "noUncheckedIndexedAccess",
  "noUncheckedSideEffectImports",
  "noImplicitOverride",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "noPropertyAccessFromIndexSignature",
  "exactOptionalPropertyTypes",
  "noUnusedLocals",
  "noUnusedParameters",
  "isolatedDeclarations",
  "erasableSyntaxOnly",
  "forceConsistentCasingInFileNames",
  "noEmitOnError",
  "checkJs",
  ...templateOptions,
];

/** The compiler reports less where these are on. */
const loosening = [
  "skipLibCheck",
  "skipDefaultLibCheck",
  "allowUnusedLabels",
  "allowUnreachableCode",
  "suppressImplicitAnyIndexErrors",
  "suppressExcessPropertyErrors",
  "noStrictGenericChecks",
  "noCheck",
  "noResolve",
  "assumeChangesOnlyAffectDirectDependencies",
];

/** What `@tsconfig/strictest` adds to `strict`. */
const strictest = new Set([
  "noUncheckedIndexedAccess",
  "noImplicitOverride",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "noPropertyAccessFromIndexSignature",
  "exactOptionalPropertyTypes",
  "noUnusedLocals",
  "noUnusedParameters",
  "checkJs",
]);

/** Every option that lets the compiler see less at the head than at the base. */
export function looserOptions(base: CompilerConfig, head: CompilerConfig): readonly LooserOption[] {
  const looser = (name: string): LooserOption => ({
    name,
    before: base.options.get(name),
    after: head.options.get(name),
  });
  const strict = isStrictLost(base, head) ? ["strict"] : strictFamily.filter((name) => isLost(base, head, name));
  return [
    ...strict,
    ...tightening.filter((name) => isLost(base, head, name)),
    ...loosening.filter((name) => isOn(head, name) === true && isOn(base, name) === false),
  ].map(looser);
}

/** Nobody switches off what was off, so that what can't be told was on. */
function isLost(base: CompilerConfig, head: CompilerConfig, name: string): boolean {
  const before = isOn(base, name);
  // Where nothing is emitted it says nothing.
  if (name === "noEmitOnError" && !isOff(head, name)) return false;
  return (before === true && isOn(head, name) === false) || (before === undefined && isOff(head, name));
}

/** Where it can't be told what holds without the option, taking it out is as good as switching it off. */
function isStrictLost(base: CompilerConfig, head: CompilerConfig): boolean {
  const before = isOn(base, "strict");
  const after = isOn(head, "strict");
  if (before === undefined && after === undefined) return false;
  return (before ?? true) && !(after ?? false) && strictFamily.some((name) => !isSet(head, name) || isOff(head, name));
}

function isSet({ options }: CompilerConfig, name: string): boolean {
  return options.get(name)?.value !== undefined;
}

function isOff({ options }: CompilerConfig, name: string): boolean {
  return options.get(name)?.value === false;
}

/** Undefined where it can't be told. */
function isOn(config: CompilerConfig, name: string): boolean | undefined {
  const value = config.options.get(name)?.value;
  if (typeof value === "boolean") return value;
  if (config.presets.some((each) => switchesOn(each, name))) return true;
  if (strictFamily.includes(name)) return isOn(config, "strict");
  if (templateOptions.includes(name)) return false;
  // What a preset says of anything but `strict` can't be told.
  if (config.presets.length > 0 && (tightening.includes(name) || name === "skipLibCheck")) return undefined;
  return byDefault(name, config.major);
}

function byDefault(name: string, major: number | undefined): boolean | undefined {
  if (name === "forceConsistentCasingInFileNames") return true;
  if (name === "strict" || name === "noUncheckedSideEffectImports") return major === undefined ? undefined : major >= 6;
  return false;
}

function switchesOn(preset: string, name: string): boolean {
  if (/strictest/.test(preset) && strictest.has(name)) return true;
  // Nearly every preset is strict; Astro's `base` is one that says nothing.
  return name === "strict" && !/\/base(?:\.json)?$/.test(preset);
}
