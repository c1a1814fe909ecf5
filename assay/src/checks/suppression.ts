import type { SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Comment } from "oxc-parser";
import { directiveOf, type Directive, type DirectiveAim } from "./directives.ts";

const remedies: Readonly<Record<DirectiveAim, string>> = {
  types: "hides type errors; mend the type instead",
  lint: "silences the linter; mend the code instead",
  format: "keeps code from the formatter; let it be formatted",
  coverage: "hides code from coverage; test it or take it out",
  mutation: "hides code from mutation testing; test it or take it out",
};

const typeTest = /(?:^|\/)(?:test-d|tests?-types?|types?-tests?|dtslint|tsd)\/|[.-](?:test|spec)-d\.[cm]?tsx?$/;

/**
 * Flags comments that tell a tool to look away: the compiler, linters, formatters, coverage, mutation testing.
 *
 * A tool that was told to look away stays green whatever the code does.
 *
 * `@ts-expect-error` is allowed in tests: there it says that a wrong use is rejected, and fails when it no longer is.
 *
 * Not seen: suppressions in configuration files of the tools, and in files that are not TypeScript or JavaScript.
 */
export const suppression: SyntaxCheck = {
  id: "suppression",
  kind: "syntax",
  summary: "A comment tells a tool to look away",
  in: ["loop", "gate"],
  appliesTo: () => true,

  *inspect(file) {
    for (const comment of file.comments) {
      const directive = directiveOf(comment);
      if (directive === undefined || isTypeAssertion(file, directive)) continue;
      const { aim, reach, name, rules } = directive;
      const code = reach === "nearby" ? coveredCode(file.text, comment) : "";
      for (const rule of rules.length === 0 ? [""] : rules) {
        const message = `\`${shortened(`${name} ${rule}`.trimEnd())}\` ${remedies[aim]}`;
        yield { at: comment, message, fingerprint: `${aim} ${reach} ${plainName(rule)}\n${code}` };
      }
    }
  },
};

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * A rule without its plug-in, and in one spelling: `import-x/order` goes on where `import/order` was, and
 * `lint/suspicious/noExplicitAny` where `@typescript-eslint/no-explicit-any` was.
 */
function plainName(rule: string): string {
  const name = rule.slice(rule.lastIndexOf("/") + 1);
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

function isTypeAssertion(file: SourceFile, directive: Directive): boolean {
  return /^@ts-expect-error/i.test(directive.name) && (file.role === "test" || typeTest.test(file.path));
}

/** The code that goes with a directive when it moves: what shares its line, else the next line. */
function coveredCode(text: string, comment: Comment): string {
  const lineStart = text.lastIndexOf("\n", comment.start - 1) + 1;
  const before = text.slice(lineStart, comment.start);
  const [rest = "", ...following] = text.slice(comment.end).split("\n", 8);
  const beside = before + rest;
  const code = /[^\s{}]/.test(beside) ? beside : (following.find((line) => line.trim() !== "") ?? "");
  return code.replaceAll(/\s+/g, " ").trim();
}
