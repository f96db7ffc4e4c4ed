import type { AnyConnector } from "../../../connector-api/connector.ts";
import type { Transaction } from "../../../store/database.ts";
import type { Outcome } from "../../../store/entities/observation.ts";
import { completelyListedTypes } from "./completely-listed-types.ts";

/**
 * Records the objects that a full run listed although nothing was written about them: the store has a newer state, or
 * their order relative to the stored state is unknown. All other listed objects have been observed since the run began.
 */
export async function recordListed(
  tx: Transaction,
  connector: AnyConnector,
  runId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const types = new Set(completelyListedTypes(connector).map(({ type }) => type));
  const ids = outcomes.flatMap(({ result, observation: { entity, id, record } }) =>
    types.has(entity) && record !== undefined && (result === "stale" || result === "conflict") ? [id] : [],
  );
  if (ids.length === 0) return;
  await tx.query(
    `insert into run_listed_objects (tenant_id, run_id, entity_id) select $1, $2, unnest($3::text[]) on conflict do nothing`,
    [tx.tenantId, runId, ids],
  );
}

/** Deletes the records once the run has ended. */
export async function clearListed(tx: Transaction, runId: string): Promise<void> {
  await tx.query("delete from run_listed_objects where run_id = $1", [runId]);
}
