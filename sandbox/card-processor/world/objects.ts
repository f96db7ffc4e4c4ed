/** Kinds of objects that have a list of their own, by the names of their messages in the contract. */
export const KINDS = ["Cardholder", "Payment", "Refund", "Dispute", "Settlement", "LedgerEntry"] as const;
export type Kind = (typeof KINDS)[number];

/** A time: RFC 3339 in UTC with milliseconds. */
export type Time = string;

interface Base {
  readonly id: string;
  readonly createdAt: Time;
}

// The fields are those of the contract, in the notation of Protobuf's JSON mapping. Amounts are in minor units.

export interface Cardholder extends Base {
  readonly name?: string;
  readonly email?: string;
  readonly merchantReference?: string;
  readonly deletedAt?: Time;
}

export interface Payment extends Base {
  readonly cardholderId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly status: `PAYMENT_STATUS_${
    | "PENDING"
    | "AUTHORIZED"
    | "PARTIALLY_CAPTURED"
    | "CAPTURED"
    | "DECLINED"
    | "REVERSED"
    | "EXPIRED"}`;
  readonly capturedAmount: bigint;
  readonly refundedAmount: bigint;
  readonly description: string;
  readonly orderReference: string;
  readonly authorizations: readonly Authorization[];
}

export interface Authorization extends Base {
  readonly amount: bigint;
  readonly status: `AUTHORIZATION_STATUS_${"APPROVED" | "DECLINED" | "REVERSED" | "EXPIRED" | "COMPLETED"}`;
  readonly card: {
    readonly network: string;
    readonly maskedNumber: string;
    readonly expiryMonth: number;
    readonly expiryYear: number;
  };
  readonly expiresAt: Time;
  readonly increments: readonly { readonly amount: bigint; readonly createdAt: Time }[];
  readonly captures: readonly {
    readonly id: string;
    readonly amount: bigint;
    readonly createdAt: Time;
    readonly isFinal: boolean;
  }[];
  readonly reversedAmount: bigint;
  readonly refundedAmount: bigint;
  readonly decline?: { readonly code: string; readonly responseCode: string; readonly mayRetry: boolean };
  readonly networkReference: string;
}

export interface Refund extends Base {
  readonly paymentId: string;
  readonly authorizationId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly status: `REFUND_STATUS_${"PENDING" | "COMPLETED" | "FAILED"}`;
  readonly reason: string;
  readonly failureReason?: string;
}

export interface Dispute extends Base {
  readonly paymentId: string;
  readonly authorizationId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly stage: `DISPUTE_STAGE_${"RETRIEVAL" | "CHARGEBACK" | "PRE_ARBITRATION" | "ARBITRATION"}`;
  readonly status: `DISPUTE_STATUS_${"RESPONSE_REQUIRED" | "UNDER_REVIEW" | "WON" | "LOST" | "ACCEPTED"}`;
  readonly reasonCode: string;
  readonly reason: string;
  readonly respondBy?: Time;
}

/** `google.type.Money` */
export interface MoneyMessage {
  readonly currencyCode: string;
  readonly units: bigint;
  readonly nanos: number;
}

export interface Settlement extends Base {
  readonly status: `SETTLEMENT_STATUS_${"SCHEDULED" | "SENT" | "PAID" | "RETURNED"}`;
  readonly gross: MoneyMessage;
  readonly fees: MoneyMessage;
  readonly net: MoneyMessage;
  /** `YYYY-MM-DD` */
  readonly arrivalDate: string;
  readonly bankAccount: {
    readonly id: string;
    readonly holder: string;
    readonly ibanLast4: string;
    readonly currency: string;
    readonly bankName: string;
  };
  readonly bankReference: string;
  readonly returnReason?: string;
  readonly entryCount: number;
}

export interface LedgerEntry extends Base {
  readonly kind: `LEDGER_ENTRY_KIND_${
    | "CAPTURE"
    | "REFUND"
    | "REFUND_FAILURE"
    | "CHARGEBACK"
    | "CHARGEBACK_REVERSAL"
    | "SETTLEMENT"
    | "SETTLEMENT_RETURN"}`;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly currency: string;
  readonly originId: string;
  readonly availableAt: Time;
  readonly settlementId?: string;
  readonly description: string;
}

export interface Objects {
  readonly Cardholder: Cardholder;
  readonly Payment: Payment;
  readonly Refund: Refund;
  readonly Dispute: Dispute;
  readonly Settlement: Settlement;
  readonly LedgerEntry: LedgerEntry;
}

/** The state of an object after one change. */
export interface Stored<K extends Kind = Kind> {
  readonly kind: K;
  readonly id: string;
  /** Number of the change among all changes. */
  readonly sequence: bigint;
  readonly updatedAtMs: number;
  /** Undefined for an object that a test has put. */
  readonly value: Objects[K] | undefined;
  /** Bytes of the message as a test has put them, in base64; sent unchanged. */
  readonly wire: string | undefined;
}
