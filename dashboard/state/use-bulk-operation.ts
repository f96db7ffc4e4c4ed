import { useEffect, useRef, useState } from "preact/hooks";
import { BEGINNING, runBulkOperation, type BulkCall, type BulkProgress } from "../graph/bulk-operation.ts";

/** A bulk operation of the user, in many calls. */
export interface BulkOperation {
  /** Undefined until one was started. */
  readonly progress: BulkProgress | undefined;
  /** What it does with how many items, if that is known: `replayed`, 52310. */
  readonly task: BulkTask | undefined;
  readonly isRunning: boolean;
  start(task: BulkTask): void;
  /** Ends it after the call that runs. */
  stop(): void;
  /** Continues one that was stopped or has failed. */
  resume(): void;
  /** Removes the report of one that has ended. */
  dismiss(): void;
}

export interface BulkTask {
  /** Participle for its report: `replayed`. */
  readonly done: string;
  /** Number of items that match; undefined if it is not known. */
  readonly total: number | undefined;
  readonly call: BulkCall;
  /** Called when it has ended, in whichever way. */
  onEnd(): void;
}

/** Runs one bulk operation at a time. It is stopped when its page is left, so that it never goes on for another caller. */
export function useBulkOperation(): BulkOperation {
  const [task, setTask] = useState<BulkTask>();
  const [progress, setProgress] = useState<BulkProgress>();
  const stopping = useRef(new AbortController());
  useEffect(() => () => stopping.current.abort(), []);
  const isRunning = progress?.state === "running";
  function run(next: BulkTask, from: BulkProgress): void {
    if (isRunning) return;
    const { signal } = (stopping.current = new AbortController());
    setTask(next);
    void runBulkOperation(next.call, from, signal, setProgress).then(next.onEnd);
  }
  return {
    progress,
    task,
    isRunning,
    start: (next) => run(next, BEGINNING),
    stop: () => stopping.current.abort(),
    resume: () => task !== undefined && progress !== undefined && run(task, progress),
    dismiss: () => setProgress(undefined),
  };
}
