import type { Transaction } from "../../store/database.ts";
import { createParameters, type Parameters } from "../../store/queries/parameters.ts";
import { inListOrder, type PageRequest } from "./page.ts";

/** A row of the audit trail. */
export interface AuditEntryRow extends Record<string, unknown> {
  readonly sequence: bigint;
  readonly recordedAt: string;
  /** JSON text, which the hash covers. */
  readonly hashedText: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** A signed head of the chain. */
export interface AuditHeadRow extends Record<string, unknown> {
  readonly sequence: bigint;
  readonly hash: string;
  readonly signedAt: string;
  readonly signature: string;
  readonly publicKey: string;
}

/** Conditions on rows; null and undefined set none. */
export interface AuditListFilter {
  readonly action?: string | null | undefined;
  readonly principal?: string | null | undefined;
  readonly subjectType?: string | null | undefined;
  readonly subjectId?: string | null | undefined;
  readonly outcome?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

const SELECT = `sequence, recorded_at as "recordedAt", body as "hashedText", encode(previous_hash, 'hex') as "previousHash",
  encode(hash, 'hex') as hash`;

const EQUAL = {
  action: "action",
  principal: "principal",
  subjectType: "subject_type",
  subjectId: "subject_id",
  outcome: "outcome",
} as const satisfies Partial<Record<keyof AuditListFilter, string>>;

/**
 * Reads a page of the audit trail by the numbers of its rows, the newest first. Rows are dated in the order of their
 * numbers, so a range of times is a range of numbers, whose ends are found first.
 */
export async function listAuditEntries(
  tx: Transaction,
  filter: AuditListFilter,
  page: PageRequest,
): Promise<AuditEntryRow[]> {
  const parameters = createParameters();
  return inListOrder(await tx.query<AuditEntryRow>(pageText(filter, page, parameters), parameters.values), page);
}

/** Returns the statement of a page. */
export function pageText(filter: AuditListFilter, page: PageRequest, parameters: Parameters): string {
  const { after, before, isFromEnd = false, limit } = page;
  const { from, to } = filter;
  const conditions = Object.entries(EQUAL).flatMap(([name, column]) => {
    const value = filter[name as keyof typeof EQUAL];
    return typeof value === "string" ? [`${column} = ${parameters.add(value)}`] : [];
  });
  if (after !== undefined) conditions.push(`sequence < ${parameters.add(after.at)}::bigint`);
  if (before !== undefined) conditions.push(`sequence > ${parameters.add(before.at)}::bigint`);
  if (typeof from === "string") conditions.push(`sequence >= (${firstFrom(parameters.add(from))})`);
  if (typeof to === "string")
    conditions.push(`sequence < coalesce((${firstFrom(parameters.add(to))}), 9223372036854775807)`);
  const where = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
  return `select ${SELECT} from audit_entries ${where}
    order by sequence ${isFromEnd ? "asc" : "desc"} limit ${parameters.add(limit)}`;
}

/** Number of the first row at a time or later; null if there is none. */
function firstFrom(time: string): string {
  return `select sequence from audit_entries where recorded_at >= ${time}::timestamptz
    order by recorded_at, sequence limit 1`;
}

/** Returns the signed head with the greatest number; undefined before the first signature. */
export async function findAuditHead(tx: Transaction): Promise<AuditHeadRow | undefined> {
  const [row] = await tx.query<AuditHeadRow>(
    `select sequence, encode(hash, 'hex') as hash, signed_at as "signedAt", encode(signature, 'hex') as signature,
       encode(public_key, 'hex') as "publicKey"
     from audit_heads order by sequence desc, signed_at desc limit 1`,
  );
  return row;
}
