import type { StatementBalance } from "./bank.ts";
import { closingOf, isInterim, openingOf } from "./booked-balances.ts";
import { addMoney, type Money, negated } from "./money.ts";

/**
 * Kinds of balances that a movement is between. BOOKED: OPBD, PRCD or ITBD and CLBD or ITBD. EXPECTED: OPBD or PRCD and
 * XPCD. AVAILABLE: OPAV or ITAV and CLAV or ITAV. INFORMATION: OPAV, OPBD or PRCD and INFO. Source: ISO 20022 external
 * code list BalanceType.
 */
export type MovementKind = "BOOKED" | "EXPECTED" | "AVAILABLE" | "INFORMATION";

/** Change of an account in one currency between two balances of one kind in the same message. */
export interface BalanceMovement {
  readonly kind: MovementKind;
  readonly currency: string;
  readonly from: StatementBalance;
  readonly to: StatementBalance;
  readonly money: Money;
}

/**
 * Returns for each currency the movement that states most precisely which entries it covers; none if no two balances
 * fit together.
 */
export function movementsOf(balances: readonly StatementBalance[]): readonly BalanceMovement[] {
  const currencies = new Set(balances.map(({ money }) => money.currency));
  return [...currencies].flatMap((currency) => {
    const own = balances.filter(({ money }) => money.currency === currency);
    const found = bookedPair(own) ?? expectedPair(own) ?? availablePair(own) ?? informationPair(own);
    return found === undefined ? [] : [{ ...found, currency, money: difference(found.from, found.to) }];
  });
}

type Pair = Pick<BalanceMovement, "kind" | "from" | "to">;
type Balances = readonly StatementBalance[];

function bookedPair(balances: Balances): Pair | undefined {
  return pairOf("BOOKED", openingOf(balances), () => closingOf(balances));
}

function expectedPair(balances: Balances): Pair | undefined {
  return pairOf("EXPECTED", wholeOpeningOf(balances), (from) => lastLike(from, balances, ["XPCD"]));
}

function availablePair(balances: Balances): Pair | undefined {
  const from = balanceOf(balances, "OPAV") ?? balanceOf(balances, "ITAV");
  return pairOf(
    "AVAILABLE",
    from,
    (opening) => lastLike(opening, balances, ["CLAV"]) ?? lastLike(opening, balances, ["ITAV"]),
  );
}

function informationPair(balances: Balances): Pair | undefined {
  const from = balanceOf(balances, "OPAV") ?? wholeOpeningOf(balances);
  return pairOf("INFORMATION", from, (opening) => lastLike(opening, balances, ["INFO"]));
}

/** A single balance is no movement, even if it could be either end. */
function pairOf(
  kind: MovementKind,
  from: StatementBalance | undefined,
  closing: (from: StatementBalance) => StatementBalance | undefined,
): Pair | undefined {
  const to = from && closing(from);
  return from === undefined || to === undefined || to === from ? undefined : { kind, from, to };
}

/** OPBD or PRCD. */
function wholeOpeningOf(balances: Balances): StatementBalance | undefined {
  const found = openingOf(balances);
  return found === undefined || isInterim(found) ? undefined : found;
}

/** First balance of that code: the one without a sub-type if there is one. */
function balanceOf(balances: Balances, code: string): StatementBalance | undefined {
  const some = balances.filter((balance) => balance.code === code);
  return some.find(({ subType }) => subType === undefined) ?? some[0];
}

/** Only balances of the same sub-type are two states of the same quantity. */
function lastLike(from: StatementBalance, balances: Balances, codes: readonly string[]): StatementBalance | undefined {
  return balances.findLast(({ code, subType }) => codes.includes(code) && subType === from.subType);
}

function difference(from: StatementBalance, to: StatementBalance): Money {
  return addMoney(to.money, negated(from.money));
}
