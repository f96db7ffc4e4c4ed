import {
  type AuditEntryRow,
  type AuditHeadRow,
  type AuditListFilter,
  findAuditHead,
  listAuditEntries,
} from "../queries/find-audit.ts";
import type { PageRequest } from "../queries/page.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** Members of a row's text. */
interface AuditBodyModel {
  readonly operation: string;
  readonly phase: "COMPLETE" | "STARTED" | "FINISHED" | "COUNTED";
  readonly action: string;
  readonly principal: {
    readonly kind: "TOKEN" | "API_KEY" | "DEVELOPMENT" | "SERVICE";
    readonly subject: string;
    readonly scopes: readonly string[];
  };
  readonly requestId: string | null;
  readonly traceId: string | null;
  readonly remoteAddress: string | null;
  readonly arguments: unknown;
  readonly outcome: "SUCCEEDED" | "FAILED" | "REFUSED" | null;
  readonly errorCode: string | null;
  readonly subject: { readonly type: string; readonly id: string } | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** A row of the audit trail with the members of its text. */
export interface AuditEntryModel extends AuditEntryRow, AuditBodyModel {
  /** JSON. */
  readonly arguments: string;
  /** JSON. */
  readonly before: string | null;
  /** JSON. */
  readonly after: string | null;
}

/** A page of the audit trail. */
export interface AuditPageKey {
  readonly filter: AuditListFilter;
  readonly page: PageRequest;
}

/** Pages of the audit trail, the newest rows first. */
export const auditPage: LoaderSpec<AuditPageKey, readonly AuditEntryModel[]> = {
  key: (key) => JSON.stringify(key),
  maxBatch: 1,
  load: reading(async (tx, keys) => {
    const pages: AuditEntryModel[][] = [];
    for (const { filter, page } of keys) pages.push((await listAuditEntries(tx, filter, page)).map(modelOf));
    return pages;
  }),
};

/** The newest signed head of the audit trail; undefined before the first signature. */
export const auditHead: LoaderSpec<"head", AuditHeadRow | undefined> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await findAuditHead(tx)]),
};

function modelOf(row: AuditEntryRow): AuditEntryModel {
  const body = JSON.parse(row.hashedText) as AuditBodyModel; // written by src/audit alone
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  return {
    ...row,
    ...body,
    arguments: JSON.stringify(body.arguments),
    before: json(body.before),
    after: json(body.after),
  };
}
