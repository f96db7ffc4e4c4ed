import type pg from "pg";
import type { TextRow } from "../database/connection.ts";
import { quoteIdentifier, quoteLiteral } from "../database/quote.ts";
import type { PreflightProblem } from "./problem.ts";

const KINDS = ["insert", "update", "delete", "truncate"] as const;

/** Checks that the publications exist, have tables, and publish every kind of change. */
export async function checkPublications(
  client: pg.Client,
  publications: readonly string[],
): Promise<readonly PreflightProblem[]> {
  const { rows } = await client.query<TextRow>(`
    select pubname as name, pubinsert as insert, pubupdate as update, pubdelete as delete, pubtruncate as truncate,
      exists (select from pg_catalog.pg_publication_tables t where t.pubname = p.pubname) as filled
    from pg_catalog.pg_publication p where pubname in (${publications.map(quoteLiteral).join(", ")})`);
  return publications.flatMap((name) => {
    const row = rows.find((candidate) => candidate["name"] === name);
    return row === undefined ? [missing(name)] : problemsOf(name, row);
  });
}

function missing(name: string): PreflightProblem {
  return {
    problem: `The publication "${name}" does not exist.`,
    remedy: `CREATE PUBLICATION ${quoteIdentifier(name)} FOR TABLE …;`,
  };
}

function problemsOf(name: string, row: TextRow): readonly PreflightProblem[] {
  const left = KINDS.filter((kind) => row[kind] !== "t");
  return [
    ...(row["filled"] === "t"
      ? []
      : [
          {
            problem: `The publication "${name}" has no table.`,
            remedy: `ALTER PUBLICATION ${quoteIdentifier(name)} ADD TABLE …;`,
          },
        ]),
    ...(left.length === 0
      ? []
      : [
          {
            problem: `The publication "${name}" does not publish ${left.join(", ")}.`,
            remedy: `ALTER PUBLICATION ${quoteIdentifier(name)} SET (publish = '${KINDS.join(", ")}');`,
          },
        ]),
  ];
}
