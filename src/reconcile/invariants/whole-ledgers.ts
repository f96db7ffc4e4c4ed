import type { Transaction } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { LedgerReach } from "../balance-chain/count-balances.ts";
import { findSources } from "./find-sources.ts";
import { findReadTypes } from "./read-types.ts";

/** Finds those of the sources whose ledger is known from its beginning, and until when it is known. */
export async function findWholeLedgers(
  tx: Transaction,
  registry: SourceRegistry,
  sourceIds: readonly string[],
): Promise<readonly LedgerReach[]> {
  if (sourceIds.length === 0) return [];
  const sources = await findSources(registry, new Set(sourceIds));
  const readTypes = await findReadTypes(tx, sources);
  const whole = [...sources.values()].filter(({ id }) => {
    const types = readTypes.get(id);
    return types?.has("LedgerEntry") === true && types.has("Payout");
  });
  const streams = whole.flatMap(({ id, connector }) =>
    connector.streams.filter(({ entities }) => entities.includes("LedgerEntry")).map(({ name }) => ({ id, name })),
  );
  return tx.query<{ [Field in keyof LedgerReach]: LedgerReach[Field] }>(REACH, [
    whole.map(({ id }) => id),
    streams.map(({ id }) => id),
    streams.map(({ name }) => name),
  ]);
}

/** A source that is followed by its log is known until now. */
const REACH = `
  select source.id as "sourceId", coalesce(
    case when exists (select 1 from change_feeds as feed where feed.source_id = source.id and feed.status = 'FOLLOWING')
      then now() end,
    (select min(state.last_success_at) from unnest($2::text[], $3::text[]) as listed (source_id, stream)
     join stream_states as state on state.source_id = listed.source_id and state.stream = listed.stream
     where listed.source_id = source.id),
    now()) as until
  from unnest($1::text[]) as source (id)`;
