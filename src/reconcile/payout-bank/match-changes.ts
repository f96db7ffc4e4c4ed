import { appendEvents } from "../../events/append.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { bankCurrenciesOf, withFirstDaysOf } from "./first-days.ts";
import { areFirstReadsOver } from "./first-reads.ts";
import { eventsOf } from "./match-events.ts";
import { lockProgress, type MatchProgress, withSweep, withUncomparedSweep, writeProgress } from "./match-progress.ts";
import { updateOpenFindings } from "./open-findings.ts";
import { rematch } from "./rematch.ts";
import { type MatchContext, prepareRoutes } from "./route-rules.ts";
import { allRoutes } from "./stored-routes.ts";
import { sweep } from "./sweep.ts";

export interface MatchOptions {
  readonly db: Database;
  readonly tenantId: string;
  /** Epoch milliseconds of our clock. */
  readonly now: () => number;
}

/** Events of one step: their objects and their neighbourhoods are matched in some hundred milliseconds. */
const MAX_EVENTS = 500;
/** Objects of one step whose usual days are over. */
const MAX_DUE = 500;

/**
 * Matches what has changed since the last step, or, if nothing has, a page of everything that is to be matched again.
 * Only one of several processes does it at a time.
 * @returns true if there may be more to match
 */
export function matchChanges({ db, tenantId, now }: MatchOptions): Promise<boolean> {
  return db.transaction(tenantId, async (tx) => {
    const progress = await lockProgress(tx, "skip");
    if (progress === undefined) return false;
    const firstReadsOver = progress.firstReadsOver || (await areFirstReadsOver(tx));
    const step = await nextStep(tx, { ...progress, firstReadsOver }, now());
    const after = await withKnownDays(tx, step);
    const context = await contextOf(tx, now(), after);
    const changes = step.ids.length === 0 ? [] : await rematch(tx, step.ids, context);
    const findings = await updateOpenFindings(tx, changes);
    await writeProgress(tx, after);
    await appendEvents(tx, [...eventsOf(changes), ...findings]);
    return step.hasMore || after.sweepType !== null;
  });
}

/** Returns what the results depend on besides the changed objects. */
export async function contextOf(
  tx: Transaction,
  nowMs: number,
  { firstDays, firstReadsOver }: Pick<MatchProgress, "firstDays" | "firstReadsOver">,
): Promise<MatchContext> {
  const rows = await tx.query<{ id: string; connector: string }>("select id, connector from sources");
  const connectors = new Map(rows.map(({ id, connector }) => [id, connector]));
  return {
    routes: prepareRoutes(tx.tenantId, await allRoutes(tx), connectors),
    today: dateOf(nowMs),
    firstDays,
    firstReadsOver,
  };
}

export function dateOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

interface Step {
  readonly ids: readonly string[];
  readonly after: MatchProgress;
  readonly hasMore: boolean;
}

async function nextStep(tx: Transaction, progress: MatchProgress, nowMs: number): Promise<Step> {
  const rows = await tx.query<{ seq: bigint; entity_type: string | null; id: string | null }>(
    "select seq, entity_type, entity_id as id from events where seq > $1 order by seq limit $2",
    [progress.seq, MAX_EVENTS],
  );
  const idsOf = (type: string): readonly string[] =>
    rows.flatMap((row) => (row.entity_type === type && row.id !== null ? [row.id] : []));
  const changed = [
    ...idsOf("Payout"),
    ...idsOf("BankTransaction"),
    ...(await convertedPayouts(tx, idsOf("LedgerEntry"))),
  ];
  const after = { ...progress, seq: rows.at(-1)?.seq ?? progress.seq };
  if (changed.length > 0 || rows.length === MAX_EVENTS) {
    return { ids: [...new Set(changed)], after, hasMore: rows.length === MAX_EVENTS };
  }
  const due = after.firstReadsOver ? await findDue(tx, nowMs) : [];
  if (due.length > 0) return { ids: due.map(({ id }) => id), after, hasMore: due.length === MAX_DUE };
  if (after.sweepType === null) return { ids: [], after, hasMore: false };
  const page = await sweep(tx, { ...after, sweepType: after.sweepType });
  return { ids: page.ids, after: { ...after, ...page.next }, hasMore: page.next.sweepType !== null };
}

/** Finds objects whose usual days are over. */
function findDue(tx: Transaction, nowMs: number): Promise<{ id: string }[]> {
  return tx.query(
    `select id from reconciliation_items where state = 'TIMING' and due_on < $1 order by due_on, id limit ${MAX_DUE}`,
    [dateOf(nowMs)],
  );
}

/** The rate of a payout's own ledger entry converts it. */
async function convertedPayouts(tx: Transaction, entryIds: readonly string[]): Promise<readonly string[]> {
  if (entryIds.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select origin_id as id from ledger_entries
     where id = any($1) and origin_type = 'Payout' and exchange_rate is not null and origin_id is not null`,
    [entryIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * Payouts are only expected in currencies in which a bank reports transactions, and of days of which it does. When more
 * is known, those are matched again to which it may matter.
 */
async function withKnownDays(tx: Transaction, { ids, after }: Step): Promise<MatchProgress> {
  const firstDays = await withFirstDaysOf(tx, ids, after.firstDays);
  if (firstDays === after.firstDays) return after;
  const known = { ...after, firstDays };
  const isNewCurrency = bankCurrenciesOf(firstDays).size > bankCurrenciesOf(after.firstDays).size;
  return isNewCurrency ? withSweep(known) : withUncomparedSweep(known);
}
