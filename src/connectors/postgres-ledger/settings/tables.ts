import { z } from "zod";

/** A column's name, as the database has it. */
const column = z.string().min(1).max(63);
const texts = z.array(z.string()).min(1);

/** Value of a column, or one value for all rows. */
const columnOrValue = z.union([column.transform((name) => ({ column: name })), z.strictObject({ value: z.string() })]);

/**
 * How a column holds an amount. There is no default for `as`: reading cents as euros would be wrong by a factor of a
 * hundred.
 */
export const amountSchema = z.strictObject({
  column: column.describe("Column of the amount."),
  as: z
    .enum(["minorUnits", "decimal"])
    .describe("`minorUnits`: whole numbers of the smallest unit; `decimal`: the amount with its decimal places."),
  exponent: z
    .int()
    .min(0)
    .max(18)
    .optional()
    .describe("Decimal places that `minorUnits` stand for. Default: those of the currency in ISO 4217."),
  sign: z
    .union([z.enum(["asStored", "negated"]), z.strictObject({ column, positive: texts, negative: texts })])
    .default("asStored")
    .describe("Where the sign comes from: the number itself, or a column such as a debit/credit mark."),
});

/** How a column holds a time. */
export const timeSchema = z.strictObject({
  column,
  as: z
    .enum(["timestamp", "utcTimestamp", "epochSeconds", "epochMillis"])
    .describe("`timestamp`: timestamptz; `utcTimestamp`: timestamp without time zone, in UTC; else whole numbers."),
});

/** How a column holds one of our enum values: by its own words. An unknown word is kept, and reported. */
function mapped<const Value extends string>(values: readonly [Value, ...Value[]]) {
  return z.union([
    z.strictObject({ column, map: z.record(z.string(), z.enum(values)) }),
    z.strictObject({ value: z.enum(values) }),
  ]);
}

/** Name of a table: with its schema, or in `public`. */
const tableName = z.string().regex(/^[^.]{1,63}(?:\.[^.]{1,63})?$/, "must be a table, or schema.table");
const id = z
  .union([column.transform((name) => [name]), z.array(column).min(1).max(8)])
  .describe("Columns of the primary key, in its order.");

const BALANCE_KINDS = ["AVAILABLE", "BOOKED", "PENDING", "RESERVED", "OPENING", "CLOSING"] as const;

const accounts = z.strictObject({
  table: tableName,
  id,
  name: column.optional(),
  currency: columnOrValue.optional(),
  owner: column.optional().describe("Name or number of the account's owner at the database."),
  number: column.optional(),
  iban: column.optional(),
  ownership: mapped(["INTERNAL", "EXTERNAL"]).default({ value: "INTERNAL" }),
  createdAt: timeSchema.optional(),
  balances: z
    .array(
      z.strictObject({
        kind: z.enum(BALANCE_KINDS),
        amount: amountSchema,
        asOf: timeSchema,
      }),
    )
    .default([])
    .describe("Balances that are columns of this table."),
});

const balances = z.strictObject({
  table: tableName,
  id,
  account: column.describe("Column of the account's id; an index on it helps."),
  kind: mapped(BALANCE_KINDS),
  amount: amountSchema,
  currency: columnOrValue,
  asOf: timeSchema,
});

const ledgerEntries = z.strictObject({
  table: tableName,
  id,
  account: column,
  kind: mapped([
    "PAYMENT",
    "REFUND",
    "DISPUTE",
    "PAYOUT",
    "FEE",
    "ADJUSTMENT",
    "TRANSFER",
    "TOPUP",
    "RESERVE",
    "FINANCING",
  ]),
  amount: amountSchema.describe("Gross amount of the entry; negative where it is taken from the account."),
  fee: amountSchema.optional(),
  currency: columnOrValue,
  createdAt: timeSchema,
  availableOn: timeSchema.optional(),
  description: column.optional(),
});

const bankTransactions = z.strictObject({
  table: tableName,
  id,
  account: column,
  amount: amountSchema.describe("Positive where it is paid into the account."),
  currency: columnOrValue,
  status: mapped(["BOOKED", "PENDING", "INFORMATION", "FUTURE"]).default({ value: "BOOKED" }),
  bookedOn: column.optional().describe("Column of type date."),
  valuedOn: column.optional().describe("Column of type date."),
  createdAt: timeSchema,
  description: column.optional(),
  counterparty: column.optional(),
  reference: column.optional(),
});

const payments = z.strictObject({
  table: tableName,
  id,
  kind: mapped(["PAYIN", "PAYOUT", "TRANSFER"]),
  status: mapped([
    "AWAITING_METHOD",
    "AWAITING_CONFIRMATION",
    "REQUIRES_ACTION",
    "PROCESSING",
    "AUTHORIZED",
    "SUCCEEDED",
    "FAILED",
    "CANCELED",
  ]),
  amount: amountSchema,
  captured: amountSchema.optional(),
  currency: columnOrValue,
  createdAt: timeSchema,
  method: column.optional(),
  description: column.optional(),
  reference: column.optional(),
});

/** Tables of the customer's database, and what their columns mean. */
export const tablesSchema = z
  .strictObject({
    accounts: accounts.optional(),
    balances: balances.optional().describe("Balances that have a table of their own."),
    ledgerEntries: ledgerEntries.optional(),
    bankTransactions: bankTransactions.optional(),
    payments: payments.optional(),
  })
  .refine((tables) => Object.keys(tables).length > 0, "must name a table for at least one stream")
  .refine((tables) => tables.balances === undefined || tables.accounts !== undefined, {
    path: ["balances"],
    message: "needs the table of its accounts",
  })
  .refine((tables) => tables.balances === undefined || tables.accounts?.balances.length === 0, {
    path: ["balances"],
    message: "must not be named if balances are columns of accounts",
  });

export type Tables = z.infer<typeof tablesSchema>;
export type StreamName = keyof Tables;
export type TableOf<Name extends StreamName> = NonNullable<Tables[Name]>;
export type AnyTable = TableOf<StreamName>;
export type AmountSpec = z.infer<typeof amountSchema>;
export type TimeSpec = z.infer<typeof timeSchema>;
export type ColumnOrValue = z.infer<typeof columnOrValue>;
export type Mapped<Value extends string> =
  | { readonly column: string; readonly map: Readonly<Record<string, Value>> }
  | { readonly value: Value };

/** Schema and name of a table in the settings. */
export function nameOf(table: string): { readonly schema: string; readonly name: string } {
  const [first = "", second] = table.split(".");
  return second === undefined ? { schema: "public", name: first } : { schema: first, name: second };
}
