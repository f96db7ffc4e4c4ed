import { currencyExponent } from "../../domain/currency.ts";
import type { LedgerEntryRate } from "../../domain/payout-route.ts";
import { searchWords } from "../../domain/search-words.ts";
import type { Transaction } from "../../store/database.ts";
import { type Arrival, type ExpectedPayout, UNIT_DIGITS, unitsOf } from "./model.ts";
import {
  datesOf,
  feeOf,
  isComparedByInstructedAmount,
  type PreparedRoute,
  routeOfPayout,
  type Routes,
} from "./route-rules.ts";

/** A name of a payout that transactions may contain. */
export interface PayoutName {
  readonly payoutId: string;
  readonly sourceId: string;
  readonly name: string;
  /** Words of the name; empty for one that only references can contain. */
  readonly words: string;
  /** The word by which it is found. */
  readonly keyWord: string | undefined;
}

export interface PayoutFacts {
  readonly payout: ExpectedPayout;
  readonly accountId: string | null;
  readonly names: readonly PayoutName[];
}

interface PayoutRecordRow extends Record<string, unknown> {
  readonly id: string;
  readonly source_id: string;
  readonly external_id: string;
  readonly account_id: string | null;
  readonly currency: string;
  readonly amount: string;
  readonly day: string;
  readonly reference_list: readonly { readonly scheme: string; readonly value: string }[] | null;
  readonly rate: string | null;
}

/**
 * Loads what is known of payouts that can arrive: not of those that are deleted, have failed, were canceled, have no
 * date of arrival or move no money, nor of those of a currency in which no bank has reported a transaction, unless a
 * route is declared for them.
 */
export async function loadPayouts(
  tx: Transaction,
  ids: readonly string[],
  routes: Routes,
  bankCurrencies: ReadonlySet<string>,
): Promise<readonly PayoutFacts[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<PayoutRecordRow>(PAYOUTS, [ids]);
  return rows.flatMap((row) => {
    const route = routeOfPayout(routes, { sourceId: row.source_id, accountId: row.account_id, currency: row.currency });
    const payout = expectedOf(row, route);
    if (payout === undefined || (route.route.id === "" && !bankCurrencies.has(payout.currency))) return [];
    return [{ payout, accountId: row.account_id, names: namesOf(row) }];
  });
}

const PAYOUTS = `
  select payout.id, payout.source_id, payout.external_id, payout.account_id, payout.currency,
    (payout.amount_minor * power(10::numeric, -payout.exponent::numeric))::text as amount,
    payout.arrival_date::text as day, payout.reference_list,
    (select entry.exchange_rate from ledger_entries as entry
     where entry.origin_id = payout.id and entry.exchange_rate is not null and entry.deleted_at is null
     order by entry.ordered_at desc, entry.id desc limit 1) as rate
  from unnest($1::text[]) as requested (id)
  cross join lateral (select * from payouts where id = requested.id offset 0) as payout
  where payout.content_hash is not null and payout.deleted_at is null and payout.amount_minor <> 0
    and payout.arrival_date is not null and coalesce(payout.status, '') not in ('FAILED', 'CANCELED')`;

function expectedOf(row: PayoutRecordRow, route: PreparedRoute): ExpectedPayout | undefined {
  const paid = unitsOf(row.amount);
  if (paid === undefined) return undefined;
  const rule = route.route.exchange?.by === "LEDGER_ENTRY_RATE" ? route.route.exchange : undefined;
  const size = paid < 0n ? -paid : paid;
  const units = rule === undefined ? size : converted(size, row.rate, rule);
  if (units === undefined || units === 0n) return undefined;
  const fee = feeOf(route, units);
  return {
    id: row.id,
    sourceId: row.source_id,
    route: route.route.id,
    currency: rule?.to ?? row.currency,
    direction: paid < 0n ? "DEBIT" : "CREDIT",
    units,
    ruleUnits: fee > 0n && fee < units ? units - fee : undefined,
    day: row.day,
    ...datesOf(route, row.day),
  };
}

/** Converts an amount, rounded to the smallest unit of the currency as the rule says; undefined without a rate. */
export function converted(units: bigint, rate: string | null, { to, rounding }: LedgerEntryRate): bigint | undefined {
  const factor = rate === null ? undefined : unitsOf(rate);
  const exponent = currencyExponent(to);
  if (factor === undefined || exponent === undefined) return undefined;
  const scale = 10n ** BigInt(2 * UNIT_DIGITS - exponent); // of the product, to the smallest unit
  const product = units * factor;
  const [whole, rest] = [product / scale, product % scale];
  const isUp =
    rounding !== "DOWN" &&
    (rest * 2n > scale || (rest * 2n === scale && (rounding === "HALF_UP" || whole % 2n === 1n)));
  return (whole + (isUp ? 1n : 0n)) * 10n ** BigInt(UNIT_DIGITS - exponent);
}

/** Shorter references occur in any text by chance. */
const MIN_NAME_LENGTH = 4;
/** A text that identifies the recipient, which many payouts share. */
const SHARED_SCHEMES: ReadonlySet<string> = new Set(["statement_descriptor"]);

function namesOf({ id, source_id: sourceId, external_id: externalId, reference_list: references }: PayoutRecordRow) {
  const known = [
    externalId,
    ...(references ?? []).filter(({ scheme }) => !SHARED_SCHEMES.has(scheme)).map(({ value }) => value),
  ].filter((name) => name.length >= MIN_NAME_LENGTH);
  return [...new Set(known)].map((name): PayoutName => {
    const words = /^[ -~]+$/.test(name) ? searchWords(name) : [];
    return { payoutId: id, sourceId, name, words: words.join(" "), keyWord: rarestOf(words) };
  });
}

/** Returns the word that few other names probably have: one with digits, the longest, the last one. */
function rarestOf(words: readonly string[]): string | undefined {
  const hasDigit = (word: string): number => (/\d/.test(word) ? 1 : 0);
  return words.toReversed().toSorted((a, b) => hasDigit(b) - hasDigit(a) || b.length - a.length)[0];
}

interface ArrivalRow extends Record<string, unknown> {
  readonly id: string;
  readonly source_id: string;
  readonly account_id: string | null;
  readonly currency: string;
  readonly direction: string;
  readonly amount: string;
  readonly day: string;
  readonly search_text: string | null;
  readonly reference_values: readonly string[] | null;
  readonly instructed_currency: string | null;
  readonly instructed_amount: string | null;
  readonly rate: string | null;
  readonly unit_currency: string | null;
}

/** Loads the bank transactions that can be arrivals: booked, not deleted, no reversals. */
export async function loadArrivals(
  tx: Transaction,
  ids: readonly string[],
  routes: Routes,
): Promise<readonly Arrival[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<ArrivalRow>(ARRIVALS, [ids]);
  return rows.flatMap((row) => arrivalOf(row, routes) ?? []);
}

function arrivalOf(row: ArrivalRow, routes: Routes): Arrival | undefined {
  const amount = comparedAmountOf(row, routes);
  const units = unitsOf(amount.amount);
  if (units === undefined || units <= 0n) return undefined;
  return {
    id: row.id,
    sourceId: row.source_id,
    accountId: row.account_id ?? undefined,
    currency: amount.currency,
    direction: row.direction,
    units,
    exchange: amount.exchange,
    day: row.day,
    text: ` ${row.search_text ?? ""} `,
    referenceValues: row.reference_values ?? [],
  };
}

/** The booked amount, or the instructed one where a route says so. */
function comparedAmountOf(
  row: ArrivalRow,
  routes: Routes,
): Pick<Arrival, "currency" | "exchange"> & { readonly amount: string } {
  const { currency: bookedCurrency, amount: bookedAmount, instructed_currency: instructedCurrency } = row;
  const booked = { currency: bookedCurrency, amount: bookedAmount, exchange: undefined };
  if (instructedCurrency === null || row.instructed_amount === null) return booked;
  const entry = { sourceId: row.source_id, accountId: row.account_id ?? undefined, bookedCurrency, instructedCurrency };
  if (!isComparedByInstructedAmount(routes, entry)) return booked;
  return {
    currency: instructedCurrency,
    amount: row.instructed_amount,
    exchange: { bookedAmount, bookedCurrency, rate: row.rate, unitCurrency: row.unit_currency },
  };
}

const ARRIVALS = `
  select banked.id, banked.source_id, banked.account_id, banked.currency, banked.direction,
    trim_scale(banked.amount_minor * power(10::numeric, -banked.exponent::numeric))::text as amount,
    coalesce(banked.booking_date, banked.value_date)::text as day, banked.search_text, banked.reference_values,
    instructed.currency as instructed_currency, instructed.amount::text as instructed_amount, instructed.rate,
    instructed.unit_currency
  from unnest($1::text[]) as requested (id)
  cross join lateral (select * from bank_transactions where id = requested.id offset 0) as banked
  left join lateral instructed_amount(banked.amounts, banked.currency) as instructed on true
  where banked.content_hash is not null and banked.deleted_at is null and banked.status = 'BOOKED'
    and banked.is_reversal is not true and coalesce(banked.booking_date, banked.value_date) is not null
    and banked.amount_minor is not null and banked.currency is not null and banked.direction is not null`;
