import type { Transaction } from "../../store/database.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { columns } from "../../store/queries/select-list.ts";
import { pageStatement } from "./list-page.ts";
import { inListOrder, type PageRequest } from "./page.ts";

/** An evidence pack without its bytes. */
export interface EvidencePackRow extends Record<string, unknown> {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sourceIds: readonly string[] | null;
  readonly findingId: string | null;
  readonly status: "QUEUED" | "READY" | "FAILED" | "CANCELED";
  readonly written: bigint;
  readonly size: bigint | null;
  readonly sha256: string | null;
  readonly errorCode: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly expiresAt: string | null;
  /** PostgreSQL's text of the time of its request. */
  readonly orderKey: string;
}

const SELECT = `${columns("evidence_packs", [
  "id",
  "source_ids",
  "finding_id",
  "status",
  "written",
  "size",
  "sha256",
  "error_code",
  "created_by",
  "created_at",
  "finished_at",
  "expires_at",
])}, evidence_packs.from_at as "from", evidence_packs.to_at as "to", evidence_packs.created_at::text as "orderKey"`;

/** Finds evidence packs by id, in no order; missing ones are left out. */
export function findEvidencePacks(tx: Transaction, ids: readonly string[]): Promise<EvidencePackRow[]> {
  return tx.query(`select ${SELECT} from evidence_packs where id = any($1)`, [ids]);
}

/** Reads a page of the evidence packs, the newest first. */
export async function listEvidencePacks(tx: Transaction, page: PageRequest): Promise<EvidencePackRow[]> {
  const parameters = createParameters();
  const order = { column: "created_at", type: "timestamptz", isAscending: false } as const;
  const list = { table: "evidence_packs", order, conditions: [], indexed: [], select: SELECT, page };
  const text = pageStatement(list, parameters);
  return text === undefined ? [] : inListOrder(await tx.query<EvidencePackRow>(text, parameters.values), page);
}
