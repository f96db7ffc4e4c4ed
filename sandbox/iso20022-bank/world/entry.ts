export type Direction = "CRDT" | "DBIT";

/** An amount of the world: `minor / 10^exponent` of one currency, never negative. */
export interface Amount {
  readonly minor: bigint;
  readonly exponent: number;
  readonly currency: string;
}

export interface Party {
  readonly name: string;
  readonly iban: string | undefined;
  readonly bic: string | undefined;
}

/** References of one transaction, by the name of their element. */
export interface References {
  readonly messageId?: string;
  readonly paymentInformationId?: string;
  readonly instructionId?: string;
  readonly endToEndId?: string;
  readonly uetr?: string;
  readonly transactionId?: string;
  readonly mandateId?: string;
}

/** One transaction of an entry: TxDtls. */
export interface Detail {
  /** Amount in the account's currency. */
  readonly minor: bigint;
  readonly references: References;
  /** Undefined where the bank names none: fees, small card payments. */
  readonly counterparty: Party | undefined;
  readonly remittance: readonly string[];
  /** RF… */
  readonly creditorReference: string | undefined;
  readonly purpose: string | undefined;
  /** Amount instructed in another currency, and the charges that the bank deducted in the account's currency. */
  readonly foreign: { readonly instructed: Amount; readonly rate: string; readonly chargesMinor: bigint } | undefined;
  readonly returned: { readonly code: string; readonly text: string } | undefined;
}

export const ENTRY_KINDS = [
  "customer-payment",
  "supplier-payment",
  "salary-batch",
  "collection-batch",
  "card-settlement",
  "coffee",
  "fee",
  "return",
  "reversal",
  "foreign-payment",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One movement of an account according to the bank. */
export interface Entry {
  /**
   * Internal key in the sandbox, unique in its world: it is in no file, and distinguishes identical entries in the
   * expected data.
   */
  readonly key: string;
  readonly kind: EntryKind;
  readonly minor: bigint;
  /** Effect on the account, also for reversals. */
  readonly direction: Direction;
  readonly isReversal: boolean;
  readonly status: "BOOK" | "PDNG";
  /** `YYYY-MM-DD`; for a pending entry the expected date. */
  readonly bookedOn: string;
  /** `HH:MM:SS` */
  readonly bookedAt: string;
  readonly valueOn: string;
  /** AcctSvcrRef; undefined where the bank assigns none. Not always unique. */
  readonly servicerReference: string | undefined;
  /** BkTxCd/Domn: domain, family, subfamily; and the bank's own code. */
  readonly code: readonly [domain: string, family: string, subfamily: string, proprietary: string];
  readonly info: string | undefined;
  /** Present only for collective entries. */
  readonly batch:
    | { readonly messageId: string; readonly paymentInformationId: string; readonly count: number }
    | undefined;
  /** Details that add up to the entry; empty where the bank provides none. */
  readonly details: readonly Detail[];
}
