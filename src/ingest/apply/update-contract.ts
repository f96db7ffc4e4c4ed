import type { ContractMessage } from "../../connector-api/messages.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { closeFindings, type Finding, findingId, openFindings } from "./findings.ts";
import { comparable, type ContractDifference, contractDifferences } from "./contract-differences.ts";
import { DRIFT_KINDS, PATH_KINDS } from "./drift-kinds.ts";
import { driftPath } from "./drift-path.ts";
import { countOpen, makeRoom, type Seen } from "./record-drift.ts";

/**
 * Opens a finding for each place in which a part of the upstream differs from its pinned contract, and closes those
 * about places in which it does not differ any more.
 */
export async function updateContract(
  tx: Transaction,
  { sourceId, runId }: { readonly sourceId: string; readonly runId: string | undefined },
  message: ContractMessage,
): Promise<NewEvent[]> {
  const { subject } = message;
  const present = comparable(message.fields);
  const pinned = await pinnedFields(tx, { sourceId, runId, message, present });
  const wrong = contractDifferences(pinned, present).map((difference): Wrong => {
    const { kind, path } = difference;
    const id = findingId(tx.tenantId, sourceId, "contract", kind, subject, path);
    return { id, difference, count: 1, samples: [difference.present ?? "absent"] };
  });
  const { now, open } = await countOpen(tx, wrong);
  const unopened = wrong.filter(({ id }) => !open.has(id));
  const admitted = unopened.slice(0, await makeRoom(tx, sourceId, unopened.length));
  const findings = admitted.map((each) => findingOf(subject, each, now));
  const ids = new Set(wrong.map(({ id }) => id));
  const right = (await findOpen(tx, sourceId, subject)).filter((id) => !ids.has(id)).toSorted();
  return [...(await openFindings(tx, sourceId, findings, "stays")), ...(await closeFindings(tx, sourceId, right))];
}

/** A place in which a description differs. */
interface Wrong extends Seen {
  readonly difference: ContractDifference;
}

interface PinInput {
  readonly sourceId: string;
  readonly runId: string | undefined;
  readonly message: ContractMessage;
  readonly present: ContractMessage["fields"];
}

/**
 * Returns the contract to compare with, which may be the present one from now on. A run that the service began because
 * of a gap in the feed accepts nothing: the gap may be the changed table itself, and the finding would close unseen.
 */
async function pinnedFields(
  tx: Transaction,
  { sourceId, runId, message: { subject, pinned }, present }: PinInput,
): Promise<ContractMessage["fields"]> {
  if (typeof pinned === "object") return pinned;
  const [row] = await tx.query<{ fields: ContractMessage["fields"] }>(
    `with accepted as (
       select $5::boolean and not exists (select from sync_runs where id = $6::text and trigger = 'FEED_GAP') as accepted
     )
     insert into pinned_contracts as existing (tenant_id, source_id, subject, fields, pinned_at)
     values ($1, $2, $3, $4, now())
     on conflict (tenant_id, source_id, subject) do update set
       fields = case when (select accepted from accepted) then excluded.fields else existing.fields end,
       pinned_at = case when (select accepted from accepted) then now() else existing.pinned_at end
     returning fields`,
    [tx.tenantId, sourceId, subject, JSON.stringify(present), pinned === "present", runId ?? null],
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

function findingOf(subject: string, { id, difference, count, samples }: Wrong, now: string): Finding {
  const { kind, pinned, present } = difference;
  const path = driftPath(difference.path);
  const { cause, sentence, remedy } = DRIFT_KINDS[kind];
  const types = [present === undefined ? [] : [present], pinned === undefined ? [] : [`pinned: ${pinned}`]].flat();
  return {
    id,
    kind,
    cause,
    summary: `${subject}: ${path} ${sentence} (${types.join(", ")})`,
    evidence: { subject, path, pinned, present, samples, count, firstSeen: now, lastSeen: now },
    remedy,
  };
}
