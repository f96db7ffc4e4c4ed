import type { AnyConnector } from "../../connector-api/connector.ts";
import type { Transaction } from "../../store/database.ts";
import type { Outcome } from "../../store/entities/observation.ts";
import { shownWhole } from "./shown-whole.ts";

/**
 * Keeps which objects a full run was shown although nothing was written of them: the store has a newer state, or one of which nobody
 * knows. All others it was shown have been observed since it began.
 */
export async function noteShown(
  tx: Transaction,
  connector: AnyConnector,
  runId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const types = new Set(shownWhole(connector).map(({ type }) => type));
  const ids = outcomes.flatMap(({ result, observation: { entity, id, record } }) =>
    types.has(entity) && record !== undefined && (result === "stale" || result === "doubt") ? [id] : [],
  );
  if (ids.length === 0) return;
  await tx.query(
    `insert into run_sightings (tenant_id, run_id, entity_id) select $1, $2, unnest($3::text[]) on conflict do nothing`,
    [tx.tenantId, runId, ids],
  );
}

/** Once the run has ended. */
export async function forgetShown(tx: Transaction, runId: string): Promise<void> {
  await tx.query("delete from run_sightings where run_id = $1", [runId]);
}
