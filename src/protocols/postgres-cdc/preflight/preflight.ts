import { classifyDatabaseError } from "../database/classify.ts";
import { closeConnection, openSqlConnection } from "../database/connection.ts";
import { checkPublications } from "./check-publications.ts";
import { checkServer } from "./check-server.ts";
import { checkTables } from "./check-tables.ts";
import type { PreflightOptions, PreflightProblem } from "./problem.ts";

/**
 * Checks, without changing anything, whether a database can be followed; an empty list: it can.
 * @throws ServiceError when the database cannot be reached or does not accept the credentials
 */
export async function preflight(options: PreflightOptions): Promise<readonly PreflightProblem[]> {
  const client = await openSqlConnection(options.address, options.signal);
  try {
    const server = await checkServer(client, options.slot);
    const publications = await checkPublications(client, options.publications);
    const tables = await checkTables(client, options.publications, options.tables);
    return [...server, ...publications, ...tables];
  } catch (reason) {
    throw classifyDatabaseError(reason);
  } finally {
    await closeConnection(client);
  }
}
