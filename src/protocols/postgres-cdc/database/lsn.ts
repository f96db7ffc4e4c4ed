import { ServiceError } from "../../../domain/error.ts";

/**
 * A position in the write-ahead log (WAL) of a PostgreSQL server, in bytes from its beginning: a log sequence number.
 */
export type Lsn = bigint;

const LSN = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;

/**
 * Returns the position that PostgreSQL writes as `16/B374D848`.
 * @throws ServiceError UPSTREAM_MALFORMED
 */
export function parseLsn(text: string): Lsn {
  const [, high, low] = LSN.exec(text) ?? [];
  if (high === undefined || low === undefined) {
    throw new ServiceError("UPSTREAM_MALFORMED", "the database sent a log position that cannot be read", {
      detail: `a log position must be two hexadecimal numbers with "/" between them, got ${JSON.stringify(text)}`,
    });
  }
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

/** Returns a position as PostgreSQL writes it. */
export function formatLsn(lsn: Lsn): string {
  return `${(lsn >> 32n).toString(16)}/${(lsn & 0xffffffffn).toString(16)}`.toUpperCase();
}
