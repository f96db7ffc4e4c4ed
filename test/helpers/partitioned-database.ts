import { join } from "node:path";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

/** The embedded PostgreSQL of a data folder, reached over a network that can fail. */
export interface PartitionedDatabase extends AsyncDisposable {
  /** For the service: `DATABASE_URL`. */
  readonly url: string;
  /** For the test: without the network. */
  readonly connection: EmbeddedPostgres["connection"];
  readonly network: FaultProxy;
}

export async function usePartitionedDatabase(dataDir: string): Promise<PartitionedDatabase> {
  const { connection, close } = await openEmbeddedPostgres({ dataDir });
  const { host, port, user, database } = connection;
  const network = await startFaultProxy({ path: join(host, `.s.PGSQL.${port}`) });
  return {
    url: `postgres://${user}@127.0.0.1:${network.port}/${database}`,
    connection,
    network,
    async [Symbol.asyncDispose]() {
      await network[Symbol.asyncDispose]();
      await close();
    },
  };
}
