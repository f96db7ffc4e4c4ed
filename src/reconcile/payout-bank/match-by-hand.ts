import { randomUUID } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";
import { typeOfId } from "../../domain/ids.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { findDecisions } from "./decisions.ts";
import { loadArrivals, loadPayouts } from "./facts.ts";
import { findItems } from "./items.ts";
import { contextOf } from "./match-changes.ts";
import { eventsOf } from "./match-events.ts";
import { lockProgress } from "./match-progress.ts";
import { sumOf, textOfUnits } from "./model.ts";
import { updateOpenFindings } from "./open-findings.ts";
import { bankCurrenciesOf, NO_FIRST_DAYS } from "./first-days.ts";
import { rematch } from "./rematch.ts";
import type { MatchContext } from "./route-rules.ts";

export interface MatchByHandOptions {
  readonly db: Database;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Reason for a decision, and who decided it. */
interface Reasoned {
  readonly reason: string;
  /** The subject of the caller's token. */
  readonly by: string;
}

interface MatchRequest extends Reasoned {
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
}

/** Decisions of people about matches. Each takes effect in the transaction that stores it. */
export interface MatchByHand {
  /** @returns id of the decision @throws ServiceError NOT_FOUND | INVALID_INPUT | CONFLICT */
  matchPayout(tenantId: string, request: MatchRequest): Promise<string>;
  /** @returns id of the decision @throws ServiceError NOT_FOUND | CONFLICT */
  unmatchPayout(tenantId: string, payoutId: string, decision: Reasoned): Promise<string>;
  /** @throws ServiceError NOT_FOUND */
  undoMatchDecision(tenantId: string, decisionId: string, by: string): Promise<void>;
}

const NOTHING_MATCHED = { firstDays: NO_FIRST_DAYS, firstReadsOver: false };

export function createMatchByHand({ db, now }: MatchByHandOptions): MatchByHand {
  async function decide<T>(
    tenantId: string,
    work: (tx: Transaction, context: MatchContext) => Promise<{ readonly ids: readonly string[]; readonly result: T }>,
  ): Promise<T> {
    return db.transaction(tenantId, async (tx) => {
      const progress = await lockProgress(tx, "wait");
      const context = await contextOf(tx, now(), progress ?? NOTHING_MATCHED);
      const { ids, result } = await work(tx, context);
      const changes = ids.length === 0 ? [] : await rematch(tx, ids, context);
      const findings = await updateOpenFindings(tx, changes);
      await appendEvents(tx, [...eventsOf(changes), ...findings]);
      return result;
    });
  }
  return {
    matchPayout: (tenantId, request) => decide(tenantId, (tx, context) => storeMatch(tx, request, context)),
    unmatchPayout: (tenantId, payoutId, decision) => decide(tenantId, (tx) => storeUnmatch(tx, payoutId, decision)),
    undoMatchDecision: (tenantId, decisionId, by) => decide(tenantId, (tx) => undo(tx, decisionId, by)),
  };
}

async function storeMatch(
  tx: Transaction,
  { payoutIds, transactionIds, ...reasoned }: MatchRequest,
  context: MatchContext,
) {
  requireTypes("payoutIds", payoutIds, "Payout");
  requireTypes("bankTransactionIds", transactionIds, "BankTransaction");
  // A currency in which no bank has reported a transaction yet is that of these transactions.
  const arrivals = await loadArrivals(tx, transactionIds, context.routes);
  const bankCurrencies = new Set([...bankCurrenciesOf(context.firstDays), ...arrivals.map(({ currency }) => currency)]);
  const payouts = (await loadPayouts(tx, payoutIds, context.routes, bankCurrencies)).map(({ payout }) => payout);
  requireAll("payoutIds", payoutIds, payouts, "must be payouts that can arrive: not deleted, failed or canceled");
  requireAll("bankTransactionIds", transactionIds, arrivals, "must be booked transactions that are no reversals");
  const ids = [...payoutIds, ...transactionIds];
  const other = (await findDecisions(tx, ids)).find(({ kind }) => kind === "MATCH");
  if (other !== undefined) {
    throw new ServiceError("CONFLICT", `an object is matched by the decision ${other.id}: undo it first`);
  }
  const [first] = payouts;
  const differing = [...payouts, ...arrivals].find(
    ({ currency, direction }) => currency !== first?.currency || direction !== first.direction,
  );
  if (differing !== undefined) {
    throw new ServiceError(
      "INVALID_INPUT",
      `${differing.id} must have the currency and direction of the other objects`,
    );
  }
  const residue = sumOf(payouts) - sumOf(arrivals);
  const objects = [...payouts, ...arrivals].map(({ id, sourceId }) => ({ id, sourceId }));
  const result = await insertDecision(tx, { kind: "MATCH", residue: textOfUnits(residue), objects, ...reasoned });
  return { ids, result };
}

async function storeUnmatch(tx: Transaction, payoutId: string, reasoned: Reasoned) {
  requireTypes("payoutId", [payoutId], "Payout");
  const [item] = await findItems(tx, [payoutId]);
  if (item === undefined) throw new ServiceError("NOT_FOUND", "there is no payout with this id that is matched");
  if (item.matchId === null) throw new ServiceError("CONFLICT", "payoutId must be a payout that is matched");
  if (item.decisionId !== null) {
    throw new ServiceError("CONFLICT", `the payout is matched by the decision ${item.decisionId}: undo it instead`);
  }
  const members = await tx.query<{ id: string; sourceId: string; type: string }>(
    `select id, source_id as "sourceId", object_type as type from reconciliation_items where match_id = $1 order by id`,
    [item.matchId],
  );
  const objects = members.filter(({ id, type }) => type === "BankTransaction" || id === payoutId);
  const result = await insertDecision(tx, { kind: "UNMATCH", residue: null, objects, ...reasoned });
  return { ids: members.map(({ id }) => id), result };
}

async function undo(tx: Transaction, decisionId: string, by: string) {
  const rows = await tx.query<{ undone: boolean }>(
    "select undone_at is not null as undone from payout_match_decisions where id = $1",
    [decisionId],
  );
  const [row] = rows;
  if (row === undefined) throw new ServiceError("NOT_FOUND", "there is no decision with this id");
  if (row.undone) return { ids: [], result: undefined };
  const members = await tx.query<{ id: string }>(
    "update payout_match_decision_objects set joins = false where decision_id = $1 returning object_id as id",
    [decisionId],
  );
  await tx.query("update payout_match_decisions set undone_at = now(), undone_by = $2 where id = $1", [decisionId, by]);
  return { ids: members.map(({ id }) => id), result: undefined };
}

interface NewDecision extends Reasoned {
  readonly kind: "MATCH" | "UNMATCH";
  readonly residue: string | null;
  readonly objects: readonly { readonly id: string; readonly sourceId: string }[];
}

async function insertDecision(tx: Transaction, { kind, residue, objects, reason, by }: NewDecision): Promise<string> {
  const id = randomUUID();
  await tx.query(
    `insert into payout_match_decisions (tenant_id, id, source_id, kind, reason, decided_by, decided_at, residue)
     values ($1, $2, $3, $4, $5, $6, now(), $7)`,
    [tx.tenantId, id, objects[0]?.sourceId, kind, reason, by, residue],
  );
  await tx.query(
    `insert into payout_match_decision_objects (tenant_id, decision_id, object_id, source_id, object_type, joins)
     select $1, $2, one.id, one.source_id, one.type, $3 from unnest($4::text[], $5::text[], $6::text[]) as one (id, source_id, type)`,
    [
      tx.tenantId,
      id,
      kind === "MATCH",
      objects.map((one) => one.id),
      objects.map((one) => one.sourceId),
      objects.map((one) => typeOfId(one.id)),
    ],
  );
  return id;
}

function requireTypes(argument: string, ids: readonly string[], type: string): void {
  const wrong = ids.find((id) => typeOfId(id) !== type);
  if (wrong === undefined) return;
  throw new ServiceError(
    "INVALID_INPUT",
    `${argument} must be global ids of objects of the type ${type}, got ${JSON.stringify(wrong)}`,
  );
}

function requireAll(
  argument: string,
  ids: readonly string[],
  found: readonly { readonly id: string }[],
  expectation: string,
): void {
  const missing = ids.find((id) => !found.some((one) => one.id === id));
  if (missing !== undefined) throw new ServiceError("INVALID_INPUT", `${argument} ${expectation}; ${missing} is not`);
}
