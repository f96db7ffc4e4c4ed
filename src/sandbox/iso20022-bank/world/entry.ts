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
  /** In the account's currency. */
  readonly minor: bigint;
  readonly references: References;
  /** Undefined where the bank says none: fees, coffees. */
  readonly counterparty: Party | undefined;
  readonly remittance: readonly string[];
  /** RF… */
  readonly creditorReference: string | undefined;
  readonly purpose: string | undefined;
  /** What was instructed in another currency, and what the bank kept of it in the account's. */
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

/** One movement of an account, as the bank knows it. */
export interface Entry {
  /** The sandbox's own name of it, unique in its world: in no file, so that twins can be told apart in the answer key. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly minor: bigint;
  /** The effect on the account, of reversals too. */
  readonly direction: Direction;
  readonly isReversal: boolean;
  readonly status: "BOOK" | "PDNG";
  /** `YYYY-MM-DD`; of a pending entry the expected date. */
  readonly bookedOn: string;
  /** `HH:MM:SS` */
  readonly bookedAt: string;
  readonly valueOn: string;
  /** AcctSvcrRef; undefined where the bank gives none. Not always unique. */
  readonly servicerReference: string | undefined;
  /** BkTxCd/Domn: domain, family, subfamily; and the bank's own code. */
  readonly code: readonly [domain: string, family: string, subfamily: string, proprietary: string];
  readonly info: string | undefined;
  /** Of collective entries. */
  readonly batch:
    | { readonly messageId: string; readonly paymentInformationId: string; readonly count: number }
    | undefined;
  /** In sum the entry; empty where the bank tells none. */
  readonly details: readonly Detail[];
}
