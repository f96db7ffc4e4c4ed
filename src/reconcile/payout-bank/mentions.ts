import { addDays } from "../../domain/payout-route.ts";
import type { Transaction } from "../../store/database.ts";
import type { PayoutFacts, PayoutName } from "./facts.ts";
import type { Arrival, ExpectedPayout, Mention } from "./model.ts";
import { canArriveAs, EARLY_DAYS, NAMED_LATE_DAYS, type Routes } from "./route-rules.ts";

/** Returns the mentions of these payouts and in these transactions. */
export async function findMentions(tx: Transaction, ids: readonly string[]): Promise<readonly Mention[]> {
  return tx.query<{ payoutId: string; transactionId: string; name: string }>(
    `select payout_id as "payoutId", transaction_id as "transactionId", name from payout_mentions where payout_id = any($1)
     union select payout_id, transaction_id, name from payout_mentions where transaction_id = any($1)`,
    [ids],
  );
}

/** Replaces the names of these payouts. */
export async function replaceNames(
  tx: Transaction,
  payoutIds: readonly string[],
  facts: readonly PayoutFacts[],
): Promise<void> {
  if (payoutIds.length === 0) return;
  const names = facts.flatMap((one) => one.names);
  await tx.query(
    `with incoming as materialized (
       select * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as one (payout_id, source_id, name, words, key_word)
     ), deleted as (
       delete from payout_names as existing where payout_id = any($2)
         and not exists (select from incoming where incoming.payout_id = existing.payout_id and incoming.name = existing.name)
     )
     insert into payout_names (tenant_id, payout_id, source_id, name, words, key_word)
     select $1, payout_id, source_id, name, words, key_word from incoming on conflict do nothing`,
    [
      tx.tenantId,
      payoutIds,
      names.map(({ payoutId }) => payoutId),
      names.map(({ sourceId }) => sourceId),
      names.map(({ name }) => name),
      names.map(({ words }) => words),
      names.map(({ keyWord }) => keyWord ?? null),
    ],
  );
}

/** Objects whose mentions are determined again. */
export interface Mentionable {
  /** All payouts whose mentions are replaced. */
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
  /** Those of them that can arrive, and have arrived. */
  readonly payouts: readonly PayoutFacts[];
  readonly arrivals: readonly Arrival[];
}

/**
 * Replaces the mentions of these payouts and in these transactions.
 * @param load loads expected payouts and arrivals by their ids
 */
export async function replaceMentions(
  tx: Transaction,
  objects: Mentionable,
  routes: Routes,
  load: {
    readonly payouts: (ids: readonly string[]) => Promise<readonly ExpectedPayout[]>;
    readonly arrivals: (ids: readonly string[]) => Promise<readonly Arrival[]>;
  },
): Promise<void> {
  const payouts = new Map(objects.payouts.map(({ payout }) => [payout.id, payout]));
  const arrivals = new Map(objects.arrivals.map((arrival) => [arrival.id, arrival]));
  const possible = [
    ...(await findTransactionsWithNames(tx, objects.payouts)),
    ...(await findPayoutsNamedIn(tx, objects.arrivals)),
  ];
  const missing = <Own>(known: ReadonlyMap<string, Own>, ids: readonly string[]): readonly string[] => [
    ...new Set(ids.filter((id) => !known.has(id))),
  ];
  for (const one of await load.payouts(
    missing(
      payouts,
      possible.map(({ payoutId }) => payoutId),
    ),
  ))
    payouts.set(one.id, one);
  for (const one of await load.arrivals(
    missing(
      arrivals,
      possible.map(({ transactionId }) => transactionId),
    ),
  )) {
    arrivals.set(one.id, one);
  }
  const found = new Map<string, Mention & { readonly sourceId: string }>();
  for (const { payoutId, transactionId, name, words } of possible) {
    const [payout, arrival] = [payouts.get(payoutId), arrivals.get(transactionId)];
    if (payout === undefined || arrival === undefined) continue;
    if (!contains(arrival, name, words) || !isWithinDays(payout, arrival) || !canArriveAs(routes, payout, arrival))
      continue;
    const key = `${transactionId} ${payoutId}`;
    const other = found.get(key);
    if (other === undefined || name < other.name)
      found.set(key, { payoutId, transactionId, name, sourceId: arrival.sourceId });
  }
  await writeMentions(tx, objects, [...found.values()]);
}

function contains({ text, referenceValues }: Arrival, name: string, words: string): boolean {
  return referenceValues.includes(name) || (words !== "" && text.includes(` ${words} `));
}

function isWithinDays(payout: ExpectedPayout, { day }: Arrival): boolean {
  return day >= addDays(payout.day, -EARLY_DAYS) && day <= addDays(payout.day, NAMED_LATE_DAYS);
}

interface PossibleMention extends Mention, Record<string, unknown> {
  readonly words: string;
}

/**
 * Finds the transactions that contain the words of a name, in any order, or the name as a reference. Values in
 * subqueries are unknown to the planner, which therefore uses the indexes: see list-bank-transactions.ts.
 */
async function findTransactionsWithNames(
  tx: Transaction,
  payouts: readonly PayoutFacts[],
): Promise<readonly PossibleMention[]> {
  const names: readonly PayoutName[] = payouts.flatMap((one) => one.names);
  if (names.length === 0) return [];
  await tx.query("select merge_bank_search()");
  return tx.query<PossibleMention>(
    `select one.payout_id as "payoutId", found.id as "transactionId", one.name, one.words
     from unnest($2::text[], $3::text[], $4::text[]) as one (payout_id, name, words)
     cross join lateral (
       select id from bank_text_search as search
       where one.words <> '' and search.words @@ (
         select string_agg(prefix || word, ' & ')::tsquery
         from unnest(string_to_array(one.words, ' ')) as word cross join search_prefix($1) as prefix)
       union
       select id from bank_text_search as search
       where jsonb_set('{}', array[search.tenant_id], search.reference_values)
         @> (select jsonb_build_object($1::text, array[one.name]))
     ) as found`,
    [
      tx.tenantId,
      names.map(({ payoutId }) => payoutId),
      names.map(({ name }) => name),
      names.map(({ words }) => words),
    ],
  );
}

/** Finds the payouts of which a transaction contains the longest word of a name, or the name as a reference. */
async function findPayoutsNamedIn(tx: Transaction, arrivals: readonly Arrival[]): Promise<readonly PossibleMention[]> {
  if (arrivals.length === 0) return [];
  const words = arrivals.flatMap(({ id, text }) =>
    [...new Set(text.trim().split(" "))].map((word) => [id, word] as const),
  );
  const references = arrivals.flatMap(({ id, referenceValues }) =>
    referenceValues.map((value) => [id, value] as const),
  );
  return tx.query<PossibleMention>(
    `select known.payout_id as "payoutId", one.id as "transactionId", known.name, known.words
     from unnest($1::text[], $2::text[]) as one (id, word)
     cross join lateral (select * from payout_names where key_word = one.word offset 0) as known
     union
     select known.payout_id, one.id, known.name, known.words
     from unnest($3::text[], $4::text[]) as one (id, value)
     cross join lateral (select * from payout_names where name = one.value offset 0) as known`,
    [
      words.map(([id]) => id),
      words.map(([, word]) => word),
      references.map(([id]) => id),
      references.map(([, value]) => value),
    ],
  );
}

async function writeMentions(
  tx: Transaction,
  { payoutIds, transactionIds }: Mentionable,
  mentions: readonly (Mention & { readonly sourceId: string })[],
): Promise<void> {
  await tx.query("delete from payout_mentions where payout_id = any($1)", [payoutIds]);
  await tx.query("delete from payout_mentions where transaction_id = any($1)", [transactionIds]);
  if (mentions.length === 0) return;
  await tx.query(
    `insert into payout_mentions (tenant_id, transaction_id, payout_id, source_id, name)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])
     on conflict (tenant_id, transaction_id, payout_id) do update set name = excluded.name`,
    [
      tx.tenantId,
      mentions.map(({ transactionId }) => transactionId),
      mentions.map(({ payoutId }) => payoutId),
      mentions.map(({ sourceId }) => sourceId),
      mentions.map(({ name }) => name),
    ],
  );
}
