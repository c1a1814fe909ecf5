import { spawn, type ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * What the watchdog does, in POSIX shell so that it costs a millisecond.
 *
 * It is told of process groups over its standard input. When that closes without a `done` (assay was killed, in
 * whatever way), it ends every group it still knows and every process that carries the run's mark in its environment,
 * which also finds those that left their group. Then it removes the run's scratch folder. After `kill -KILL --` some
 * shells take the dashes for a process; `kill -s KILL --` is the same to all of them.
 */
const script = `
groups=' '
while read -r word group; do
  case $word in
    add) groups="$groups$group " ;;
    drop) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
    done) exit 0 ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
for file in $(grep -l -s -a -F -e "$1" /proc/[0-9]*/environ 2>/dev/null); do
  pid=\${file#/proc/}
  kill -KILL "\${pid%/environ}" 2>/dev/null
done
rm -rf -- "$2"
`;

/** Ends what assay started when assay itself is gone. */
export interface Watchdog {
  add(group: number): void;
  drop(group: number): void;
  /** The run ended in order: leave without doing anything. */
  dismiss(): void;
}

/** Starts the watchdog of a run. Where there is no POSIX shell it does nothing. */
export function startWatchdog(mark: string, scratch: string): Watchdog {
  if (process.platform === "win32") return { add() {}, drop() {}, dismiss() {} };
  const child: ChildProcess = spawn("/bin/sh", ["-c", script, "assay-watchdog", mark, scratch], {
    detached: true,
    cwd: "/",
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
  });
  const input = child.stdin as Writable;
  input.on("error", () => {}); // Someone killed the watchdog: the run itself still ends its children.
  child.on("error", () => {});
  child.unref();
  return {
    add: (group) => void input.write(`add ${group}\n`),
    drop: (group) => void input.write(`drop ${group}\n`),
    dismiss: () => void input.end("done\n"),
  };
}
