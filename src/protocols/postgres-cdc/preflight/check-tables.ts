import type pg from "pg";
import { z } from "zod";
import type { TextRow } from "../database/connection.ts";
import { quoteIdentifier, quoteLiteral } from "../database/quote.ts";
import type { PreflightOptions, PreflightProblem } from "./problem.ts";

const names = z.array(z.string());

const tableFacts = z.object({
  name: z.string(),
  exists: z.boolean(),
  readable: z.boolean().nullable(),
  row_security: z.boolean().nullable(),
  role: z.string(),
  published: z.boolean(),
  hidden_columns: names.nullable(),
  filter: z.string().nullable(),
  unidentified: names.nullable(),
});

type TableFacts = z.infer<typeof tableFacts>;

/**
 * One row for each table. Column lists and filters exist since PostgreSQL 15, so they are read from the row as JSON. A
 * partitioned table has no identity of its own: its partitions have.
 */
function factsQuery(publications: readonly string[], tables: PreflightOptions["tables"]): string {
  const list = tables.map(({ schema, name }) => `(${quoteLiteral(schema)}, ${quoteLiteral(name)})`).join(", ");
  const pubs = publications.map(quoteLiteral).join(", ");
  return `
    with needed as (
      select n.schema, n.name, to_regclass(format('%I.%I', n.schema, n.name)) as relid from (values ${list}) n (schema, name)
    ), leaf as (
      select n.relid as root, n.relid from needed n where n.relid is not null
      union select n.relid, tree.relid from needed n cross join lateral pg_partition_tree(n.relid) tree
    ), entry as (
      select to_regclass(format('%I.%I', t.schemaname, t.tablename)) as relid, to_jsonb(t) as facts
      from pg_catalog.pg_publication_tables t where t.pubname in (${pubs})
    ), sent as (
      select l.root, l.relid, e.facts from leaf l join entry e
        on e.relid = l.relid or e.relid in (select a.relid from pg_partition_ancestors(l.relid) a)
    )
    select to_jsonb(f) as facts from (
      select format('%I.%I', n.schema, n.name) as name, n.relid is not null as exists,
        has_table_privilege(n.relid, 'select') as readable, row_security_active(n.relid) as row_security,
        current_user as role, not exists (select from leaf l join pg_catalog.pg_class c on c.oid = l.relid
          where l.root = n.relid and c.relkind = 'r' and not exists (select from sent s where s.relid = l.relid)
        ) as published,
        (select jsonb_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
          where a.attrelid = n.relid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            and exists (select from sent s where s.root = n.relid and s.facts ? 'attnames')
            and not exists (select from sent s where s.root = n.relid and s.facts -> 'attnames' ? a.attname::text)
        ) as hidden_columns,
        (select min(s.facts ->> 'rowfilter') from sent s where s.root = n.relid) as filter,
        (select jsonb_agg(c.oid::regclass::text order by c.oid) from leaf l join pg_catalog.pg_class c on c.oid = l.relid
          where l.root = n.relid and c.relkind = 'r' and (c.relreplident = 'n' or (c.relreplident = 'd' and not exists (
            select from pg_catalog.pg_index i
            where i.indrelid = c.oid and i.indisprimary and i.indimmediate and i.indisvalid)))
        ) as unidentified
      from needed n) f`;
}

/** Checks that every change of the tables is sent, and that their rows can be read. */
export async function checkTables(
  client: pg.Client,
  publications: readonly string[],
  tables: PreflightOptions["tables"],
): Promise<readonly PreflightProblem[]> {
  if (tables.length === 0) return [];
  const { rows } = await client.query<TextRow>(factsQuery(publications, tables));
  const [publication = ""] = publications;
  return rows.flatMap(({ facts }) =>
    problemsOf(tableFacts.parse(JSON.parse(facts ?? "null")), quoteIdentifier(publication)),
  );
}

function problemsOf(table: TableFacts, publication: string): readonly PreflightProblem[] {
  const { name, role } = table;
  const problems: PreflightProblem[] = [];
  const report = (problem: string, remedy: string): void => void problems.push({ problem, remedy });
  if (!table.exists) {
    report(`The table ${name} does not exist.`, "Correct its name, or create it.");
    return problems;
  }
  if (table.readable === false) {
    report(`The role "${role}" may not read ${name}.`, `GRANT SELECT ON ${name} TO ${quoteIdentifier(role)};`);
  }
  if (table.row_security === true) {
    report(
      `Row-level security hides rows of ${name} from the role "${role}".`,
      `ALTER ROLE ${quoteIdentifier(role)} BYPASSRLS;`,
    );
  }
  if (!table.published) {
    report(`The table ${name} is in no publication.`, `ALTER PUBLICATION ${publication} ADD TABLE ${name};`);
  }
  if (table.hidden_columns !== null) {
    report(
      `The publication leaves out columns of ${name}: ${table.hidden_columns.join(", ")}.`,
      `ALTER PUBLICATION ${publication} DROP TABLE ${name}; ALTER PUBLICATION ${publication} ADD TABLE ${name};`,
    );
  }
  if (table.filter !== null) {
    report(
      `The publication sends only those rows of ${name} for which ${table.filter}.`,
      `ALTER PUBLICATION ${publication} DROP TABLE ${name}; ALTER PUBLICATION ${publication} ADD TABLE ${name};`,
    );
  }
  for (const leaf of table.unidentified ?? []) {
    report(
      `The table ${leaf} has no replica identity: its updates and deletes fail while it is published.`,
      `ALTER TABLE ${leaf} ADD PRIMARY KEY (…); or ALTER TABLE ${leaf} REPLICA IDENTITY FULL;`,
    );
  }
  return problems;
}
