import { updateFindings, type FindingCheck } from "../../ingest/apply/update-findings.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { ChangedResult } from "./store-decided.ts";

type ObjectType = ChangedResult["objectType"];

interface Kinds {
  /** About one object. */
  readonly one: string;
  /** About all of a route together, when there are many. */
  readonly many: string;
  readonly summary: (item: OpenItem) => string;
  readonly summaryOfMany: (sum: OpenSum) => string;
  readonly remedy: string;
}

const KINDS: Readonly<Record<ObjectType, Kinds>> = {
  Payout: {
    one: "PAYOUT_NOT_ARRIVED",
    many: "PAYOUTS_NOT_ARRIVED",
    summary: ({ id, amount, currency, day }) =>
      `Payout ${id} of ${amount} ${currency}, expected on ${day}, is not among the bank's transactions`,
    summaryOfMany: ({ count, amounts, day }) =>
      `${count} payouts of ${amounts} are not among the bank's transactions; the first was expected on ${day}`,
    remedy:
      "Check that the bank's statements of these days are complete. If they are, ask the processor for the trace of the payout, or match it by hand.",
  },
  BankTransaction: {
    one: "ARRIVAL_WITHOUT_PAYOUT",
    many: "ARRIVALS_WITHOUT_PAYOUT",
    summary: ({ id, amount, currency, day }) =>
      `Bank transaction ${id} of ${amount} ${currency}, booked on ${day}, comes from a processor, but no payout explains it`,
    summaryOfMany: ({ count, amounts, day }) =>
      `${count} bank transactions of ${amounts} come from a processor, but no payout explains them; the first was booked on ${day}`,
    remedy:
      "Check whether the processor has paid twice or the bank has booked twice, or match the transaction by hand.",
  },
};

/** Open objects of a route that have findings of their own; more have one together. */
const MAX_SINGLE = 20;

interface OpenItem {
  readonly id: string;
  readonly amount: string;
  readonly currency: string;
  readonly day: string;
  readonly dueOn: string;
  readonly state: string;
}

interface OpenSum {
  readonly count: number;
  readonly amounts: string;
  readonly day: string;
}

/** Opens and closes the findings of the sources and routes of which results have changed. */
export async function updateOpenFindings(
  tx: Transaction,
  changes: readonly ChangedResult[],
): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = [];
  const relevant = changes.filter(({ state, previous }) => isOpen(state) || isOpen(previous));
  for (const [sourceId, own] of Map.groupBy(relevant, (change) => change.sourceId)) {
    const checks: FindingCheck[] = [];
    const groups = Map.groupBy(own, ({ objectType, route }) => `${objectType} ${route}`);
    for (const group of groups.values()) checks.push(...(await checksOf(tx, sourceId, group)));
    events.push(...(await updateFindings(tx, sourceId, checks)));
  }
  return events;
}

function isOpen(state: string | null): boolean {
  return state === "OPEN" || state === "CONFLICT";
}

/** @param changes of objects of one type and route */
async function checksOf(
  tx: Transaction,
  sourceId: string,
  changes: readonly ChangedResult[],
): Promise<readonly FindingCheck[]> {
  const [first] = changes;
  if (first === undefined) return [];
  const { objectType, route } = first;
  const kinds = KINDS[objectType];
  const items = await findOpen(tx, sourceId, objectType, route);
  const isMany = items.length > MAX_SINGLE;
  const singles = isMany ? [] : items;
  const stillOpen = new Set(singles.map(({ id }) => id));
  const closed = [
    ...changes.map(({ objectId }) => objectId),
    ...(isMany ? await findSingles(tx, sourceId, kinds.one) : []),
  ];
  const subject = `${objectType} ${route}`;
  return [
    ...closed.filter((id) => !stillOpen.has(id)).map((id) => ({ kind: kinds.one, subject: id, finding: undefined })),
    ...singles.map((item) => ({ kind: kinds.one, subject: item.id, finding: singleFinding(kinds, item, route) })),
    {
      kind: kinds.many,
      subject,
      finding: isMany ? manyFinding(kinds, await sumOpen(tx, sourceId, objectType, route), route) : undefined,
    },
  ];
}

function singleFinding(kinds: Kinds, item: OpenItem, route: string): NonNullable<FindingCheck["finding"]> {
  const { id, amount, currency, day, dueOn, state } = item;
  return {
    cause: "FORMAT_MISMATCH",
    summary: kinds.summary(item),
    evidence: { id, amount, currency, day, usualUntil: dueOn, state, ...(route === "" ? {} : { route }) },
    remedy: kinds.remedy,
  };
}

function manyFinding(kinds: Kinds, sum: OpenSum, route: string): NonNullable<FindingCheck["finding"]> {
  const { count, amounts, day } = sum;
  return {
    cause: "FORMAT_MISMATCH",
    summary: kinds.summaryOfMany(sum),
    evidence: { count, amounts, day, ...(route === "" ? {} : { route }) },
    remedy: kinds.remedy,
  };
}

const OF_ROUTE = `item.source_id = $1 and item.object_type = $2 and item.route = $3 and item.state in ('OPEN', 'CONFLICT')`;

/** Finds the open objects of a route: at most one more than can have findings of their own. */
async function findOpen(
  tx: Transaction,
  sourceId: string,
  type: ObjectType,
  route: string,
): Promise<readonly OpenItem[]> {
  return tx.query<OpenItem & Record<string, unknown>>(
    `select item.id as id, trim_scale(item.amount)::text as amount, item.currency, item.day::text as day,
       item.due_on::text as "dueOn", item.state
     from reconciliation_items as item where ${OF_ROUTE} order by item.day, item.id limit ${MAX_SINGLE + 1}`,
    [sourceId, type, route],
  );
}

async function sumOpen(tx: Transaction, sourceId: string, type: ObjectType, route: string): Promise<OpenSum> {
  const rows = await tx.query<{ currency: string; count: number; amount: string; day: string }>(
    `select item.currency, count(*)::int as count, trim_scale(sum(item.amount))::text as amount, min(item.day)::text as day
     from reconciliation_items as item where ${OF_ROUTE} group by item.currency order by item.currency`,
    [sourceId, type, route],
  );
  return {
    count: rows.reduce((total, row) => total + row.count, 0),
    amounts: rows.map(({ amount, currency }) => `${amount} ${currency}`).join(", "),
    day: rows.map(({ day }) => day).toSorted()[0] ?? "",
  };
}

/** Finds the objects with open findings of their own. */
async function findSingles(tx: Transaction, sourceId: string, kind: string): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string | null }>(
    `select evidence ->> 'id' as id from findings where source_id = $1 and kind = $2 and closed_at is null`,
    [sourceId, kind],
  );
  return rows.flatMap(({ id }) => id ?? []);
}
