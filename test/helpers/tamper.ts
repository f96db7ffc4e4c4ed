import pg from "pg";
import { entityId, type EntityType } from "../../src/domain/ids.ts";
import type { TestConnection } from "./postgres.ts";

/** A difference that was put into the store by hand. */
export interface Planted {
  readonly kind: "MISSING" | "ALTERED" | "INVENTED";
  readonly entity: EntityType;
  readonly id: string;
  readonly externalId: string;
}

export interface TamperedTable {
  readonly entity: EntityType;
  readonly table: string;
  /** SQL of the assignments of a change that the upstream did not make. */
  readonly change: string;
  /** SQL condition of the rows that may be chosen. Default: all. */
  readonly condition?: string;
  /** External id of an object that does not exist, by its number. */
  readonly invent: (number: number) => string;
  /** Undefined: rows of this table are only altered. */
  readonly onlyAlter?: true;
}

export interface TamperInput {
  readonly connection: TestConnection;
  readonly tenantId: string;
  readonly sourceId: string;
  readonly tables: readonly TamperedTable[];
  /** Share of the rows of each table, 0 to 1; at least one row of each kind. */
  readonly share: number;
}

/** Alters, deletes and invents rows of the store as its owner, past everything of the service. */
export async function tamper({
  connection,
  tenantId,
  sourceId,
  tables,
  share,
}: TamperInput): Promise<readonly Planted[]> {
  const client = new pg.Client(connection);
  await client.connect();
  const planted: Planted[] = [];
  try {
    for (const { entity, table, change, condition = "true", invent, onlyAlter } of tables) {
      const rows = await client.query<{ id: string; external_id: string }>(
        `select id, external_id from sluice.${table} where tenant_id = $1 and source_id = $2 and deleted_at is null
           and content_hash is not null and ${condition} order by md5(id)`,
        [tenantId, sourceId],
      );
      const count = Math.max(1, Math.floor((rows.rows.length * share) / 3));
      if (rows.rows.length < 3 * count)
        throw new Error(`${table} has ${rows.rows.length} rows, too few to choose from`);
      const take = (start: number) => rows.rows.slice(start * count, (start + 1) * count);
      const add = (kind: Planted["kind"], row: { readonly id: string; readonly external_id: string }) =>
        planted.push({ kind, entity, id: row.id, externalId: row.external_id });
      for (const row of take(0)) {
        await client.query(`update sluice.${table} set ${change} where tenant_id = $1 and id = $2`, [tenantId, row.id]);
        add("ALTERED", row);
      }
      if (onlyAlter === true) continue;
      for (const row of take(1)) {
        await client.query(`delete from sluice.${table} where tenant_id = $1 and id = $2`, [tenantId, row.id]);
        add("MISSING", row);
      }
      for (const [index, row] of take(2).entries()) {
        const externalId = invent(index);
        const id = entityId(tenantId, sourceId, entity, externalId);
        await client.query(copyStatement(table, await ownColumns(client, table)), [tenantId, row.id, id, externalId]);
        add("INVENTED", { id, external_id: externalId });
      }
    }
  } finally {
    await client.end();
  }
  return planted;
}

/** Columns that are not computed by the database. */
async function ownColumns(client: pg.Client, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = ('sluice.' || $1)::regclass and attnum > 0
       and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows.map(({ name }) => name);
}

function copyStatement(table: string, columns: readonly string[]): string {
  const values = columns.map((name) => (name === "id" ? "$3" : name === "external_id" ? "$4" : name));
  return `insert into sluice.${table} (${columns.join(", ")}) select ${values.join(", ")} from sluice.${table}
    where tenant_id = $1 and id = $2`;
}
