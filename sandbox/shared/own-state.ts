import type { Sandbox } from "./sandbox.ts";
import { tryFileLock } from "./file-lock.ts";

/** Gives each state file one owner: a second process would write its own world between the lines of the first. */
export function ownState({ name, start }: Sandbox): Sandbox {
  return {
    name,
    async start(options) {
      const { statePath } = options;
      if (statePath === undefined) return start(options);
      const lock = tryFileLock(`${statePath}.lock`);
      if (lock === undefined) throw new Error(`the state file ${statePath} is used by another sandbox`);
      try {
        const running = await start(options);
        return {
          ...running,
          async close() {
            await running.close();
            lock.release();
          },
        };
      } catch (reason) {
        lock.release();
        throw reason;
      }
    },
  };
}
