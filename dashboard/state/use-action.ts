import { useState } from "preact/hooks";
import { useApp } from "./app-context.ts";
import { ConnectionLost } from "../graph/connection.ts";

export interface Action {
  readonly isRunning: boolean;
  /** Runs it, and notifies the user of its result. Resolves with whether it succeeded. */
  start(): Promise<boolean>;
}

/** An action of the user. While it runs it cannot be started again. @param run returns the sentence to notify with; undefined if the result is displayed elsewhere */
export function useAction(run: () => Promise<string | undefined>): Action {
  const { notify } = useApp();
  const [isRunning, setRunning] = useState(false);
  async function start(): Promise<boolean> {
    if (isRunning) return false;
    setRunning(true);
    try {
      const sentence = await run();
      if (sentence !== undefined) notify(sentence);
      return true;
    } catch (reason) {
      const isLost = reason instanceof ConnectionLost;
      const text = reason instanceof Error ? reason.message : String(reason);
      notify(
        isLost ? "The connection was lost before the answer came. Check the result before you repeat it." : text,
        true,
      );
      return false;
    } finally {
      setRunning(false);
    }
  }
  return { isRunning, start };
}
