import type { UnknownValue } from "../../../connector-api/messages.ts";
import type {
  AccountRecord,
  BalanceRecord,
  BankTransactionRecord,
  DomainRecord,
  LedgerEntryRecord,
  PaymentRecord,
} from "../../../domain/entities.ts";
import { referenceValues, searchText } from "../../../domain/found-by.ts";
import { negated } from "../../../domain/money.ts";
import type { Reference } from "../../../domain/values.ts";
import { externalIdOf, type TableRow, ValueProblem } from "./row.ts";
import type { Mapped, StreamName, TableOf, Tables } from "../settings/tables.ts";
import {
  currencyOf,
  dayOf,
  knownOf,
  moneyOf,
  referencesOf,
  requiredText,
  requiredTime,
  textOf,
  timeOf,
} from "./values.ts";

/** What a row means: its objects, the row's own one first, and its values that we do not know. */
export interface MappedRow {
  readonly records: readonly DomainRecord[];
  readonly unknowns: readonly UnknownValue[];
}

type RowMapper<Name extends StreamName> = (row: TableRow, table: TableOf<Name>) => MappedRow;

const MAPS: { readonly [Name in StreamName]: RowMapper<Name> } = {
  accounts: mapAccount,
  balances: mapBalance,
  ledgerEntries: mapLedgerEntry,
  bankTransactions: mapBankTransaction,
  payments: mapPayment,
};

/** Maps a row of a stream's table. @throws ValueProblem | ValueNotSent */
export function mapRow<Name extends StreamName>(row: TableRow, stream: Name, tables: Tables): MappedRow {
  const table = tables[stream];
  if (table === undefined) return { records: [], unknowns: [] };
  return (MAPS[stream] as RowMapper<StreamName>)(row, table); // the table of the same stream
}

/** External id of a balance that is a column of its account. */
export function balanceId(accountId: string, kind: BalanceRecord["kind"]): string {
  return `${accountId}:${kind}`;
}

/** Returns the account's id in the id of a balance that is a column of it; empty for an id of another form. */
export function accountOfBalance(balance: string): string {
  return balance.slice(0, Math.max(0, balance.lastIndexOf(":")));
}

function mapAccount(row: TableRow, table: TableOf<"accounts">): MappedRow {
  const externalId = externalIdOf(row, table.id);
  const currency = table.currency === undefined ? undefined : currencyOf(row, table.currency);
  const ownership = requiredOf(row, table.ownership, "ownership");
  const owner = textOf(row, table.owner);
  const account: AccountRecord = {
    type: "Account",
    externalId,
    createdAt: timeOf(row, table.createdAt),
    ownership,
    kind: "BANK_ACCOUNT",
    name: textOf(row, table.name) ?? owner,
    currency,
    ownerExternalId: undefined,
    identifiers: [...identifier(row, "iban", table.iban), ...identifier(row, "number", table.number)],
    extensions: owner === undefined ? {} : { "postgres-ledger.owner": owner },
  };
  const balances = table.balances.map(({ kind, amount, asOf }): BalanceRecord => {
    if (currency === undefined) throw new ValueProblem(amount.column, "needs the currency of the account");
    return {
      type: "Balance",
      externalId: balanceId(externalId, kind),
      createdAt: undefined,
      accountExternalId: externalId,
      kind,
      money: moneyOf(row, amount, currency),
      asOf: requiredTime(row, asOf),
      extensions: {},
    };
  });
  return { records: [account, ...balances], unknowns: [] };
}

function mapBalance(row: TableRow, table: TableOf<"balances">): MappedRow {
  const balance: BalanceRecord = {
    type: "Balance",
    externalId: externalIdOf(row, table.id),
    createdAt: undefined,
    accountExternalId: requiredText(row, table.account),
    kind: requiredOf(row, table.kind, "kind"),
    money: moneyOf(row, table.amount, currencyOf(row, table.currency)),
    asOf: requiredTime(row, table.asOf),
    extensions: {},
  };
  return { records: [balance], unknowns: [] };
}

/** Returns a value that our model cannot be without. @throws ValueProblem for a word that the settings do not map */
function requiredOf<Value extends string>(row: TableRow, spec: Mapped<Value>, field: string): Value {
  const { value } = knownOf(row, spec);
  if (value !== undefined) return value;
  throw new ValueProblem(
    "column" in spec ? spec.column : field,
    `must be a word that the settings map to its ${field}`,
  );
}

function identifier(row: TableRow, scheme: string, column: string | undefined): readonly Reference[] {
  const value = textOf(row, column);
  return value === undefined ? [] : [{ scheme, value: value.trim() }];
}

function mapLedgerEntry(row: TableRow, table: TableOf<"ledgerEntries">): MappedRow {
  const currency = currencyOf(row, table.currency);
  const gross = moneyOf(row, table.amount, currency);
  const feeMinor = table.fee === undefined ? 0n : moneyOf(row, table.fee, currency).minor;
  const kind = knownOf(row, table.kind);
  const record: LedgerEntryRecord = {
    type: "LedgerEntry",
    externalId: externalIdOf(row, table.id),
    createdAt: requiredTime(row, table.createdAt),
    accountExternalId: requiredText(row, table.account),
    kind: kind.value,
    rawKind: kind.raw,
    gross,
    feeMinor,
    netMinor: gross.minor - feeMinor,
    originType: undefined,
    originExternalId: undefined,
    availableOn: timeOf(row, table.availableOn),
    description: textOf(row, table.description),
    exchangeRate: undefined,
    extensions: {},
  };
  return { records: [record], unknowns: kind.unknowns };
}

function mapBankTransaction(row: TableRow, table: TableOf<"bankTransactions">): MappedRow {
  const signed = moneyOf(row, table.amount, currencyOf(row, table.currency));
  const isDebit = signed.minor < 0n;
  const status = knownOf(row, table.status);
  const name = textOf(row, table.counterparty);
  const [booked, valued] = [dayOf(row, table.bookedOn), dayOf(row, table.valuedOn)];
  const texts = {
    direction: isDebit ? "DEBIT" : "CREDIT",
    amount: isDebit ? negated(signed) : signed,
    references: referencesOf(row, table.reference),
    counterparty: name === undefined ? undefined : { name, identifiers: [] },
    remittance: textOf(row, table.description),
    additionalInfo: undefined,
    details: [],
  } as const;
  const record: BankTransactionRecord = {
    type: "BankTransaction",
    externalId: externalIdOf(row, table.id),
    createdAt: requiredTime(row, table.createdAt),
    accountExternalId: requiredText(row, table.account),
    statementExternalId: undefined,
    ...texts,
    isReversal: false,
    status: status.value,
    rawStatus: status.raw,
    booked: booked === undefined ? undefined : { date: booked, time: undefined },
    valued: valued === undefined ? undefined : { date: valued, time: undefined },
    code: undefined,
    creditorReference: undefined,
    returnReason: undefined,
    amounts: [],
    charges: [],
    batches: [],
    detailsMatch: "NONE",
    detailCount: 0,
    referenceValues: referenceValues(texts),
    searchText: searchText(texts),
    extensions: {},
  };
  return { records: [record], unknowns: status.unknowns };
}

function mapPayment(row: TableRow, table: TableOf<"payments">): MappedRow {
  const currency = currencyOf(row, table.currency);
  const status = knownOf(row, table.status);
  const amount = moneyOf(row, table.amount, currency);
  const captured = table.captured === undefined ? undefined : moneyOf(row, table.captured, currency).minor;
  const record: PaymentRecord = {
    type: "Payment",
    externalId: externalIdOf(row, table.id),
    createdAt: requiredTime(row, table.createdAt),
    kind: requiredOf(row, table.kind, "kind"),
    status: status.value,
    rawStatus: status.raw,
    amount,
    capturedMinor: captured ?? (status.value === "SUCCEEDED" ? amount.minor : 0n),
    debtorExternalId: undefined,
    creditorExternalId: undefined,
    method: textOf(row, table.method),
    description: textOf(row, table.description),
    references: referencesOf(row, table.reference),
    extensions: {},
  };
  return { records: [record], unknowns: status.unknowns };
}
