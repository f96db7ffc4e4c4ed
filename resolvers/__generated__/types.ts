import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PartyRow, AccountRow, BalanceRow, PaymentRow, PaymentAttemptRow, RefundRow, DisputeRow, PayoutRow, LedgerEntryRow, BankTransactionRow, TransactionDetailRow, SourceIdRow, StatementRow, StatementLinkRow, StatementComparisonRow, PayoutMatchModel, FileRow, SourceModel, BudgetStateRow, SourceWebhooksModel, StreamStateRow, SyncRunRow, SyncRunStreamRow, DeliveryRow, VerificationRow, DeliveryAttemptRow, DeliveryEffectRow, DeliveryConflictRow, QuarantinedRecordRow, FindingRow, FreshnessModel, RawPointer } from '../../src/loaders/models.ts';
import type { StatementCheck as StatementCheckModel } from '../../src/domain/entities.ts';
import type { Money as MoneyModel } from '../../src/domain/money.ts';
import type { StreamItem } from '../../src/events/stream-item.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A whole number of any size as text: `9007199254740993`. As input an integer literal is accepted too. */
  BigInt: { input: bigint; output: bigint; }
  /** An ISO 4217 currency code in upper case: `EUR`. Going out it may also be what a source calls a currency that is in no standard: `BTC`. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar date without a time zone: `2026-11-22`. */
  Date: { input: string; output: string; }
  /** A moment in UTC, RFC 3339 with milliseconds: `2026-11-22T17:24:24.000Z`. As input any RFC 3339 offset is accepted. */
  DateTime: { input: string; output: string; }
  /** An exact decimal number as text: `10.50`. Never a float, so no digit is lost. */
  Decimal: { input: string; output: string; }
  /** A position in the event log, opaque. Valid for the tenant that it was given to, and only there. */
  EventCursor: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** A place that holds money: a processor's balance, a bank account, a card. */
export type Account = Node & {
  readonly __typename?: 'Account';
  /** Its balances by kind and currency; at most 100. Null, with an error, when the operation asks for more fresh objects than one may. */
  readonly balances?: Maybe<ReadonlyArray<Balance>>;
  /** Entries of this account at its bank, by booking date, the latest first, without those that the source has deleted. */
  readonly bankTransactions: BankTransactionConnection;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its currency. Null when it holds several, or the source does not say. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Numbers that name it: IBAN, BBAN, BIC, the last digits of a card. */
  readonly identifiers: ReadonlyArray<Reference>;
  /** What it is. Null where the source does not say. */
  readonly kind?: Maybe<AccountKind>;
  /** Lines of its ledger, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** Name as the source has it. Null where it has none. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whose it is. Null where the source does not say, or before the owner was synced. */
  readonly owner?: Maybe<Party>;
  /** Whether it is ours. Null when only its deletion was ever seen. */
  readonly ownership?: Maybe<AccountOwnership>;
  /** Payouts that were sent to this account, newest first, without those that the source has deleted. */
  readonly payouts: PayoutConnection;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The source that it came from. */
  readonly source: Source;
  /** Statements, reports and notifications about this account, newest first, without those that the source has deleted. */
  readonly statements: StatementConnection;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountBalancesArgs = {
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountBankTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountPayoutsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountStatementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of accounts. */
export type AccountConnection = {
  readonly __typename?: 'AccountConnection';
  /** The accounts with their cursors, newest first. */
  readonly edges: ReadonlyArray<AccountEdge>;
  /** The accounts alone. */
  readonly nodes: ReadonlyArray<Account>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type AccountEdge = {
  readonly __typename?: 'AccountEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Account;
};

/** Which accounts to list: those that meet every condition given. */
export type AccountFilter = {
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of this kind only. */
  readonly kind?: InputMaybe<AccountKind>;
  /** Ours or others' only. */
  readonly ownership?: InputMaybe<AccountOwnership>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What an account is. */
export type AccountKind =
  /** An account at a bank. */
  | 'BANK_ACCOUNT'
  /** A payment card. */
  | 'CARD'
  /** Money that a payment processor holds for us. */
  | 'PROCESSOR_BALANCE';

/** Whose an account is. */
export type AccountOwnership =
  /** Somebody else's: a customer's or a counterparty's. */
  | 'EXTERNAL'
  /** Ours. */
  | 'INTERNAL';

/** Amounts of one currency. They are compared exactly, however many digits the bank has written. */
export type AmountRange = {
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** This amount or less. Null: no matter how much. */
  readonly max?: InputMaybe<Scalars['Decimal']['input']>;
  /** This amount or more. Null: no matter how little. */
  readonly min?: InputMaybe<Scalars['Decimal']['input']>;
};

/** State of an attempt. */
export type AttemptStatus =
  /** It was refused; `error` says why. */
  | 'FAILED'
  /** The outcome is not known yet. */
  | 'PENDING'
  /** The money was moved or reserved. */
  | 'SUCCEEDED';

/** An amount that an account holds. */
export type Balance = {
  readonly __typename?: 'Balance';
  /** The moment that the amount is of. Null when the balance is gone. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Which of the account's amounts it is. Null when the balance is gone. */
  readonly kind?: Maybe<BalanceKind>;
  /** The amount. Null when the balance is gone. */
  readonly money?: Maybe<Money>;
};

/** Which of an account's amounts a balance is. */
export type BalanceKind =
  /** Can be used now. */
  | 'AVAILABLE'
  /** Booked, whether available or not. */
  | 'BOOKED'
  /** At the end of a statement's period. */
  | 'CLOSING'
  /** At the beginning of a statement's period. */
  | 'OPENING'
  /** On its way in, not yet available. */
  | 'PENDING'
  /** Held back by the provider. */
  | 'RESERVED';

/** A charge that an entry names. */
export type BankCharge = {
  readonly __typename?: 'BankCharge';
  /** Whether it was taken or given back. Null where the bank does not say. */
  readonly direction?: Maybe<Direction>;
  /** Whether the entry's amount has it in it already. Null where the bank does not say. */
  readonly isIncluded?: Maybe<Scalars['Boolean']['output']>;
  /** The charge; never negative. */
  readonly money: Money;
  /** What it is for, in the bank's word. Null where there is none. */
  readonly type?: Maybe<Scalars['String']['output']>;
};

/** One entry of an account at a bank. It is one object however many messages tell of it: notified, then reported, then in the statement. */
export type BankTransaction = Node & {
  readonly __typename?: 'BankTransaction';
  /** The account that it is an entry of. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** What else the bank says of it. Null where that is nothing. */
  readonly additionalInfo?: Maybe<Scalars['String']['output']>;
  /** What was booked; never negative, see `direction`. Null when only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Amounts that it names beside the one that was booked. None of them is to be added to another. */
  readonly amounts: ReadonlyArray<NamedAmount>;
  /** The batches that it was booked for. */
  readonly batches: ReadonlyArray<PaymentBatch>;
  /** The day that it was booked. Null where the bank does not say, as for most that are not booked yet. */
  readonly bookingDate?: Maybe<Scalars['Date']['output']>;
  /** When it was booked, as written: `2026-11-22T17:24:24+01:00`. Null where the bank says no more than the day. */
  readonly bookingTime?: Maybe<Scalars['String']['output']>;
  /** Charges that it names. */
  readonly charges: ReadonlyArray<BankCharge>;
  /** What kind of movement it is. Null where the bank does not say. */
  readonly code?: Maybe<BankTransactionCode>;
  /** Who is on the other side, as far as its only detail tells. Null where it does not, and where there are several details. */
  readonly counterparty?: Maybe<Counterparty>;
  /** The structured reference of the creditor, such as `RF18539007547034`. Null where there is none. */
  readonly creditorReference?: Maybe<Scalars['String']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many payments it was made of, as far as the message that it is shown from tells. Null when only its deletion was ever seen. */
  readonly detailCount?: Maybe<Scalars['Int']['output']>;
  /** The payments that it was made of, in the order of the message that knows best. The entry is the ledger's truth; this is what the bank tells of it. */
  readonly details: BankTransactionDetailConnection;
  /** Whether its details add up to it. Null when only its deletion was ever seen. */
  readonly detailsMatch?: Maybe<DetailsMatch>;
  /** Whether money came in or went out. Null when only its deletion was ever seen. */
  readonly direction?: Maybe<Direction>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source: the first that it had, see `sourceIds`. Of statements it is derived from the entry itself, since banks give entries no id that holds over all messages. */
  readonly externalId: Scalars['ID']['output'];
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Whether the bank marks it as taking an earlier entry back. `direction` stands as it is. Null when only its deletion was ever seen. */
  readonly isReversal?: Maybe<Scalars['Boolean']['output']>;
  /** The payout of a processor that arrived with it. Null where none is known: see PayoutMatch. */
  readonly payout?: Maybe<PayoutMatch>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** State of the entry in the bank's own word; empty where it has none, which counts as booked. Null when only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Numbers that name it: its own, and those of its only detail. */
  readonly references: ReadonlyArray<Reference>;
  /** What it was for, in words: of its only detail, else what the entry says of itself. Null where there are none. */
  readonly remittance?: Maybe<Scalars['String']['output']>;
  /** Why it came back. Null unless it is a return that says why. */
  readonly returnReason?: Maybe<ReturnReason>;
  /** The source that it came from. */
  readonly source: Source;
  /** The ids under which the source has shown it, the oldest first: one that is posted under another id than it was pending under is the same transaction. References by any of them find it. */
  readonly sourceIds: ReadonlyArray<SourceId>;
  /** The message that it is shown from: the one that knows best. Null where its source gives no statements but single transactions, and when only its deletion was ever seen. */
  readonly statement?: Maybe<Statement>;
  /** State of the entry in our terms; only BOOKED moves a balance. Null when the bank's word is one that we do not know: see `rawStatus`. */
  readonly status?: Maybe<BookingStatus>;
  /** The statements, reports and notifications that tell of it, newest first; at most 100. */
  readonly toldBy: ReadonlyArray<Statement>;
  /** The day that it counts for interest. Null where the bank does not say. */
  readonly valueDate?: Maybe<Scalars['Date']['output']>;
  /** When it counts for interest, as written. Null where the bank says no more than the day. */
  readonly valueTime?: Maybe<Scalars['String']['output']>;
};


/** One entry of an account at a bank. It is one object however many messages tell of it: notified, then reported, then in the statement. */
export type BankTransactionDetailsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What kind of movement an entry is: by ISO 20022, or by the bank's own list. */
export type BankTransactionCode = {
  readonly __typename?: 'BankTransactionCode';
  /** ISO 20022 domain: `PMNT`. Null where the bank gives none. */
  readonly domain?: Maybe<Scalars['String']['output']>;
  /** ISO 20022 family: `RCDT`. Null where the bank gives none. */
  readonly family?: Maybe<Scalars['String']['output']>;
  /** Who issued `proprietary`. Null where the bank does not say. */
  readonly issuer?: Maybe<Scalars['String']['output']>;
  /** The bank's own code: `NTRF+166`. Null where there is none. */
  readonly proprietary?: Maybe<Scalars['String']['output']>;
  /** ISO 20022 sub-family: `ESCT`. Null where the bank gives none. */
  readonly subfamily?: Maybe<Scalars['String']['output']>;
};

/** A page of bank transactions. */
export type BankTransactionConnection = {
  readonly __typename?: 'BankTransactionConnection';
  /** The bank transactions with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<BankTransactionEdge>;
  /** The bank transactions alone. */
  readonly nodes: ReadonlyArray<BankTransaction>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** One of the payments that an entry was made of. */
export type BankTransactionDetail = {
  readonly __typename?: 'BankTransactionDetail';
  /** What else the bank says of it. Null where that is nothing. */
  readonly additionalInfo?: Maybe<Scalars['String']['output']>;
  /** Amount of this payment; never negative. Null where the bank gives none. */
  readonly amount?: Maybe<Money>;
  /** Which amount that is, in the message's own word: `Amt`, else `TxAmt`, else `InstdAmt`. Null without an amount. */
  readonly amountFrom?: Maybe<Scalars['String']['output']>;
  /** Amounts that it names besides. */
  readonly amounts: ReadonlyArray<NamedAmount>;
  /** Charges that it names. */
  readonly charges: ReadonlyArray<BankCharge>;
  /** What kind of movement it is. Null where the bank does not say. */
  readonly code?: Maybe<BankTransactionCode>;
  /** Who was paid. Null where the bank does not say. */
  readonly creditor?: Maybe<Counterparty>;
  /** Who paid. Null where the bank does not say. */
  readonly debtor?: Maybe<Counterparty>;
  /** Whether money came in or went out. */
  readonly direction: Direction;
  /** ISO 20022 purpose code: `SALA`. Null where there is none. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** Numbers that name it. */
  readonly references: ReadonlyArray<Reference>;
  /** What it was for. */
  readonly remittance: Remittance;
  /** Why it came back. Null unless it is a return that says why. */
  readonly returnReason?: Maybe<ReturnReason>;
};

/** A page of the payments that an entry was made of. All its pages are of one message, also when a newer one comes meanwhile. */
export type BankTransactionDetailConnection = {
  readonly __typename?: 'BankTransactionDetailConnection';
  /** The payments with their cursors, in the order of the message. */
  readonly edges: ReadonlyArray<BankTransactionDetailEdge>;
  /** The payments alone. */
  readonly nodes: ReadonlyArray<BankTransactionDetail>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type BankTransactionDetailEdge = {
  readonly __typename?: 'BankTransactionDetailEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: BankTransactionDetail;
};

/** A list item with its cursor. */
export type BankTransactionEdge = {
  readonly __typename?: 'BankTransactionEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: BankTransaction;
};

/** Which bank transactions to list: those that meet every condition given. */
export type BankTransactionFilter = {
  /** Entries of this account only: its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Of an amount in this range only. */
  readonly amount?: InputMaybe<AmountRange>;
  /** Booked on this day or later. */
  readonly bookedFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Booked on this day or earlier. */
  readonly bookedTo?: InputMaybe<Scalars['Date']['input']>;
  /** Money that came in, or that went out, only. */
  readonly direction?: InputMaybe<Direction>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Those that take an earlier entry back, or those that do not, only. */
  readonly isReversal?: InputMaybe<Scalars['Boolean']['input']>;
  /** With exactly this reference: one of its own, or of its details. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Told by this statement, report or notification only: its global id. */
  readonly statement?: InputMaybe<Scalars['ID']['input']>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<BookingStatus>>;
  /** With all of these words, or words that begin with them, in its remittance, its counterparty or its references; case and accents are of no account. At most 20 words. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** How far an entry is. */
export type BookingStatus =
  /** In the books: it moves the balance. */
  | 'BOOKED'
  /** To be booked on a later day. */
  | 'FUTURE'
  /** Told for information only. */
  | 'INFORMATION'
  /** Expected to be booked. */
  | 'PENDING';

/** An upstream asked to be left alone for a while: no call of any replica goes to it before. */
export type BudgetClosed = SyncEvent & {
  readonly __typename?: 'BudgetClosed';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** The limit that is closed: see BudgetState. */
  readonly bucket: Scalars['String']['output'];
  /** Why. */
  readonly closedReason: BudgetClosedReason;
  /** Until when. */
  readonly closedUntil: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The source whose upstream it is. */
  readonly source?: Maybe<Source>;
};

/** Why a budget gives no calls for a while. */
export type BudgetClosedReason =
  /** The upstream's headers say that its quota is used up. */
  | 'QUOTA_USED_UP'
  /** The upstream refused a call and named a time, by `Retry-After` or a gRPC pushback. */
  | 'RETRY_AFTER';

/** What is known of one limit of a source's upstream. The upstream counts by credential, so sources that share one show the same. */
export type BudgetState = {
  readonly __typename?: 'BudgetState';
  /** Name of the limit: `account`, `endpoint/charges`; `concurrency` is the number of calls at a time. */
  readonly bucket: Scalars['String']['output'];
  /** Why it is closed. Null while it is not. */
  readonly closedReason?: Maybe<BudgetClosedReason>;
  /** Until when the upstream asked to be left alone. Null while it takes calls. */
  readonly closedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** What is used of it at present: less than `limit` after refusals, or while the upstream's headers ask for it. Null before the first call. */
  readonly current?: Maybe<Scalars['Float']['output']>;
  /** Calls under way in all replicas. Null for all but `concurrency`. */
  readonly inUse?: Maybe<Scalars['Int']['output']>;
  /** When the upstream last refused a call for this limit. Null: never. */
  readonly lastRefusedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Calls per second that the upstream allows, as its connector, the settings or else its own headers say; of `concurrency`, calls at a time. Null: it is found out by what is refused. */
  readonly limit?: Maybe<Scalars['Float']['output']>;
};

/** What happened to an object. */
export type ChangeKind =
  /** It was seen for the first time, or again after its deletion. */
  | 'CREATED'
  /** The source deleted it. */
  | 'DELETED'
  /** Its content changed. */
  | 'UPDATED';

/** Somebody named in an entry. */
export type Counterparty = {
  readonly __typename?: 'Counterparty';
  /** Their account. Null where the bank gives none. */
  readonly account?: Maybe<Reference>;
  /** Name of their bank. Null where the bank gives none. */
  readonly bankName?: Maybe<Scalars['String']['output']>;
  /** BIC of their bank. Null where the bank gives none. */
  readonly bic?: Maybe<Scalars['String']['output']>;
  /** Numbers that name them: LEI, BIC, tax id. */
  readonly identifiers: ReadonlyArray<Reference>;
  /** Name. Null where the bank gives none. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** On whose behalf they act. Null where the bank names nobody. */
  readonly ultimateName?: Maybe<Scalars['String']['output']>;
};

/** A structured reference of a creditor. */
export type CreditorReference = {
  readonly __typename?: 'CreditorReference';
  /** Who issued it. Null where the bank does not say. */
  readonly issuer?: Maybe<Scalars['String']['output']>;
  /** Its kind: `SCOR`. Null where the bank does not say. */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The reference, as written: `RF18539007547034`. */
  readonly value: Scalars['String']['output'];
};

/** How one currency was exchanged for another. */
export type CurrencyExchange = {
  readonly __typename?: 'CurrencyExchange';
  /** The rate, a factor, as written: `1.0873`. Null where the bank does not say. */
  readonly rate?: Maybe<Scalars['String']['output']>;
  /** Currency before the exchange. Null where the bank does not say. */
  readonly sourceCurrency?: Maybe<Scalars['String']['output']>;
  /** Currency after the exchange. Null where the bank does not say. */
  readonly targetCurrency?: Maybe<Scalars['String']['output']>;
  /** Currency that the rate is for one unit of. Null where the bank does not say. */
  readonly unitCurrency?: Maybe<Scalars['String']['output']>;
};

/** One webhook call that was received and verified. */
export type Delivery = Node & {
  readonly __typename?: 'Delivery';
  /** How many times it was tried to be applied since it came, or was last replayed. `history` has all tries. */
  readonly attempts: Scalars['Int']['output'];
  /** The body as UTF-8 text, unchanged. Needs the scope `admin`. Null when it is no longer kept: bodies are deleted after the time that the setting DELIVERY_RETENTION_DAYS says, those of deliveries that wait or are parked excepted. Without its body a delivery cannot be replayed, and is still known: a duplicate of it is told as one. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** Other bodies that came under its id, the first that came first; at most 8. The delivery is the first one: none of these is applied. */
  readonly conflicts: ReadonlyArray<DeliveryConflict>;
  /** SHA-256 of the body, hexadecimal. */
  readonly contentHash: Scalars['String']['output'];
  /** The source's id of the event, or the hash of the body where it gives none: what duplicates are told by. */
  readonly deliveryKey: Scalars['String']['output'];
  /** Why somebody discarded it. Null unless it is DISCARDED. */
  readonly discardReason?: Maybe<Scalars['String']['output']>;
  /** Who discarded it: the `sub` of the token. Null unless it is DISCARDED. */
  readonly discardedBy?: Maybe<Scalars['String']['output']>;
  /** What it did when it was last applied; at most 100 of each kind. Empty when it changed nothing, and for a delivery that was applied before this was kept. */
  readonly effects: ReadonlyArray<DeliveryEffect>;
  /** Error code of the last try. Null when it did not fail. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** The last failure in words. Null when it did not fail. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** What it is about in the source's word: `charge.refunded`. Null when the body could not be read. */
  readonly eventType?: Maybe<Scalars['String']['output']>;
  /** When it was applied, parked or discarded. Null while it is PENDING. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Every try to apply it, over all replays, the oldest first; of more than 100 the latest 100. Of a delivery that was done before this was kept, the last try alone. */
  readonly history: ReadonlyArray<DeliveryAttempt>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** When it is tried next. Null unless it is PENDING. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was received and committed. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Bytes of the body. */
  readonly size: Scalars['Int']['output'];
  /** The source that sent it. */
  readonly source: Source;
  /** How far it is. */
  readonly status: DeliveryStatus;
  /** How it was told to be its provider's own. Null for a delivery that came before this was kept. */
  readonly verification?: Maybe<DeliveryVerification>;
};

/** One try to apply a delivery. */
export type DeliveryAttempt = {
  readonly __typename?: 'DeliveryAttempt';
  /** When it ended. */
  readonly at: Scalars['DateTime']['output'];
  /** Error code of a try that failed. Null for one that did not. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** The failure in words. Null for a try that did not fail. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** When the next one was due. Null unless the outcome is RETRY. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Which one: 1 for the first, counted over all replays. */
  readonly number: Scalars['Int']['output'];
  /** How it ended. */
  readonly outcome: DeliveryAttemptOutcome;
};

/** How a try to apply a delivery ended. */
export type DeliveryAttemptOutcome =
  /** Its content was applied. */
  | 'APPLIED'
  /** It failed for good: another try would end the same, or there were enough of them. */
  | 'PARKED'
  /** It failed, and is tried again by itself. */
  | 'RETRY';

/** Another body that came under the id of a delivery. */
export type DeliveryConflict = {
  readonly __typename?: 'DeliveryConflict';
  /** The body as UTF-8 text, unchanged. Needs the scope `admin`. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** SHA-256 of the body, hexadecimal. */
  readonly contentHash: Scalars['String']['output'];
  /** When it first came. */
  readonly firstAt: Scalars['DateTime']['output'];
  /** When it last came. */
  readonly lastAt: Scalars['DateTime']['output'];
  /** How many times it came. */
  readonly occurrences: Scalars['BigInt']['output'];
  /** How it was told to be the provider's own. */
  readonly verification?: Maybe<DeliveryVerification>;
};

/** A page of deliveries. */
export type DeliveryConnection = {
  readonly __typename?: 'DeliveryConnection';
  /** The deliveries with their cursors, newest first. */
  readonly edges: ReadonlyArray<DeliveryEdge>;
  /** The deliveries alone. */
  readonly nodes: ReadonlyArray<Delivery>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type DeliveryEdge = {
  readonly __typename?: 'DeliveryEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Delivery;
};

/** One thing that a delivery did when it was applied. */
export type DeliveryEffect = {
  readonly __typename?: 'DeliveryEffect';
  /** The object as it is now. Null where `entityId` is, for an object that was never seen, and for a kind of object that has no node of its own. */
  readonly entity?: Maybe<Node>;
  /** Global id of the object. Null for READ_REQUESTED, and for a quarantined record that names no object. */
  readonly entityId?: Maybe<Scalars['ID']['output']>;
  /** Kind of the object. Null for READ_REQUESTED. */
  readonly entityType?: Maybe<EntityType>;
  /** What it did. */
  readonly kind: DeliveryEffectKind;
  /** Name of the stream. Null unless the kind is READ_REQUESTED. */
  readonly stream?: Maybe<Scalars['String']['output']>;
};

/** What a delivery did. */
export type DeliveryEffectKind =
  /** An object appeared. */
  | 'CREATED'
  /** An object was deleted by the source. */
  | 'DELETED'
  /** A record in it could not be applied and was parked. */
  | 'QUARANTINED'
  /** A stream is read: the delivery only said that there is something new. */
  | 'READ_REQUESTED'
  /** An object is fetched again: the delivery only named it, or could not be put in order with what was known. */
  | 'REFETCH_REQUESTED'
  /** An object's content changed. */
  | 'UPDATED';

/** Which deliveries: those that meet every condition given. Deliveries are found by source, time and status; the other conditions are held against each one on the way, so that what is rare is best asked for with a time or with the status PARKED. */
export type DeliveryFilter = {
  /** Whose last try failed with one of these error codes; at most 100. Applied on the way. */
  readonly errorCodes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Of these kinds of event only, in the source's words: `charge.refunded`; at most 100. Applied on the way. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Received at this moment or later. */
  readonly receivedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Received before this moment, which must be after `receivedFrom`. */
  readonly receivedTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<DeliveryStatus>>;
};

/** A delivery could not be applied and waits for a replay. */
export type DeliveryParked = SyncEvent & {
  readonly __typename?: 'DeliveryParked';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The delivery as it is now. Null when it is gone. */
  readonly delivery?: Maybe<Delivery>;
  /** The source that sent it. */
  readonly source?: Maybe<Source>;
};

/** A delivery came: a webhook call that was verified and committed. Told when it is first taken up to be applied, which is at once unless others wait. */
export type DeliveryReceived = SyncEvent & {
  readonly __typename?: 'DeliveryReceived';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The delivery as it is now. Null when it is gone. */
  readonly delivery?: Maybe<Delivery>;
  /** The source that sent it. */
  readonly source?: Maybe<Source>;
};

/** How far a delivery is. */
export type DeliveryStatus =
  /** Its content is applied. */
  | 'APPLIED'
  /** Somebody decided that it is not to be applied. A replay brings it back. */
  | 'DISCARDED'
  /** It could not be applied; it waits for a replay. */
  | 'PARKED'
  /** Committed, waiting to be applied. */
  | 'PENDING';

/** How a delivery was told to be its provider's own. */
export type DeliveryVerification = {
  readonly __typename?: 'DeliveryVerification';
  /** Which key it was signed with: its id, or its place in the settings, `webhookSecrets[0]`. Never the key. Null where the scheme does not say. */
  readonly key?: Maybe<Scalars['String']['output']>;
  /** The scheme: `stripe-v1`, `plaid-jwt`. `unsigned` for a provider that signs nothing: such a delivery is a reason to ask the provider, and nothing that it says is believed. */
  readonly scheme: Scalars['String']['output'];
  /** When the provider signed it. Null where the scheme signs no time. */
  readonly signedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Whether the details of an entry add up to it. */
export type DetailsMatch =
  /** They do not: the bank's entry and its details contradict each other. */
  | 'DIFFER'
  /** They do, to the last digit. */
  | 'EQUAL'
  /** They cannot be added: there are none, or they have no amounts, or not in the entry's currency. */
  | 'NONE';

/** Whether money came in or went out. */
export type Direction =
  /** It came in. */
  | 'CREDIT'
  /** It went out. */
  | 'DEBIT';

/** Which deliveries to discard. */
export type DiscardDeliveriesInput = {
  /** Those that meet every condition given, of which there must be one. Only those that are PENDING or PARKED are taken. */
  readonly filter: DeliveryFilter;
  /** How many at most: 1 to 10000. The oldest are taken. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
  /** Why: 1 to 500 characters. Shown as `Delivery.discardReason`. */
  readonly reason: Scalars['String']['input'];
};

/** Deliveries that were discarded. */
export type DiscardDeliveriesPayload = {
  readonly __typename?: 'DiscardDeliveriesPayload';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** Whether more of them meet the filter: the same call takes the next. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** A payer's objection to a payment, raised through their bank. */
export type Dispute = Node & {
  readonly __typename?: 'Dispute';
  /** What is disputed. Null when only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** The attempt it is about. Null where the source does not say, or before the attempt was synced. */
  readonly attempt?: Maybe<PaymentAttempt>;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Until when evidence is accepted. Null when none is asked for. */
  readonly evidenceDueBy?: Maybe<Scalars['DateTime']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger lines of this dispute, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** The payment it is about. Null where the source does not say, or before the payment was synced. */
  readonly payment?: Maybe<Payment>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** State of the dispute in the source's own word. Null when only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** The payer's reason in the source's word: `fraudulent`. Null where none was given. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The source that it came from. */
  readonly source: Source;
  /** How far it has gone. Null when the source does not say. */
  readonly stage?: Maybe<DisputeStage>;
  /** State of the dispute in our terms. Null when the source's word is one that we do not know: see `rawStatus`. */
  readonly status?: Maybe<DisputeStatus>;
};


/** A payer's objection to a payment, raised through their bank. */
export type DisputeLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of disputes. */
export type DisputeConnection = {
  readonly __typename?: 'DisputeConnection';
  /** The disputes with their cursors, newest first. */
  readonly edges: ReadonlyArray<DisputeEdge>;
  /** The disputes alone. */
  readonly nodes: ReadonlyArray<Dispute>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type DisputeEdge = {
  readonly __typename?: 'DisputeEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Dispute;
};

/** Which disputes to list: those that meet every condition given. */
export type DisputeFilter = {
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<DisputeStatus>>;
};

/** How far a dispute has gone. */
export type DisputeStage =
  /** The money was taken back until it is decided. */
  | 'CHARGEBACK'
  /** The bank asks; no money has moved. */
  | 'INQUIRY';

/** State of a dispute. */
export type DisputeStatus =
  /** Closed without a chargeback. */
  | 'CLOSED'
  /** Decided for the payer. */
  | 'LOST'
  /** Evidence is asked for, until `evidenceDueBy`. */
  | 'NEEDS_RESPONSE'
  /** Settled before it became one. */
  | 'PREVENTED'
  /** Evidence was given; the bank decides. */
  | 'UNDER_REVIEW'
  /** Decided for us. */
  | 'WON';

/** An object was created, updated or deleted. The object is shown as it is when the event is sent, so never older than the event. */
export type EntityChanged = SyncEvent & {
  readonly __typename?: 'EntityChanged';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** What happened. */
  readonly change: ChangeKind;
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The object as it is now; a deleted one as it last was. Null for a kind of object that has no node of its own. */
  readonly entity?: Maybe<Node>;
  /** Global id of the object. */
  readonly entityId: Scalars['ID']['output'];
  /** Kind of the object. */
  readonly entityType: EntityType;
  /** The source that the object came from. */
  readonly source?: Maybe<Source>;
};

/** A kind of object that is synced. */
export type EntityType =
  /** A place that holds money. */
  | 'Account'
  /** An amount that an account holds. */
  | 'Balance'
  /** One entry of an account at a bank. */
  | 'BankTransaction'
  /** A payer's objection. */
  | 'Dispute'
  /** One line of an account's ledger. */
  | 'LedgerEntry'
  /** A person or an organisation. */
  | 'Party'
  /** An intended movement of money. */
  | 'Payment'
  /** One try to move a payment's money. */
  | 'PaymentAttempt'
  /** Money that a provider sends to an account. */
  | 'Payout'
  /** Money given back. */
  | 'Refund'
  /** What a bank tells of an account in one message. */
  | 'Statement';

/** One fact that a finding rests on. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** What the fact is about. */
  readonly name: Scalars['String']['output'];
  /** The fact: plain text, or JSON where it has parts. */
  readonly value: Scalars['String']['output'];
};

/** A field that only one kind of source has. */
export type Extension = {
  readonly __typename?: 'Extension';
  /** Name, beginning with the connector's: `stripe.livemode`. */
  readonly name: Scalars['String']['output'];
  /** Value as text. */
  readonly value: Scalars['String']['output'];
};

/** The five reasons for which platforms fall out of step. */
export type FailureCause =
  /** Work that came too late, or a call that got no answer. */
  | 'ASYNC_BOTTLENECK'
  /** The store was slow, away, or held by another process. */
  | 'DATABASE'
  /** Bytes or values that are not what was documented. */
  | 'FORMAT_MISMATCH'
  /** The upstream's limits, or its throttling. */
  | 'RATE_LIMIT'
  /** A call that was forged, lost, doubled or not understood. */
  | 'WEBHOOK';

/** A file as it was brought. Its bytes are kept, and given out unchanged at `GET /files/{id}`. */
export type File = Node & {
  readonly __typename?: 'File';
  /** Column of the fault, from 1. Null where there is no place to name. */
  readonly column?: Maybe<Scalars['Int']['output']>;
  /** SHA-256 of the bytes, uncompressed, hexadecimal: the same content is brought to a source once. */
  readonly contentHash: Scalars['String']['output'];
  /** When it was stored or refused. Null while it is ACCEPTED. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Line of the fault, from 1. Null where there is no place to name. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** Media type of the bytes: `application/xml`. */
  readonly mediaType: Scalars['String']['output'];
  /** Its name, as it was brought. */
  readonly name: Scalars['String']['output'];
  /** Why it was refused, in words and without personal values. Null unless it was. */
  readonly problem?: Maybe<Scalars['String']['output']>;
  /** When it was received and committed. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Why it was refused, as a stable word. Null unless it was. */
  readonly refusal?: Maybe<Scalars['String']['output']>;
  /** Length in bytes, uncompressed. */
  readonly size: Scalars['BigInt']['output'];
  /** The source that it was brought to. */
  readonly source: Source;
  /** The statements that are shown from it, newest first; at most 100. What a later file says better is that file's. */
  readonly statements: ReadonlyArray<Statement>;
  /** How far it is. */
  readonly status: FileStatus;
  /** How it came. */
  readonly way: FileWay;
};

/** A page of files. */
export type FileConnection = {
  readonly __typename?: 'FileConnection';
  /** The files with their cursors, newest first. */
  readonly edges: ReadonlyArray<FileEdge>;
  /** The files alone. */
  readonly nodes: ReadonlyArray<File>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type FileEdge = {
  readonly __typename?: 'FileEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: File;
};

/** Which files to list: those that meet every condition given. */
export type FileFilter = {
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<FileStatus>>;
};

/** How far a file is. */
export type FileStatus =
  /** Whole and understood; its entries are being stored. */
  | 'ACCEPTED'
  /** It could not be taken; `refusal` and `problem` say why. */
  | 'REFUSED'
  /** All that it says is stored. */
  | 'STORED';

/** How a file came. */
export type FileWay =
  /** It was put into a folder that we watch. */
  | 'FOLDER'
  /** We fetched it from its source. */
  | 'POLL'
  /** It was sent to us over HTTP. */
  | 'UPLOAD';

/** One difference or one diagnosed cause of being out of step: what, since when, why, and what to do. */
export type Finding = Node & {
  readonly __typename?: 'Finding';
  /** Which of the five causes it has. */
  readonly cause: FailureCause;
  /** When it was gone. Null while it stands. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it is concluded from. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** What was found, as a stable word. */
  readonly kind: Scalars['String']['output'];
  /** Since when it stands. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** What to do about it. */
  readonly remedy: Scalars['String']['output'];
  /** The source that it is about. */
  readonly source: Source;
  /** What is out of step, in one sentence. */
  readonly summary: Scalars['String']['output'];
};

/** What was found to be out of step is in step again. */
export type FindingClosed = SyncEvent & {
  readonly __typename?: 'FindingClosed';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The finding as it is now: it may have been opened again. Null when it is gone. */
  readonly finding?: Maybe<Finding>;
  /** The source that it is about. */
  readonly source?: Maybe<Source>;
};

/** A page of findings. */
export type FindingConnection = {
  readonly __typename?: 'FindingConnection';
  /** The findings with their cursors, newest first. */
  readonly edges: ReadonlyArray<FindingEdge>;
  /** The findings alone. */
  readonly nodes: ReadonlyArray<Finding>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type FindingEdge = {
  readonly __typename?: 'FindingEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Finding;
};

/** Which findings to list: those that meet every condition given. */
export type FindingFilter = {
  /** True: those that stand; false: those that are gone. */
  readonly isOpen?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Something was found to be out of step. */
export type FindingOpened = SyncEvent & {
  readonly __typename?: 'FindingOpened';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The finding as it is now. Null when it is gone. */
  readonly finding?: Maybe<Finding>;
  /** The source that it is about. */
  readonly source?: Maybe<Source>;
};

/** How recent an object is. */
export type Freshness = {
  readonly __typename?: 'Freshness';
  /** True when the state may be outdated. With `maxAge`: it is older than that, and could not be fetched. Without: the source is not ACTIVE, or neither the object was observed nor the source synced with success for three times its schedule; an active source that is synced on demand only is never stale by age. */
  readonly isStale: Scalars['Boolean']['output'];
  /** When the state shown was last confirmed with the source. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** Milliseconds from now until it is worth asking again with `maxAge`. Null when it is not stale, and when nobody knows. */
  readonly retryAfterMs?: Maybe<Scalars['Int']['output']>;
  /** When the source says that it last changed the object. Null where the source does not say. */
  readonly sourceUpdatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why the state may be outdated. Null when it is not stale. */
  readonly staleReason?: Maybe<StaleReason>;
  /** How the state shown was learned. */
  readonly via: ObservedVia;
};

/** One line of an account's ledger: gross = fee + net. */
export type LedgerEntry = Node & {
  readonly __typename?: 'LedgerEntry';
  /** The account whose ledger it stands in. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** From when the money can be used. Null where the source does not say. */
  readonly availableOn?: Maybe<Scalars['DateTime']['output']>;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The source's words. Null where there are none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Fees taken out of it. Null when only its deletion was ever seen. */
  readonly fee?: Maybe<Money>;
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Amount before fees; negative for a debit. Null when only its deletion was ever seen. */
  readonly gross?: Maybe<Money>;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** What it is for in our terms. Null when the source's word is one that we do not know: see `rawKind`. */
  readonly kind?: Maybe<LedgerEntryKind>;
  /** What the balance changed by. Null when only its deletion was ever seen. */
  readonly net?: Maybe<Money>;
  /** The object that it came from. Null where the source names none, or before that object was synced. */
  readonly origin?: Maybe<LedgerOrigin>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** What it is for in the source's own word. Null when only its deletion was ever seen. */
  readonly rawKind?: Maybe<Scalars['String']['output']>;
  /** The source that it came from. */
  readonly source: Source;
};

/** A page of ledger entries. */
export type LedgerEntryConnection = {
  readonly __typename?: 'LedgerEntryConnection';
  /** The ledger entries with their cursors, newest first. */
  readonly edges: ReadonlyArray<LedgerEntryEdge>;
  /** The ledger entries alone. */
  readonly nodes: ReadonlyArray<LedgerEntry>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type LedgerEntryEdge = {
  readonly __typename?: 'LedgerEntryEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: LedgerEntry;
};

/** Which ledger entries to list: those that meet every condition given. */
export type LedgerEntryFilter = {
  /** In the ledger of this account only: its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of one of these kinds only; at most 100. */
  readonly kind?: InputMaybe<ReadonlyArray<LedgerEntryKind>>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What a ledger line is for. */
export type LedgerEntryKind =
  /** A correction by the provider. */
  | 'ADJUSTMENT'
  /** Money was taken back or returned by a dispute. */
  | 'DISPUTE'
  /** The provider's fee. */
  | 'FEE'
  /** Money of a payment came in. */
  | 'PAYMENT'
  /** Money was sent out, or came back. */
  | 'PAYOUT'
  /** Money was given back. */
  | 'REFUND'
  /** Money was held back or released. */
  | 'RESERVE'
  /** Money was added by us. */
  | 'TOPUP'
  /** Money moved between accounts. */
  | 'TRANSFER';

/** An object that a ledger line can come from. */
export type LedgerOrigin = Dispute | PaymentAttempt | Payout | Refund;

/** An exact amount in one currency. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount with exactly `exponent` digits after the point: `10.50`. Negative for a debit. */
  readonly amount: Scalars['Decimal']['output'];
  /** Currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Digits after the point by ISO 4217: EUR 2, JPY 0, BHD 3. Where a bank writes more, as many as it writes. */
  readonly exponent: Scalars['Int']['output'];
  /** The amount as a whole count of its last digit: 1050 for 10.50 EUR. */
  readonly minor: Scalars['BigInt']['output'];
};

/** What can be done. All of it needs the scope `sync`. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Asks a run to end at its next checkpoint. What it has committed stays. A run that has ended is returned as it is. */
  readonly cancelSync: SyncRun;
  /** Decides that many deliveries are not to be applied, the oldest first. */
  readonly discardDeliveries: DiscardDeliveriesPayload;
  /** Decides that a delivery is not to be applied: one that is PENDING or PARKED. It is kept, and a replay brings it back. One that is APPLIED is refused with CONFLICT. */
  readonly discardDelivery: Delivery;
  /** Stops reading a source until it is resumed. Webhooks are still accepted. */
  readonly pauseSource: Source;
  /** Applies many deliveries again, the oldest first. */
  readonly replayDeliveries: ReplayDeliveriesPayload;
  /** Applies a delivery again, whatever became of it. What it did before it does not do twice. Refused when its body is no longer kept. */
  readonly replayDelivery: Delivery;
  /** Tries again to apply quarantined records. */
  readonly replayQuarantined: ReplayPayload;
  /** Lets a paused source be read again. */
  readonly resumeSource: Source;
  /** Starts a run, or returns the one that the same idempotency key has started. */
  readonly startSync: StartSyncPayload;
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationCancelSyncArgs = {
  runId: Scalars['ID']['input'];
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationDiscardDeliveriesArgs = {
  input: DiscardDeliveriesInput;
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationDiscardDeliveryArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationPauseSourceArgs = {
  id: Scalars['ID']['input'];
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationReplayDeliveriesArgs = {
  input: ReplayDeliveriesInput;
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationReplayDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationReplayQuarantinedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationResumeSourceArgs = {
  id: Scalars['ID']['input'];
};


/** What can be done. All of it needs the scope `sync`. */
export type MutationStartSyncArgs = {
  input: StartSyncInput;
};

/** An amount that an entry names beside the one that was booked. */
export type NamedAmount = {
  readonly __typename?: 'NamedAmount';
  /** How it was exchanged. Null where it was not, or the bank does not say. */
  readonly exchange?: Maybe<CurrencyExchange>;
  /** The amount. */
  readonly money: Money;
  /** Which amount it is, in the message's own word: `InstdAmt`, `TxAmt`, `CntrValAmt`, `AnncdPstngAmt`, `PrtryAmt`. */
  readonly name: Scalars['String']['output'];
};

/** An object with a global id. */
export type Node = {
  /** Global id, stable for the life of the object. It follows from tenant, source, type and the source's own id, so replays and backfills never change it. */
  readonly id: Scalars['ID']['output'];
};

/** How we came to know an object's state. */
export type ObservedVia =
  /** It came from the source's database log. */
  | 'CDC'
  /** It stood in a file that the source delivered. */
  | 'FILE'
  /** A scheduled or requested sync read it. */
  | 'POLL'
  /** A reader asked for it to be fetched. */
  | 'READ_THROUGH'
  /** The source pushed it to us. */
  | 'WEBHOOK';

/** Where a page stands in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the page's last item: pass it as `after` for the next page. Null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page was asked for with `after`: there is something before it. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first item; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A person or an organisation that a source knows: a customer, an owner, a counterparty. */
export type Party = Node & {
  readonly __typename?: 'Party';
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** E-mail address as the source has it. Null where it has none. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Numbers that name it: customer id, LEI, BIC, tax id. */
  readonly identifiers: ReadonlyArray<Reference>;
  /** What it is. Null where the source does not say. */
  readonly kind?: Maybe<PartyKind>;
  /** Name as the source has it. Null where it has none. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Payments with this party as debtor, newest first, without those that the source has deleted. */
  readonly payments: PaymentConnection;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The source that it came from. */
  readonly source: Source;
};


/** A person or an organisation that a source knows: a customer, an owner, a counterparty. */
export type PartyPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of parties. */
export type PartyConnection = {
  readonly __typename?: 'PartyConnection';
  /** The parties with their cursors, newest first. */
  readonly edges: ReadonlyArray<PartyEdge>;
  /** The parties alone. */
  readonly nodes: ReadonlyArray<Party>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type PartyEdge = {
  readonly __typename?: 'PartyEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Party;
};

/** Which parties to list: those that meet every condition given. */
export type PartyFilter = {
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of this kind only. */
  readonly kind?: InputMaybe<PartyKind>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What a party is. */
export type PartyKind =
  /** A company or another body. */
  | 'ORGANIZATION'
  /** A natural person. */
  | 'PERSON';

/** An intended movement of money, with every attempt to make it. */
export type Payment = Node & {
  readonly __typename?: 'Payment';
  /** What is to be paid. Null when only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Tries to move the money, newest first; at most 100. */
  readonly attempts: ReadonlyArray<PaymentAttempt>;
  /** What has been captured so far, in the currency of `amount`. Null when only its deletion was ever seen. */
  readonly captured?: Maybe<Money>;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who is paid. Null where the source does not say, or before the party was synced. */
  readonly creditor?: Maybe<Party>;
  /** Who pays. Null where the source does not say, or before the party was synced. */
  readonly debtor?: Maybe<Party>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Text that the merchant gave it. Null where there is none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Disputes of this payment, newest first, without those that the source has deleted. */
  readonly disputes: DisputeConnection;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Direction. Null when only its deletion was ever seen. */
  readonly kind?: Maybe<PaymentKind>;
  /** Ledger lines of its attempts, refunds and disputes, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** How it is paid, in the source's word: `card`, `sepa_debit`. Null before a method was chosen. */
  readonly method?: Maybe<Scalars['String']['output']>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** State of the payment in the source's own word. Null when only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Numbers that name it at others: end-to-end id, UETR, the provider's own. */
  readonly references: ReadonlyArray<Reference>;
  /** What has been refunded so far over all attempts, in the currency of `amount`. Null when the payment has no amount. */
  readonly refunded?: Maybe<Money>;
  /** Refunds of this payment, newest first, without those that the source has deleted. */
  readonly refunds: RefundConnection;
  /** The source that it came from. */
  readonly source: Source;
  /** State of the payment in our terms. Null when the source's word is one that we do not know: see `rawStatus`. */
  readonly status?: Maybe<PaymentStatus>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentDisputesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One try to move a payment's money. */
export type PaymentAttempt = {
  readonly __typename?: 'PaymentAttempt';
  /** What was tried to be moved. Null when only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** What has been captured of it. Null when only its deletion was ever seen. */
  readonly captured?: Maybe<Money>;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed. Null unless it failed. */
  readonly error?: Maybe<PaymentError>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source: the provider's id of the try. */
  readonly externalId: Scalars['ID']['output'];
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** How it was paid, in the source's word: `card`. Null where the source does not say. */
  readonly method?: Maybe<Scalars['String']['output']>;
  /** The payment that it belongs to. Null before the payment was synced. */
  readonly payment?: Maybe<Payment>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** State of the attempt in the source's own word. Null when only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** What has been refunded of it. Null when only its deletion was ever seen. */
  readonly refunded?: Maybe<Money>;
  /** State of the attempt in our terms. Null when the source's word is one that we do not know: see `rawStatus`. */
  readonly status?: Maybe<AttemptStatus>;
};

/** A batch of payments that was booked as one entry. */
export type PaymentBatch = {
  readonly __typename?: 'PaymentBatch';
  /** How many payments it has, as written. Null where the bank does not say. */
  readonly count?: Maybe<Scalars['String']['output']>;
  /** Id of the message that ordered it. Null where the bank gives none. */
  readonly messageId?: Maybe<Scalars['String']['output']>;
  /** Id of the batch in that message. Null where the bank gives none. */
  readonly paymentInformationId?: Maybe<Scalars['String']['output']>;
  /** What they add up to. Null where the bank does not say. */
  readonly total?: Maybe<Money>;
};

/** A page of payments. */
export type PaymentConnection = {
  readonly __typename?: 'PaymentConnection';
  /** The payments with their cursors, newest first. */
  readonly edges: ReadonlyArray<PaymentEdge>;
  /** The payments alone. */
  readonly nodes: ReadonlyArray<Payment>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type PaymentEdge = {
  readonly __typename?: 'PaymentEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Payment;
};

/** Why an attempt failed. */
export type PaymentError = {
  readonly __typename?: 'PaymentError';
  /** What kind of reason it is. */
  readonly category: PaymentErrorCategory;
  /** The source's code: `card_declined`. */
  readonly code: Scalars['String']['output'];
  /** The source's words. Null where it gives none. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Whether the same attempt may succeed later without the payer doing anything. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** What kind of reason a failure has. */
export type PaymentErrorCategory =
  /** The payer was not or wrongly authenticated. */
  | 'AUTHENTICATION'
  /** The payer's bank refused. */
  | 'DECLINED'
  /** It was blocked as risky. */
  | 'FRAUD'
  /** The details given were wrong: number, expiry, amount. */
  | 'INVALID'
  /** None of these. */
  | 'OTHER'
  /** A technical fault on the way. */
  | 'PROCESSING';

/** Which payments to list: those that meet every condition given. */
export type PaymentFilter = {
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Paid by this party only: its global id. */
  readonly debtor?: InputMaybe<Scalars['ID']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** In this direction only. */
  readonly kind?: InputMaybe<PaymentKind>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<PaymentStatus>>;
};

/** Direction of a payment. */
export type PaymentKind =
  /** To us. */
  | 'PAYIN'
  /** From us. */
  | 'PAYOUT'
  /** Between accounts of ours. */
  | 'TRANSFER';

/** State of a payment. */
export type PaymentStatus =
  /** The money is reserved and waits to be captured. */
  | 'AUTHORIZED'
  /** It has yet to be confirmed by the merchant or the payer. */
  | 'AWAITING_CONFIRMATION'
  /** The payer has yet to choose how to pay. */
  | 'AWAITING_METHOD'
  /** It was given up before the money moved. */
  | 'CANCELED'
  /** It will not move; nothing is tried any more. */
  | 'FAILED'
  /** It is under way; the outcome is not known yet. */
  | 'PROCESSING'
  /** The payer has something to do, such as strong authentication. */
  | 'REQUIRES_ACTION'
  /** The money has moved. */
  | 'SUCCEEDED';

/** Money that a provider sends from our balance to an account. */
export type Payout = Node & {
  readonly __typename?: 'Payout';
  /** The account it comes from. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** What is sent. Null when only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** The day it is expected to arrive. Null where the source does not say. */
  readonly arrivalDate?: Maybe<Scalars['Date']['output']>;
  /** The bank transaction that it arrived as. Null where none is known, and for a payout that is FAILED or CANCELED: see PayoutMatch. */
  readonly bankTransaction?: Maybe<PayoutMatch>;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The account it goes to. Null where the source does not say, or before the account was synced. */
  readonly destination?: Maybe<Account>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Why it failed, in the source's word. Null unless it failed. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger lines of this payout, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** State of the payout in the source's own word. Null when only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Numbers that name it at others. */
  readonly references: ReadonlyArray<Reference>;
  /** The source that it came from. */
  readonly source: Source;
  /** State of the payout in our terms. Null when the source's word is one that we do not know: see `rawStatus`. */
  readonly status?: Maybe<PayoutStatus>;
};


/** Money that a provider sends from our balance to an account. */
export type PayoutLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of payouts. */
export type PayoutConnection = {
  readonly __typename?: 'PayoutConnection';
  /** The payouts with their cursors, newest first. */
  readonly edges: ReadonlyArray<PayoutEdge>;
  /** The payouts alone. */
  readonly nodes: ReadonlyArray<Payout>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type PayoutEdge = {
  readonly __typename?: 'PayoutEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Payout;
};

/** Which payouts to list: those that meet every condition given. */
export type PayoutFilter = {
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Sent to this account only: its global id. */
  readonly destination?: InputMaybe<Scalars['ID']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<PayoutStatus>>;
};

/** A processor's payout and the bank transaction that it arrived as. Not stored but concluded from what is known now: a credit that another source has booked, in the same currency and of exactly the same amount, from two days before the expected arrival to seven days after it. One that names the payout is it; without a reference it is it only where no other credit and no other payout is possible. A transaction is matched to one payout at most. */
export type PayoutMatch = {
  readonly __typename?: 'PayoutMatch';
  /** The bank transaction. Null only while it is being removed. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** The same in words. */
  readonly explanation: Scalars['String']['output'];
  /** The payout. Null only while it is being removed. */
  readonly payout?: Maybe<Payout>;
  /** What the match is concluded from. */
  readonly reasons: ReadonlyArray<PayoutMatchReason>;
};

/** What a match of a payout is concluded from. */
export type PayoutMatchReason =
  /** Amount and currency are the same. */
  | 'AMOUNT'
  /** It was booked around the day that it was expected. */
  | 'DATE'
  /** No reference confirms it, but there is no other possibility. */
  | 'ONLY_ONE'
  /** The transaction names the payout: its id at the source, or one of its references. */
  | 'REFERENCE';

/** State of a payout. */
export type PayoutStatus =
  /** Given up before it was sent. */
  | 'CANCELED'
  /** Sent back or refused; `failureReason` says why. */
  | 'FAILED'
  /** Sent to the bank. */
  | 'IN_TRANSIT'
  /** Arrived, as far as the provider knows. */
  | 'PAID'
  /** Made, not yet sent. */
  | 'PENDING';

/** Whether a quarantined record still stands. */
export type QuarantineStatus =
  /** The object is out of step until it is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** An item of a source that could not be applied, with the evidence. */
export type QuarantinedRecord = Node & {
  readonly __typename?: 'QuarantinedRecord';
  /** Error code: UPSTREAM_MALFORMED. */
  readonly code: Scalars['String']['output'];
  /** The object as it was last understood. Null when there is none. */
  readonly entity?: Maybe<Node>;
  /** Global id that the object has or would have. Null when the item's own id could not be read. */
  readonly entityId?: Maybe<Scalars['ID']['output']>;
  /** What the item would have been. */
  readonly entityType: EntityType;
  /** The object's id at the source. Null when it could not be read. */
  readonly externalId?: Maybe<Scalars['ID']['output']>;
  /** When it was first met. */
  readonly firstAt: Scalars['DateTime']['output'];
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** When it was last met. */
  readonly lastAt: Scalars['DateTime']['output'];
  /** How many times the same item was met with the same fault. */
  readonly occurrences: Scalars['BigInt']['output'];
  /** Where in the item the fault is: `amount`. */
  readonly path: Scalars['String']['output'];
  /** What was expected and what came, without personal values. */
  readonly problem: Scalars['String']['output'];
  /** The bytes of the item. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** When the object was applied after all. Null while it stands. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The run that met it last. Null when it came otherwise. */
  readonly run?: Maybe<SyncRun>;
  /** The source that sent it. */
  readonly source: Source;
  /** Whether it still stands. */
  readonly status: QuarantineStatus;
};

/** A page of quarantined records. */
export type QuarantinedRecordConnection = {
  readonly __typename?: 'QuarantinedRecordConnection';
  /** The quarantined records with their cursors, newest first. */
  readonly edges: ReadonlyArray<QuarantinedRecordEdge>;
  /** The quarantined records alone. */
  readonly nodes: ReadonlyArray<QuarantinedRecord>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type QuarantinedRecordEdge = {
  readonly __typename?: 'QuarantinedRecordEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: QuarantinedRecord;
};

/** Which quarantined records to list: those that meet every condition given. */
export type QuarantinedRecordFilter = {
  /** Of these kinds of object only; at most 100. */
  readonly entityTypes?: InputMaybe<ReadonlyArray<EntityType>>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Those that stand, or those that are resolved, only. */
  readonly status?: InputMaybe<QuarantineStatus>;
};

/** What can be read. */
export type Query = {
  readonly __typename?: 'Query';
  /** One account by id. Null when there is none. */
  readonly account?: Maybe<Account>;
  /** Accounts, newest first. */
  readonly accounts: AccountConnection;
  /** One bank transaction by id. Null when there is none. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** Bank transactions by booking date, else by value date, the latest first; what has neither stands where it was first seen. */
  readonly bankTransactions: BankTransactionConnection;
  /** Deliveries, newest first. */
  readonly deliveries: DeliveryConnection;
  /** One delivery by id. Null when there is none. */
  readonly delivery?: Maybe<Delivery>;
  /** One dispute by id. Null when there is none. */
  readonly dispute?: Maybe<Dispute>;
  /** Disputes, newest first. */
  readonly disputes: DisputeConnection;
  /** One file by id. Null when there is none. */
  readonly file?: Maybe<File>;
  /** Files, newest first. */
  readonly files: FileConnection;
  /** One finding by id. Null when there is none. */
  readonly finding?: Maybe<Finding>;
  /** Findings, newest first. */
  readonly findings: FindingConnection;
  /** Ledger entries, newest first. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** One ledger entry by id. Null when there is none. */
  readonly ledgerEntry?: Maybe<LedgerEntry>;
  /** Any object by its global id. Null when there is none. */
  readonly node?: Maybe<Node>;
  /** Objects by their global ids, each at its place; null where there is none. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** Parties, newest first. */
  readonly parties: PartyConnection;
  /** One party by id. Null when there is none. */
  readonly party?: Maybe<Party>;
  /** One payment by id. Null when there is none. */
  readonly payment?: Maybe<Payment>;
  /** Payments, newest first. */
  readonly payments: PaymentConnection;
  /** One payout by id. Null when there is none. */
  readonly payout?: Maybe<Payout>;
  /** Payouts, newest first. */
  readonly payouts: PayoutConnection;
  /** One quarantined record by id. Null when there is none. */
  readonly quarantinedRecord?: Maybe<QuarantinedRecord>;
  /** Quarantined records, newest first. */
  readonly quarantinedRecords: QuarantinedRecordConnection;
  /** One refund by id. Null when there is none. */
  readonly refund?: Maybe<Refund>;
  /** Refunds, newest first. */
  readonly refunds: RefundConnection;
  /** One source by id. Null when there is none. */
  readonly source?: Maybe<Source>;
  /** Sources, by id. */
  readonly sources: SourceConnection;
  /** One statement by id. Null when there is none. */
  readonly statement?: Maybe<Statement>;
  /** Statements, reports and notifications of banks, newest first. */
  readonly statements: StatementConnection;
  /** One run by id. Null when there is none. */
  readonly syncRun?: Maybe<SyncRun>;
  /** Runs, newest first. */
  readonly syncRuns: SyncRunConnection;
};


/** What can be read. */
export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccountFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryBankTransactionArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryBankTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BankTransactionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryDisputeArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryDisputesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DisputeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryFileArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryFilesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FileFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryFindingArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryLedgerEntryArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryPartiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryPartyArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryPayoutArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryPayoutsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PayoutFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryQuarantinedRecordArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryQuarantinedRecordsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<QuarantinedRecordFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryRefundArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RefundFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QuerySourceArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QuerySourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryStatementArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryStatementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<StatementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QuerySyncRunArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QuerySyncRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SyncRunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The bytes that an object's state was read from, kept as evidence. */
export type RawRecord = {
  readonly __typename?: 'RawRecord';
  /** The bytes as text, complete and unchanged: a list page holds other objects too. A file is decoded by the encoding that it declares, and shown up to 1 MiB; `GET /files/{id}` gives a larger one. Needs the scope `admin`. Null when they are gone, and for a larger file. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** SHA-256 of the bytes, hexadecimal. Null when the delivery that held them is gone. */
  readonly contentHash?: Maybe<Scalars['String']['output']>;
  /** The delivery that brought them. Null when they came otherwise, or when the delivery is gone. */
  readonly delivery?: Maybe<Delivery>;
  /** The file that they are. Null when they came otherwise, or when the file is gone. */
  readonly file?: Maybe<File>;
  /** Media type of the bytes: `application/json`. Null when the bytes are gone. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  /** Where in the bytes the object stands: an RFC 6901 JSON pointer, or an XPath for XML. Empty for the whole. */
  readonly path: Scalars['String']['output'];
  /** When the bytes were received. Null when they are gone. */
  readonly receivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The run that read them. Null when they came otherwise, or when the run is gone. */
  readonly run?: Maybe<SyncRun>;
};

/** A record could not be applied and was parked. */
export type RecordQuarantined = SyncEvent & {
  readonly __typename?: 'RecordQuarantined';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The record as it is now. Null when it is gone. */
  readonly record?: Maybe<QuarantinedRecord>;
  /** The source that sent it. */
  readonly source?: Maybe<Source>;
};

/** A reference number and who gave it. */
export type Reference = {
  readonly __typename?: 'Reference';
  /** Kind of number: `stripe.payment_intent`, `iban`, `endToEndId`. */
  readonly scheme: Scalars['String']['output'];
  /** The number, exactly as it was given. */
  readonly value: Scalars['String']['output'];
};

/** Money given back for a payment. */
export type Refund = Node & {
  readonly __typename?: 'Refund';
  /** What is given back. Null when only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** The attempt whose money it gives back. Null where the source does not say, or before the attempt was synced. */
  readonly attempt?: Maybe<PaymentAttempt>;
  /** When the source created it. Null where the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Why it failed, in the source's word. Null unless it failed. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger lines of this refund, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** The payment it is for. Null where the source does not say, or before the payment was synced. */
  readonly payment?: Maybe<Payment>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** State of the refund in the source's own word. Null when only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Why, in the source's word: `requested_by_customer`. Null where none was given. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The source that it came from. */
  readonly source: Source;
  /** State of the refund in our terms. Null when the source's word is one that we do not know: see `rawStatus`. */
  readonly status?: Maybe<RefundStatus>;
};


/** Money given back for a payment. */
export type RefundLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of refunds. */
export type RefundConnection = {
  readonly __typename?: 'RefundConnection';
  /** The refunds with their cursors, newest first. */
  readonly edges: ReadonlyArray<RefundEdge>;
  /** The refunds alone. */
  readonly nodes: ReadonlyArray<Refund>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type RefundEdge = {
  readonly __typename?: 'RefundEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Refund;
};

/** Which refunds to list: those that meet every condition given. */
export type RefundFilter = {
  /** Created at this moment or later. What the source gives no creation time for counts from when it was first seen. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created before this moment. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<RefundStatus>>;
};

/** State of a refund. */
export type RefundStatus =
  /** It was given up. */
  | 'CANCELED'
  /** It could not be given back; `failureReason` says why. */
  | 'FAILED'
  /** Under way. */
  | 'PENDING'
  /** The payer has something to do to receive it. */
  | 'REQUIRES_ACTION'
  /** The money was given back. */
  | 'SUCCEEDED';

/** What a payment was for. */
export type Remittance = {
  readonly __typename?: 'Remittance';
  /** What is added to the structured references, line by line. */
  readonly additional: ReadonlyArray<Scalars['String']['output']>;
  /** Structured references of the creditor. */
  readonly creditorReferences: ReadonlyArray<CreditorReference>;
  /** Free text, line by line. */
  readonly unstructured: ReadonlyArray<Scalars['String']['output']>;
};

/** Which deliveries to apply again. */
export type ReplayDeliveriesInput = {
  /** Those that meet every condition given, of which there must be one. Without a `status` those that are PARKED; with one, those in the states that it names, but for PENDING: those are due anyway. Deliveries whose bodies are no longer kept are left out. */
  readonly filter: DeliveryFilter;
  /** How many at most: 1 to 10000. The oldest are taken. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
};

/** Deliveries that are applied again. */
export type ReplayDeliveriesPayload = {
  readonly __typename?: 'ReplayDeliveriesPayload';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** Position in the event log before anything was replayed: subscribe `after` it and nothing is missed. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Whether more of them meet the filter. Parked ones no longer do once they are replayed, so the same call takes the next; those that were APPLIED will be again: go on with `receivedFrom`. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** Records that are tried again. */
export type ReplayPayload = {
  readonly __typename?: 'ReplayPayload';
  /** The records, in the order asked for. */
  readonly records: ReadonlyArray<QuarantinedRecord>;
};

/** Why a payment came back. */
export type ReturnReason = {
  readonly __typename?: 'ReturnReason';
  /** What the bank adds, in words. */
  readonly additional: ReadonlyArray<Scalars['String']['output']>;
  /** ISO 20022 external code: `AC04`. Null where the bank gives none. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** The bank's own code. Null where there is none. */
  readonly proprietary?: Maybe<Scalars['String']['output']>;
};

/** A run ended. */
export type RunFinished = SyncEvent & {
  readonly __typename?: 'RunFinished';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The run. Null when it is gone. */
  readonly run?: Maybe<SyncRun>;
  /** The source that was synced. */
  readonly source?: Maybe<Source>;
  /** How it ended. */
  readonly status: SyncRunStatus;
};

/** A run got further with one of its streams. */
export type RunProgressed = SyncEvent & {
  readonly __typename?: 'RunProgressed';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Records of the stream that changed something. */
  readonly changed: Scalars['BigInt']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Share of the stream that is read, 0 to 1. Null where the source gives no way to know. */
  readonly progress?: Maybe<Scalars['Float']['output']>;
  /** Records of the stream read so far. */
  readonly records: Scalars['BigInt']['output'];
  /** The run as it is now. Null when it is gone. */
  readonly run?: Maybe<SyncRun>;
  /** The source that is synced. */
  readonly source?: Maybe<Source>;
  /** The stream that got further. */
  readonly stream: Scalars['String']['output'];
};

/** A run began. */
export type RunStarted = SyncEvent & {
  readonly __typename?: 'RunStarted';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The run as it is now. Null when it is gone. */
  readonly run?: Maybe<SyncRun>;
  /** The source that is synced. */
  readonly source?: Maybe<Source>;
};

/** One configured external system. */
export type Source = Node & {
  readonly __typename?: 'Source';
  /** The limits of its upstream and what is left of them, by bucket. Empty before the first call. */
  readonly budgets: ReadonlyArray<BudgetState>;
  /** Kind of external system: `stripe`. Null for a source that is no longer configured. */
  readonly connector?: Maybe<Scalars['String']['output']>;
  /** The source's configured name, as in webhook URLs. */
  readonly id: Scalars['ID']['output'];
  /** When the stream that lags most was last read to its end. Null before all were. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** Seconds between two polls. Null when it is synced on demand only. */
  readonly scheduleSeconds?: Maybe<Scalars['Int']['output']>;
  /** What the source is able to do right now. Null for a source that is no longer configured. */
  readonly status?: Maybe<SourceStatus>;
  /** Error code behind a status that is not ACTIVE, such as UPSTREAM_UNAUTHORIZED. Null when there is none. */
  readonly statusCode?: Maybe<Scalars['String']['output']>;
  /** The status in words, with what to do about it. Null when there is nothing to say. */
  readonly statusReason?: Maybe<Scalars['String']['output']>;
  /** Since when the status holds. Null for a source that is no longer configured. */
  readonly statusSince?: Maybe<Scalars['DateTime']['output']>;
  /** State of each stream that was ever synced, by name. */
  readonly streams: ReadonlyArray<StreamState>;
  /** Its webhooks: where they go, and how they do. Null for a source that takes none: its connector has no webhooks, nothing is configured to verify them with, or the source is no longer configured. */
  readonly webhooks?: Maybe<SourceWebhooks>;
};

/** A page of sources. */
export type SourceConnection = {
  readonly __typename?: 'SourceConnection';
  /** The sources with their cursors, by id. */
  readonly edges: ReadonlyArray<SourceEdge>;
  /** The sources alone. */
  readonly nodes: ReadonlyArray<Source>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A source in a list. */
export type SourceEdge = {
  readonly __typename?: 'SourceEdge';
  /** Position of the source in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The source. */
  readonly node: Source;
};

/** One of the ids that an object has had at its source. */
export type SourceId = {
  readonly __typename?: 'SourceId';
  /** The id. */
  readonly externalId: Scalars['ID']['output'];
  /** When the object was first shown to us under it. Null for the id that it had first: how long it had that already is not known. */
  readonly firstSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the source still uses it: it does not once it shows the object under another one. */
  readonly isCurrent: Scalars['Boolean']['output'];
};

/** What a source is able to do right now. */
export type SourceStatus =
  /** It is synced by its schedule. */
  | 'ACTIVE'
  /** Its credentials were refused: they must be replaced. */
  | 'NEEDS_CREDENTIALS'
  /** Somebody paused it: nothing is read until it is resumed. */
  | 'PAUSED'
  /** It does not answer, or not with what it should. It is tried again by itself. */
  | 'UNREACHABLE';

/** A source's status changed. */
export type SourceStatusChanged = SyncEvent & {
  readonly __typename?: 'SourceStatusChanged';
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The status before. */
  readonly previousStatus: SourceStatus;
  /** The source. */
  readonly source?: Maybe<Source>;
  /** The new status. */
  readonly sourceStatus: SourceStatus;
  /** Why, in words. Null when there is nothing to say. */
  readonly statusReason?: Maybe<Scalars['String']['output']>;
};

/** How the webhooks of a source do. What is counted is counted by the minute and told some seconds later. */
export type SourceWebhooks = {
  readonly __typename?: 'SourceWebhooks';
  /** Calls of the last 24 hours that had come before. */
  readonly duplicatesLastDay: Scalars['Int']['output'];
  /** Share of the calls of the last 24 hours that failed, 0 to 1: those that were refused, and those that could not be applied. Null when none came. */
  readonly failingShare?: Maybe<Scalars['Float']['output']>;
  /** Whether calls prove who sent them. False for a provider that signs nothing: each call is then no more than a reason to ask the provider. */
  readonly isVerified: Scalars['Boolean']['output'];
  /** When the last call came that was taken. Null before the first. */
  readonly lastReceivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the last call was refused because it was not signed as it should be. Null before the first. */
  readonly lastRefusedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Changes of the last 24 hours that a webhook should have told, and that were found by asking the provider. */
  readonly missedLastDay: Scalars['Int']['output'];
  /** Deliveries that are parked now: see `deliveries` with the status PARKED. */
  readonly parked: Scalars['Int']['output'];
  /** Deliveries that wait to be applied now. */
  readonly pending: Scalars['Int']['output'];
  /** Calls taken in the last hour, duplicates among them. */
  readonly receivedLastHour: Scalars['Int']['output'];
  /** Since when none has come although some should have. Null while they come. */
  readonly silentSince?: Maybe<Scalars['DateTime']['output']>;
  /** The address to give to the provider. It begins with the setting PUBLIC_URL; without that, with the address that this process listens on, which a provider outside cannot reach. */
  readonly url: Scalars['String']['output'];
  /** Calls an hour, over the last 14 days, or since the first call where that is less; at least over an hour. Null when none came in that time. */
  readonly usualPerHour?: Maybe<Scalars['Float']['output']>;
};

/** Why a state may be outdated. */
export type StaleReason =
  /** The source refuses its credentials: it needs new ones. */
  | 'NEEDS_CREDENTIALS'
  /** The source has no way to fetch an object of this kind by itself. Its next sync brings it. */
  | 'NOT_FETCHABLE'
  /** We had no room to make the call, or to keep its answer, in time. */
  | 'OVERLOADED'
  /** The source's rate limit leaves no call in time. */
  | 'RATE_LIMITED'
  /** The source was paused by an operator. */
  | 'SOURCE_PAUSED'
  /** The source is no longer configured. */
  | 'SOURCE_REMOVED'
  /** The source is read, and three of its schedules passed without a success. */
  | 'SYNC_LATE'
  /** The source does not answer, or answers with failures. */
  | 'UNREACHABLE'
  /** The source answered, and its answer was a refusal or not as documented; see `quarantinedRecords`. */
  | 'UPSTREAM_FAULT';

/** What to sync. */
export type StartSyncInput = {
  /** Any text of up to 200 characters: a second call with the same key returns the first one's run, and is refused when it asks for something else. Null makes every call a new run. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How much to read. */
  readonly mode?: SyncMode;
  /** The creation times to cover: required with the mode RANGE, refused with any other. */
  readonly range?: InputMaybe<SyncRangeInput>;
  /** The source's name. */
  readonly sourceId: Scalars['ID']['input'];
  /** Names of the streams; at most 100. Null for all of the source. */
  readonly streams?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A run that was started. */
export type StartSyncPayload = {
  readonly __typename?: 'StartSyncPayload';
  /** Position in the event log before the run's first event: subscribe `after` it and nothing is missed. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The run. */
  readonly run: SyncRun;
};

/** What a bank tells of an account in one message, over all its pages: a statement, an interim report, or a notification of movements. */
export type Statement = Node & {
  readonly __typename?: 'Statement';
  /** The account that it is about. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** The balances that it states. */
  readonly balances: ReadonlyArray<StatementBalance>;
  /** How many of them are booked. Null when only its deletion was ever seen. */
  readonly bookedCount?: Maybe<Scalars['Int']['output']>;
  /** Whether its balances and its booked entries add up, for each currency. */
  readonly checks: ReadonlyArray<StatementCheck>;
  /** Whether it closes: opening balance and booked entries make the closing balance, in every currency. Null where no currency has both balances. */
  readonly closes?: Maybe<Scalars['Boolean']['output']>;
  /** The closing balance, of the first currency where it has several. Null where it states none. */
  readonly closing?: Maybe<StatementBalance>;
  /** It beside the messages of each other kind about the same account and days. A kind without any is left out. */
  readonly comparisons: ReadonlyArray<StatementComparison>;
  /** The bank's word where this is no original: `COPY`, `DUPL`, `CODU`. Null otherwise. */
  readonly copyDuplicate?: Maybe<Scalars['String']['output']>;
  /** When the bank made it. Null where the bank does not say, or gives no time zone: see `issuedAt`. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When we learned that the source deleted it; its last state stays readable. Null while it exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many of them have details that do not add up to them. Null when only its deletion was ever seen. */
  readonly detailsDiffer?: Maybe<Scalars['Int']['output']>;
  /** What it fails to close by: closing balance less opening balance less entries, of the first currency that does not close. Null where it closes, and where that cannot be said. */
  readonly difference?: Maybe<Money>;
  /** Number of the electronic statement, as written. Null where the bank does not number them. */
  readonly electronicSequence?: Maybe<Scalars['String']['output']>;
  /** How many entries it has, those that could not be read too. Null when only its deletion was ever seen. */
  readonly entryCount?: Maybe<Scalars['Int']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** How many of them could not be read: see `quarantinedRecords`. They are in no sum. Null when only its deletion was ever seen. */
  readonly faultyCount?: Maybe<Scalars['Int']['output']>;
  /** First day that it is about: by its period, else its balances, else its entries. Null where none of them says. */
  readonly firstDay?: Maybe<Scalars['Date']['output']>;
  /** How recent this state is. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Whether all its pages are here and all its entries could be read. Null when only its deletion was ever seen. */
  readonly isComplete?: Maybe<Scalars['Boolean']['output']>;
  /** When the bank made it, as written: a time without a zone is the bank's own. Null where the bank does not say. */
  readonly issuedAt?: Maybe<Scalars['String']['output']>;
  /** What it is. Null when only its deletion was ever seen. */
  readonly kind?: Maybe<StatementKind>;
  /** Last day that it is about: by its period, else its balances, else its entries. Null where none of them says. */
  readonly lastDay?: Maybe<Scalars['Date']['output']>;
  /** Number of the legal statement, as written. Null where the bank does not number them. */
  readonly legalSequence?: Maybe<Scalars['String']['output']>;
  /** How it follows the statement before it, for each currency. Empty for what is not numbered or has no balances to follow. */
  readonly links: ReadonlyArray<StatementLink>;
  /** The bank's id of the message that it came in. Null where the bank gives none. */
  readonly messageId?: Maybe<Scalars['String']['output']>;
  /** Format of the message: `camt.053.001.08`. Null when only its deletion was ever seen. */
  readonly messageVersion?: Maybe<Scalars['String']['output']>;
  /** The statement that follows it: the one that names it as `previous`. Null where none came yet. */
  readonly next?: Maybe<Statement>;
  /** The opening balance, of the first currency where it has several. Null where it states none. */
  readonly opening?: Maybe<StatementBalance>;
  /** Numbers of the pages that are here, in order; 1 where it is whole. */
  readonly pages: ReadonlyArray<Scalars['Int']['output']>;
  /** How many of them are pending. Null when only its deletion was ever seen. */
  readonly pendingCount?: Maybe<Scalars['Int']['output']>;
  /** Beginning of its period, as written: a time, else a day. Null where the bank does not say. */
  readonly periodFrom?: Maybe<Scalars['String']['output']>;
  /** End of its period, as written: a time, else a day. Null where the bank does not say. */
  readonly periodTo?: Maybe<Scalars['String']['output']>;
  /** The bytes that this state was read from. Null where none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The source that it came from. */
  readonly source: Source;
  /** The bank's id of it. Null where the bank gives none. */
  readonly statementId?: Maybe<Scalars['String']['output']>;
  /** Whether the bank's own control totals fit its entries. Null where the bank states none. */
  readonly summary?: Maybe<StatementSummary>;
  /** The transactions that it tells, in its order, without those that the source has deleted. */
  readonly transactions: BankTransactionConnection;
};


/** What a bank tells of an account in one message, over all its pages: a statement, an interim report, or a notification of movements. */
export type StatementTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A balance that a statement states. */
export type StatementBalance = {
  readonly __typename?: 'StatementBalance';
  /** Which balance it is, in the bank's code: OPBD, CLBD, ITBD, PRCD, CLAV. */
  readonly code: Scalars['String']['output'];
  /** The day that it is of. Null where the bank does not say. */
  readonly date?: Maybe<Scalars['Date']['output']>;
  /** Whether the bank did not say if it is a credit or a debit: it is taken for a credit. */
  readonly isDirectionAssumed: Scalars['Boolean']['output'];
  /** The balance; negative for a debit. */
  readonly money: Money;
};

/** Whether balances and entries add up in one currency. */
export type StatementCheck = {
  readonly __typename?: 'StatementCheck';
  /** Booked entries: credits less debits. */
  readonly booked: Money;
  /** Whether it closes. Null without both balances. */
  readonly closes?: Maybe<Scalars['Boolean']['output']>;
  /** The closing balance. Null where the statement has none in this currency. */
  readonly closing?: Maybe<StatementBalance>;
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Closing less opening less booked; zero where it closes. Null without both balances. */
  readonly difference?: Maybe<Money>;
  /** The opening balance. Null where the statement has none in this currency. */
  readonly opening?: Maybe<StatementBalance>;
};

/** A statement beside the messages of another kind about the same account and days. Booked transactions are compared: those that the statement tells, and those that the others tell and that are booked within its days. */
export type StatementComparison = {
  readonly __typename?: 'StatementComparison';
  /** Whether neither side tells a booked transaction that the other lacks. Banks need not notify every movement: beside a notification only what is notified and not in the statement or report counts. */
  readonly agrees: Scalars['Boolean']['output'];
  /** Booked transactions that both tell. */
  readonly inBoth: Scalars['Int']['output'];
  /** How many messages of it there are. */
  readonly messages: Scalars['Int']['output'];
  /** Booked transactions that only this statement tells. */
  readonly onlyHere: Scalars['Int']['output'];
  /** What only this statement tells, the latest booking first; at most 100. */
  readonly onlyHereTransactions: ReadonlyArray<BankTransaction>;
  /** Booked transactions of these days that only the others tell. */
  readonly onlyThere: Scalars['Int']['output'];
  /** What only the others tell, the latest booking first; at most 100. */
  readonly onlyThereTransactions: ReadonlyArray<BankTransaction>;
  /** The other kind. */
  readonly with: StatementKind;
};

/** A page of statements. */
export type StatementConnection = {
  readonly __typename?: 'StatementConnection';
  /** The statements with their cursors, newest first. */
  readonly edges: ReadonlyArray<StatementEdge>;
  /** The statements alone. */
  readonly nodes: ReadonlyArray<Statement>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type StatementEdge = {
  readonly __typename?: 'StatementEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Statement;
};

/** Which statements to list: those that meet every condition given. */
export type StatementFilter = {
  /** About this account only: its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Those that close, or those that do not, only. What has no balances to tell is neither. */
  readonly closes?: InputMaybe<Scalars['Boolean']['input']>;
  /** About this day or later ones, among others. */
  readonly dayFrom?: InputMaybe<Scalars['Date']['input']>;
  /** About this day or earlier ones, among others. */
  readonly dayTo?: InputMaybe<Scalars['Date']['input']>;
  /** With this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Also those that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Those that are complete, or those that are not, only. */
  readonly isComplete?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of one of these kinds only; at most 100. */
  readonly kind?: InputMaybe<ReadonlyArray<StatementKind>>;
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What a message about an account is. */
export type StatementKind =
  /** Single movements as they happen: camt.054. It need not have all of them. */
  | 'NOTIFICATION'
  /** What the account looks like in between, with entries that may still change: camt.052. */
  | 'REPORT'
  /** The bank's final word on a period: camt.053. */
  | 'STATEMENT';

/** How a statement follows the one before it, in one currency. */
export type StatementLink = {
  readonly __typename?: 'StatementLink';
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Its opening balance less the closing balance before it; zero where they fit. Null where that cannot be said. */
  readonly difference?: Maybe<Money>;
  /** The statement before it. Null where there is none here. */
  readonly previous?: Maybe<Statement>;
  /** Whether the one before it is here and fits. */
  readonly state: StatementLinkState;
};

/** Whether a statement fits the one before it. */
export type StatementLinkState =
  /** It opens where the one before it has closed. */
  | 'CONTINUOUS'
  /** It is another copy of one that is here. */
  | 'DUPLICATE'
  /** There is none before it. */
  | 'FIRST'
  /** Something is missing between the one before it and it. */
  | 'GAP'
  /** It came, or is numbered, before what it follows. */
  | 'OUT_OF_ORDER'
  /** It tells of days that the one before it tells of too. */
  | 'OVERLAP';

/** Whether the bank's own control totals fit its entries. */
export type StatementSummary = {
  readonly __typename?: 'StatementSummary';
  /** Whether all of them do. */
  readonly agrees: Scalars['Boolean']['output'];
  /** Those that do not. */
  readonly differences: ReadonlyArray<SummaryDifference>;
};

/** Nothing happened; this is where the stream stands. Sent first when there is no `after`, and now and then while no event passes the filter. */
export type StreamPosition = SyncEvent & {
  readonly __typename?: 'StreamPosition';
  /** When it was sent. */
  readonly at: Scalars['DateTime']['output'];
  /** The position. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Always null. */
  readonly source?: Maybe<Source>;
};

/** The stream could not go on from the cursor given: events may have been missed. Read the state again; events after this one are complete. */
export type StreamReset = SyncEvent & {
  readonly __typename?: 'StreamReset';
  /** When it was sent. */
  readonly at: Scalars['DateTime']['output'];
  /** The position that the stream goes on from. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Why. */
  readonly reason: StreamResetReason;
  /** Always null. */
  readonly source?: Maybe<Source>;
};

/** Why a stream could not go on from its cursor. */
export type StreamResetReason =
  /** Events after the cursor are older than the log keeps. */
  | 'RETENTION'
  /** The log ends before the cursor: the database was set back to an older copy. */
  | 'UNKNOWN_POSITION';

/** How far one stream of a source has been synced. */
export type StreamState = {
  readonly __typename?: 'StreamState';
  /** When the position to resume from was last stored. Null before the first checkpoint. */
  readonly checkpointAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether a worker holds the stream right now. */
  readonly isRunning: Scalars['Boolean']['output'];
  /** When it was last read to its end; by range does not count. Null before the first time. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the stream: `payments`. */
  readonly stream: Scalars['String']['output'];
};

/** What can be followed live. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Every sync event, once, in the order of commit. Without `after` it begins now, with a StreamPosition that says where now is. With `after` it first replays what came since. */
  readonly syncEvents: SyncEvent;
};


/** What can be followed live. */
export type SubscriptionSyncEventsArgs = {
  after?: InputMaybe<Scalars['EventCursor']['input']>;
  filter?: InputMaybe<SyncEventFilter>;
};

/** A control total that does not fit the entries. */
export type SummaryDifference = {
  readonly __typename?: 'SummaryDifference';
  /** Which total it is: `all.count`, `credits.sum`. */
  readonly figure: Scalars['String']['output'];
  /** What its entries add up to. */
  readonly found: Scalars['String']['output'];
  /** What the bank states. */
  readonly stated: Scalars['String']['output'];
};

/** One fact of the event log, or a word about the stream itself. */
export type SyncEvent = {
  /** When it was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position behind this event: resume `after` it. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The source that it is about. Null for StreamPosition and StreamReset. */
  readonly source?: Maybe<Source>;
};

/** Which events to receive: those that meet every condition given. A null condition lets all pass, an empty one none. */
export type SyncEventFilter = {
  /** About these objects only: their global ids. */
  readonly entityIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** About objects of these kinds only. */
  readonly entityTypes?: InputMaybe<ReadonlyArray<EntityType>>;
  /** Of these kinds only. StreamPosition and StreamReset are always sent. */
  readonly kinds?: InputMaybe<ReadonlyArray<SyncEventKind>>;
  /** About these runs only: their global ids. */
  readonly runIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** About these sources only. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** A kind of event, named after its type. */
export type SyncEventKind =
  /** An upstream asked to be left alone for a while. */
  | 'BudgetClosed'
  /** A delivery could not be applied. */
  | 'DeliveryParked'
  /** A delivery came. */
  | 'DeliveryReceived'
  /** An object was created, updated or deleted. */
  | 'EntityChanged'
  /** What was out of step is in step again. */
  | 'FindingClosed'
  /** Something was found to be out of step. */
  | 'FindingOpened'
  /** A record could not be applied. */
  | 'RecordQuarantined'
  /** A run ended. */
  | 'RunFinished'
  /** A run got further. */
  | 'RunProgressed'
  /** A run began. */
  | 'RunStarted'
  /** A source's status changed. */
  | 'SourceStatusChanged';

/** How much a run reads. */
export type SyncMode =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything, if there was none. */
  | 'INCREMENTAL'
  /** What was created in a range of time. */
  | 'RANGE';

/** A range of creation times. */
export type SyncRange = {
  readonly __typename?: 'SyncRange';
  /** First moment of the range. */
  readonly from: Scalars['DateTime']['output'];
  /** The moment after its last. */
  readonly to: Scalars['DateTime']['output'];
};

/** A range of creation times. */
export type SyncRangeInput = {
  /** First moment of the range. */
  readonly from: Scalars['DateTime']['input'];
  /** The moment after its last. */
  readonly to: Scalars['DateTime']['input'];
};

/** One execution of a sync over one or more streams of a source. */
export type SyncRun = Node & {
  readonly __typename?: 'SyncRun';
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When its last stream ended. Null while it runs. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Whether its end was asked for: it stops at its next checkpoint. */
  readonly isCancelRequested: Scalars['Boolean']['output'];
  /** How much it reads. */
  readonly mode: SyncMode;
  /** The creation times that it covers. Null unless the mode is RANGE. */
  readonly range?: Maybe<SyncRange>;
  /** The source that is synced. */
  readonly source: Source;
  /** When its first stream began. Null while it waits. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it is. */
  readonly status: SyncRunStatus;
  /** Each stream with what it did, by name. */
  readonly streams: ReadonlyArray<SyncRunStream>;
  /** What started it. */
  readonly trigger: SyncTrigger;
};

/** A page of runs. */
export type SyncRunConnection = {
  readonly __typename?: 'SyncRunConnection';
  /** The runs with their cursors, newest first. */
  readonly edges: ReadonlyArray<SyncRunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<SyncRun>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type SyncRunEdge = {
  readonly __typename?: 'SyncRunEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: SyncRun;
};

/** Which runs to list: those that meet every condition given. */
export type SyncRunFilter = {
  /** Of these sources only; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In one of these states only; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<SyncRunStatus>>;
};

/** How far a run or a stream of it is. */
export type SyncRunStatus =
  /** It was ended on request. */
  | 'CANCELED'
  /** It was given up; the error says why. */
  | 'FAILED'
  /** It waits for a worker or for its next try. */
  | 'QUEUED'
  /** It is being read. */
  | 'RUNNING'
  /** Everything was read. */
  | 'SUCCEEDED';

/** One stream within a run. */
export type SyncRunStream = {
  readonly __typename?: 'SyncRunStream';
  /** How many times it was begun; more than 1 after a failure or a takeover. */
  readonly attempts: Scalars['Int']['output'];
  /** Records that changed something. */
  readonly changed: Scalars['BigInt']['output'];
  /** Error code of its last failure. Null when it had none. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** Its last failure in words. Null when it had none. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** When it ended. Null while it runs. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Share that is read, 0 to 1. Null where the source gives no way to know. */
  readonly progress?: Maybe<Scalars['Float']['output']>;
  /** Records that could not be applied and were parked. */
  readonly quarantined: Scalars['BigInt']['output'];
  /** Records read so far. */
  readonly records: Scalars['BigInt']['output'];
  /** When it began. Null while it waits. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it is. */
  readonly status: SyncRunStatus;
  /** Name of the stream: `payments`. */
  readonly stream: Scalars['String']['output'];
};

/** What started a run. */
export type SyncTrigger =
  /** Webhooks have stopped coming: what they would have told is read at once. */
  | 'CATCH_UP'
  /** Somebody asked for it. */
  | 'REQUEST'
  /** The source's schedule. */
  | 'SCHEDULE'
  /** A webhook said that its streams have something new. */
  | 'WEBHOOK';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Account: Account;
  BankTransaction: BankTransaction;
  Dispute: Dispute;
  LedgerEntry: LedgerEntry;
  Party: Party;
  Payment: Payment;
  Payout: Payout;
  Refund: Refund;
  Source: Source;
  Statement: Statement;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account:
    ( { __typename: 'Account' }
    & ( GraphQLRecursivePick<FederationTypes['Account'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Account'], {"source":{"id":true},"externalId":true}> ) );
  BankTransaction:
    ( { __typename: 'BankTransaction' }
    & ( GraphQLRecursivePick<FederationTypes['BankTransaction'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['BankTransaction'], {"source":{"id":true},"externalId":true}> ) );
  Dispute:
    ( { __typename: 'Dispute' }
    & ( GraphQLRecursivePick<FederationTypes['Dispute'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Dispute'], {"source":{"id":true},"externalId":true}> ) );
  LedgerEntry:
    ( { __typename: 'LedgerEntry' }
    & ( GraphQLRecursivePick<FederationTypes['LedgerEntry'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['LedgerEntry'], {"source":{"id":true},"externalId":true}> ) );
  Party:
    ( { __typename: 'Party' }
    & ( GraphQLRecursivePick<FederationTypes['Party'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Party'], {"source":{"id":true},"externalId":true}> ) );
  Payment:
    ( { __typename: 'Payment' }
    & ( GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Payment'], {"source":{"id":true},"externalId":true}> ) );
  Payout:
    ( { __typename: 'Payout' }
    & ( GraphQLRecursivePick<FederationTypes['Payout'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Payout'], {"source":{"id":true},"externalId":true}> ) );
  Refund:
    ( { __typename: 'Refund' }
    & ( GraphQLRecursivePick<FederationTypes['Refund'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Refund'], {"source":{"id":true},"externalId":true}> ) );
  Source:
    ( { __typename: 'Source' }
    & GraphQLRecursivePick<FederationTypes['Source'], {"id":true}> );
  Statement:
    ( { __typename: 'Statement' }
    & ( GraphQLRecursivePick<FederationTypes['Statement'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Statement'], {"source":{"id":true},"externalId":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  LedgerOrigin:
    | ( DisputeRow )
    | ( PaymentAttemptRow )
    | ( PayoutRow )
    | ( RefundRow )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( AccountRow )
    | ( BankTransactionRow )
    | ( DeliveryRow )
    | ( DisputeRow )
    | ( FileRow )
    | ( FindingRow )
    | ( LedgerEntryRow )
    | ( PartyRow )
    | ( PaymentRow )
    | ( PayoutRow )
    | ( QuarantinedRecordRow )
    | ( RefundRow )
    | ( SourceModel )
    | ( StatementRow )
    | ( SyncRunRow )
  ;
  SyncEvent:
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
    | ( StreamItem )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Account: ResolverTypeWrapper<AccountRow>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AccountConnection: ResolverTypeWrapper<Omit<AccountConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AccountEdge']>, nodes: ReadonlyArray<ResolversTypes['Account']> }>;
  AccountEdge: ResolverTypeWrapper<Omit<AccountEdge, 'node'> & { node: ResolversTypes['Account'] }>;
  AccountFilter: AccountFilter;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AccountKind: AccountKind;
  AccountOwnership: AccountOwnership;
  AmountRange: AmountRange;
  AttemptStatus: AttemptStatus;
  Balance: ResolverTypeWrapper<BalanceRow>;
  BalanceKind: BalanceKind;
  BankCharge: ResolverTypeWrapper<Omit<BankCharge, 'money'> & { money: ResolversTypes['Money'] }>;
  BankTransaction: ResolverTypeWrapper<BankTransactionRow>;
  BankTransactionCode: ResolverTypeWrapper<BankTransactionCode>;
  BankTransactionConnection: ResolverTypeWrapper<Omit<BankTransactionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BankTransactionEdge']>, nodes: ReadonlyArray<ResolversTypes['BankTransaction']> }>;
  BankTransactionDetail: ResolverTypeWrapper<TransactionDetailRow>;
  BankTransactionDetailConnection: ResolverTypeWrapper<Omit<BankTransactionDetailConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BankTransactionDetailEdge']>, nodes: ReadonlyArray<ResolversTypes['BankTransactionDetail']> }>;
  BankTransactionDetailEdge: ResolverTypeWrapper<Omit<BankTransactionDetailEdge, 'node'> & { node: ResolversTypes['BankTransactionDetail'] }>;
  BankTransactionEdge: ResolverTypeWrapper<Omit<BankTransactionEdge, 'node'> & { node: ResolversTypes['BankTransaction'] }>;
  BankTransactionFilter: BankTransactionFilter;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  BookingStatus: BookingStatus;
  BudgetClosed: ResolverTypeWrapper<StreamItem>;
  BudgetClosedReason: BudgetClosedReason;
  BudgetState: ResolverTypeWrapper<BudgetStateRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ChangeKind: ChangeKind;
  Counterparty: ResolverTypeWrapper<Counterparty>;
  CreditorReference: ResolverTypeWrapper<CreditorReference>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  CurrencyExchange: ResolverTypeWrapper<CurrencyExchange>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Delivery: ResolverTypeWrapper<DeliveryRow>;
  DeliveryAttempt: ResolverTypeWrapper<DeliveryAttemptRow>;
  DeliveryAttemptOutcome: DeliveryAttemptOutcome;
  DeliveryConflict: ResolverTypeWrapper<DeliveryConflictRow>;
  DeliveryConnection: ResolverTypeWrapper<Omit<DeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DeliveryEdge']>, nodes: ReadonlyArray<ResolversTypes['Delivery']> }>;
  DeliveryEdge: ResolverTypeWrapper<Omit<DeliveryEdge, 'node'> & { node: ResolversTypes['Delivery'] }>;
  DeliveryEffect: ResolverTypeWrapper<DeliveryEffectRow>;
  DeliveryEffectKind: DeliveryEffectKind;
  DeliveryFilter: DeliveryFilter;
  DeliveryParked: ResolverTypeWrapper<StreamItem>;
  DeliveryReceived: ResolverTypeWrapper<StreamItem>;
  DeliveryStatus: DeliveryStatus;
  DeliveryVerification: ResolverTypeWrapper<VerificationRow>;
  DetailsMatch: DetailsMatch;
  Direction: Direction;
  DiscardDeliveriesInput: DiscardDeliveriesInput;
  DiscardDeliveriesPayload: ResolverTypeWrapper<DiscardDeliveriesPayload>;
  Dispute: ResolverTypeWrapper<DisputeRow>;
  DisputeConnection: ResolverTypeWrapper<Omit<DisputeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DisputeEdge']>, nodes: ReadonlyArray<ResolversTypes['Dispute']> }>;
  DisputeEdge: ResolverTypeWrapper<Omit<DisputeEdge, 'node'> & { node: ResolversTypes['Dispute'] }>;
  DisputeFilter: DisputeFilter;
  DisputeStage: DisputeStage;
  DisputeStatus: DisputeStatus;
  EntityChanged: ResolverTypeWrapper<StreamItem>;
  EntityType: EntityType;
  EventCursor: ResolverTypeWrapper<Scalars['EventCursor']['output']>;
  Evidence: ResolverTypeWrapper<Evidence>;
  Extension: ResolverTypeWrapper<Extension>;
  FailureCause: FailureCause;
  File: ResolverTypeWrapper<FileRow>;
  FileConnection: ResolverTypeWrapper<Omit<FileConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['FileEdge']>, nodes: ReadonlyArray<ResolversTypes['File']> }>;
  FileEdge: ResolverTypeWrapper<Omit<FileEdge, 'node'> & { node: ResolversTypes['File'] }>;
  FileFilter: FileFilter;
  FileStatus: FileStatus;
  FileWay: FileWay;
  Finding: ResolverTypeWrapper<FindingRow>;
  FindingClosed: ResolverTypeWrapper<StreamItem>;
  FindingConnection: ResolverTypeWrapper<Omit<FindingConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['FindingEdge']>, nodes: ReadonlyArray<ResolversTypes['Finding']> }>;
  FindingEdge: ResolverTypeWrapper<Omit<FindingEdge, 'node'> & { node: ResolversTypes['Finding'] }>;
  FindingFilter: FindingFilter;
  FindingOpened: ResolverTypeWrapper<StreamItem>;
  Freshness: ResolverTypeWrapper<FreshnessModel>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryRow>;
  LedgerEntryConnection: ResolverTypeWrapper<Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['LedgerEntry']> }>;
  LedgerEntryEdge: ResolverTypeWrapper<Omit<LedgerEntryEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LedgerEntryFilter: LedgerEntryFilter;
  LedgerEntryKind: LedgerEntryKind;
  LedgerOrigin: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['LedgerOrigin']>;
  Money: ResolverTypeWrapper<MoneyModel>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NamedAmount: ResolverTypeWrapper<Omit<NamedAmount, 'money'> & { money: ResolversTypes['Money'] }>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ObservedVia: ObservedVia;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Party: ResolverTypeWrapper<PartyRow>;
  PartyConnection: ResolverTypeWrapper<Omit<PartyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PartyEdge']>, nodes: ReadonlyArray<ResolversTypes['Party']> }>;
  PartyEdge: ResolverTypeWrapper<Omit<PartyEdge, 'node'> & { node: ResolversTypes['Party'] }>;
  PartyFilter: PartyFilter;
  PartyKind: PartyKind;
  Payment: ResolverTypeWrapper<PaymentRow>;
  PaymentAttempt: ResolverTypeWrapper<PaymentAttemptRow>;
  PaymentBatch: ResolverTypeWrapper<Omit<PaymentBatch, 'total'> & { total?: Maybe<ResolversTypes['Money']> }>;
  PaymentConnection: ResolverTypeWrapper<Omit<PaymentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PaymentEdge']>, nodes: ReadonlyArray<ResolversTypes['Payment']> }>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentError: ResolverTypeWrapper<PaymentError>;
  PaymentErrorCategory: PaymentErrorCategory;
  PaymentFilter: PaymentFilter;
  PaymentKind: PaymentKind;
  PaymentStatus: PaymentStatus;
  Payout: ResolverTypeWrapper<PayoutRow>;
  PayoutConnection: ResolverTypeWrapper<Omit<PayoutConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PayoutEdge']>, nodes: ReadonlyArray<ResolversTypes['Payout']> }>;
  PayoutEdge: ResolverTypeWrapper<Omit<PayoutEdge, 'node'> & { node: ResolversTypes['Payout'] }>;
  PayoutFilter: PayoutFilter;
  PayoutMatch: ResolverTypeWrapper<PayoutMatchModel>;
  PayoutMatchReason: PayoutMatchReason;
  PayoutStatus: PayoutStatus;
  QuarantineStatus: QuarantineStatus;
  QuarantinedRecord: ResolverTypeWrapper<QuarantinedRecordRow>;
  QuarantinedRecordConnection: ResolverTypeWrapper<Omit<QuarantinedRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['QuarantinedRecordEdge']>, nodes: ReadonlyArray<ResolversTypes['QuarantinedRecord']> }>;
  QuarantinedRecordEdge: ResolverTypeWrapper<Omit<QuarantinedRecordEdge, 'node'> & { node: ResolversTypes['QuarantinedRecord'] }>;
  QuarantinedRecordFilter: QuarantinedRecordFilter;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RawRecord: ResolverTypeWrapper<RawPointer>;
  RecordQuarantined: ResolverTypeWrapper<StreamItem>;
  Reference: ResolverTypeWrapper<Reference>;
  Refund: ResolverTypeWrapper<RefundRow>;
  RefundConnection: ResolverTypeWrapper<Omit<RefundConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RefundEdge']>, nodes: ReadonlyArray<ResolversTypes['Refund']> }>;
  RefundEdge: ResolverTypeWrapper<Omit<RefundEdge, 'node'> & { node: ResolversTypes['Refund'] }>;
  RefundFilter: RefundFilter;
  RefundStatus: RefundStatus;
  Remittance: ResolverTypeWrapper<Remittance>;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayDeliveriesPayload: ResolverTypeWrapper<ReplayDeliveriesPayload>;
  ReplayPayload: ResolverTypeWrapper<Omit<ReplayPayload, 'records'> & { records: ReadonlyArray<ResolversTypes['QuarantinedRecord']> }>;
  ReturnReason: ResolverTypeWrapper<ReturnReason>;
  RunFinished: ResolverTypeWrapper<StreamItem>;
  RunProgressed: ResolverTypeWrapper<StreamItem>;
  RunStarted: ResolverTypeWrapper<StreamItem>;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceConnection: ResolverTypeWrapper<Omit<SourceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SourceEdge']>, nodes: ReadonlyArray<ResolversTypes['Source']> }>;
  SourceEdge: ResolverTypeWrapper<Omit<SourceEdge, 'node'> & { node: ResolversTypes['Source'] }>;
  SourceId: ResolverTypeWrapper<SourceIdRow>;
  SourceStatus: SourceStatus;
  SourceStatusChanged: ResolverTypeWrapper<StreamItem>;
  SourceWebhooks: ResolverTypeWrapper<SourceWebhooksModel>;
  StaleReason: StaleReason;
  StartSyncInput: StartSyncInput;
  StartSyncPayload: ResolverTypeWrapper<Omit<StartSyncPayload, 'run'> & { run: ResolversTypes['SyncRun'] }>;
  Statement: ResolverTypeWrapper<StatementRow>;
  StatementBalance: ResolverTypeWrapper<Omit<StatementBalance, 'money'> & { money: ResolversTypes['Money'] }>;
  StatementCheck: ResolverTypeWrapper<StatementCheckModel>;
  StatementComparison: ResolverTypeWrapper<StatementComparisonRow>;
  StatementConnection: ResolverTypeWrapper<Omit<StatementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['StatementEdge']>, nodes: ReadonlyArray<ResolversTypes['Statement']> }>;
  StatementEdge: ResolverTypeWrapper<Omit<StatementEdge, 'node'> & { node: ResolversTypes['Statement'] }>;
  StatementFilter: StatementFilter;
  StatementKind: StatementKind;
  StatementLink: ResolverTypeWrapper<StatementLinkRow>;
  StatementLinkState: StatementLinkState;
  StatementSummary: ResolverTypeWrapper<StatementSummary>;
  StreamPosition: ResolverTypeWrapper<StreamItem>;
  StreamReset: ResolverTypeWrapper<StreamItem>;
  StreamResetReason: StreamResetReason;
  StreamState: ResolverTypeWrapper<StreamStateRow>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SummaryDifference: ResolverTypeWrapper<SummaryDifference>;
  SyncEvent: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['SyncEvent']>;
  SyncEventFilter: SyncEventFilter;
  SyncEventKind: SyncEventKind;
  SyncMode: SyncMode;
  SyncRange: ResolverTypeWrapper<SyncRange>;
  SyncRangeInput: SyncRangeInput;
  SyncRun: ResolverTypeWrapper<SyncRunRow>;
  SyncRunConnection: ResolverTypeWrapper<Omit<SyncRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversTypes['SyncRun']> }>;
  SyncRunEdge: ResolverTypeWrapper<Omit<SyncRunEdge, 'node'> & { node: ResolversTypes['SyncRun'] }>;
  SyncRunFilter: SyncRunFilter;
  SyncRunStatus: SyncRunStatus;
  SyncRunStream: ResolverTypeWrapper<SyncRunStreamRow>;
  SyncTrigger: SyncTrigger;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: AccountRow;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  AccountConnection: Omit<AccountConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AccountEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Account']> };
  AccountEdge: Omit<AccountEdge, 'node'> & { node: ResolversParentTypes['Account'] };
  AccountFilter: AccountFilter;
  Boolean: Scalars['Boolean']['output'];
  AmountRange: AmountRange;
  Balance: BalanceRow;
  BankCharge: Omit<BankCharge, 'money'> & { money: ResolversParentTypes['Money'] };
  BankTransaction: BankTransactionRow;
  BankTransactionCode: BankTransactionCode;
  BankTransactionConnection: Omit<BankTransactionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BankTransactionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['BankTransaction']> };
  BankTransactionDetail: TransactionDetailRow;
  BankTransactionDetailConnection: Omit<BankTransactionDetailConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BankTransactionDetailEdge']>, nodes: ReadonlyArray<ResolversParentTypes['BankTransactionDetail']> };
  BankTransactionDetailEdge: Omit<BankTransactionDetailEdge, 'node'> & { node: ResolversParentTypes['BankTransactionDetail'] };
  BankTransactionEdge: Omit<BankTransactionEdge, 'node'> & { node: ResolversParentTypes['BankTransaction'] };
  BankTransactionFilter: BankTransactionFilter;
  BigInt: Scalars['BigInt']['output'];
  BudgetClosed: StreamItem;
  BudgetState: BudgetStateRow;
  Float: Scalars['Float']['output'];
  Counterparty: Counterparty;
  CreditorReference: CreditorReference;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  CurrencyExchange: CurrencyExchange;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Delivery: DeliveryRow;
  DeliveryAttempt: DeliveryAttemptRow;
  DeliveryConflict: DeliveryConflictRow;
  DeliveryConnection: Omit<DeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DeliveryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Delivery']> };
  DeliveryEdge: Omit<DeliveryEdge, 'node'> & { node: ResolversParentTypes['Delivery'] };
  DeliveryEffect: DeliveryEffectRow;
  DeliveryFilter: DeliveryFilter;
  DeliveryParked: StreamItem;
  DeliveryReceived: StreamItem;
  DeliveryVerification: VerificationRow;
  DiscardDeliveriesInput: DiscardDeliveriesInput;
  DiscardDeliveriesPayload: DiscardDeliveriesPayload;
  Dispute: DisputeRow;
  DisputeConnection: Omit<DisputeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DisputeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Dispute']> };
  DisputeEdge: Omit<DisputeEdge, 'node'> & { node: ResolversParentTypes['Dispute'] };
  DisputeFilter: DisputeFilter;
  EntityChanged: StreamItem;
  EventCursor: Scalars['EventCursor']['output'];
  Evidence: Evidence;
  Extension: Extension;
  File: FileRow;
  FileConnection: Omit<FileConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['FileEdge']>, nodes: ReadonlyArray<ResolversParentTypes['File']> };
  FileEdge: Omit<FileEdge, 'node'> & { node: ResolversParentTypes['File'] };
  FileFilter: FileFilter;
  Finding: FindingRow;
  FindingClosed: StreamItem;
  FindingConnection: Omit<FindingConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['FindingEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Finding']> };
  FindingEdge: Omit<FindingEdge, 'node'> & { node: ResolversParentTypes['Finding'] };
  FindingFilter: FindingFilter;
  FindingOpened: StreamItem;
  Freshness: FreshnessModel;
  LedgerEntry: LedgerEntryRow;
  LedgerEntryConnection: Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['LedgerEntry']> };
  LedgerEntryEdge: Omit<LedgerEntryEdge, 'node'> & { node: ResolversParentTypes['LedgerEntry'] };
  LedgerEntryFilter: LedgerEntryFilter;
  LedgerOrigin: ResolversUnionTypes<ResolversParentTypes>['LedgerOrigin'];
  Money: MoneyModel;
  Mutation: Record<PropertyKey, never>;
  NamedAmount: Omit<NamedAmount, 'money'> & { money: ResolversParentTypes['Money'] };
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Party: PartyRow;
  PartyConnection: Omit<PartyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PartyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Party']> };
  PartyEdge: Omit<PartyEdge, 'node'> & { node: ResolversParentTypes['Party'] };
  PartyFilter: PartyFilter;
  Payment: PaymentRow;
  PaymentAttempt: PaymentAttemptRow;
  PaymentBatch: Omit<PaymentBatch, 'total'> & { total?: Maybe<ResolversParentTypes['Money']> };
  PaymentConnection: Omit<PaymentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PaymentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Payment']> };
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentError: PaymentError;
  PaymentFilter: PaymentFilter;
  Payout: PayoutRow;
  PayoutConnection: Omit<PayoutConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PayoutEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Payout']> };
  PayoutEdge: Omit<PayoutEdge, 'node'> & { node: ResolversParentTypes['Payout'] };
  PayoutFilter: PayoutFilter;
  PayoutMatch: PayoutMatchModel;
  QuarantinedRecord: QuarantinedRecordRow;
  QuarantinedRecordConnection: Omit<QuarantinedRecordConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['QuarantinedRecordEdge']>, nodes: ReadonlyArray<ResolversParentTypes['QuarantinedRecord']> };
  QuarantinedRecordEdge: Omit<QuarantinedRecordEdge, 'node'> & { node: ResolversParentTypes['QuarantinedRecord'] };
  QuarantinedRecordFilter: QuarantinedRecordFilter;
  Query: Record<PropertyKey, never>;
  RawRecord: RawPointer;
  RecordQuarantined: StreamItem;
  Reference: Reference;
  Refund: RefundRow;
  RefundConnection: Omit<RefundConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RefundEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Refund']> };
  RefundEdge: Omit<RefundEdge, 'node'> & { node: ResolversParentTypes['Refund'] };
  RefundFilter: RefundFilter;
  Remittance: Remittance;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayDeliveriesPayload: ReplayDeliveriesPayload;
  ReplayPayload: Omit<ReplayPayload, 'records'> & { records: ReadonlyArray<ResolversParentTypes['QuarantinedRecord']> };
  ReturnReason: ReturnReason;
  RunFinished: StreamItem;
  RunProgressed: StreamItem;
  RunStarted: StreamItem;
  Source: SourceModel;
  SourceConnection: Omit<SourceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SourceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Source']> };
  SourceEdge: Omit<SourceEdge, 'node'> & { node: ResolversParentTypes['Source'] };
  SourceId: SourceIdRow;
  SourceStatusChanged: StreamItem;
  SourceWebhooks: SourceWebhooksModel;
  StartSyncInput: StartSyncInput;
  StartSyncPayload: Omit<StartSyncPayload, 'run'> & { run: ResolversParentTypes['SyncRun'] };
  Statement: StatementRow;
  StatementBalance: Omit<StatementBalance, 'money'> & { money: ResolversParentTypes['Money'] };
  StatementCheck: StatementCheckModel;
  StatementComparison: StatementComparisonRow;
  StatementConnection: Omit<StatementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['StatementEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Statement']> };
  StatementEdge: Omit<StatementEdge, 'node'> & { node: ResolversParentTypes['Statement'] };
  StatementFilter: StatementFilter;
  StatementLink: StatementLinkRow;
  StatementSummary: StatementSummary;
  StreamPosition: StreamItem;
  StreamReset: StreamItem;
  StreamState: StreamStateRow;
  Subscription: Record<PropertyKey, never>;
  SummaryDifference: SummaryDifference;
  SyncEvent: ResolversInterfaceTypes<ResolversParentTypes>['SyncEvent'];
  SyncEventFilter: SyncEventFilter;
  SyncRange: SyncRange;
  SyncRangeInput: SyncRangeInput;
  SyncRun: SyncRunRow;
  SyncRunConnection: Omit<SyncRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversParentTypes['SyncRun']> };
  SyncRunEdge: Omit<SyncRunEdge, 'node'> & { node: ResolversParentTypes['SyncRun'] };
  SyncRunFilter: SyncRunFilter;
  SyncRunStream: SyncRunStreamRow;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  balances?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Balance']>>, ParentType, ContextType, Partial<AccountBalancesArgs>>;
  bankTransactions?: Resolver<ResolversTypes['BankTransactionConnection'], ParentType, ContextType, RequireFields<AccountBankTransactionsArgs, 'first'>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifiers?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['AccountKind']>, ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<AccountLedgerEntriesArgs, 'first'>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType>;
  ownership?: Resolver<Maybe<ResolversTypes['AccountOwnership']>, ParentType, ContextType>;
  payouts?: Resolver<ResolversTypes['PayoutConnection'], ParentType, ContextType, RequireFields<AccountPayoutsArgs, 'first'>>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  statements?: Resolver<ResolversTypes['StatementConnection'], ParentType, ContextType, RequireFields<AccountStatementsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountConnection'] = ResolversParentTypes['AccountConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccountEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccountEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountEdge'] = ResolversParentTypes['AccountEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
};

export type BalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Balance'] = ResolversParentTypes['Balance']> = {
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['BalanceKind']>, ParentType, ContextType>;
  money?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type BankChargeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankCharge'] = ResolversParentTypes['BankCharge']> = {
  direction?: Resolver<Maybe<ResolversTypes['Direction']>, ParentType, ContextType>;
  isIncluded?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  money?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BankTransactionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransaction'] = ResolversParentTypes['BankTransaction'], FederationReferenceType extends FederationReferenceTypes['BankTransaction'] = FederationReferenceTypes['BankTransaction']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BankTransaction']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  additionalInfo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amounts?: Resolver<ReadonlyArray<ResolversTypes['NamedAmount']>, ParentType, ContextType>;
  batches?: Resolver<ReadonlyArray<ResolversTypes['PaymentBatch']>, ParentType, ContextType>;
  bookingDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  bookingTime?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  charges?: Resolver<ReadonlyArray<ResolversTypes['BankCharge']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['BankTransactionCode']>, ParentType, ContextType>;
  counterparty?: Resolver<Maybe<ResolversTypes['Counterparty']>, ParentType, ContextType>;
  creditorReference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  detailCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  details?: Resolver<ResolversTypes['BankTransactionDetailConnection'], ParentType, ContextType, RequireFields<BankTransactionDetailsArgs, 'first'>>;
  detailsMatch?: Resolver<Maybe<ResolversTypes['DetailsMatch']>, ParentType, ContextType>;
  direction?: Resolver<Maybe<ResolversTypes['Direction']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isReversal?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  payout?: Resolver<Maybe<ResolversTypes['PayoutMatch']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  remittance?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  returnReason?: Resolver<Maybe<ResolversTypes['ReturnReason']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  sourceIds?: Resolver<ReadonlyArray<ResolversTypes['SourceId']>, ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['BookingStatus']>, ParentType, ContextType>;
  toldBy?: Resolver<ReadonlyArray<ResolversTypes['Statement']>, ParentType, ContextType>;
  valueDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  valueTime?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BankTransactionCodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionCode'] = ResolversParentTypes['BankTransactionCode']> = {
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  family?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  issuer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  proprietary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subfamily?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BankTransactionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionConnection'] = ResolversParentTypes['BankTransactionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BankTransactionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BankTransactionDetailResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionDetail'] = ResolversParentTypes['BankTransactionDetail']> = {
  additionalInfo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  amounts?: Resolver<ReadonlyArray<ResolversTypes['NamedAmount']>, ParentType, ContextType>;
  charges?: Resolver<ReadonlyArray<ResolversTypes['BankCharge']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['BankTransactionCode']>, ParentType, ContextType>;
  creditor?: Resolver<Maybe<ResolversTypes['Counterparty']>, ParentType, ContextType>;
  debtor?: Resolver<Maybe<ResolversTypes['Counterparty']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['Direction'], ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  remittance?: Resolver<ResolversTypes['Remittance'], ParentType, ContextType>;
  returnReason?: Resolver<Maybe<ResolversTypes['ReturnReason']>, ParentType, ContextType>;
};

export type BankTransactionDetailConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionDetailConnection'] = ResolversParentTypes['BankTransactionDetailConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BankTransactionDetailEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BankTransactionDetail']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BankTransactionDetailEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionDetailEdge'] = ResolversParentTypes['BankTransactionDetailEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BankTransactionDetail'], ParentType, ContextType>;
};

export type BankTransactionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionEdge'] = ResolversParentTypes['BankTransactionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BankTransaction'], ParentType, ContextType>;
};

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export type BudgetClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BudgetClosed'] = ResolversParentTypes['BudgetClosed']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  bucket?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  closedReason?: Resolver<ResolversTypes['BudgetClosedReason'], ParentType, ContextType>;
  closedUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BudgetStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BudgetState'] = ResolversParentTypes['BudgetState']> = {
  bucket?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  closedReason?: Resolver<Maybe<ResolversTypes['BudgetClosedReason']>, ParentType, ContextType>;
  closedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  inUse?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastRefusedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type CounterpartyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Counterparty'] = ResolversParentTypes['Counterparty']> = {
  account?: Resolver<Maybe<ResolversTypes['Reference']>, ParentType, ContextType>;
  bankName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  identifiers?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ultimateName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreditorReferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditorReference'] = ResolversParentTypes['CreditorReference']> = {
  issuer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CurrencyExchangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CurrencyExchange'] = ResolversParentTypes['CurrencyExchange']> = {
  rate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceCurrency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetCurrency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unitCurrency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  conflicts?: Resolver<ReadonlyArray<ResolversTypes['DeliveryConflict']>, ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deliveryKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  discardReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  discardedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  effects?: Resolver<ReadonlyArray<ResolversTypes['DeliveryEffect']>, ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  history?: Resolver<ReadonlyArray<ResolversTypes['DeliveryAttempt']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DeliveryStatus'], ParentType, ContextType>;
  verification?: Resolver<Maybe<ResolversTypes['DeliveryVerification']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeliveryAttemptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryAttempt'] = ResolversParentTypes['DeliveryAttempt']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['DeliveryAttemptOutcome'], ParentType, ContextType>;
};

export type DeliveryConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryConflict'] = ResolversParentTypes['DeliveryConflict']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  firstAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  verification?: Resolver<Maybe<ResolversTypes['DeliveryVerification']>, ParentType, ContextType>;
};

export type DeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryConnection'] = ResolversParentTypes['DeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Delivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryEdge'] = ResolversParentTypes['DeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType>;
};

export type DeliveryEffectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryEffect'] = ResolversParentTypes['DeliveryEffect']> = {
  entity?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  entityId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  entityType?: Resolver<Maybe<ResolversTypes['EntityType']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DeliveryEffectKind'], ParentType, ContextType>;
  stream?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeliveryParkedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryParked'] = ResolversParentTypes['DeliveryParked']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeliveryReceivedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryReceived'] = ResolversParentTypes['DeliveryReceived']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeliveryVerificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryVerification'] = ResolversParentTypes['DeliveryVerification']> = {
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scheme?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type DiscardDeliveriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiscardDeliveriesPayload'] = ResolversParentTypes['DiscardDeliveriesPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute'], FederationReferenceType extends FederationReferenceTypes['Dispute'] = FederationReferenceTypes['Dispute']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Dispute']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  attempt?: Resolver<Maybe<ResolversTypes['PaymentAttempt']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evidenceDueBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<DisputeLedgerEntriesArgs, 'first'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['DisputeStage']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['DisputeStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DisputeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DisputeConnection'] = ResolversParentTypes['DisputeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DisputeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Dispute']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DisputeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DisputeEdge'] = ResolversParentTypes['DisputeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Dispute'], ParentType, ContextType>;
};

export type EntityChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityChanged'] = ResolversParentTypes['EntityChanged']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  entity?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  entityId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  entityType?: Resolver<ResolversTypes['EntityType'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface EventCursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EventCursor'], any> {
  name: 'EventCursor';
}

export type EvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExtensionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Extension'] = ResolversParentTypes['Extension']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['File'] = ResolversParentTypes['File']> = {
  column?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  statements?: Resolver<ReadonlyArray<ResolversTypes['Statement']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FileStatus'], ParentType, ContextType>;
  way?: Resolver<ResolversTypes['FileWay'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FileConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FileConnection'] = ResolversParentTypes['FileConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FileEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['File']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FileEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FileEdge'] = ResolversParentTypes['FileEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['File'], ParentType, ContextType>;
};

export type FindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  cause?: Resolver<ResolversTypes['FailureCause'], ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  remedy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FindingClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingClosed'] = ResolversParentTypes['FindingClosed']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FindingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingConnection'] = ResolversParentTypes['FindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FindingEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FindingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingEdge'] = ResolversParentTypes['FindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Finding'], ParentType, ContextType>;
};

export type FindingOpenedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingOpened'] = ResolversParentTypes['FindingOpened']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FreshnessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Freshness'] = ResolversParentTypes['Freshness']> = {
  isStale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  retryAfterMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sourceUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  staleReason?: Resolver<Maybe<ResolversTypes['StaleReason']>, ParentType, ContextType>;
  via?: Resolver<ResolversTypes['ObservedVia'], ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry'], FederationReferenceType extends FederationReferenceTypes['LedgerEntry'] = FederationReferenceTypes['LedgerEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LedgerEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  availableOn?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fee?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['LedgerEntryKind']>, ParentType, ContextType>;
  net?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['LedgerOrigin']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntryConnection'] = ResolversParentTypes['LedgerEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LedgerEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntryEdge'] = ResolversParentTypes['LedgerEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LedgerOriginResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerOrigin'] = ResolversParentTypes['LedgerOrigin']> = {
  __resolveType: TypeResolveFn<'Dispute' | 'PaymentAttempt' | 'Payout' | 'Refund', ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  exponent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minor?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelSync?: Resolver<ResolversTypes['SyncRun'], ParentType, ContextType, RequireFields<MutationCancelSyncArgs, 'runId'>>;
  discardDeliveries?: Resolver<ResolversTypes['DiscardDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationDiscardDeliveriesArgs, 'input'>>;
  discardDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationDiscardDeliveryArgs, 'id' | 'reason'>>;
  pauseSource?: Resolver<ResolversTypes['Source'], ParentType, ContextType, RequireFields<MutationPauseSourceArgs, 'id'>>;
  replayDeliveries?: Resolver<ResolversTypes['ReplayDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationReplayDeliveriesArgs, 'input'>>;
  replayDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationReplayDeliveryArgs, 'id'>>;
  replayQuarantined?: Resolver<ResolversTypes['ReplayPayload'], ParentType, ContextType, RequireFields<MutationReplayQuarantinedArgs, 'ids'>>;
  resumeSource?: Resolver<ResolversTypes['Source'], ParentType, ContextType, RequireFields<MutationResumeSourceArgs, 'id'>>;
  startSync?: Resolver<ResolversTypes['StartSyncPayload'], ParentType, ContextType, RequireFields<MutationStartSyncArgs, 'input'>>;
};

export type NamedAmountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NamedAmount'] = ResolversParentTypes['NamedAmount']> = {
  exchange?: Resolver<Maybe<ResolversTypes['CurrencyExchange']>, ParentType, ContextType>;
  money?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Account' | 'BankTransaction' | 'Delivery' | 'Dispute' | 'File' | 'Finding' | 'LedgerEntry' | 'Party' | 'Payment' | 'Payout' | 'QuarantinedRecord' | 'Refund' | 'Source' | 'Statement' | 'SyncRun', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Party'] = ResolversParentTypes['Party'], FederationReferenceType extends FederationReferenceTypes['Party'] = FederationReferenceTypes['Party']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Party']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifiers?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['PartyKind']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, RequireFields<PartyPaymentsArgs, 'first'>>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PartyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartyConnection'] = ResolversParentTypes['PartyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PartyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Party']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PartyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartyEdge'] = ResolversParentTypes['PartyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  attempts?: Resolver<ReadonlyArray<ResolversTypes['PaymentAttempt']>, ParentType, ContextType>;
  captured?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  creditor?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType>;
  debtor?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disputes?: Resolver<ResolversTypes['DisputeConnection'], ParentType, ContextType, RequireFields<PaymentDisputesArgs, 'first'>>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['PaymentKind']>, ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<PaymentLedgerEntriesArgs, 'first'>>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  refunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  refunds?: Resolver<ResolversTypes['RefundConnection'], ParentType, ContextType, RequireFields<PaymentRefundsArgs, 'first'>>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['PaymentStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentAttemptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentAttempt'] = ResolversParentTypes['PaymentAttempt']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  captured?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['PaymentError']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AttemptStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentBatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentBatch'] = ResolversParentTypes['PaymentBatch']> = {
  count?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  messageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  paymentInformationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Payment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type PaymentErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentError'] = ResolversParentTypes['PaymentError']> = {
  category?: Resolver<ResolversTypes['PaymentErrorCategory'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PayoutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payout'] = ResolversParentTypes['Payout'], FederationReferenceType extends FederationReferenceTypes['Payout'] = FederationReferenceTypes['Payout']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payout']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  arrivalDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  bankTransaction?: Resolver<Maybe<ResolversTypes['PayoutMatch']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  destination?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<PayoutLedgerEntriesArgs, 'first'>>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['PayoutStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PayoutConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutConnection'] = ResolversParentTypes['PayoutConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PayoutEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Payout']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PayoutEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutEdge'] = ResolversParentTypes['PayoutEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payout'], ParentType, ContextType>;
};

export type PayoutMatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutMatch'] = ResolversParentTypes['PayoutMatch']> = {
  bankTransaction?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payout?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['PayoutMatchReason']>, ParentType, ContextType>;
};

export type QuarantinedRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuarantinedRecord'] = ResolversParentTypes['QuarantinedRecord']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entity?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  entityId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  entityType?: Resolver<ResolversTypes['EntityType'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  firstAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  problem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['QuarantineStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuarantinedRecordConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuarantinedRecordConnection'] = ResolversParentTypes['QuarantinedRecordConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['QuarantinedRecordEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type QuarantinedRecordEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuarantinedRecordEdge'] = ResolversParentTypes['QuarantinedRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['QuarantinedRecord'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  accounts?: Resolver<ResolversTypes['AccountConnection'], ParentType, ContextType, RequireFields<QueryAccountsArgs, 'first'>>;
  bankTransaction?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType, RequireFields<QueryBankTransactionArgs, 'id'>>;
  bankTransactions?: Resolver<ResolversTypes['BankTransactionConnection'], ParentType, ContextType, RequireFields<QueryBankTransactionsArgs, 'first'>>;
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, RequireFields<QueryDeliveriesArgs, 'first'>>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType, RequireFields<QueryDeliveryArgs, 'id'>>;
  dispute?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<QueryDisputeArgs, 'id'>>;
  disputes?: Resolver<ResolversTypes['DisputeConnection'], ParentType, ContextType, RequireFields<QueryDisputesArgs, 'first'>>;
  file?: Resolver<Maybe<ResolversTypes['File']>, ParentType, ContextType, RequireFields<QueryFileArgs, 'id'>>;
  files?: Resolver<ResolversTypes['FileConnection'], ParentType, ContextType, RequireFields<QueryFilesArgs, 'first'>>;
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType, RequireFields<QueryFindingArgs, 'id'>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, RequireFields<QueryFindingsArgs, 'first'>>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<QueryLedgerEntriesArgs, 'first'>>;
  ledgerEntry?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType, RequireFields<QueryLedgerEntryArgs, 'id'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  parties?: Resolver<ResolversTypes['PartyConnection'], ParentType, ContextType, RequireFields<QueryPartiesArgs, 'first'>>;
  party?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType, RequireFields<QueryPartyArgs, 'id'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, RequireFields<QueryPaymentsArgs, 'first'>>;
  payout?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType, RequireFields<QueryPayoutArgs, 'id'>>;
  payouts?: Resolver<ResolversTypes['PayoutConnection'], ParentType, ContextType, RequireFields<QueryPayoutsArgs, 'first'>>;
  quarantinedRecord?: Resolver<Maybe<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType, RequireFields<QueryQuarantinedRecordArgs, 'id'>>;
  quarantinedRecords?: Resolver<ResolversTypes['QuarantinedRecordConnection'], ParentType, ContextType, RequireFields<QueryQuarantinedRecordsArgs, 'first'>>;
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<QueryRefundArgs, 'id'>>;
  refunds?: Resolver<ResolversTypes['RefundConnection'], ParentType, ContextType, RequireFields<QueryRefundsArgs, 'first'>>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType, RequireFields<QuerySourceArgs, 'id'>>;
  sources?: Resolver<ResolversTypes['SourceConnection'], ParentType, ContextType, RequireFields<QuerySourcesArgs, 'first'>>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType, RequireFields<QueryStatementArgs, 'id'>>;
  statements?: Resolver<ResolversTypes['StatementConnection'], ParentType, ContextType, RequireFields<QueryStatementsArgs, 'first'>>;
  syncRun?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType, RequireFields<QuerySyncRunArgs, 'id'>>;
  syncRuns?: Resolver<ResolversTypes['SyncRunConnection'], ParentType, ContextType, RequireFields<QuerySyncRunsArgs, 'first'>>;
};

export type RawRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RawRecord'] = ResolversParentTypes['RawRecord']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['File']>, ParentType, ContextType>;
  mediaType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
};

export type RecordQuarantinedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordQuarantined'] = ResolversParentTypes['RecordQuarantined']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reference'] = ResolversParentTypes['Reference']> = {
  scheme?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund'], FederationReferenceType extends FederationReferenceTypes['Refund'] = FederationReferenceTypes['Refund']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Refund']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  attempt?: Resolver<Maybe<ResolversTypes['PaymentAttempt']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<RefundLedgerEntriesArgs, 'first'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['RefundStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundConnection'] = ResolversParentTypes['RefundConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RefundEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Refund']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RefundEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundEdge'] = ResolversParentTypes['RefundEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
};

export type RemittanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Remittance'] = ResolversParentTypes['Remittance']> = {
  additional?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  creditorReferences?: Resolver<ReadonlyArray<ResolversTypes['CreditorReference']>, ParentType, ContextType>;
  unstructured?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReplayDeliveriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayDeliveriesPayload'] = ResolversParentTypes['ReplayDeliveriesPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReplayPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayPayload'] = ResolversParentTypes['ReplayPayload']> = {
  records?: Resolver<ReadonlyArray<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType>;
};

export type ReturnReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnReason'] = ResolversParentTypes['ReturnReason']> = {
  additional?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  proprietary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RunFinishedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunFinished'] = ResolversParentTypes['RunFinished']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SyncRunStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunProgressedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunProgressed'] = ResolversParentTypes['RunProgressed']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  records?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunStartedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunStarted'] = ResolversParentTypes['RunStarted']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source'], FederationReferenceType extends FederationReferenceTypes['Source'] = FederationReferenceTypes['Source']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Source']> | FederationReferenceType, FederationReferenceType, ContextType>;
  budgets?: Resolver<ReadonlyArray<ResolversTypes['BudgetState']>, ParentType, ContextType>;
  connector?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scheduleSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  statusCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  streams?: Resolver<ReadonlyArray<ResolversTypes['StreamState']>, ParentType, ContextType>;
  webhooks?: Resolver<Maybe<ResolversTypes['SourceWebhooks']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceConnection'] = ResolversParentTypes['SourceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SourceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SourceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceEdge'] = ResolversParentTypes['SourceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
};

export type SourceIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceId'] = ResolversParentTypes['SourceId']> = {
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  firstSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SourceStatusChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceStatusChanged'] = ResolversParentTypes['SourceStatusChanged']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  previousStatus?: Resolver<ResolversTypes['SourceStatus'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  sourceStatus?: Resolver<ResolversTypes['SourceStatus'], ParentType, ContextType>;
  statusReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceWebhooksResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceWebhooks'] = ResolversParentTypes['SourceWebhooks']> = {
  duplicatesLastDay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failingShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  isVerified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastReceivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastRefusedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  missedLastDay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  receivedLastHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  silentSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  usualPerHour?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type StartSyncPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartSyncPayload'] = ResolversParentTypes['StartSyncPayload']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['SyncRun'], ParentType, ContextType>;
};

export type StatementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Statement'] = ResolversParentTypes['Statement'], FederationReferenceType extends FederationReferenceTypes['Statement'] = FederationReferenceTypes['Statement']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Statement']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  balances?: Resolver<ReadonlyArray<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
  bookedCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  checks?: Resolver<ReadonlyArray<ResolversTypes['StatementCheck']>, ParentType, ContextType>;
  closes?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  closing?: Resolver<Maybe<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
  comparisons?: Resolver<ReadonlyArray<ResolversTypes['StatementComparison']>, ParentType, ContextType>;
  copyDuplicate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  detailsDiffer?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  electronicSequence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  entryCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  faultyCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  firstDay?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isComplete?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  issuedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['StatementKind']>, ParentType, ContextType>;
  lastDay?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  legalSequence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  links?: Resolver<ReadonlyArray<ResolversTypes['StatementLink']>, ParentType, ContextType>;
  messageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  messageVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
  opening?: Resolver<Maybe<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
  pages?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  pendingCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  periodFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  periodTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  statementId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['StatementSummary']>, ParentType, ContextType>;
  transactions?: Resolver<ResolversTypes['BankTransactionConnection'], ParentType, ContextType, RequireFields<StatementTransactionsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StatementBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementBalance'] = ResolversParentTypes['StatementBalance']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  date?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  isDirectionAssumed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  money?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type StatementCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementCheck'] = ResolversParentTypes['StatementCheck']> = {
  booked?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closes?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  closing?: Resolver<Maybe<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  opening?: Resolver<Maybe<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
};

export type StatementComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementComparison'] = ResolversParentTypes['StatementComparison']> = {
  agrees?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  inBoth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onlyHere?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onlyHereTransactions?: Resolver<ReadonlyArray<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  onlyThere?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onlyThereTransactions?: Resolver<ReadonlyArray<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  with?: Resolver<ResolversTypes['StatementKind'], ParentType, ContextType>;
};

export type StatementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementConnection'] = ResolversParentTypes['StatementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StatementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Statement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StatementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementEdge'] = ResolversParentTypes['StatementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Statement'], ParentType, ContextType>;
};

export type StatementLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementLink'] = ResolversParentTypes['StatementLink']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  previous?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['StatementLinkState'], ParentType, ContextType>;
};

export type StatementSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementSummary'] = ResolversParentTypes['StatementSummary']> = {
  agrees?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  differences?: Resolver<ReadonlyArray<ResolversTypes['SummaryDifference']>, ParentType, ContextType>;
};

export type StreamPositionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamPosition'] = ResolversParentTypes['StreamPosition']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StreamResetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamReset'] = ResolversParentTypes['StreamReset']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StreamResetReason'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StreamStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamState'] = ResolversParentTypes['StreamState']> = {
  checkpointAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isRunning?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  syncEvents?: SubscriptionResolver<ResolversTypes['SyncEvent'], "syncEvents", ParentType, ContextType, Partial<SubscriptionSyncEventsArgs>>;
};

export type SummaryDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SummaryDifference'] = ResolversParentTypes['SummaryDifference']> = {
  figure?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  found?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stated?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SyncEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncEvent'] = ResolversParentTypes['SyncEvent']> = {
  __resolveType: TypeResolveFn<'BudgetClosed' | 'DeliveryParked' | 'DeliveryReceived' | 'EntityChanged' | 'FindingClosed' | 'FindingOpened' | 'RecordQuarantined' | 'RunFinished' | 'RunProgressed' | 'RunStarted' | 'SourceStatusChanged' | 'StreamPosition' | 'StreamReset', ParentType, ContextType>;
};

export type SyncRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRange'] = ResolversParentTypes['SyncRange']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SyncRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRun'] = ResolversParentTypes['SyncRun']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isCancelRequested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['SyncMode'], ParentType, ContextType>;
  range?: Resolver<Maybe<ResolversTypes['SyncRange']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SyncRunStatus'], ParentType, ContextType>;
  streams?: Resolver<ReadonlyArray<ResolversTypes['SyncRunStream']>, ParentType, ContextType>;
  trigger?: Resolver<ResolversTypes['SyncTrigger'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SyncRunConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRunConnection'] = ResolversParentTypes['SyncRunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SyncRunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SyncRunEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRunEdge'] = ResolversParentTypes['SyncRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SyncRun'], ParentType, ContextType>;
};

export type SyncRunStreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRunStream'] = ResolversParentTypes['SyncRunStream']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  quarantined?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SyncRunStatus'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Account?: AccountResolvers<ContextType>;
  AccountConnection?: AccountConnectionResolvers<ContextType>;
  AccountEdge?: AccountEdgeResolvers<ContextType>;
  Balance?: BalanceResolvers<ContextType>;
  BankCharge?: BankChargeResolvers<ContextType>;
  BankTransaction?: BankTransactionResolvers<ContextType>;
  BankTransactionCode?: BankTransactionCodeResolvers<ContextType>;
  BankTransactionConnection?: BankTransactionConnectionResolvers<ContextType>;
  BankTransactionDetail?: BankTransactionDetailResolvers<ContextType>;
  BankTransactionDetailConnection?: BankTransactionDetailConnectionResolvers<ContextType>;
  BankTransactionDetailEdge?: BankTransactionDetailEdgeResolvers<ContextType>;
  BankTransactionEdge?: BankTransactionEdgeResolvers<ContextType>;
  BigInt?: GraphQLScalarType;
  BudgetClosed?: BudgetClosedResolvers<ContextType>;
  BudgetState?: BudgetStateResolvers<ContextType>;
  Counterparty?: CounterpartyResolvers<ContextType>;
  CreditorReference?: CreditorReferenceResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  CurrencyExchange?: CurrencyExchangeResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryAttempt?: DeliveryAttemptResolvers<ContextType>;
  DeliveryConflict?: DeliveryConflictResolvers<ContextType>;
  DeliveryConnection?: DeliveryConnectionResolvers<ContextType>;
  DeliveryEdge?: DeliveryEdgeResolvers<ContextType>;
  DeliveryEffect?: DeliveryEffectResolvers<ContextType>;
  DeliveryParked?: DeliveryParkedResolvers<ContextType>;
  DeliveryReceived?: DeliveryReceivedResolvers<ContextType>;
  DeliveryVerification?: DeliveryVerificationResolvers<ContextType>;
  DiscardDeliveriesPayload?: DiscardDeliveriesPayloadResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  DisputeConnection?: DisputeConnectionResolvers<ContextType>;
  DisputeEdge?: DisputeEdgeResolvers<ContextType>;
  EntityChanged?: EntityChangedResolvers<ContextType>;
  EventCursor?: GraphQLScalarType;
  Evidence?: EvidenceResolvers<ContextType>;
  Extension?: ExtensionResolvers<ContextType>;
  File?: FileResolvers<ContextType>;
  FileConnection?: FileConnectionResolvers<ContextType>;
  FileEdge?: FileEdgeResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingClosed?: FindingClosedResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  FindingEdge?: FindingEdgeResolvers<ContextType>;
  FindingOpened?: FindingOpenedResolvers<ContextType>;
  Freshness?: FreshnessResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  LedgerEntryConnection?: LedgerEntryConnectionResolvers<ContextType>;
  LedgerEntryEdge?: LedgerEntryEdgeResolvers<ContextType>;
  LedgerOrigin?: LedgerOriginResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NamedAmount?: NamedAmountResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Party?: PartyResolvers<ContextType>;
  PartyConnection?: PartyConnectionResolvers<ContextType>;
  PartyEdge?: PartyEdgeResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentAttempt?: PaymentAttemptResolvers<ContextType>;
  PaymentBatch?: PaymentBatchResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  PaymentError?: PaymentErrorResolvers<ContextType>;
  Payout?: PayoutResolvers<ContextType>;
  PayoutConnection?: PayoutConnectionResolvers<ContextType>;
  PayoutEdge?: PayoutEdgeResolvers<ContextType>;
  PayoutMatch?: PayoutMatchResolvers<ContextType>;
  QuarantinedRecord?: QuarantinedRecordResolvers<ContextType>;
  QuarantinedRecordConnection?: QuarantinedRecordConnectionResolvers<ContextType>;
  QuarantinedRecordEdge?: QuarantinedRecordEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RawRecord?: RawRecordResolvers<ContextType>;
  RecordQuarantined?: RecordQuarantinedResolvers<ContextType>;
  Reference?: ReferenceResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundConnection?: RefundConnectionResolvers<ContextType>;
  RefundEdge?: RefundEdgeResolvers<ContextType>;
  Remittance?: RemittanceResolvers<ContextType>;
  ReplayDeliveriesPayload?: ReplayDeliveriesPayloadResolvers<ContextType>;
  ReplayPayload?: ReplayPayloadResolvers<ContextType>;
  ReturnReason?: ReturnReasonResolvers<ContextType>;
  RunFinished?: RunFinishedResolvers<ContextType>;
  RunProgressed?: RunProgressedResolvers<ContextType>;
  RunStarted?: RunStartedResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceConnection?: SourceConnectionResolvers<ContextType>;
  SourceEdge?: SourceEdgeResolvers<ContextType>;
  SourceId?: SourceIdResolvers<ContextType>;
  SourceStatusChanged?: SourceStatusChangedResolvers<ContextType>;
  SourceWebhooks?: SourceWebhooksResolvers<ContextType>;
  StartSyncPayload?: StartSyncPayloadResolvers<ContextType>;
  Statement?: StatementResolvers<ContextType>;
  StatementBalance?: StatementBalanceResolvers<ContextType>;
  StatementCheck?: StatementCheckResolvers<ContextType>;
  StatementComparison?: StatementComparisonResolvers<ContextType>;
  StatementConnection?: StatementConnectionResolvers<ContextType>;
  StatementEdge?: StatementEdgeResolvers<ContextType>;
  StatementLink?: StatementLinkResolvers<ContextType>;
  StatementSummary?: StatementSummaryResolvers<ContextType>;
  StreamPosition?: StreamPositionResolvers<ContextType>;
  StreamReset?: StreamResetResolvers<ContextType>;
  StreamState?: StreamStateResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SummaryDifference?: SummaryDifferenceResolvers<ContextType>;
  SyncEvent?: SyncEventResolvers<ContextType>;
  SyncRange?: SyncRangeResolvers<ContextType>;
  SyncRun?: SyncRunResolvers<ContextType>;
  SyncRunConnection?: SyncRunConnectionResolvers<ContextType>;
  SyncRunEdge?: SyncRunEdgeResolvers<ContextType>;
  SyncRunStream?: SyncRunStreamResolvers<ContextType>;
};

