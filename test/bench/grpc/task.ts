/** Messages of one unary call. */
export const PAGE = 100;
/** Concurrent unary calls. */
export const CONCURRENT = 8;

/** What both sides make of a payment, so that they do the same work. */
export interface MappedPayment {
  readonly id: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly status: string | undefined;
  readonly createdAt: string;
  readonly fee: bigint;
}

/** A payment in the form of grpc-js. */
export function payment(index: number): Readonly<Record<string, unknown>> {
  return {
    id: `pay_${String(index).padStart(20, "0")}`,
    amount_minor: String(100_000 + index),
    currency: "EUR",
    status: 2,
    created_at: { seconds: String(1_790_000_000 + index), nanos: 500_000_000 },
    fee: { currency_code: "EUR", units: "1", nanos: 250_000_000 },
    labels: { order: `o-${index}` },
    card_token: "tok_visa",
  };
}

/** Calls of a client with the same mapping. */
export interface Client {
  /** Fetches one page and maps it; returns the number of payments. */
  page(): Promise<number>;
  /** Reads and maps messages of a stream until `count` of them were read. */
  stream(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Throws unless the mapped payment is right: a benchmark of wrong values measures nothing. */
export function check({ minor, currency, status, createdAt, fee }: MappedPayment): void {
  const isRight = minor >= 100_000n && currency === "EUR" && status === "PAYMENT_STATUS_SETTLED" && fee === 125n;
  if (!isRight || !createdAt.startsWith("2026-")) throw new Error("a payment was mapped wrongly");
}
