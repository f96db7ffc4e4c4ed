import { z } from "zod";
import type { Query } from "./service-database.ts";
import type { StripeProcess } from "./stripe-process.ts";

/** Expected stored form of an upstream object: an independent interpretation of Stripe's own JSON. */
export interface Expected {
  readonly table: string;
  readonly externalId: string;
  /** Column values as text; null for SQL null. */
  readonly columns: Readonly<Record<string, string | null>>;
}

const wire = z.looseObject({ id: z.string() });
const list = z.object({ objects: z.array(wire), deleted: z.array(z.string()) });
type Wire = z.infer<typeof wire>;

/**
 * Number of decimal places: in Stripe's amounts, and in ISO 4217 where that differs. Deliberately listed here again.
 */
const EXPONENTS: Readonly<Record<string, readonly [stripe: number, iso: number]>> = {
  jpy: [0, 0],
  krw: [0, 0],
  kwd: [3, 3],
  bhd: [3, 3],
  isk: [2, 0],
  ugx: [2, 0],
};

function minor(amount: unknown, currency: unknown): string {
  const [stripe, iso] = EXPONENTS[text(currency) ?? ""] ?? [2, 2];
  const units = BigInt(text(amount) ?? "");
  return String(iso >= stripe ? units * 10n ** BigInt(iso - stripe) : units / 10n ** BigInt(stripe - iso));
}

/** Converts a JSON scalar into text. */
function text(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
const upper = (value: unknown): string | null => text(value)?.toUpperCase() ?? null;

type Reading = (object: Wire, refunds: readonly Wire[]) => Expected[];

/** Returns whether a refund moved money: one that only releases an authorisation has no balance transaction. */
const isPaidBack = (refund: Wire) => refund["status"] === "succeeded" && refund["balance_transaction"] !== null;

/** Refunded amount of a charge, added up from its refunds and not taken from the charge's own figure. */
function paidBackOf(charge: Wire, refunds: readonly Wire[]): string {
  const own = refunds.filter((refund) => refund["charge"] === charge.id && isPaidBack(refund));
  const sum = own.reduce((total, refund) => total + BigInt(text(refund["amount"]) ?? ""), 0n);
  return minor(String(sum), charge["currency"]);
}

function refundStatus(refund: Wire): string | null {
  if (refund["status"] === "succeeded") return isPaidBack(refund) ? "SUCCEEDED" : "RELEASED";
  return upper(refund["status"]);
}

const money = (object: Wire) => ({
  amount_minor: minor(object["amount"], object["currency"]),
  currency: upper(object["currency"]),
  raw_status: text(object["status"]),
});

const billing = z
  .object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    address: z.object({ postal_code: z.string().nullish() }).nullish(),
  })
  .nullish();

/** The payer, with each part taken from a field that the service processes separately. */
function payer(details: unknown) {
  const parsed = billing.parse(details);
  return {
    "payer_details ->> 'name'": parsed?.name ?? null,
    "payer_details ->> 'email'": parsed?.email ?? null,
    "payer_details -> 'address' ->> 'postalCode'": parsed?.address?.postal_code ?? null,
  };
}

const READINGS: Readonly<Record<string, Reading>> = {
  customer: (object) => [
    { table: "parties", externalId: object.id, columns: { name: text(object["name"]), email: text(object["email"]) } },
  ],
  payment_intent: (object) => [
    {
      table: "payments",
      externalId: object.id,
      columns: { ...money(object), captured_minor: minor(object["amount_received"], object["currency"]) },
    },
  ],
  charge: (object, refunds) => {
    const captured = { captured_minor: minor(object["amount_captured"], object["currency"]) };
    const refunded = { refunded_minor: paidBackOf(object, refunds) };
    const attempt = {
      table: "payment_attempts",
      externalId: object.id,
      columns: { ...money(object), ...captured, ...refunded, ...payer(object["billing_details"]) },
    };
    if (object["payment_intent"] !== null) return [attempt];
    return [attempt, { table: "payments", externalId: object.id, columns: { ...money(object), ...captured } }];
  },
  refund: (object) => [
    { table: "refunds", externalId: object.id, columns: { ...money(object), status: refundStatus(object) } },
  ],
  dispute: (object) => [{ table: "disputes", externalId: object.id, columns: money(object) }],
  payout: (object) => [{ table: "payouts", externalId: object.id, columns: money(object) }],
  balance_transaction: (object) => [
    {
      table: "ledger_entries",
      externalId: object.id,
      columns: {
        gross_minor: minor(object["amount"], object["currency"]),
        fee_minor: minor(object["fee"], object["currency"]),
        net_minor: minor(object["net"], object["currency"]),
        currency: upper(object["currency"]),
        exchange_rate: text(object["exchange_rate"]),
      },
    },
  ],
};

export interface Truth {
  readonly present: readonly Expected[];
  /** `table externalId` of deleted objects. */
  readonly deleted: ReadonlySet<string>;
}

/** Reads the complete current state of the sandbox. */
export async function readTruth(stripe: Pick<StripeProcess, "control">): Promise<Truth> {
  const present: Expected[] = [];
  const deleted = new Set<string>();
  const refunds = list.parse(await stripe.control("GET", "objects?type=refund")).objects;
  for (const [type, reading] of Object.entries(READINGS)) {
    const answer = list.parse(await stripe.control("GET", `objects?type=${type}`));
    present.push(...answer.objects.flatMap((object) => reading(object, refunds)));
    if (type === "customer") for (const id of answer.deleted) deleted.add(`parties ${id}`);
  }
  return { present, deleted };
}

/** Returns a description of every difference between the store and the sandbox; none when they are equal. */
export async function differences(truth: Truth, query: Query): Promise<string[]> {
  const found: string[] = [];
  for (const [table, expected] of Map.groupBy(truth.present, (object) => object.table)) {
    const columns = Object.keys(expected[0]?.columns ?? {});
    const rows = await query(
      `select external_id, deleted_at is not null as deleted, ${columns.map((column) => `(${column})::text as "${column}"`).join(", ")} from sluice.${table}`,
    );
    const stored = new Map(rows.map((row) => [text(row["external_id"]) ?? "", row]));
    for (const object of expected) {
      const row = stored.get(object.externalId);
      stored.delete(object.externalId);
      if (row === undefined) found.push(`${table} ${object.externalId} is missing`);
      else if (row["deleted"] === true) found.push(`${table} ${object.externalId} is deleted`);
      else {
        for (const [column, value] of Object.entries(object.columns)) {
          if (row[column] !== value) {
            found.push(`${table} ${object.externalId} ${column}: ${text(row[column])}, upstream ${value}`);
          }
        }
      }
    }
    for (const [externalId, row] of stored) {
      const wasDeleted = truth.deleted.has(`${table} ${externalId}`);
      if (!wasDeleted) found.push(`${table} ${externalId} is not at the upstream`);
      else if (row["deleted"] !== true) found.push(`${table} ${externalId} is not deleted`);
    }
  }
  return found;
}
