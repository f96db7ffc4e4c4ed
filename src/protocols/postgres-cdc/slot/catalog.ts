import { createHash } from "node:crypto";
import type pg from "pg";
import { ServiceError } from "../../../domain/error.ts";
import type { TextRow } from "../database/connection.ts";
import { quoteLiteral } from "../database/quote.ts";

/**
 * What decides which changes are sent and what the rows look like: the publications with their tables, column lists and
 * filters, and of each table and partition its columns, types and replica identity. A partition's file is included when
 * changes are sent under the name of its root, because then its TRUNCATE is not sent. Object ids are included: what was
 * removed and added again has another one.
 */
function catalogQuery(publications: readonly string[]): string {
  const names = publications.map(quoteLiteral).join(", ");
  return `
    with publication as (
      select * from pg_catalog.pg_publication where pubname in (${names})
    ), published as (
      select distinct to_regclass(format('%I.%I', t.schemaname, t.tablename)) as root
      from pg_catalog.pg_publication_tables t where t.pubname in (${names})
    ), member as (
      select root, root as relid from published where root is not null
      union
      select root, tree.relid from published cross join lateral pg_partition_tree(root) tree
    )
    select
      (select count(*) from publication) as found,
      (select string_agg((to_jsonb(p) - 'pubowner')::text, ';' order by p.pubname) from publication p) as publications,
      (select string_agg(to_jsonb(r)::text, ';' order by r.oid)
         from pg_catalog.pg_publication_rel r
         where r.prpubid in (select oid from publication)) as listed,
      (select string_agg(jsonb_build_array(m.root::oid, c.oid, c.relnamespace, c.relname, c.relreplident,
           case when m.root <> m.relid and (select bool_or(pubviaroot) from publication) then c.relfilenode end,
           (select jsonb_agg(jsonb_build_array(a.attnum, a.attname, a.atttypid, a.atttypmod, a.attgenerated) order by a.attnum)
              from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
         )::text, ';' order by m.root::oid, c.oid)
         from member m join pg_catalog.pg_class c on c.oid = m.relid) as tables`;
}

/**
 * Returns a digest of everything whose change makes stored rows wrong or incomplete without a row in the stream.
 * @param client a connection of either kind
 * @throws ServiceError UPSTREAM_REJECTED if a publication does not exist; the error of `pg`
 */
export async function readCatalogDigest(client: pg.Client, publications: readonly string[]): Promise<string> {
  const { rows } = await client.query<TextRow>(catalogQuery(publications));
  const { found, ...facts } = rows[0] ?? {};
  if (Number(found) < new Set(publications).size) throw missingPublication(publications);
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64url").slice(0, DIGEST_LENGTH);
}

/** 128 bits. */
const DIGEST_LENGTH = 22;

function missingPublication(publications: readonly string[]): ServiceError {
  return new ServiceError("UPSTREAM_REJECTED", "a publication of the database does not exist", {
    detail: `one of the publications ${publications.map((name) => `"${name}"`).join(", ")} does not exist: create it with CREATE PUBLICATION … FOR TABLE …`,
  });
}
