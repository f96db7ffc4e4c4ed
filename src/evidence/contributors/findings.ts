import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { OF_SOURCES, periodValues } from "./scope.ts";

/** Findings that were open in the period. */
export const findings: Contributor = {
  name: "findings",
  members: (source) => [{ name: "findings.jsonl", bytes: inPieces(linesOf(source), source.onWritten) }],
};

async function* linesOf(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<{ line: string }>(
    `select (to_jsonb(finding) - 'tenant_id')::text as line from findings as finding
     where opened_at < $2::timestamptz and (closed_at is null or closed_at >= $1::timestamptz)
       and ${OF_SOURCES}
     order by opened_at, id`,
    periodValues(source),
  );
  for await (const { line } of rows) yield line;
}
