import { setTimeout as sleep } from "node:timers/promises";
import { sqlStateOf } from "../database/classify.ts";
import { ReplicationStream, type ReplicationStreamOptions } from "./replication-stream.ts";

/** The slot is in use. */
const OBJECT_IN_USE = "55006";
const RETRY_INTERVAL_MS = 500;

export interface StartWhenFreeOptions {
  readonly stream: ReplicationStreamOptions;
  readonly signal: AbortSignal;
  /** Called when it must wait, with a sentence that names the process that uses the slot. */
  readonly onWait: (waitsFor: string) => void;
}

/**
 * Starts a stream as soon as no other process uses its slot. The server notices the end of that process at the latest
 * after its `wal_sender_timeout`.
 * @throws the error of `pg`, or the signal's reason
 */
export async function startWhenFree({ stream, signal, onWait }: StartWhenFreeOptions): Promise<ReplicationStream> {
  let reported: string | undefined;
  for (;;) {
    const attempt = new ReplicationStream(stream);
    try {
      await attempt.start();
      return attempt;
    } catch (reason) {
      if (sqlStateOf(reason) !== OBJECT_IN_USE || !(reason instanceof Error)) throw reason;
      if (reason.message !== reported) onWait(reason.message); // the server's sentence names the slot and the process
      reported = reason.message;
      await sleep(RETRY_INTERVAL_MS, undefined, { signal });
    }
  }
}
