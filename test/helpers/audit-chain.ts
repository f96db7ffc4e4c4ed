import { createHash } from "node:crypto";
import type { TestStore } from "./store.ts";

/** A row of the audit trail as it is stored. */
export interface ChainRow {
  readonly sequence: bigint;
  /** Microseconds since 1970. */
  readonly micros: bigint;
  readonly body: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

/** Reads a tenant's chain, the oldest row first. */
export function readChain(store: TestStore, tenantId: string): Promise<ChainRow[]> {
  return store.db.read(tenantId, (tx) =>
    tx.query<ChainRow & Record<string, unknown>>(
      `select sequence, (extract(epoch from recorded_at) * 1000000)::bigint as micros, body,
         previous_hash as "previousHash", hash from audit_entries order by sequence`,
    ),
  );
}

/** The hash of a row as `docs/evidence.md` defines it, computed without the database. */
export function hashOf(tenantId: string, { sequence, micros, body, previousHash }: Omit<ChainRow, "hash">): Buffer {
  const long = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    return bytes;
  };
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, "utf8");
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return createHash("sha256")
    .update(
      Buffer.concat([
        Buffer.from("sluice-audit-v1\n"),
        previousHash,
        long(sequence),
        long(micros),
        text(tenantId),
        text(body),
      ]),
    )
    .digest();
}
