import type { CheckInput } from "../../connector-api/connector.ts";
import { ServiceError } from "../../domain/error.ts";
import { ledgerChannel } from "./channel.ts";
import type { LedgerConfig } from "./settings/config.ts";
import { nameOf } from "./settings/tables.ts";
import { namedTables, problemsOf } from "./catalog/catalog-problems.ts";
import { type CatalogTable, readCatalog } from "./catalog/read-catalog.ts";

type CatalogInput = Pick<CheckInput<LedgerConfig>, "config" | "client" | "signal">;

/**
 * Compares the settings with the live tables, and returns these.
 * @throws ServiceError UPSTREAM_REJECTED with every difference
 */
export async function requireCatalog(input: CatalogInput): Promise<ReadonlyMap<string, CatalogTable>> {
  const catalog = await readTables(input);
  const problems = problemsOf(input.config.tables, catalog);
  if (problems.length === 0) return catalog;
  const text = problems.join("; ");
  throw new ServiceError("UPSTREAM_REJECTED", `the settings do not fit the database: ${text}`);
}

/** Reads the tables that the settings name; those that do not exist are left out. */
export function readTables({ config, client, signal }: CatalogInput): Promise<ReadonlyMap<string, CatalogTable>> {
  const named = namedTables(config.tables);
  return client.call(
    {
      via: ledgerChannel,
      name: "catalog",
      isRead: true,
      run: (channel, limits) =>
        channel.query(limits.signal, (connection) =>
          readCatalog(
            connection,
            named.map(([, table]) => nameOf(table)),
          ),
        ),
    },
    signal,
  );
}

/**
 * Checks whether the tables can be read and followed as the settings say.
 * @throws ServiceError UPSTREAM_REJECTED with every problem, and the SQL that mends it
 */
export async function checkDatabase(input: CheckInput<LedgerConfig>): Promise<void> {
  const { config, client, signal } = input;
  await requireCatalog(input);
  const problems = await client.call(
    {
      via: ledgerChannel,
      name: "preflight",
      isRead: true,
      run: (channel, limits) =>
        channel.preflight({
          slot: config.slot ?? "sluice_check",
          publications: [config.publication],
          tables: namedTables(config.tables).map(([, table]) => nameOf(table)),
          signal: limits.signal,
        }),
    },
    signal,
  );
  if (problems.length === 0) return;
  const text = problems.map(({ problem, remedy }) => `${problem} ${remedy}`).join(" ");
  throw new ServiceError("UPSTREAM_REJECTED", `the database cannot be followed yet: ${text}`);
}
