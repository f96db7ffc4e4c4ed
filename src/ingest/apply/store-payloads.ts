import type { Transaction } from "../../store/database.ts";
import type { EncodedPayload } from "./applicable.ts";

/**
 * Stores raw bytes, each content once per source, in a fixed order, so that no two transactions deadlock. Bytes that are
 * stored already are locked and marked as used: retention deletes them either before that, and they are stored again,
 * or not at all.
 */
export async function storePayloads(
  tx: Transaction,
  source: { readonly sourceId: string; readonly runId: string | undefined },
  given: readonly EncodedPayload[],
): Promise<void> {
  if (given.length === 0) return;
  const distinct = new Map(given.map((payload) => [payload.contentHash, payload])).values();
  const payloads = [...distinct].toSorted((a, b) => (a.contentHash < b.contentHash ? -1 : 1));
  await tx.query(
    `insert into raw_payloads (tenant_id, source_id, content_hash, media_type, encoding, bytes, received_at, run_id)
     select $1, $2, incoming.content_hash, incoming.media_type, incoming.encoding,
       substring($8::bytea from incoming.start for incoming.length), now(), $3
     from unnest($4::text[], $5::text[], $6::text[], $7::integer[], $9::integer[])
       as incoming (content_hash, media_type, encoding, start, length)
     on conflict (tenant_id, source_id, content_hash) do update set referenced_at = now()`,
    [
      tx.tenantId,
      source.sourceId,
      source.runId ?? null,
      payloads.map((payload) => payload.contentHash),
      payloads.map((payload) => payload.mediaType),
      payloads.map((payload) => payload.encoding),
      startsOf(payloads),
      // A single value is sent in binary; in an array each would be sent as hexadecimal text.
      Buffer.concat(payloads.map((payload) => payload.bytes)),
      payloads.map((payload) => payload.bytes.byteLength),
    ],
    { prepared: true },
  );
}

/** Start position of each payload in the concatenation of all; SQL counts from 1. */
function startsOf(payloads: readonly EncodedPayload[]): number[] {
  let next = 1;
  return payloads.map(({ bytes }) => {
    const start = next;
    next += bytes.byteLength;
    return start;
  });
}
