import { arrayLiteral } from "../array-literal.ts";
import type { Candidate } from "./fold.ts";

/** Columns that every synced object has: name, type, and its value in PostgreSQL's text form. */
export const SHARED: readonly (readonly [
  name: string,
  type: string,
  pick: (candidate: Candidate) => string | null | undefined,
])[] = [
  ["id", "text", ({ observation }) => observation.id],
  ["source_id", "text", ({ observation }) => observation.sourceId],
  ["external_id", "text", ({ observation }) => observation.externalId],
  ["created_at", "timestamptz", ({ observation }) => observation.record?.createdAt],
  ["version_from", "bigint", ({ observation }) => observation.version.from.toString()],
  ["version_until", "bigint", ({ observation }) => observation.version.until.toString()],
  ["finality", "smallint", ({ observation }) => observation.version.finality.toString()],
  ["source_updated_at", "timestamptz", ({ observation }) => observation.sourceUpdatedAt],
  ["via", "text", ({ observation }) => observation.via],
  // Of the state that was created; a trigger sets it with each change.
  ["changed_via", "text", ({ observation }) => observation.via],
  ["content_hash", "text", ({ contentHash }) => contentHash],
  ["raw_hash", "text", ({ observation }) => observation.raw.rawHash],
  ["delivery_id", "text", ({ observation }) => observation.raw.deliveryId],
  ["raw_path", "text", ({ observation }) => observation.raw.path],
  ["extensions", "jsonb", ({ extensions }) => extensions],
];

/** Columns that every write takes from the incoming row. */
export const ALWAYS = ["finality", "observed_at", "written_at", "via"] as const;
/** Columns that locate the bytes of the state: not updated when the state is only confirmed. */
export const EVIDENCE = ["raw_hash", "delivery_id", "raw_path"] as const;

/** Returns one array for each column, as parameters of one `unnest`: the shared columns, then the entity's own. */
export function parametersOf(candidates: readonly Candidate[], ownColumns: number): string[] {
  const shared = SHARED.map(([, , pick]) => columnLiteral(candidates, pick));
  const own = Array.from({ length: ownColumns }, (_, column) =>
    columnLiteral(candidates, ({ values }) => values[column]),
  );
  return [...shared, ...own];
}

/**
 * Returns the array of one column. It is empty if no row has a value: `unnest` fills shorter arrays with nulls, and many
 * columns have no value in a whole batch.
 */
function columnLiteral(
  candidates: readonly Candidate[],
  pick: (candidate: Candidate) => string | null | undefined,
): string {
  return candidates.some((candidate) => (pick(candidate) ?? null) !== null) ? arrayLiteral(candidates, pick) : "{}";
}
