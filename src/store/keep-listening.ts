import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "./database.ts";

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

export interface KeepListeningOptions {
  readonly database: Database;
  readonly channel: string;
  readonly onNotify: (payload: string) => void;
  /** Called each time that listening begins: whatever was sent before is not heard. */
  readonly onListening: () => void;
  /** Called each time that it could not be had. */
  readonly onProblem: (problem: ServiceError) => void;
  /** 0 to 1; spreads the replicas of a fleet that lost its server together. Default `Math.random`. */
  readonly random?: () => number;
}

/** Listens on a channel and does so again whenever the session was lost, for as long as it takes. */
export function keepListening(options: KeepListeningOptions): { close(): Promise<void> } {
  const { database, channel, onNotify, onListening, onProblem, random = Math.random } = options;
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener("abort", () => resolve()));

  /** Resolves when the session has ended. */
  async function listenOnce(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const session = await database.listen(channel, onNotify, ended.resolve);
    onListening();
    await Promise.race([ended.promise, stopped]);
    await session.close();
  }

  async function run(): Promise<void> {
    for (
      let backoffMs = FIRST_BACKOFF_MS;
      !stopping.signal.aborted;
      backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)
    ) {
      try {
        await listenOnce();
        backoffMs = FIRST_BACKOFF_MS;
      } catch (reason) {
        onProblem(ServiceError.from(reason));
      }
      const waitMs = (backoffMs * (1 + random())) / 2;
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined); // aborted: the loop ends
    }
  }

  const running = run();
  return {
    close() {
      stopping.abort();
      return running;
    },
  };
}
