import type { EntryStatus, StatementKind, StatementPart } from "../../domain/bank.ts";

const STATUS_RANK: Readonly<Record<EntryStatus, bigint>> = { BOOKED: 3n, PENDING: 2n, FUTURE: 1n, INFORMATION: 0n };
const KIND_RANK: Readonly<Record<StatementKind, bigint>> = { STATEMENT: 2n, REPORT: 1n, NOTIFICATION: 0n };

/**
 * Orders the reports about one transaction, whichever arrives first: booked is later than pending, a statement is the
 * bank's final report, then the newer message wins, then the newer version of the format; the last bits only give two
 * files that do not differ otherwise a fixed order. 2 + 2 + 42 + 4 + 12 bits.
 */
export function entryVersion(part: StatementPart, status: EntryStatus | undefined, contentHash: string): bigint {
  return (STATUS_RANK[status ?? "INFORMATION"] << 60n) | partVersion(part, contentHash);
}

/** Computes the same version without a status: orders the copies of one statement in two files. */
export function partVersion(part: StatementPart, contentHash: string): bigint {
  return (KIND_RANK[part.kind] << 58n) | momentVersion(part, contentHash);
}

/** Orders by the bank's time of the message only: for facts about the account at that time. */
export function momentVersion(part: StatementPart, contentHash: string): bigint {
  const format = BigInt(/\.(\d\d)$/.exec(part.messageVersion)?.[1] ?? 0);
  const bits = BigInt(`0x${contentHash.slice(0, 3)}`);
  return (BigInt(issuedMs(part)) << 16n) | (format << 12n) | bits;
}

/** A time without a zone counts as UTC, because it is only used for ordering. */
function issuedMs({ issuedInstant, issuedAt, to, lastBooked }: StatementPart): number {
  const text = issuedInstant ?? issuedAt ?? to?.date ?? lastBooked;
  const ms =
    text === undefined ? 0 : Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) || text.length <= 10 ? text : `${text}Z`);
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 2 ** 42 - 1) : 0;
}

/** Extracts the bank's time of a message from a version: epoch milliseconds; 0 where it is not known. */
export function issuedMsOf(version: bigint): number {
  return Number((version & ((1n << 58n) - 1n)) >> 16n);
}
