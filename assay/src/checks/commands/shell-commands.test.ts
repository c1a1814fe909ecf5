import { expect, test } from "vitest";
import { shellCommands } from "./shell-commands.ts";

function words(text: string): readonly (readonly string[])[] {
  return shellCommands(text).map((command) => command.words);
}

test("commands end at operators and lines, and go on after a backslash", () => {
  expect(words("npm ci && npm test; node a.mjs | tee log\nnpm run \\\n  lint")).toEqual([
    ["npm", "ci"],
    ["npm", "test"],
    ["node", "a.mjs"],
    ["tee", "log"],
    ["npm", "run", "lint"],
  ]);
});

test("quotes are taken off, comments and redirections left out", () => {
  expect(words(`# first\nnode 'a b.mjs' "c" --x="d" > out.txt 2>&1 # last`)).toEqual([
    ["node", "a b.mjs", "c", '--x="d"'],
  ]);
});

test("what a here-document holds is no command", () => {
  expect(words("cat <<EOF > x\nnpm run a\nEOF\nnpm run b")).toEqual([["cat"], ["npm", "run", "b"]]);
});

test("an unfinished quote is a word", () => {
  expect(words('echo "a')).toEqual([["echo", '"', "a"]]);
});

test("lines and parentheses are counted", () => {
  expect(shellCommands("\n(cd a && b)\nc").map(({ line, depth }) => [line, depth])).toEqual([
    [2, 1],
    [2, 1],
    [3, 0],
  ]);
});

test("what is told by a sign, however little stands around it", () => {
  expect(words("diff <(sort a) b")).toEqual([["diff"], ["sort", "a"], ["b"]]);
  expect(words("a #\nb #c\nd#e")).toEqual([["a"], ["b"], ["d#e"]]);
  expect(words(`a '' "" b`)).toEqual([["a", "", "", "b"]]);
  expect(words("echo $(ls -l) `ls -l` b")).toEqual([["echo", "$(ls -l)", "`ls -l`", "b"]]);
  expect(words("echo 'a\nb' \"c\nd\"")).toEqual([["echo", "a\nb", "c\nd"]]);
});

test("a here-document ends at its word, in quotes or behind blanks", () => {
  expect(words("cat <<'EOF'\nnpm run a\nEOF\nnpm run b")).toEqual([["cat"], ["npm", "run", "b"]]);
  expect(words("cat <<-EOF\n\tnpm run a\n\tEOF\nnpm run b")).toEqual([["cat"], ["npm", "run", "b"]]);
});

test("parentheses in parentheses are counted", () => {
  expect(shellCommands("((a); b); c)\nd").map(({ depth }) => depth)).toEqual([2, 1, 0, 0]);
});

test("a blank that is escaped stands in a word", () => {
  expect(words(String.raw`rm a\ b`)).toEqual([["rm", "a b"]]);
});
