import type { CurrencySums } from "../src/graph/loaders/models.ts";
import type { Money } from "../src/domain/money.ts";
import type { QueryResolvers } from "./__generated__/types.ts";
import type { Context } from "./context.ts";
import { requireListFilter } from "./list-filter.ts";

/** Returns a sum in the currency of its row. */
function moneyIn({ currency, exponent }: Pick<CurrencySums<string>, "currency" | "exponent">, minor: bigint): Money {
  return { minor, currency, exponent };
}

/** Checks the filter of totals as that of a list. @throws ServiceError INVALID_INPUT naming the field */
async function checked<Filter extends object>(
  context: Context,
  filter: Filter | null | undefined,
): Promise<Filter | Record<never, never>> {
  await requireListFilter(context, filter ?? {});
  return filter ?? {};
}

export const paymentTotals: NonNullable<QueryResolvers["paymentTotals"]> = async (_root, args, context) => {
  const { count, sums } = await context.loaders.totals.Payment(await checked(context, args.filter));
  return {
    count,
    sums: sums.map((row) => ({
      currency: row.currency,
      count: row.count,
      amount: moneyIn(row, row.sums.amount),
      captured: moneyIn(row, row.sums.captured),
    })),
  };
};

export const refundTotals: NonNullable<QueryResolvers["refundTotals"]> = async (_root, args, context) =>
  amountTotals(await context.loaders.totals.Refund(await checked(context, args.filter)));

export const payoutTotals: NonNullable<QueryResolvers["payoutTotals"]> = async (_root, args, context) =>
  amountTotals(await context.loaders.totals.Payout(await checked(context, args.filter)));

/** Returns sums in one currency each. */
export function amountTotals({
  count,
  sums,
}: {
  readonly count: number;
  readonly sums: readonly CurrencySums<"amount">[];
}) {
  return {
    count,
    sums: sums.map((row) => ({ currency: row.currency, count: row.count, amount: moneyIn(row, row.sums.amount) })),
  };
}

export const ledgerEntryTotals: NonNullable<QueryResolvers["ledgerEntryTotals"]> = async (_root, args, context) => {
  const { count, sums } = await context.loaders.totals.LedgerEntry(await checked(context, args.filter));
  return {
    count,
    sums: sums.map((row) => ({
      currency: row.currency,
      count: row.count,
      gross: moneyIn(row, row.sums.gross),
      fee: moneyIn(row, row.sums.fee),
      net: moneyIn(row, row.sums.net),
    })),
  };
};

export const bankTransactionTotals: NonNullable<QueryResolvers["bankTransactionTotals"]> = async (
  _root,
  args,
  context,
) => {
  const { count, sums } = await context.loaders.totals.BankTransaction(await checked(context, args.filter));
  return {
    count,
    sums: sums.map((row) => ({
      currency: row.currency,
      count: row.count,
      credits: moneyIn(row, row.sums.credits),
      debits: moneyIn(row, row.sums.debits),
      net: moneyIn(row, row.sums.credits - row.sums.debits),
    })),
  };
};
