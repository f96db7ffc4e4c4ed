import pg from "pg";
import type { EmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { UNIT_LIMITS } from "../../../src/ingest/feeds/feed-unit.ts";

const TENANT = "ceiling";

/** Rows as the benchmark's payments are stored. They are made beforehand, so that only their writing is measured. */
const ROWS = `
  create temp table given as
  select n, 'pay_' || left(translate(encode(sha256(n::text::bytea), 'base64'), '+/', '-_'), 22) as id,
    'ceiling-' || n as external_id, 'Payment ' || n || ' of the benchmark' as description, n * 100 + 25 as amount_minor,
    n / ${UNIT_LIMITS.maxChanges} as part, left(encode(sha256(n::text::bytea), 'base64'), 22) as content_hash,
    encode(sha256((n / 100)::text::bytea), 'hex') as raw_hash
  from generate_series(0, $1::integer - 1) as n`;

const INSERT = `
  insert into sluice.payments (tenant_id, id, source_id, external_id, created_at, ordered_at, version_from, version_until,
    finality, observed_at, written_at, via, changed_via, content_hash, raw_hash, raw_path, extensions, kind, status,
    raw_status, amount_minor, captured_minor, currency, exponent, description, reference_list)
  select '${TENANT}', id, 'core', external_id, now(), now(), n, n, 0, now(), clock_timestamp(), 'CDC', 'CDC', content_hash,
    raw_hash, '/rows/1', '{}', 'PAYIN', 'PROCESSING', 'open', amount_minor, 0, 'EUR', 2, description, '[]'
  from given where part = current_part order by id`;

const UPDATE = `
  update sluice.payments as payment set status = 'SUCCEEDED', raw_status = 'done', captured_minor = given.amount_minor,
    content_hash = reverse(given.content_hash), raw_hash = reverse(given.raw_hash), version_from = 1000000000 + n,
    version_until = 1000000000 + n, observed_at = now(), written_at = clock_timestamp()
  from given where given.part = current_part and payment.tenant_id = '${TENANT}' and payment.id = given.id`;

const eventsFrom = (change: string, offset: number): string => `
  insert into sluice.events (tenant_id, seq, at, source_id, kind, entity_type, entity_id, data)
  select '${TENANT}', ${offset} + n, clock_timestamp(), 'core', 'EntityChanged', 'Payment', id, '{"change": "${change}"}'
  from given where part = current_part`;

/**
 * Row changes per second that PostgreSQL writes by itself: half as many payments are inserted, then updated, with their
 * events, into the same tables with the same indexes and triggers, in transactions as large as those of a feed that
 * catches up. Nothing is decoded, mapped, sent or compared, so no way through this process can be faster.
 */
export async function measureCeiling(connection: EmbeddedPostgres["connection"], changes: number): Promise<number> {
  const client = new pg.Client({ ...connection, options: `-c sluice.tenant=${TENANT}` });
  await client.connect();
  try {
    await client.query(ROWS.replace("$1", String(changes / 2)));
    await client.query("create index on given (part); analyze given");
    const parts = Math.ceil(changes / 2 / UNIT_LIMITS.maxChanges);
    const startedAtMs = performance.now();
    await client.query(`
      do $$ declare current_part integer; begin
        for current_part in 0..${parts - 1} loop ${INSERT}; ${eventsFrom("CREATED", 1)}; commit; end loop;
        for current_part in 0..${parts - 1} loop ${UPDATE}; ${eventsFrom("UPDATED", changes)}; commit; end loop;
      end $$`);
    return Math.round((changes / (performance.now() - startedAtMs)) * 1_000);
  } finally {
    await client.end();
  }
}
