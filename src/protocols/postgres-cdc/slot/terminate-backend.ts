import { closeConnection, type DatabaseAddress, openSqlConnection } from "../database/connection.ts";

const TIMEOUT_MS = 5_000;

/**
 * Ends a process of the server that waits for a transaction and does not notice that its client has left. Total: at the
 * latest it ends when that transaction does.
 */
export async function terminateBackend(address: DatabaseAddress, pid: string): Promise<void> {
  try {
    const client = await openSqlConnection(address, AbortSignal.timeout(TIMEOUT_MS));
    try {
      // the role's own processes can be ended by it
      await client.query("select pg_terminate_backend($1)", [pid]);
    } finally {
      await closeConnection(client);
    }
  } catch {
    // the server cannot be reached
  }
}
