import { z } from "zod";
import type { TestSandbox } from "../../src/sandbox/plaid/testing.ts";
import { decimalOf, unitsOf } from "../../src/sandbox/plaid/world/amounts.ts";

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

/** What the graph shows and Plaid has not (`-`), and the other way round (`+`); none when they are in step. */
export async function differencesToPlaid(ask: Ask, sandbox: TestSandbox): Promise<readonly string[]> {
  const truth = truthWire.parse(await sandbox.control("GET", "truth"));
  const expected = new Set(linesOf(truth));
  const put = new Set(truth.put);
  const shown = new Set(await linesShown(ask, put));
  return [
    ...[...shown.difference(expected)].map((line) => `- ${line}`),
    ...[...expected.difference(shown)].map((line) => `+ ${line}`),
  ].toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

function linesOf({ accounts, transactions }: z.infer<typeof truthWire>): readonly string[] {
  return [
    ...accounts.map(({ id, currency, available, booked }) => `account ${id} ${currency} ${available} ${booked}`),
    ...transactions.map(({ id, accountId, amount, currency, pending, replaces, day }) =>
      ["transaction", replaces, id, accountId, amount, currency, pending ? "PENDING" : "BOOKED", day].join(" "),
    ),
  ];
}

/** @param put transactions that tests wrote themselves, which the truth does not know */
async function linesShown(ask: Ask, put: ReadonlySet<string>): Promise<readonly string[]> {
  const { accounts } = await ask<{ accounts: { nodes: readonly AccountNode[] } }>(
    "{ accounts(first: 100) { nodes { externalId currency balances { kind money { amount currency } } } } }",
  );
  const transactions = await allTransactions(ask);
  return [
    ...accounts.nodes.map(accountLine),
    ...transactions.filter(({ sourceIds }) => !sourceIds.some((id) => put.has(id.externalId))).map(transactionLine),
  ];
}

async function allTransactions(ask: Ask): Promise<readonly TransactionNode[]> {
  const all: TransactionNode[] = [];
  for (let after: string | null = null; ;) {
    const { bankTransactions }: TransactionPage = await ask<TransactionPage>(`{
      bankTransactions(first: 100, after: ${JSON.stringify(after)}) {
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
  const of = (wanted: string): string => {
    const found = balances.find(({ kind }) => kind === wanted);
    // An amount in another currency than the account's is to be seen as that.
    return found === undefined
      ? "null"
      : plain(found.money.amount) + (found.money.currency === currency ? "" : found.money.currency);
  };
  return `account ${externalId} ${currency} ${of("AVAILABLE")} ${of("BOOKED")}`;
}

function transactionLine(node: TransactionNode): string {
  const { sourceIds, account, amount, direction, status, bookingDate, valueDate } = node;
  const current = sourceIds.findLastIndex(({ isCurrent }) => isCurrent);
  const ids = [sourceIds[current - 1]?.externalId, sourceIds[current]?.externalId];
  const signed = plain(`${direction === "DEBIT" ? "-" : ""}${amount.amount}`);
  const day = status === "PENDING" ? valueDate : bookingDate;
  return ["transaction", ...ids, account.externalId, signed, amount.currency, status, day].join(" ");
}

/** Without the zeros that say only how an amount was written. */
const plain = (amount: string): string => decimalOf(unitsOf(amount));
