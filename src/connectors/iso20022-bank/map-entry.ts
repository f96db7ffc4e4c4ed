import type {
  BankDate,
  BankEntry,
  BankTransactionCode,
  EntryStatus,
  Charge,
  Counterparty,
  Direction,
  NamedAmount,
  Remittance,
  ReturnReason,
  TransactionDetail,
} from "../../domain/bank.ts";
import { addMoney, exactMoney, type Money, negated } from "../../domain/money.ts";
import type { Reference } from "../../domain/values.ts";
import type {
  CamtAmount,
  CamtAmountDetail,
  CamtCharge,
  CamtDate,
  CamtDetail,
  CamtDirection,
  CamtEntry,
  CamtReference,
  CamtReturn,
  CamtSide,
  CamtTransactionCode,
} from "../../protocols/iso20022/camt.ts";

const DIRECTION = { CRDT: "CREDIT", DBIT: "DEBIT" } as const satisfies Record<CamtDirection, Direction>;
/**
 * External code list "EntryStatus". A code that is not in it is kept raw, and the entry does not count in any total.
 */
const STATUS: ReadonlyMap<string, EntryStatus> = new Map([
  ["BOOK", "BOOKED"],
  ["PDNG", "PENDING"],
  ["INFO", "INFORMATION"],
  ["FUTR", "FUTURE"],
]);

export function moneyOf({ units, scale, currency }: CamtAmount): Money {
  return exactMoney(units, scale, currency);
}

export function dateOf(date: CamtDate | undefined): BankDate | undefined {
  return date && { date: date.date, time: date.text.length > 10 ? date.text : undefined };
}

/** Maps every entry: an unreadable one never gets here. */
export function mapEntry(entry: CamtEntry): BankEntry {
  const details = entry.details.map(mapDetail);
  const [only] = details.length === 1 ? details : [];
  const own: readonly CamtReference[] = [
    ...named("AcctSvcrRef", entry.accountServicerReference),
    ...named("NtryRef", entry.entryReference),
  ];
  return {
    direction: DIRECTION[entry.direction],
    amount: moneyOf(entry.amount),
    isReversal: entry.isReversal,
    status: entry.status === undefined ? "BOOKED" : STATUS.get(entry.status),
    rawStatus: entry.status ?? "",
    booked: dateOf(entry.bookingDate),
    valued: dateOf(entry.valueDate),
    code: codeOf(entry.code) ?? only?.code,
    references: distinct([...own.map(referenceOf), ...(only?.references ?? [])]),
    counterparty: only && counterpartyOf(only, DIRECTION[entry.direction], entry.isReversal),
    remittance: remittanceText(only?.remittance) ?? only?.additionalInfo ?? entry.additionalInfo,
    creditorReference: only?.remittance.creditorReferences[0]?.value,
    returnReason: only?.returnReason,
    amounts: distinctAmounts([...entry.amounts.map(mapAmount), ...(only?.amounts ?? [])]),
    ...chargesOf(entry, only),
    batches: entry.batches.map(({ messageId, paymentInformationId, count, total }) => ({
      ...present({ messageId, paymentInformationId, count }),
      ...(total && { total: moneyOf(total) }),
    })),
    additionalInfo: entry.additionalInfo,
    details,
    detailsMatch: matchDetails(entry),
  };
}

/**
 * Compares the details with the entry. A detail with the opposite direction to the entry is subtracted: a fee that was
 * deducted from a credit. Currencies are never added.
 */
function matchDetails({ amount, direction, details }: CamtEntry): BankEntry["detailsMatch"] {
  const whole = moneyOf(amount);
  let sum = negated(whole);
  for (const detail of details) {
    if (detail.amount?.currency !== amount.currency) return "NONE";
    const money = moneyOf(detail.amount);
    sum = addMoney(sum, detail.direction === direction ? money : negated(money));
  }
  if (details.length === 0) return "NONE";
  return sum.minor === 0n ? "EQUAL" : "DIFFER";
}

function mapDetail(detail: CamtDetail): TransactionDetail {
  const { remittance } = detail;
  const debtor = sideOf(detail.debtor);
  const creditor = sideOf(detail.creditor);
  const code = codeOf(detail.code);
  return {
    direction: DIRECTION[detail.direction],
    ...(detail.amount && { amount: moneyOf(detail.amount) }),
    ...present({ amountFrom: detail.amountFrom, purpose: detail.purpose, additionalInfo: detail.additionalInfo }),
    amounts: detail.amounts.map(mapAmount),
    charges: detail.charges.map(mapCharge),
    ...(detail.chargesTotal && { chargesTotal: moneyOf(detail.chargesTotal) }),
    references: detail.references.map(referenceOf),
    ...(code && { code }),
    ...(debtor && { debtor }),
    ...(creditor && { creditor }),
    remittance: {
      unstructured: remittance.unstructured,
      creditorReferences: remittance.creditorReferences.map(({ value, type, issuer }) => ({
        value,
        ...present({ type, issuer }),
      })),
      additional: remittance.additional,
    },
    ...(detail.returned && { returnReason: returnOf(detail.returned) }),
  };
}

/**
 * Returns the counterparty: the debtor of a credit, the creditor of a debit; for a reversal the opposite one if it is
 * the only one named.
 */
function counterpartyOf(
  { debtor, creditor }: TransactionDetail,
  direction: Direction,
  isReversal: boolean,
): Counterparty | undefined {
  const payer = direction === "CREDIT" ? debtor : creditor;
  const other = direction === "CREDIT" ? creditor : debtor;
  return isReversal ? (other ?? payer) : (payer ?? undefined);
}

function sideOf({ party, account, agent, ultimate }: CamtSide): Counterparty | undefined {
  const number = account && (account.iban ?? account.other);
  const side = {
    ...present({ name: party?.name, bic: agent?.bic, bankName: agent?.name, ultimateName: ultimate?.name }),
    identifiers: (party?.identifiers ?? []).map(referenceOf),
    ...(number !== undefined && {
      account: { scheme: account?.iban === undefined ? "account" : "iban", value: number },
    }),
  };
  return Object.keys(side).length === 1 && side.identifiers.length === 0 ? undefined : side;
}

/** Converts the name of a reference: `EndToEndId` becomes `endToEndId`; `UETR` and `BIC` count as whole words. */
export function referenceOf({ name, value }: CamtReference): Reference {
  const scheme = /^[A-Z0-9]+$/.test(name) ? name.toLowerCase() : name.charAt(0).toLowerCase() + name.slice(1);
  return { scheme, value };
}

function codeOf(code: CamtTransactionCode | undefined): BankTransactionCode | undefined {
  const found = code && present({ ...code });
  return found && Object.keys(found).length > 0 ? found : undefined;
}

function mapAmount({ name, amount, exchange }: CamtAmountDetail): NamedAmount {
  return { name, money: moneyOf(amount), ...(exchange && { exchange: present({ ...exchange }) }) };
}

/**
 * Returns the entry's own charges, or else those of its only detail; individual charges of the detail take precedence
 * over a total of the entry.
 */
function chargesOf(entry: CamtEntry, only: TransactionDetail | undefined): Pick<BankEntry, "charges" | "chargesTotal"> {
  const own = entry.charges.map(mapCharge);
  const below = only?.charges ?? [];
  const isOnlyTotal = own.every(({ isTotal }) => isTotal === true);
  const total = entry.chargesTotal === undefined ? only?.chargesTotal : moneyOf(entry.chargesTotal);
  return { charges: isOnlyTotal && below.length > 0 ? below : own, ...(total && { chargesTotal: total }) };
}

function mapCharge({ amount, direction, isIncluded, type, isTotal, tax }: CamtCharge): Charge {
  return {
    money: moneyOf(amount),
    ...(direction && { direction: DIRECTION[direction] }),
    ...present({ isIncluded, type }),
    ...(isTotal && { isTotal }),
    ...(tax && {
      tax: { ...present({ id: tax.id, rate: tax.rate }), ...(tax.amount && { money: moneyOf(tax.amount) }) },
    }),
  };
}

function returnOf({ code, proprietary, additional }: CamtReturn): ReturnReason {
  return { ...present({ code, proprietary }), additional };
}

function remittanceText(remittance: Remittance | undefined): string | undefined {
  const text = remittance?.unstructured.join("\n");
  return text === "" ? undefined : text;
}

function named(name: string, value: string | undefined): CamtReference[] {
  return value === undefined ? [] : [{ name, value }];
}

function distinct(references: readonly Reference[]): readonly Reference[] {
  return [...new Map(references.map((reference) => [`${reference.scheme} ${reference.value}`, reference])).values()];
}

function distinctAmounts(amounts: readonly NamedAmount[]): readonly NamedAmount[] {
  const keyOf = ({ name, money }: NamedAmount): string => `${name} ${money.currency} ${money.minor} ${money.exponent}`;
  return [...new Map(amounts.map((amount) => [keyOf(amount), amount])).values()];
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Returns the value without its undefined fields. */
function present<T extends object>(value: T): Present<T> {
  // with the same keys
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Present<T>;
}
