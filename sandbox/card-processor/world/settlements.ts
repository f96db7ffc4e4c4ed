import { accountIn, type Company } from "../../shared/company.ts";
import { CURRENCIES, minorOfMoney, moneyMessage } from "./currencies.ts";
import { book } from "./ledger.ts";
import type { LedgerEntry, Settlement } from "./objects.ts";
import { DAY_MS, dayOf, HOUR_MS, nextWeekday, timeOf } from "./times.ts";
import type { World } from "./world.ts";

/** Settlements are made on Mondays at this time, and arrive on their day at another. */
const MADE_AT_MS = 6 * HOUR_MS;
const ARRIVES_AT_MS = 9 * HOUR_MS;
const MONDAY = 1;
/** The settlement that the bank returns: the second one in this currency. */
const RETURNED = { currency: "USD", index: 1 } as const;

/** Does what has become due until now, at the time when it was due, also while the sandbox was not running. */
export function catchUpSettlements(world: World, company: Company, nowMs: number): void {
  for (let day = Date.parse(world.state().settledThrough) + DAY_MS; day + MADE_AT_MS <= nowMs; day += DAY_MS) {
    if (new Date(day).getUTCDay() === MONDAY)
      for (const [currency] of CURRENCIES) settle(world, company, currency, day + MADE_AT_MS);
    world.setState({ settledThrough: dayOf(day) });
    arrive(world, Math.min(day + DAY_MS - 1, nowMs));
    world.commit();
  }
  arrive(world, nowMs);
  world.commit();
}

/** Pays out what is available in a currency; undefined if that is nothing, or a debt. */
export function settle(world: World, company: Company, currency: string, atMs: number): Settlement | undefined {
  const at = timeOf(atMs);
  const entries = world.values("LedgerEntry").filter((entry) => isDue(entry, currency, at));
  const sum = (amountOf: (entry: LedgerEntry) => bigint): bigint =>
    entries.reduce((total, entry) => total + amountOf(entry), 0n);
  const net = sum((entry) => entry.net);
  if (net <= 0n) return undefined;
  const id = world.newId("stl");
  const settlement: Settlement = {
    id,
    createdAt: at,
    status: "SETTLEMENT_STATUS_SENT",
    gross: moneyMessage(
      sum((entry) => entry.gross),
      currency,
    ),
    fees: moneyMessage(
      sum((entry) => entry.fee),
      currency,
    ),
    net: moneyMessage(net, currency),
    arrivalDate: dayOf(nextWeekday(atMs)),
    bankAccount: bankAccountOf(company, currency),
    bankReference: `CARDPROC-${id.slice(-10).toUpperCase()}`,
    entryCount: entries.length,
  };
  for (const entry of entries) world.put("LedgerEntry", { ...entry, settlementId: id }, atMs);
  bookSettlement(world, settlement, "LEDGER_ENTRY_KIND_SETTLEMENT", atMs);
  world.put("Settlement", settlement, atMs);
  return settlement;
}

/** Ends the way of a settlement that was sent: it arrives, or the bank returns it. */
export function endSettlement(world: World, settlement: Settlement, isReturned: boolean, atMs: number): void {
  if (!isReturned) return world.put("Settlement", { ...settlement, status: "SETTLEMENT_STATUS_PAID" }, atMs);
  const returned = { status: "SETTLEMENT_STATUS_RETURNED", returnReason: "account_closed" } as const;
  world.put("Settlement", { ...settlement, ...returned }, atMs);
  bookSettlement(world, settlement, "LEDGER_ENTRY_KIND_SETTLEMENT_RETURN", atMs);
}

function arrive(world: World, nowMs: number): void {
  const all = world.values("Settlement").toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  for (const settlement of all) {
    const arrivesMs = Date.parse(settlement.arrivalDate) + ARRIVES_AT_MS;
    if (settlement.status !== "SETTLEMENT_STATUS_SENT" || arrivesMs > nowMs) continue;
    const inCurrency = all.filter(({ net }) => net.currencyCode === RETURNED.currency);
    endSettlement(world, settlement, inCurrency[RETURNED.index]?.id === settlement.id, arrivesMs);
  }
}

/** An entry that can be paid out at a time (RFC 3339), and was not yet. */
function isDue(entry: LedgerEntry, currency: string, at: string): boolean {
  const isOwn = entry.kind === "LEDGER_ENTRY_KIND_SETTLEMENT" || entry.kind === "LEDGER_ENTRY_KIND_SETTLEMENT_RETURN";
  return !isOwn && entry.settlementId === undefined && entry.currency === currency && entry.availableAt <= at;
}

function bookSettlement(
  world: World,
  { id, net }: Settlement,
  kind: "LEDGER_ENTRY_KIND_SETTLEMENT" | "LEDGER_ENTRY_KIND_SETTLEMENT_RETURN",
  atMs: number,
): void {
  const amount = minorOfMoney(net);
  const gross = kind === "LEDGER_ENTRY_KIND_SETTLEMENT" ? -amount : amount;
  const description = `Settlement ${id.slice(-6)}`;
  book(world, { kind, gross, currency: net.currencyCode, originId: id, description }, atMs);
}

function bankAccountOf(company: Company, currency: string): Settlement["bankAccount"] {
  return {
    id: `bank_${currency.toLowerCase()}`,
    holder: company.name,
    ibanLast4: accountIn(company, currency)?.iban.slice(-4) ?? "",
    currency,
    bankName: company.bank.name,
  };
}
