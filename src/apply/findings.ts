import { hash } from "node:crypto";
import type { FailureCause } from "../domain/error.ts";
import { OPERATION_ID_PREFIXES } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";

/** What was looked at, and what was found. */
export interface Judgement {
  readonly kind: string;
  /** What it is about: the same each time that it is looked at. */
  readonly subject: string;
  /** Undefined: nothing is wrong, and an earlier finding of it is over. */
  readonly finding:
    | {
        readonly cause: FailureCause;
        readonly summary: string;
        readonly evidence: Readonly<Record<string, unknown>>;
        readonly remedy: string;
      }
    | undefined;
}

/** Opens and closes findings as the judgements say; an event for each that was not so before. */
export async function judge(tx: Transaction, sourceId: string, judgements: readonly Judgement[]): Promise<NewEvent[]> {
  const byId = new Map(judgements.map((judgement) => [findingId(tx.tenantId, sourceId, judgement), judgement]));
  const wrong = [...byId].filter(([, { finding }]) => finding !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const right = [...byId].filter(([, { finding }]) => finding === undefined).map(([id]) => id);
  const opened = await open(tx, sourceId, wrong);
  const closed = await close(tx, right);
  return [
    ...opened.map((findingIdOpened): NewEvent => ({
      sourceId,
      body: { kind: "FindingOpened", findingId: findingIdOpened },
    })),
    ...closed.map((findingIdClosed): NewEvent => ({
      sourceId,
      body: { kind: "FindingClosed", findingId: findingIdClosed },
    })),
  ];
}

async function open(
  tx: Transaction,
  sourceId: string,
  wrong: readonly (readonly [string, Judgement])[],
): Promise<readonly string[]> {
  if (wrong.length === 0) return [];
  const column = (pick: (judgement: Judgement) => string | undefined) =>
    wrong.map(([, judgement]) => pick(judgement) ?? "");
  const rows = await tx.query<{ id: string; opened: boolean }>(
    `insert into findings as held (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
     select $1, offered.id, $2, offered.kind, offered.cause, offered.summary, offered.evidence, offered.remedy, now()
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[])
       as offered (id, kind, cause, summary, evidence, remedy)
     on conflict (tenant_id, id) do update set summary = excluded.summary, evidence = excluded.evidence,
       remedy = excluded.remedy, closed_at = null,
       opened_at = case when held.closed_at is null then held.opened_at else now() end
     where held.closed_at is not null or held.summary <> excluded.summary
     returning id, opened_at = now() as opened`,
    [
      tx.tenantId,
      sourceId,
      wrong.map(([id]) => id),
      column(({ kind }) => kind),
      column(({ finding }) => finding?.cause),
      column(({ finding }) => finding?.summary),
      column(({ finding }) => JSON.stringify(finding?.evidence)),
      column(({ finding }) => finding?.remedy),
    ],
  );
  return rows.filter((row) => row.opened).map((row) => row.id);
}

async function close(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    "update findings set closed_at = now() where id = any($1) and closed_at is null returning id",
    [ids],
  );
  return rows.map((row) => row.id);
}

function findingId(tenantId: string, sourceId: string, { kind, subject }: Judgement): string {
  const digest = hash("sha256", [tenantId, sourceId, kind, subject].join("\0"), "buffer");
  return `${OPERATION_ID_PREFIXES.Finding}_${digest.toString("base64url", 0, 16)}`;
}
