import { useState } from "preact/hooks";
import { useApp } from "./app-context.ts";
import { ConnectionLost } from "../graph/connection.ts";

export interface Action {
  readonly isRunning: boolean;
  /** Why it failed the last time, for the dialog that it was started from; undefined after a success. */
  readonly failure: string | undefined;
  /** Runs it, and notifies the user of its result. Resolves with whether it succeeded. */
  start(): Promise<boolean>;
}

/** An action of the user. While it runs it cannot be started again. @param run returns the sentence to notify with; undefined if the result is displayed elsewhere */
export function useAction(run: () => Promise<string | undefined>): Action {
  const { notify } = useApp();
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function start(): Promise<boolean> {
    if (isRunning) return false;
    setRunning(true);
    setFailure(undefined);
    try {
      const sentence = await run();
      if (sentence !== undefined) notify(sentence);
      return true;
    } catch (reason) {
      const text = sentenceOf(reason);
      setFailure(text);
      if (!isDialogOpen()) notify(text, true);
      return false;
    } finally {
      setRunning(false);
    }
  }
  return { isRunning, failure, start };
}

/** A modal dialog displays the failure itself: a notice would be behind it. */
const isDialogOpen = (): boolean => document.querySelector("dialog[open]") !== null;

function sentenceOf(reason: unknown): string {
  if (reason instanceof ConnectionLost)
    return "The connection was lost before the answer came. Check the result before you repeat it.";
  return reason instanceof Error ? reason.message : String(reason);
}
