import { ServiceError } from "../domain/error.ts";
import { pauseUnlessAborted, whenAborted } from "../runtime/abort.ts";
import { equalJitterMs } from "../runtime/backoff.ts";
import type { Database } from "./database.ts";

const BACKOFF = { baseMs: 100, capMs: 5_000 };

export interface KeepListeningOptions {
  readonly database: Database;
  readonly channel: string;
  readonly onNotify: (payload: string) => void;
  /** Called each time that listening begins: notifications sent before are missed. */
  readonly onListening: () => void;
  /** Called each time that the session could not be opened. */
  readonly onProblem: (problem: ServiceError) => void;
  /** 0 to 1; spreads the reconnects of replicas that lost their server at the same time. Default `Math.random`. */
  readonly random?: () => number;
}

/** Listens on a channel, and again whenever the session was lost, without a limit on retries. */
export function keepListening(options: KeepListeningOptions): { close(): Promise<void> } {
  const { database, channel, onNotify, onListening, onProblem, random = Math.random } = options;
  const stopping = new AbortController();
  const stopped = whenAborted(stopping.signal);

  /** Resolves when the session has ended. */
  async function listenOnce(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const session = await database.listen(channel, onNotify, ended.resolve);
    onListening();
    await Promise.race([ended.promise, stopped]);
    await session.close();
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await listenOnce();
        failures = 0;
      } catch (reason) {
        onProblem(ServiceError.from(reason));
      }
      failures += 1; // a session that has ended counts too: it is not opened again at once
      await pauseUnlessAborted(equalJitterMs(BACKOFF, failures, random), stopping.signal);
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
