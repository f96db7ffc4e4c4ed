/** A table of tenants with the columns that a row must have. */
export interface FilledTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Runs a statement; both a client and a transaction do. */
interface Runs {
  // oxlint-disable-next-line typescript/no-explicit-any -- `pg` and our transactions return different shapes
  query(text: string, values?: any[]): Promise<any>;
}

/** Reads every table with rows of tenants, except partitions and what only triggers write. */
export async function tablesOfTenants(client: Runs): Promise<readonly FilledTable[]> {
  const { rows } = await client.query(
    `select class.relname as table, (select array_agg(attname::text order by attnum) from pg_attribute
       where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''
         and (attnotnull and not atthasdef or attname in ('source_id', 'status', 'occurrence'))) as columns
     from pg_class class where relnamespace = 'sluice'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relrowsecurity and exists (select from pg_attribute where attrelid = class.oid and attname = 'tenant_id')
     order by class.relname`,
  );
  return rows as FilledTable[];
}

/** Values that CHECK constraints require. */
const VALUES: Readonly<Record<string, string>> = {
  "alert_endpoints.form": "'CHAT_TEXT'",
  "alert_endpoints.min_severity": "'INFO'",
  "alert_endpoints.status": "'ACTIVE'",
  "alerts.severity": "'INFO'",
  "alerts.status": "'PENDING'",
  "alerts.type": "'FINDING_OPENED'",
  "api_keys.hash": "uuid_send(gen_random_uuid())",
  "api_keys.scopes": "array['read']",
  "audit_entries.body": "'{}'",
  "change_feeds.status": "'CONNECTING'",
  "change_feeds.streams": "array['payments']",
  "compared_days.state": "'IN_STEP'",
  "compared_objects.state": "'EQUAL'",
  "deliveries.status": "'PENDING'",
  "delivery_attempts.outcome": "'APPLIED'",
  "evidence_packs.status": "'QUEUED'",
  "entity_changes.change": "'UPDATED'",
  "files.status": "'ACCEPTED'",
  "payout_match_decisions.kind": "'MATCH'",
  "quarantined_records.status": "'OPEN'",
  "record_differences.kind": "'MISSING'",
  "reconciliation_items.object_type": "'Payout'",
  "source_health.state": "'IN_STEP'",
  "source_metrics.resolution": "'MINUTE'",
  "stream_record_counts.counts": "array[n]",
  "stream_ranges.status": "'OPEN'",
  "sync_run_streams.status": "'QUEUED'",
  "sync_runs.status": "'QUEUED'",
};

/** Tables that have one row for each source. */
const ONE_ROW: readonly string[] = ["change_feeds", "recorded_configurations", "source_health"];

/** Number of rows that `fillEveryTable` inserts into tables. */
export function filledRows(tables: readonly FilledTable[], rows: number): number {
  return tables.reduce((sum, { table }) => sum + (ONE_ROW.includes(table) ? 1 : rows), 0);
}

/**
 * Inserts rows of a source into tables: every text is `SOURCE-N`, so that rows of one number belong together. As the
 * owner of the tables, or in a transaction of the tenant.
 */
export async function fillEveryTable(
  client: Runs,
  tables: readonly FilledTable[],
  of: { readonly tenantId: string; readonly sourceId: string; readonly rows: number; readonly from?: number },
): Promise<void> {
  const { tenantId, sourceId, rows, from = 1 } = of;
  for (const filled of tables) {
    const { table, columns } = filled;
    const types = await typesOf(client, table);
    const values = columns.map((column) => {
      if (column === "tenant_id") return `'${tenantId}'`;
      if (column === "source_id") return `'${sourceId}'`;
      // Numbers of events are unique over all sources of a tenant.
      if (column === "seq" && table === "events") return `abs(hashtext('${sourceId}')::bigint) * 100 + n`;
      return VALUES[`${table}.${column}`] ?? valueOf(types.get(column) ?? "text", sourceId);
    });
    await client.query(
      `insert into sluice.${table} (${columns.map((column) => `"${column}"`).join(", ")})
       select ${values.join(", ")} from generate_series(${from}, ${from + filledRows([filled], rows) - 1}) as n`,
    );
  }
}

async function typesOf(client: Runs, table: string): Promise<ReadonlyMap<string, string>> {
  const found = await client.query(
    `select attname::text as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = 'sluice.${table}'::regclass and attnum > 0`,
  );
  const rows: readonly { readonly name: string; readonly type: string }[] = found.rows ?? found;
  return new Map(rows.map(({ name, type }) => [name, type]));
}

function valueOf(type: string, sourceId: string): string {
  switch (type) {
    case "text":
      return `'${sourceId}-' || n`;
    case "timestamp with time zone":
      return "now() + n * interval '1 second'";
    case "date":
      return "current_date + n";
    case "jsonb":
      return "'{}'";
    case "boolean":
      return "false";
    case "bytea":
      return "convert_to('x', 'UTF8')";
    default:
      return `n::${type}`;
  }
}
