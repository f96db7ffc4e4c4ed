import { CURRENCIES, exponentOf } from "./currencies.ts";
import type { LedgerEntry } from "./objects.ts";
import { DAY_MS, timeOf } from "./times.ts";
import type { World } from "./world.ts";

/** Time after which captured money can be paid out. */
const AVAILABLE_AFTER_MS = 2 * DAY_MS;
/** Share of a capture that is its fee, in thousandths. */
const FEE_PER_MILLE = 14n;
/** Fee of a chargeback in whole units of the currency. */
const CHARGEBACK_FEE = 15n;

/** A movement of the balance. */
export interface Movement {
  readonly kind: LedgerEntry["kind"];
  /** Minor units; negative for a debit. */
  readonly gross: bigint;
  readonly currency: string;
  readonly originId: string;
  readonly description: string;
}

/** Books a movement, with the fee of its kind. */
export function book(world: World, movement: Movement, atMs: number): void {
  const fee = feeOf(movement);
  const waits = movement.kind === "LEDGER_ENTRY_KIND_CAPTURE" ? AVAILABLE_AFTER_MS : 0;
  const entry: LedgerEntry = {
    id: world.newId("led"),
    createdAt: timeOf(atMs),
    ...movement,
    fee,
    net: movement.gross - fee,
    availableAt: timeOf(atMs + waits),
  };
  world.put("LedgerEntry", entry, atMs);
}

function feeOf({ kind, gross, currency }: Movement): bigint {
  if (kind === "LEDGER_ENTRY_KIND_CAPTURE") return (gross * FEE_PER_MILLE) / 1000n;
  return kind === "LEDGER_ENTRY_KIND_CHARGEBACK" ? CHARGEBACK_FEE * 10n ** BigInt(exponentOf(currency)) : 0n;
}

/** Money in one currency that was not paid out, in minor units. */
export interface Funds {
  readonly currency: string;
  readonly available: bigint;
  readonly pending: bigint;
}

/** The merchant's balance in each currency in which it ever had money. */
export function fundsOf(world: World, nowMs: number): readonly Funds[] {
  const entries = world.values("LedgerEntry");
  return CURRENCIES.flatMap(([currency]) => {
    let [available, pending, count] = [0n, 0n, 0];
    for (const entry of entries) {
      if (entry.currency !== currency) continue;
      count += 1;
      if (Date.parse(entry.availableAt) <= nowMs) available += entry.net;
      else pending += entry.net;
    }
    return count === 0 ? [] : [{ currency, available, pending }];
  });
}
