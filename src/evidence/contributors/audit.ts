import { type Contributor, inPieces, type PackSource } from "./contributor.ts";

/** The rows of the audit trail of the period, of all sources: a part of the chain without gaps. */
export const audit: Contributor = {
  name: "audit trail",
  members: (source) => [{ name: "audit-entries.jsonl", bytes: inPieces(linesOf(source), source.onWritten) }],
};

interface Row extends Record<string, unknown> {
  readonly sequence: bigint;
  readonly micros: bigint;
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}

async function* linesOf(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<Row>(
    `select sequence, (extract(epoch from recorded_at) * 1000000)::bigint as micros, body,
       encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
     from audit_entries where recorded_at >= $1::timestamptz and recorded_at < $2::timestamptz order by sequence`,
    [source.from, source.to],
  );
  for await (const { sequence, micros, body, previousHash, hash } of rows)
    yield JSON.stringify({ sequence: String(sequence), micros: String(micros), body, previousHash, hash });
}

/** Ends of that part of the chain: the manifest has them, so that rows cut off at an end are missed. */
export interface ChainRange {
  readonly first: string;
  readonly last: string;
  readonly lastHash: string;
}

/** Returns undefined for a period without rows. */
export async function readChainRange({ tx, from, to }: PackSource): Promise<ChainRange | undefined> {
  const [row] = await tx.query<{ first: bigint | null; last: bigint | null; lastHash: string | null }>(
    `with period as (
       select min(sequence) as first, max(sequence) as last from audit_entries
       where recorded_at >= $1::timestamptz and recorded_at < $2::timestamptz
     )
     select first, last, encode(hash, 'hex') as "lastHash" from period left join audit_entries on sequence = last`,
    [from, to],
  );
  if (row === undefined || row.first === null || row.last === null || row.lastHash === null) return undefined;
  return { first: String(row.first), last: String(row.last), lastHash: row.lastHash };
}
