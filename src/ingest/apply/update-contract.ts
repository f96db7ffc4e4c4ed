import type { ContractMessage } from "../../connector-api/messages.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { closeFindings, type Finding, findingId, openFindings } from "./findings.ts";
import { comparable, type ContractDifference, contractDifferences } from "./contract-differences.ts";
import { DRIFT_KINDS, PATH_KINDS } from "./drift-kinds.ts";
import { driftPath } from "./drift-path.ts";
import { makeRoom } from "./record-drift.ts";

/**
 * Opens a finding for each place in which a part of the upstream differs from its pinned contract, and closes those
 * about places in which it does not differ any more.
 */
export async function updateContract(tx: Transaction, sourceId: string, message: ContractMessage): Promise<NewEvent[]> {
  const { subject } = message;
  const present = comparable(message.fields);
  const pinned = await pinnedFields(tx, sourceId, message, present);
  const wrong = contractDifferences(pinned, present).map((difference) =>
    findingOf(tx.tenantId, sourceId, subject, difference),
  );
  const open = await findOpen(tx, sourceId, subject);
  const unopened = wrong.filter(({ id }) => !open.includes(id));
  const admitted = unopened.slice(0, await makeRoom(tx, sourceId, unopened.length));
  const ids = new Set(wrong.map(({ id }) => id));
  const right = open.filter((id) => !ids.has(id)).toSorted();
  return [...(await openFindings(tx, sourceId, admitted, "stays")), ...(await closeFindings(tx, sourceId, right))];
}

async function pinnedFields(
  tx: Transaction,
  sourceId: string,
  { subject, pinned }: ContractMessage,
  present: ContractMessage["fields"],
): Promise<ContractMessage["fields"]> {
  if (typeof pinned === "object") return pinned;
  const [row] = await tx.query<{ fields: ContractMessage["fields"] }>(
    `insert into pinned_contracts as existing (tenant_id, source_id, subject, fields, pinned_at)
     values ($1, $2, $3, $4, now())
     on conflict (tenant_id, source_id, subject) do update set
       fields = case when $5 then excluded.fields else existing.fields end,
       pinned_at = case when $5 then now() else existing.pinned_at end
     returning fields`,
    [tx.tenantId, sourceId, subject, JSON.stringify(present), pinned === "present"],
  );
  return row?.fields ?? present;
}

async function findOpen(tx: Transaction, sourceId: string, subject: string): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from findings
     where source_id = $1 and closed_at is null and kind = any($2) and evidence ->> 'subject' = $3`,
    [sourceId, PATH_KINDS, subject],
  );
  return rows.map(({ id }) => id);
}

function findingOf(tenantId: string, sourceId: string, subject: string, difference: ContractDifference): Finding {
  const { kind, pinned, present } = difference;
  const path = driftPath(difference.path);
  const { cause, sentence, remedy } = DRIFT_KINDS[kind];
  const types = [present === undefined ? [] : [present], pinned === undefined ? [] : [`pinned: ${pinned}`]].flat();
  return {
    id: findingId(tenantId, sourceId, "contract", kind, subject, difference.path),
    kind,
    cause,
    summary: `${subject}: ${path} ${sentence} (${types.join(", ")})`,
    evidence: { subject, path, pinned, present },
    remedy,
  };
}
