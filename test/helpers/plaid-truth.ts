import { z } from "zod";
import type { TestSandbox } from "../../sandbox/plaid/testing.ts";
import { decimalOf, unitsOf } from "../../sandbox/plaid/world/amounts.ts";

const truthWire = z.object({
  accounts: z.array(
    z.object({ id: z.string(), currency: z.string(), available: z.string().nullable(), booked: z.string().nullable() }),
  ),
  transactions: z.array(
    z.object({
      id: z.string(),
      accountId: z.string(),
      amount: z.string(),
      currency: z.string(),
      pending: z.boolean(),
      replaces: z.string().nullable(),
      isOneOfSeveral: z.boolean(),
      day: z.string(),
    }),
  ),
  put: z.array(z.string()),
});

interface Money {
  readonly amount: string;
  readonly currency: string;
}

interface AccountNode {
  readonly externalId: string;
  readonly currency: string;
  readonly balances: readonly { readonly kind: string; readonly money: Money }[];
}

interface TransactionNode {
  readonly sourceIds: readonly { readonly externalId: string; readonly isCurrent: boolean }[];
  readonly account: { readonly externalId: string };
  readonly amount: Money;
  readonly direction: "DEBIT" | "CREDIT";
  readonly status: "PENDING" | "BOOKED";
  readonly bookingDate: string | null;
  readonly valueDate: string | null;
}

export type Ask = <Data>(query: string) => Promise<Data>;

/**
 * Data of the source `plaid-main` that the GraphQL API returns and Plaid does not have (`-`), and vice versa (`+`);
 * none when they are equal.
 */
export async function differencesToPlaid(ask: Ask, sandbox: TestSandbox): Promise<readonly string[]> {
  const truth = truthWire.parse(await sandbox.control("GET", "truth"));
  const expected = new Set(linesOf(truth));
  const put = new Set(truth.put);
  const shared = new Set(truth.transactions.filter((one) => one.isOneOfSeveral).map(({ id }) => id));
  const actual = new Set(await linesInGraph(ask, put, shared));
  return [
    ...[...actual.difference(expected)].map((line) => `- ${line}`),
    ...[...expected.difference(actual)].map((line) => `+ ${line}`),
  ].toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

function linesOf({ accounts, transactions }: z.infer<typeof truthWire>): readonly string[] {
  return [
    ...accounts.map(({ id, currency, available, booked }) => `account ${id} ${currency} ${available} ${booked}`),
    ...transactions.map(({ id, accountId, amount, currency, pending, replaces, isOneOfSeveral, day }) =>
      [
        "transaction",
        isOneOfSeveral ? "shared" : replaces,
        id,
        accountId,
        amount,
        currency,
        pending ? "PENDING" : "BOOKED",
        day,
      ].join(" "),
    ),
  ];
}

/**
 * @param put transactions that tests wrote themselves, which are not in Plaid's expected data
 * @param shared transactions that share their pending transaction with others: any of them may continue it
 */
async function linesInGraph(
  ask: Ask,
  put: ReadonlySet<string>,
  shared: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { accounts } = await ask<{ accounts: { nodes: readonly AccountNode[] } }>(
    '{ accounts(first: 100, filter: { sourceIds: ["plaid-main"] }) { nodes { externalId currency balances { kind money { amount currency } } } } }',
  );
  const transactions = await allTransactions(ask);
  return [
    ...accounts.nodes.map(accountLine),
    ...transactions
      .filter(({ sourceIds }) => !sourceIds.some((id) => put.has(id.externalId)))
      .map((node) => transactionLine(node, shared)),
  ];
}

async function allTransactions(ask: Ask): Promise<readonly TransactionNode[]> {
  const all: TransactionNode[] = [];
  for (let after: string | null = null; ;) {
    const { bankTransactions }: TransactionPage = await ask<TransactionPage>(`{
      bankTransactions(first: 100, after: ${JSON.stringify(after)}, filter: { sourceIds: ["plaid-main"] }) {
        nodes { sourceIds { externalId isCurrent } account { externalId } amount { amount currency } direction status
          bookingDate valueDate }
        pageInfo { hasNextPage endCursor }
      } }`);
    all.push(...bankTransactions.nodes);
    if (!bankTransactions.pageInfo.hasNextPage) return all;
    after = bankTransactions.pageInfo.endCursor;
  }
}

interface TransactionPage {
  readonly bankTransactions: {
    readonly nodes: readonly TransactionNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

function accountLine({ externalId, currency, balances }: AccountNode): string {
  const of = (kindOf: string): string => {
    const found = balances.find(({ kind }) => kind === kindOf);
    // An amount in a currency other than the account's must be recognisable.
    return found === undefined
      ? "null"
      : plain(found.money.amount) + (found.money.currency === currency ? "" : found.money.currency);
  };
  return `account ${externalId} ${currency} ${of("AVAILABLE")} ${of("BOOKED")}`;
}

function transactionLine(node: TransactionNode, shared: ReadonlySet<string>): string {
  const { sourceIds, account, amount, direction, status, bookingDate, valueDate } = node;
  const current = sourceIds.findLastIndex(({ isCurrent }) => isCurrent);
  const id = sourceIds[current]?.externalId ?? "";
  const ids = [shared.has(id) ? "shared" : sourceIds[current - 1]?.externalId, id];
  const signed = plain(`${direction === "DEBIT" ? "-" : ""}${amount.amount}`);
  const day = status === "PENDING" ? valueDate : bookingDate;
  return ["transaction", ...ids, account.externalId, signed, amount.currency, status, day].join(" ");
}

/** Removes zeros that only reflect how an amount was written. */
const plain = (amount: string): string => decimalOf(unitsOf(amount));
