import pg from "pg";
import { waitAtMost } from "../runtime/with-timeout.ts";
import { storeError } from "./store-error.ts";

export interface ListenOptions {
  readonly channel: string;
  readonly onNotify: (payload: string) => void;
  /** Called when the session has ended by itself, or no longer responds. */
  readonly onEnd: () => void;
}

/**
 * Interval at which the session is tested, and the longest wait for a response. Without a test a network that drops
 * packets looks like a channel without notifications.
 */
const TEST_INTERVAL_MS = 5_000;
/** Time in which a server confirms the end of the session. */
const CLOSE_MS = 2_000;

/** Opens a session with LISTEN. @throws ServiceError STORE_UNAVAILABLE | INTERNAL */
export async function listen(
  settings: pg.ClientConfig,
  { channel, onNotify, onEnd }: ListenOptions,
): Promise<{ close(): Promise<void> }> {
  // In pipeline mode a response that does not come in time ends the session.
  const client = new pg.Client({ ...settings, pipeline: true, query_timeout: TEST_INTERVAL_MS });
  client.on("error", () => undefined); // always followed by `end`
  try {
    await client.connect();
    client.on("notification", (message) => onNotify(message.payload ?? ""));
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (reason) {
    await close(client); // it never worked; the first error is the one to report
    throw storeError(reason);
  }
  const timer = setInterval(() => void client.query("select 1").catch(() => undefined), TEST_INTERVAL_MS);
  client.on("end", () => clearInterval(timer));
  client.on("end", onEnd);
  return {
    async close() {
      clearInterval(timer);
      client.off("end", onEnd);
      await close(client);
    },
  };
}

/** Never rejects. */
async function close(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await waitAtMost(CLOSE_MS, ended);
  client.connection.stream.destroy();
}
