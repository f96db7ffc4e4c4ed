import type { Transaction } from "../store/database.ts";
import type { EncodedPayload } from "./applicable.ts";

/** Keeps raw bytes, each content once per source. */
export async function storePayloads(
  tx: Transaction,
  source: { readonly sourceId: string; readonly runId: string | undefined },
  payloads: readonly EncodedPayload[],
): Promise<void> {
  if (payloads.length === 0) return;
  await tx.query(
    `insert into raw_payloads (tenant_id, source_id, content_hash, media_type, encoding, bytes, received_at, run_id)
     select $1, $2, offered.content_hash, offered.media_type, offered.encoding,
       substring($8::bytea from offered.start for offered.length), now(), $3
     from unnest($4::text[], $5::text[], $6::text[], $7::integer[], $9::integer[])
       as offered (content_hash, media_type, encoding, start, length)
     on conflict do nothing`,
    [
      tx.tenantId,
      source.sourceId,
      source.runId ?? null,
      payloads.map((payload) => payload.contentHash),
      payloads.map((payload) => payload.mediaType),
      payloads.map((payload) => payload.encoding),
      startsOf(payloads),
      // One value goes over as the bytes it is; in an array each would go as hexadecimal text.
      Buffer.concat(payloads.map((payload) => payload.bytes)),
      payloads.map((payload) => payload.bytes.byteLength),
    ],
  );
}

/** Where each payload begins in all of them one after the other; SQL counts from 1. */
function startsOf(payloads: readonly EncodedPayload[]): number[] {
  let next = 1;
  return payloads.map(({ bytes }) => {
    const start = next;
    next += bytes.byteLength;
    return start;
  });
}
