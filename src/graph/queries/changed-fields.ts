import type { EntityType } from "../../domain/ids.ts";
import { addDocument, type FieldValueModel, type FieldValues, moneyValue, plainValue } from "./field-value.ts";

/** Values of columns, as a trigger records them: amounts as text, times in RFC 3339, documents as JSON. */
export type ColumnValues = Readonly<Record<string, unknown>>;

/** A change of one field of the graph. */
export interface FieldChangeModel {
  /** Path of the field within its type: `status`, `error.code`. */
  readonly field: string;
  readonly before: FieldValueModel | null;
  readonly after: FieldValueModel | null;
}

/** Field of the graph, the columns that it consists of, and its values. */
interface HistoryField {
  readonly field: string;
  /** A change of one of these is a change of the field. */
  readonly columns: readonly string[];
  readonly add: (values: Map<string, FieldValueModel>, columns: ColumnValues) => void;
}

function single(
  field: string,
  columns: readonly string[],
  value: (columns: ColumnValues) => FieldValueModel | undefined,
): HistoryField {
  return {
    field,
    columns,
    add(values, from) {
      const found = value(from);
      if (found !== undefined) values.set(field, found);
    },
  };
}

/** Text, number, flag, day or list, in the field that is named like its column. */
const plain = (field: string, column = columnOf(field)): HistoryField =>
  single(field, [column], ({ [column]: value }) => plainValue(value));

const time = (field: string, column = columnOf(field)): HistoryField =>
  single(field, [column], ({ [column]: value }) =>
    typeof value === "string" ? { text: new Date(value).toISOString() } : undefined,
  );

/** Reference to another object. */
const link = (field: string, column = `${columnOf(field)}_id`): HistoryField =>
  single(field, [column], ({ [column]: value }) =>
    typeof value === "string" ? { text: value, entityId: value } : undefined,
  );

const amount = (field: string, column = `${columnOf(field)}_minor`): HistoryField =>
  single(field, [column, "currency", "exponent"], ({ [column]: minor, currency, exponent }) =>
    moneyValue(minor, currency, exponent),
  );

/** Document whose members are fields of their own. */
const document = (field: string, column = columnOf(field)): HistoryField => ({
  field,
  columns: [column],
  add: (values, { [column]: value }) => addDocument(values, field, value),
});

function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Day of a period, or the time if the bank gives one. */
const bankDate = (field: string): HistoryField =>
  single(field, [columnOf(field)], ({ [columnOf(field)]: value }) => {
    const { time: at, date } = (value ?? {}) as { readonly time?: unknown; readonly date?: unknown }; // a bank date or null
    return plainValue(at ?? date);
  });

/** Whether a payout's lines are known, as `Payout.composition` says. */
const composition = single(
  "composition.state",
  ["disclosure", "lines_known_at"],
  ({ disclosure, lines_known_at: knownAt }) => {
    if (disclosure === "NOT_DISCLOSED") return { text: "NOT_DISCLOSED" };
    const isUnknown = (disclosure ?? null) === null && (knownAt ?? null) === null;
    return isUnknown ? undefined : { text: (knownAt ?? null) === null ? "PENDING" : "COMPLETE" };
  },
);

const STATUS = [plain("status"), plain("rawStatus")] as const;
const REFERENCES = plain("references", "reference_list");
const SHARED = [document("extensions"), time("createdAt"), time("deletedAt")] as const;

/** Fields of each type in the order in which they are listed. */
const FIELDS: Readonly<Record<EntityType, readonly HistoryField[]>> = {
  Party: [plain("kind"), plain("name"), plain("email"), plain("identifiers"), ...SHARED],
  Account: [
    plain("ownership"),
    plain("kind"),
    plain("name"),
    plain("currency"),
    link("owner"),
    plain("identifiers"),
    ...SHARED,
  ],
  Balance: [plain("kind"), amount("money", "minor"), time("asOf")],
  Payment: [
    ...STATUS,
    plain("kind"),
    amount("amount"),
    amount("captured"),
    plain("method"),
    plain("description"),
    link("debtor"),
    link("creditor"),
    REFERENCES,
    ...SHARED,
  ],
  PaymentAttempt: [
    ...STATUS,
    amount("amount"),
    amount("captured"),
    amount("refunded"),
    plain("method"),
    document("error"),
    document("payerDetails"),
    link("payment"),
    ...SHARED,
  ],
  Refund: [
    ...STATUS,
    amount("amount"),
    plain("reason"),
    plain("failureReason"),
    link("payment"),
    link("attempt"),
    ...SHARED,
  ],
  Dispute: [
    ...STATUS,
    amount("amount"),
    plain("reason"),
    plain("stage"),
    time("evidenceDueBy"),
    link("payment"),
    link("attempt"),
    ...SHARED,
  ],
  Payout: [
    ...STATUS,
    amount("amount"),
    plain("arrivalDate"),
    plain("failureReason"),
    link("account"),
    link("destination"),
    REFERENCES,
    composition,
    ...SHARED,
  ],
  LedgerEntry: [
    plain("kind"),
    plain("rawKind"),
    amount("gross"),
    amount("fee"),
    amount("net"),
    plain("exchangeRate"),
    time("availableOn"),
    plain("description"),
    link("account"),
    link("origin"),
    link("payout"),
    ...SHARED,
  ],
  BankTransaction: [
    ...STATUS,
    plain("direction"),
    amount("amount"),
    plain("isReversal"),
    plain("bookingDate"),
    plain("bookingTime"),
    plain("valueDate"),
    plain("valueTime"),
    document("code"),
    REFERENCES,
    plain("creditorReference"),
    plain("remittance"),
    document("counterparty"),
    document("returnReason"),
    plain("amounts"),
    plain("charges"),
    document("chargesTotal"),
    plain("batches"),
    plain("additionalInfo"),
    plain("detailsMatch"),
    plain("detailCount"),
    link("account"),
    link("statement"),
    ...SHARED.slice(0, 1),
    time("deletedAt"),
  ],
  Statement: [
    plain("kind"),
    plain("messageVersion"),
    plain("messageId"),
    plain("statementId", "bank_statement_id"),
    plain("electronicSequence"),
    plain("legalSequence"),
    plain("copyDuplicate"),
    plain("issuedAt"),
    bankDate("periodFrom"),
    bankDate("periodTo"),
    plain("firstDay"),
    plain("lastDay"),
    plain("balances", "balance_list"),
    plain("checks"),
    plain("isBalanced"),
    plain("summary.agrees", "summary_matches"),
    plain("summary.differences", "summary_differences"),
    plain("entryCount"),
    plain("bookedCount"),
    plain("pendingCount"),
    plain("faultyCount"),
    plain("detailsDiffer"),
    plain("pages"),
    plain("isComplete"),
    link("account"),
    ...SHARED,
  ],
};

/** Returns the fields whose changes are listed; the members of a document are listed as fields of their own. */
export function historyFields(type: EntityType): readonly Pick<HistoryField, "field" | "columns">[] {
  return FIELDS[type];
}

/**
 * Returns the fields that differ between two states, in the order of their type.
 * @param before columns before the change; none for an object that is created
 * @param after columns after the change. A column that is in neither has not changed
 */
export function changedFields(type: EntityType, before: ColumnValues, after: ColumnValues): FieldChangeModel[] {
  return FIELDS[type]
    .filter(({ columns }) => columns.some((name) => name in before || name in after))
    .flatMap((field) => {
      const [old, current] = [valuesOf(field, before), valuesOf(field, after)];
      const paths = [...new Set([...old.keys(), ...current.keys()])];
      return paths.map((path) => ({ field: path, before: old.get(path) ?? null, after: current.get(path) ?? null }));
    })
    .filter((change) => change.before?.text !== change.after?.text);
}

function valuesOf({ add }: HistoryField, columns: ColumnValues): FieldValues {
  const values = new Map<string, FieldValueModel>();
  add(values, columns);
  return values;
}
