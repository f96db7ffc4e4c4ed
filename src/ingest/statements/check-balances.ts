import type { StatementBalance, StatementPart } from "../../domain/bank.ts";
import { closingOf, openingOf } from "../../domain/booked-balances.ts";
import type { StatementCheck } from "../../domain/entities.ts";
import { addMoney, exactMoney, type Money, negated } from "../../domain/money.ts";
import { statesEntries } from "./compare-control-totals.ts";
import { movementOfTotals } from "./movement-of-totals.ts";

/**
 * Checks whether balances and entries add up, for each currency that has a balance or a booked entry. Where no page
 * lists an entry and the control totals say that there are some, the totals are used instead.
 */
export function checkBalances(
  pages: readonly StatementPart[],
  balances: readonly StatementBalance[],
): readonly StatementCheck[] {
  const totals = pages.flatMap((part) => part.totals);
  const currencies = new Set([...balances.map(({ money }) => money.currency), ...totals.map((t) => t.booked.currency)]);
  const isUnlisted = pages.every(({ entries }) => entries === 0);
  const byTotals = isUnlisted && pages.some(({ summary }) => summary !== undefined && statesEntries(summary));
  const currency = currencyOfTotals(pages, currencies);
  return [...currencies].map((one) => {
    const ends = endsOf(balances.filter(({ money }) => money.currency === one));
    if (byTotals && (currency === undefined || currency === one)) {
      const check = currency === undefined ? undefined : checkByTotals(pages, one, ends);
      return (
        check ?? { currency: one, ...ends, booked: exactMoney(0n, 0, one), basis: "ENTRIES", difference: undefined }
      );
    }
    const zero = exactMoney(0n, 0, one);
    const booked = addMoney(zero, ...totals.flatMap((t) => (t.booked.currency === one ? [t.booked] : [])));
    return { currency: one, ...ends, booked, basis: "ENTRIES", difference: differenceOf(ends, booked) };
  });
}

type Ends = Pick<StatementCheck, "opening" | "closing">;

function endsOf(balances: readonly StatementBalance[]): Ends {
  const [opening, last] = [openingOf(balances), closingOf(balances)];
  // A single interim balance is both the first and the last one: it says nothing about what was booked.
  return { opening, closing: last === opening ? undefined : last };
}

function differenceOf({ opening, closing }: Ends, booked: Money): Money | undefined {
  return opening && closing && addMoney(closing.money, negated(opening.money), negated(booked));
}

/** Control totals have no currency: they are in the account's currency, or in the only one. */
function currencyOfTotals(pages: readonly StatementPart[], currencies: ReadonlySet<string>): string | undefined {
  const [only] = currencies;
  if (currencies.size <= 1) return only;
  return pages.map(({ account }) => account.currency).find((own) => own !== undefined && currencies.has(own));
}

/**
 * Undefined where the totals do not state what was booked. Where this is uncertain, they can only confirm that a
 * statement balances.
 */
function checkByTotals(pages: readonly StatementPart[], currency: string, ends: Ends): StatementCheck | undefined {
  const movement = movementOfTotals(pages);
  if (movement === undefined) return undefined;
  const booked = exactMoney(movement.units, movement.scale, currency);
  const difference = differenceOf(ends, booked);
  if (!movement.isCertain && difference?.minor !== 0n) return undefined;
  return { currency, ...ends, booked, basis: "CONTROL_TOTALS", difference };
}
