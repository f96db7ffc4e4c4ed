import { z } from "zod";
import type { Query } from "./service-database.ts";
import type { StripeProcess } from "./stripe-process.ts";

/** What an object of the upstream must look like in the store: an independent reading of Stripe's own JSON. */
export interface Expected {
  readonly table: string;
  readonly externalId: string;
  /** Column values as text; null for SQL null. */
  readonly columns: Readonly<Record<string, string | null>>;
}

const wire = z.looseObject({ id: z.string() });
const list = z.object({ objects: z.array(wire), deleted: z.array(z.string()) });
type Wire = z.infer<typeof wire>;

/** Digits after the point: in Stripe's amounts, and in ISO 4217 where that differs. Written down here on purpose. */
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

/** Of a JSON scalar. */
function text(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
const upper = (value: unknown): string | null => text(value)?.toUpperCase() ?? null;

type Reading = (object: Wire) => Expected[];

const money = (object: Wire) => ({
  amount_minor: minor(object["amount"], object["currency"]),
  currency: upper(object["currency"]),
  raw_status: text(object["status"]),
});

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
  charge: (object) => {
    const captured = { captured_minor: minor(object["amount_captured"], object["currency"]) };
    const refunded = { refunded_minor: minor(object["amount_refunded"], object["currency"]) };
    const attempt = {
      table: "payment_attempts",
      externalId: object.id,
      columns: { ...money(object), ...captured, ...refunded },
    };
    if (object["payment_intent"] !== null) return [attempt];
    return [attempt, { table: "payments", externalId: object.id, columns: { ...money(object), ...captured } }];
  },
  refund: (object) => [{ table: "refunds", externalId: object.id, columns: money(object) }],
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
      },
    },
  ],
};

export interface Truth {
  readonly present: readonly Expected[];
  /** `table externalId` of what was deleted. */
  readonly deleted: ReadonlySet<string>;
}

/** Everything that the sandbox holds right now. */
export async function readTruth(stripe: StripeProcess): Promise<Truth> {
  const present: Expected[] = [];
  const deleted = new Set<string>();
  for (const [type, reading] of Object.entries(READINGS)) {
    const answer = list.parse(await stripe.control("GET", `objects?type=${type}`));
    present.push(...answer.objects.flatMap(reading));
    if (type === "customer") for (const id of answer.deleted) deleted.add(`parties ${id}`);
  }
  return { present, deleted };
}

/** Every difference between the store and the truth, in words; none when they are equal. */
export async function differences(truth: Truth, query: Query): Promise<string[]> {
  const found: string[] = [];
  for (const [table, expected] of Map.groupBy(truth.present, (object) => object.table)) {
    const columns = Object.keys(expected[0]?.columns ?? {});
    const rows = await query(
      `select external_id, deleted_at is not null as deleted, ${columns.map((column) => `${column}::text`).join(", ")} from sluice.${table}`,
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
