import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PartyRow, AccountRow, BalanceRow, PaymentRow, PaymentAttemptRow, RefundRow, DisputeRow, PayoutRow, LedgerEntryRow, BankTransactionRow, TransactionDetailRow, SourceIdRow, StatementRow, StatementLinkRow, StatementComparisonModel, MovementComparison, PayoutMatchModel, FileRow, SourceModel, SourceErasureRow, BudgetStateRow, SourceWebhooksModel, StreamStateRow, SyncRunRow, SyncRunStreamRow, DeliveryRow, VerificationRow, DeliveryAttemptRow, DeliveryEffectRow, DeliveryConflictRow, QuarantinedRecordRow, FindingRow, FreshnessModel, RawPointer } from '../../src/graph/loaders/models.ts';
import type { Charge } from '../../src/domain/bank.ts';
import type { StatementCheck as StatementCheckModel } from '../../src/domain/entities.ts';
import type { Money as MoneyModel } from '../../src/domain/money.ts';
import type { StreamItem } from '../../src/events/stream-item.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A whole number of any size as text: `9007199254740993`. As input an integer literal is accepted too. */
  BigInt: { input: bigint; output: bigint; }
  /** An ISO 4217 currency code in upper case: `EUR`. In output it may also be a source's own name for a currency that is not in the standard: `BTC`. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar date without a time zone: `2026-11-22`. */
  Date: { input: string; output: string; }
  /** A time in UTC in RFC 3339 format with milliseconds: `2026-11-22T17:24:24.000Z`. As input, any RFC 3339 offset is accepted. */
  DateTime: { input: string; output: string; }
  /** An exact decimal number as text: `10.50`. It is never a float, so no digit is lost. */
  Decimal: { input: string; output: string; }
  /** An opaque position in the event log. It is valid only for the tenant that received it. */
  EventCursor: { input: string; output: string; }
  /** Any JSON object, as input only: settings of a connector, which can be written and never be read. */
  JSON: { input: Readonly<Record<string, unknown>>; output: never; }
  _FieldSet: { input: string; output: string; }
};

/** A place that holds money: a processor's balance, a bank account, a card. */
export type Account = Node & {
  readonly __typename?: 'Account';
  /** Balances by kind and currency; at most 100. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly balances?: Maybe<ReadonlyArray<Balance>>;
  /** Transactions of this account at its bank, latest booking date first, without those that the source has deleted. */
  readonly bankTransactions: BankTransactionConnection;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Currency of the account. Null if it holds several currencies, or if the source does not say. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Account>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Identifiers of the account, such as IBAN, BBAN, BIC or the last digits of a card number. */
  readonly identifiers: ReadonlyArray<Reference>;
  /** Kind of account. Null if the source does not say. */
  readonly kind?: Maybe<AccountKind>;
  /** Ledger entries of the account, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** Name as the source has it. Null if it has none. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The owner of the account. Null if the source does not say, or before the owner was synced. */
  readonly owner?: Maybe<Party>;
  /** Whether the account belongs to us or to somebody else. Null if only its deletion was ever seen. */
  readonly ownership?: Maybe<AccountOwnership>;
  /** Payouts that were sent to this account, newest first, without those that the source has deleted. */
  readonly payouts: PayoutConnection;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The source that the object came from. */
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
export type AccountFreshArgs = {
  maxAge: Scalars['Int']['input'];
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
  /** Position of the page in the list. */
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

/** Filter for accounts. An object must meet every condition given. */
export type AccountFilter = {
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of this kind. */
  readonly kind?: InputMaybe<AccountKindInput>;
  /** Only accounts with this ownership. */
  readonly ownership?: InputMaybe<AccountOwnershipInput>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Kind of account. */
export type AccountKind =
  /** An account at a bank. */
  | 'BANK_ACCOUNT'
  /** A payment card. */
  | 'CARD'
  /** Money that a payment processor holds for us. */
  | 'PROCESSOR_BALANCE';

/** Kind of account, as input. */
export type AccountKindInput =
  /** An account at a bank. */
  | 'BANK_ACCOUNT'
  /** A payment card. */
  | 'CARD'
  /** Money that a payment processor holds for us. */
  | 'PROCESSOR_BALANCE';

/** Ownership of an account. */
export type AccountOwnership =
  /** The account belongs to a third party: a customer or a counterparty. */
  | 'EXTERNAL'
  /** The account belongs to us. */
  | 'INTERNAL';

/** Ownership of an account, as input. */
export type AccountOwnershipInput =
  /** The account belongs to a third party: a customer or a counterparty. */
  | 'EXTERNAL'
  /** The account belongs to us. */
  | 'INTERNAL';

/** A range of amounts in one currency. Amounts are compared exactly, with as many digits as the bank has written. */
export type AmountRange = {
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** Largest amount, inclusive. Null sets no upper bound. */
  readonly max?: InputMaybe<Scalars['Decimal']['input']>;
  /** Smallest amount, inclusive. Null sets no lower bound. */
  readonly min?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Status of an attempt. */
export type AttemptStatus =
  /** The attempt was refused; `error` gives the reason. */
  | 'FAILED'
  /** The outcome is not known yet. */
  | 'PENDING'
  /** The money was moved or reserved. */
  | 'SUCCEEDED';

/** An amount that an account holds. */
export type Balance = {
  readonly __typename?: 'Balance';
  /** Time to which the amount applies. Null if the balance no longer exists. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Kind of the balance. Null if the balance no longer exists. */
  readonly kind?: Maybe<BalanceKind>;
  /** Amount of the balance. Null if the balance no longer exists. */
  readonly money?: Maybe<Money>;
};

/** Kind of balance. */
export type BalanceKind =
  /** Funds that can be used now. */
  | 'AVAILABLE'
  /** Booked funds, whether they are available or not. */
  | 'BOOKED'
  /** Balance at the end of a statement's period. */
  | 'CLOSING'
  /** Balance at the beginning of a statement's period. */
  | 'OPENING'
  /** Incoming funds that are not yet available. */
  | 'PENDING'
  /** Funds reserved by the provider. */
  | 'RESERVED';

/**
 * Comparison of two balances of a message that lists no entries with the entries of messages of another kind about the same account and days. A finding (`BALANCE_MOVEMENT_DIFFERS`) is open while they differ.
 *
 * The balances must have the same kind, currency and sub-type. The first of these pairs that a message has is compared with the entries that move such balances:
 * - OPBD, PRCD or the first ITBD, to CLBD or the last ITBD: booked entries;
 * - OPBD or PRCD, to XPCD: booked and pending entries;
 * - OPAV or ITAV, to CLAV or the last ITAV: booked entries, with or without pending ones, because the standard lets the bank decide what is available, and of the days by booking date or by value date. The balances match if one of these sums does; otherwise the sum of all these entries by booking date is returned;
 * - OPAV (otherwise OPBD or PRCD), to INFO: the same, with or without entries for information. Such entries move no other balance.
 *
 * A forward balance (FWAV) and future entries are never compared. Of several messages of one kind about the same days, the newest is compared, unless an older one has another opening balance: then each message covers only a part of the days. An interim balance (ITBD, ITAV) is not compared with statements, which cover the whole day. Reports and statements are compared if they cover all the days, notifications if they contain an entry that counts. An entry counts once, however many messages contain it.
 */
export type BalanceMovement = {
  readonly __typename?: 'BalanceMovement';
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** `movement` minus `entries`; zero if they match. */
  readonly difference: Money;
  /** Sum of the entries: credits minus debits. */
  readonly entries: Money;
  /** Balance before the movement. */
  readonly from: StatementBalance;
  /** Change of the balance: `to` minus `from`. */
  readonly movement: Money;
  /** The message that states the balances and lists no entries. */
  readonly statement: Statement;
  /** Balance after the movement. */
  readonly to: StatementBalance;
};

/** A charge stated by an entry. */
export type BankCharge = {
  readonly __typename?: 'BankCharge';
  /** Whether the charge was debited, or credited back. Null if the bank does not say. */
  readonly direction?: Maybe<Direction>;
  /** Whether the amount of the entry already includes the charge. Null if the bank does not say. */
  readonly isIncluded?: Maybe<Scalars['Boolean']['output']>;
  /** True for a total of charges and taxes, which takes the place of the single charges if the bank does not list them. */
  readonly isTotal: Scalars['Boolean']['output'];
  /** Amount of the charge; never negative. */
  readonly money: Money;
  /** Tax on this charge. It is not included in `money`. Null if the bank states none. */
  readonly tax?: Maybe<BankChargeTax>;
  /** Type of the charge in the bank's own term. Null if there is none. */
  readonly type?: Maybe<Scalars['String']['output']>;
};

/** A tax on a charge. */
export type BankChargeTax = {
  readonly __typename?: 'BankChargeTax';
  /** Name of the tax in the bank's own term. Null if there is none. */
  readonly id?: Maybe<Scalars['String']['output']>;
  /** The amount of the tax. Null if the bank does not say. */
  readonly money?: Maybe<Money>;
  /** Tax rate in percent, as written by the bank: `8.1`. Null if the bank does not say. */
  readonly rate?: Maybe<Scalars['String']['output']>;
};

/** One entry of an account at a bank. It is one object however many messages contain it: it may first be notified, then reported, and then be part of a statement. */
export type BankTransaction = Node & {
  readonly __typename?: 'BankTransaction';
  /** The account that the transaction belongs to. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** Additional information from the bank. Null if there is none. */
  readonly additionalInfo?: Maybe<Scalars['String']['output']>;
  /** Amount that was booked or is expected to be booked. A bank may book another amount than was pending, for example for tips, fuel or hotels. It is never negative; see `direction`. Null if only the deletion of the transaction was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Amounts stated in addition to the booked one. They overlap and must not be added up. */
  readonly amounts: ReadonlyArray<NamedAmount>;
  /** Payment batches that the transaction was booked for. */
  readonly batches: ReadonlyArray<PaymentBatch>;
  /** Booking date. Null if the bank does not say, as for most transactions that are not booked yet. */
  readonly bookingDate?: Maybe<Scalars['Date']['output']>;
  /** Booking time as written by the bank: `2026-11-22T17:24:24+01:00`. Null if the bank states only the date. */
  readonly bookingTime?: Maybe<Scalars['String']['output']>;
  /** Charges stated by the entry, or by its detail if it has exactly one. If the bank states only their total, the list contains that total as one charge, marked `isTotal`; so the charges can always be added up. */
  readonly charges: ReadonlyArray<BankCharge>;
  /** Total of the charges and of the taxes on them, as stated by the bank. It already contains `charges`: never add the two. Null if the bank states no total. */
  readonly chargesTotal?: Maybe<Money>;
  /** Code of the kind of transaction. Null if the bank does not say. */
  readonly code?: Maybe<BankTransactionCode>;
  /** The other party, as stated in its detail if it has exactly one. Null if the detail does not say, and if there are several details. */
  readonly counterparty?: Maybe<Counterparty>;
  /** The structured reference of the creditor, such as `RF18539007547034`. Null if there is none. */
  readonly creditorReference?: Maybe<Scalars['String']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of payments that the transaction consists of, according to the message that the current state is taken from. Null if only its deletion was ever seen. */
  readonly detailCount?: Maybe<Scalars['Int']['output']>;
  /** The payments that the transaction consists of, in the order of the message that the current state is taken from. The entry decides what was booked; the details are the bank's explanation of it. */
  readonly details: BankTransactionDetailConnection;
  /** Whether the amounts of the details add up to the amount of the transaction. Null if only its deletion was ever seen. */
  readonly detailsMatch?: Maybe<DetailsMatch>;
  /** Whether the transaction is a credit or a debit. Null if only its deletion was ever seen. */
  readonly direction?: Maybe<Direction>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** The first id that the object had at its source; see `sourceIds`. For entries of statements it is derived from the entry itself, because banks give entries no id that is the same in all messages. */
  readonly externalId: Scalars['ID']['output'];
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<BankTransaction>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Whether the bank marks the transaction as the reversal of an earlier one. `direction` is not inverted by this. Null if only the deletion of the transaction was ever seen. */
  readonly isReversal?: Maybe<Scalars['Boolean']['output']>;
  /** The processor's payout that arrived as this transaction. Null if none is known: see PayoutMatch. */
  readonly payout?: Maybe<PayoutMatch>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status in the bank's own term, as last reported. It is empty if the bank gives no status, which counts as booked. Null if only the deletion of the transaction was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** References of the transaction: its own, and those of its detail if it has exactly one. */
  readonly references: ReadonlyArray<Reference>;
  /** Remittance information as text: that of its detail if it has exactly one, otherwise that of the entry itself. Null if there is none. */
  readonly remittance?: Maybe<Scalars['String']['output']>;
  /** The statements, reports and notifications that contain the transaction, newest first; at most 100. */
  readonly reportedBy: ReadonlyArray<Statement>;
  /** Reason for the return. Null unless the transaction is a return with a reason. */
  readonly returnReason?: Maybe<ReturnReason>;
  /** The source that the object came from. */
  readonly source: Source;
  /** Every id under which the source has listed the transaction, oldest first. A transaction that is posted under another id than it had while pending is the same transaction. If it is posted as several transactions, the first one that was read keeps the identity, and each other one is a transaction of its own. References by any of these ids resolve to the transaction. */
  readonly sourceIds: ReadonlyArray<SourceId>;
  /** The message that the current state is taken from: the most authoritative one that contains the transaction. A WITHDRAWN transaction is taken from the last message that contained it, and is not among the transactions of a statement that was sent again without it. Null if its source provides single transactions instead of statements, and if only its deletion was ever seen. */
  readonly statement?: Maybe<Statement>;
  /** Normalized status of the transaction; only BOOKED moves a balance. Null if the bank's status is not known to this service: see `rawStatus`. */
  readonly status?: Maybe<BookingStatus>;
  /** Value date: the day from which the amount counts for interest. Null if the bank does not say. */
  readonly valueDate?: Maybe<Scalars['Date']['output']>;
  /** Value time as written by the bank. Null if the bank states only the date. */
  readonly valueTime?: Maybe<Scalars['String']['output']>;
};


/** One entry of an account at a bank. It is one object however many messages contain it: it may first be notified, then reported, and then be part of a statement. */
export type BankTransactionDetailsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One entry of an account at a bank. It is one object however many messages contain it: it may first be notified, then reported, and then be part of a statement. */
export type BankTransactionFreshArgs = {
  maxAge: Scalars['Int']['input'];
};

/** Kind of transaction, as an ISO 20022 code or as the bank's own code. */
export type BankTransactionCode = {
  readonly __typename?: 'BankTransactionCode';
  /** ISO 20022 domain: `PMNT`. Null if the bank gives none. */
  readonly domain?: Maybe<Scalars['String']['output']>;
  /** ISO 20022 family: `RCDT`. Null if the bank gives none. */
  readonly family?: Maybe<Scalars['String']['output']>;
  /** Issuer of `proprietary`. Null if the bank does not say. */
  readonly issuer?: Maybe<Scalars['String']['output']>;
  /** The bank's own code: `NTRF+166`. Null if there is none. */
  readonly proprietary?: Maybe<Scalars['String']['output']>;
  /** ISO 20022 sub-family: `ESCT`. Null if the bank gives none. */
  readonly subfamily?: Maybe<Scalars['String']['output']>;
};

/** A page of bank transactions. */
export type BankTransactionConnection = {
  readonly __typename?: 'BankTransactionConnection';
  /** The bank transactions with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<BankTransactionEdge>;
  /** The bank transactions alone. */
  readonly nodes: ReadonlyArray<BankTransaction>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** One of the payments that an entry consists of. */
export type BankTransactionDetail = {
  readonly __typename?: 'BankTransactionDetail';
  /** Additional information from the bank. Null if there is none. */
  readonly additionalInfo?: Maybe<Scalars['String']['output']>;
  /** Amount of this payment; never negative. Null if the bank gives none. */
  readonly amount?: Maybe<Money>;
  /** Name of that amount in the message: `Amt`, otherwise `TxAmt`, otherwise `InstdAmt`. Null if there is no amount. */
  readonly amountFrom?: Maybe<Scalars['String']['output']>;
  /** Further amounts stated for the payment. */
  readonly amounts: ReadonlyArray<NamedAmount>;
  /** Charges stated for the payment. If the bank states only their total, the list contains that total as one charge, marked `isTotal`; so the charges can always be added up. */
  readonly charges: ReadonlyArray<BankCharge>;
  /** Total of the charges and of the taxes on them, as stated by the bank. It already contains `charges`: never add the two. Null if the bank states no total. */
  readonly chargesTotal?: Maybe<Money>;
  /** Code of the kind of transaction. Null if the bank does not say. */
  readonly code?: Maybe<BankTransactionCode>;
  /** The party that was paid. Null if the bank does not say. */
  readonly creditor?: Maybe<Counterparty>;
  /** The party that paid. Null if the bank does not say. */
  readonly debtor?: Maybe<Counterparty>;
  /** Whether the payment is a credit or a debit. */
  readonly direction: Direction;
  /** ISO 20022 purpose code: `SALA`. Null if there is none. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** References of the payment. */
  readonly references: ReadonlyArray<Reference>;
  /** Remittance information. */
  readonly remittance: Remittance;
  /** Reason for the return. Null unless the transaction is a return with a reason. */
  readonly returnReason?: Maybe<ReturnReason>;
};

/** A page of the payments that an entry consists of. All pages of a list are taken from the same message, even if a newer one arrives in between. */
export type BankTransactionDetailConnection = {
  readonly __typename?: 'BankTransactionDetailConnection';
  /** The payments with their cursors, in the order of the message. */
  readonly edges: ReadonlyArray<BankTransactionDetailEdge>;
  /** The payments alone. */
  readonly nodes: ReadonlyArray<BankTransactionDetail>;
  /** Position of the page in the list. */
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

/** Filter for bank transactions. An object must meet every condition given. */
export type BankTransactionFilter = {
  /** Only transactions of this account, given by its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Only transactions with an amount in this range. */
  readonly amount?: InputMaybe<AmountRange>;
  /** Only transactions booked on this day or later. */
  readonly bookedFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only transactions booked on this day or earlier. */
  readonly bookedTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only transactions in this direction. */
  readonly direction?: InputMaybe<DirectionInput>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** True returns only reversals of earlier entries, false only other transactions. */
  readonly isReversal?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only transactions with exactly this reference, either their own or that of a detail. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only transactions that this statement, report or notification contains in its current version, given by its global id. Transactions that only an earlier copy of it contained are left out. */
  readonly statement?: InputMaybe<Scalars['ID']['input']>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<BookingStatusInput>>;
  /** Only transactions that contain all of these words, or words that begin with them, in the remittance information, the counterparty or the references. Case and accents do not matter. At most 20 words, and 200 characters. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** Booking status of an entry. */
export type BookingStatus =
  /** The entry is booked: it moves the balance. */
  | 'BOOKED'
  /** The entry will be booked on a later day. */
  | 'FUTURE'
  /** The entry is for information only. */
  | 'INFORMATION'
  /** The entry is expected to be booked. */
  | 'PENDING'
  /** The bank no longer lists the entry: a pending entry that later reports leave out, or an entry of a statement that was sent again without it. It moves no balance. If the bank lists it again, it takes the status that the bank then states. */
  | 'WITHDRAWN';

/** Booking status of an entry, as input. */
export type BookingStatusInput =
  /** The entry is booked: it moves the balance. */
  | 'BOOKED'
  /** The entry will be booked on a later day. */
  | 'FUTURE'
  /** The entry is for information only. */
  | 'INFORMATION'
  /** The entry is expected to be booked. */
  | 'PENDING'
  /** The bank no longer lists the entry: a pending entry that later reports leave out, or an entry of a statement that was sent again without it. It moves no balance. If the bank lists it again, it takes the status that the bank then states. */
  | 'WITHDRAWN';

/** The upstream rate-limited us: no replica calls it until `closedUntil`. */
export type BudgetClosed = SyncEvent & {
  readonly __typename?: 'BudgetClosed';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Name of the limit that is closed: see BudgetState. */
  readonly bucket: Scalars['String']['output'];
  /** Reason. */
  readonly closedReason: BudgetClosedReason;
  /** Time until which no calls are made. */
  readonly closedUntil: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The source that the upstream belongs to. */
  readonly source?: Maybe<Source>;
};

/** Reason why a budget permits no calls for some time. */
export type BudgetClosedReason =
  /** The upstream's headers say that its quota is used up. */
  | 'QUOTA_USED_UP'
  /** The upstream refused a call and named a time to wait, by `Retry-After` or a gRPC pushback. */
  | 'RETRY_AFTER';

/** State of one rate limit of a source's upstream. The upstream counts by credential, so sources that share a credential show the same state. */
export type BudgetState = {
  readonly __typename?: 'BudgetState';
  /** Name of the limit: `account`, `endpoint/charges`; `concurrency` is the number of calls at a time. */
  readonly bucket: Scalars['String']['output'];
  /** Reason why no calls are made. Null while calls are made. */
  readonly closedReason?: Maybe<BudgetClosedReason>;
  /** Time until which no calls are made, because the upstream rate-limited us. Null while calls are made. */
  readonly closedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** The rate in use at present, in the unit of `limit`. It is lower than `limit` after refusals, or while the upstream's headers require it. Null before the first call. */
  readonly current?: Maybe<Scalars['Float']['output']>;
  /** Number of calls in progress in all replicas. Null for every limit except `concurrency`. */
  readonly inUse?: Maybe<Scalars['Int']['output']>;
  /** Time when the upstream last refused a call because of this limit. Null if it never did. */
  readonly lastRefusedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Calls per second that the upstream allows according to its connector, the settings, or otherwise its own headers; for `concurrency`, the number of simultaneous calls. Null if the limit is unknown and is learned from refused calls. */
  readonly limit?: Maybe<Scalars['Float']['output']>;
};

/** Kind of change of an object. */
export type ChangeKind =
  /** The object was seen for the first time, or again after its deletion. */
  | 'CREATED'
  /** The source deleted the object. */
  | 'DELETED'
  /** The content of the object changed. */
  | 'UPDATED';

/** Settings of a source to connect. */
export type ConnectSourceInput = {
  /** Limits of the upstream, where they differ from the connector's own. */
  readonly budget?: InputMaybe<SourceBudgetInput>;
  /** Kind of external system: `stripe`. */
  readonly connector: Scalars['String']['input'];
  /** Name of the source, as in URLs of webhooks: 1 to 64 characters of a-z, 0-9 and hyphen. It is unique over all tenants and never changes. */
  readonly id: Scalars['ID']['input'];
  /** Any text of up to 200 characters. As long as the source is connected, a second call with the same key returns it, and is refused if it requests something else. Without a key, a second call is refused because the id is in use. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Private networks that its address may be in; the operator's setting CONNECT_NETWORKS must allow them. Null means none. */
  readonly networks?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Platform of the settings file whose keys and address the source shares: a Plaid client, or a Stripe Connect platform. The settings then have only the source's own account, such as `accessToken` and `itemId`, or `account`; `budget` and `networks` are the platform's. The operator decides which tenants may use a platform. Null means none. */
  readonly platform?: InputMaybe<Scalars['String']['input']>;
  /** Interval of polling: `30s`, `5m`, `1h`; `manual` for never. Null means `5m`. */
  readonly schedule?: InputMaybe<Scalars['String']['input']>;
  /** Settings of the connector with its credentials, as below `config` in the settings file. They can be changed, and never be read. */
  readonly settings: Scalars['JSON']['input'];
};

/** A source that was connected. */
export type ConnectSourcePayload = {
  readonly __typename?: 'ConnectSourcePayload';
  /** The source. */
  readonly source: Source;
};

/** A party named in an entry. */
export type Counterparty = {
  readonly __typename?: 'Counterparty';
  /** Account of the party. Null if the bank gives none. */
  readonly account?: Maybe<Reference>;
  /** Name of the party's bank. Null if the bank gives none. */
  readonly bankName?: Maybe<Scalars['String']['output']>;
  /** BIC of the party's bank. Null if the bank gives none. */
  readonly bic?: Maybe<Scalars['String']['output']>;
  /** Identifiers of the party, such as LEI, BIC or tax id. */
  readonly identifiers: ReadonlyArray<Reference>;
  /** Name. Null if the bank gives none. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Name of the ultimate party, on whose behalf this party acts. Null if the bank names nobody. */
  readonly ultimateName?: Maybe<Scalars['String']['output']>;
};

/** A structured reference of a creditor. */
export type CreditorReference = {
  readonly __typename?: 'CreditorReference';
  /** Issuer of the reference. Null if the bank does not say. */
  readonly issuer?: Maybe<Scalars['String']['output']>;
  /** Kind of reference: `SCOR`. Null if the bank does not say. */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** The reference, as written by the bank: `RF18539007547034`. */
  readonly value: Scalars['String']['output'];
};

/** An exchange of one currency for another. */
export type CurrencyExchange = {
  readonly __typename?: 'CurrencyExchange';
  /** Exchange rate as a factor, as written by the bank: `1.0873`. Null if the bank does not say. */
  readonly rate?: Maybe<Scalars['String']['output']>;
  /** Currency before the exchange. Null if the bank does not say. */
  readonly sourceCurrency?: Maybe<Scalars['String']['output']>;
  /** Currency after the exchange. Null if the bank does not say. */
  readonly targetCurrency?: Maybe<Scalars['String']['output']>;
  /** Currency of which one unit is converted at the rate. Null if the bank does not say. */
  readonly unitCurrency?: Maybe<Scalars['String']['output']>;
};

/** One webhook call that was received and verified. */
export type Delivery = Node & {
  readonly __typename?: 'Delivery';
  /** Number of attempts to apply the delivery since it was received or last replayed. `history` lists all attempts. */
  readonly attempts: Scalars['Int']['output'];
  /** The body as UTF-8 text, unchanged. It requires the scope `admin`, which allows raw bytes. Null if it is no longer kept: bodies are deleted after the number of days in the setting DELIVERY_RETENTION_DAYS, except those of deliveries that are pending or parked. A delivery without its body cannot be replayed, but duplicates of it are still recognized. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** Other bodies that were received under the same id, in order of their first arrival; at most 8. The delivery consists of the first body: none of the others is applied. */
  readonly conflicts: ReadonlyArray<DeliveryConflict>;
  /** SHA-256 hash of the body, in hexadecimal. */
  readonly contentHash: Scalars['String']['output'];
  /** Key by which duplicates are recognized: the source's id of the event, or the hash of the body if the source gives no id. */
  readonly deliveryKey: Scalars['String']['output'];
  /** Reason for discarding the delivery. Null unless the status is DISCARDED. */
  readonly discardReason?: Maybe<Scalars['String']['output']>;
  /** User who discarded the delivery: the `sub` claim of the token. Null unless the status is DISCARDED. */
  readonly discardedBy?: Maybe<Scalars['String']['output']>;
  /** Effects of the delivery when it was last applied; at most 100 of each kind. The list is empty if it changed nothing, and for a delivery that was applied before effects were recorded. */
  readonly effects: ReadonlyArray<DeliveryEffect>;
  /** Error code of the last attempt. Null if it did not fail. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** Error message of the last attempt. Null if it did not fail. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** Event type in the source's own term: `charge.refunded`. Null if the body could not be read. */
  readonly eventType?: Maybe<Scalars['String']['output']>;
  /** Time when the delivery was applied, parked or discarded. Null while the status is PENDING. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Every attempt to apply the delivery, over all replays, oldest first. If there were more than 100, the latest 100 are listed. Attempts are deleted after the number of days in the setting DELIVERY_RETENTION_DAYS, except those of deliveries that are pending or parked. If none is stored, only the last attempt is listed. */
  readonly history: ReadonlyArray<DeliveryAttempt>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Time of the next attempt. Null unless the status is PENDING. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it was received and committed. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Size of the body in bytes. */
  readonly size: Scalars['Int']['output'];
  /** The source that sent it. */
  readonly source: Source;
  /** Processing status of the delivery. */
  readonly status: DeliveryStatus;
  /** How it was verified that the provider sent the delivery. Null for a delivery that was received before this was recorded. */
  readonly verification?: Maybe<DeliveryVerification>;
};

/** One attempt to apply a delivery. */
export type DeliveryAttempt = {
  readonly __typename?: 'DeliveryAttempt';
  /** Time when the attempt ended. */
  readonly at: Scalars['DateTime']['output'];
  /** Error code of the attempt. Null if it did not fail. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** Error message of the attempt. Null if it did not fail. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** Time when the next attempt was due. Null unless the outcome is RETRY. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of the attempt: 1 for the first, counted over all replays. */
  readonly number: Scalars['Int']['output'];
  /** Outcome of the attempt. */
  readonly outcome: DeliveryAttemptOutcome;
};

/** Outcome of an attempt to apply a delivery. */
export type DeliveryAttemptOutcome =
  /** The content was applied. */
  | 'APPLIED'
  /** The attempt failed permanently: a retry would fail in the same way, or the maximum number of attempts was reached. */
  | 'PARKED'
  /** The attempt failed and is retried automatically. */
  | 'RETRY';

/** Another body that was received under the id of a delivery. */
export type DeliveryConflict = {
  readonly __typename?: 'DeliveryConflict';
  /** The body as UTF-8 text, unchanged. It requires the scope `admin`, which allows raw bytes. Null if it is no longer kept. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** SHA-256 hash of the body, in hexadecimal. */
  readonly contentHash: Scalars['String']['output'];
  /** Time when it was first received. */
  readonly firstAt: Scalars['DateTime']['output'];
  /** Time when it was last received. */
  readonly lastAt: Scalars['DateTime']['output'];
  /** Number of times that it was received. */
  readonly occurrences: Scalars['BigInt']['output'];
  /** How it was verified that the provider sent this body. */
  readonly verification?: Maybe<DeliveryVerification>;
};

/** A page of deliveries. */
export type DeliveryConnection = {
  readonly __typename?: 'DeliveryConnection';
  /** The deliveries with their cursors, newest first. */
  readonly edges: ReadonlyArray<DeliveryEdge>;
  /** The deliveries alone. */
  readonly nodes: ReadonlyArray<Delivery>;
  /** Position of the page in the list. */
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

/** One effect of applying a delivery. */
export type DeliveryEffect = {
  readonly __typename?: 'DeliveryEffect';
  /** The object in its current state. Null if `entityId` is null, for an object that was never seen, and for a type of object that does not implement Node. */
  readonly entity?: Maybe<Node>;
  /** Global id of the object. Null for READ_REQUESTED, and for a quarantined record that names no object. */
  readonly entityId?: Maybe<Scalars['ID']['output']>;
  /** Type of the object. Null if the kind is READ_REQUESTED. */
  readonly entityType?: Maybe<EntityType>;
  /** Kind of the effect. */
  readonly kind: DeliveryEffectKind;
  /** Name of the stream. Null unless the kind is READ_REQUESTED. */
  readonly stream?: Maybe<Scalars['String']['output']>;
};

/** Kind of effect of a delivery. */
export type DeliveryEffectKind =
  /** An object was created. */
  | 'CREATED'
  /** An object was deleted by the source. */
  | 'DELETED'
  /** A record of the delivery could not be applied and was quarantined. */
  | 'QUARANTINED'
  /** A read of a stream was requested, because the delivery only said that there is something new. */
  | 'READ_REQUESTED'
  /** A fetch of an object was requested, because the delivery only named it, or could not be ordered relative to the stored state. */
  | 'REFETCH_REQUESTED'
  /** An object's content changed. */
  | 'UPDATED';

/** Filter for deliveries. A delivery must meet every condition given. Deliveries are found through an index by source, time and status; the other conditions are checked on each delivery found, so rare matches are best requested together with a time or with the status PARKED. */
export type DeliveryFilter = {
  /** Only deliveries whose last attempt failed with one of these error codes; at most 100. It is checked on each delivery found by index. */
  readonly errorCodes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only deliveries with one of these event types, in the source's own terms: `charge.refunded`; at most 100. It is checked on each delivery found by index. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only deliveries received at this time or later. */
  readonly receivedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only deliveries received before this time, which must be after `receivedFrom`. */
  readonly receivedTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<DeliveryStatusInput>>;
};

/** A delivery could not be applied and waits for a replay. */
export type DeliveryParked = SyncEvent & {
  readonly __typename?: 'DeliveryParked';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The delivery in its current state. Null if it no longer exists. */
  readonly delivery?: Maybe<Delivery>;
  /** The source that sent it. */
  readonly source?: Maybe<Source>;
};

/** A delivery was received: a webhook call that was verified and committed. The event is sent when the delivery is first processed, which is immediately unless others are waiting. */
export type DeliveryReceived = SyncEvent & {
  readonly __typename?: 'DeliveryReceived';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The delivery in its current state. Null if it no longer exists. */
  readonly delivery?: Maybe<Delivery>;
  /** The source that sent it. */
  readonly source?: Maybe<Source>;
};

/** Processing status of a delivery. */
export type DeliveryStatus =
  /** The content of the delivery is applied. */
  | 'APPLIED'
  /** A user decided that the delivery is not to be applied. A replay reverses this. */
  | 'DISCARDED'
  /** The delivery could not be applied and waits for a replay. */
  | 'PARKED'
  /** The delivery is committed and waits to be applied. */
  | 'PENDING';

/** Processing status of a delivery, as input. */
export type DeliveryStatusInput =
  /** The content of the delivery is applied. */
  | 'APPLIED'
  /** A user decided that the delivery is not to be applied. A replay reverses this. */
  | 'DISCARDED'
  /** The delivery could not be applied and waits for a replay. */
  | 'PARKED'
  /** The delivery is committed and waits to be applied. */
  | 'PENDING';

/** How it was verified that the provider sent a delivery. */
export type DeliveryVerification = {
  readonly __typename?: 'DeliveryVerification';
  /** The key that the delivery was signed with: its id, or its place in the settings, such as `webhookSecrets[0]`. It is never the key itself. Null if the scheme does not identify the key. */
  readonly key?: Maybe<Scalars['String']['output']>;
  /** Name of the signature scheme: `stripe-v1`, `plaid-jwt`. It is `unsigned` for a provider that does not sign: such a delivery only triggers a request to the provider, and its content is not trusted. */
  readonly scheme: Scalars['String']['output'];
  /** Time when the provider signed the delivery. Null if the scheme signs no time. */
  readonly signedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Result of comparing the sum of an entry's details with its amount. */
export type DetailsMatch =
  /** The sum of the details differs from the amount: the bank's entry and its details contradict each other. */
  | 'DIFFER'
  /** The sum of the details equals the amount exactly. */
  | 'EQUAL'
  /** The details cannot be added up: there are none, or they have no amounts, or some amounts are not in the currency of the entry. */
  | 'NONE';

/** Direction of a movement of money. */
export type Direction =
  /** Money came in. */
  | 'CREDIT'
  /** Money went out. */
  | 'DEBIT';

/** Direction of a movement of money, as input. */
export type DirectionInput =
  /** Money came in. */
  | 'CREDIT'
  /** Money went out. */
  | 'DEBIT';

/** Selection of deliveries to discard, with the reason. */
export type DiscardDeliveriesInput = {
  /** The deliveries to discard must meet every condition given; at least one condition is required. Only PENDING and PARKED deliveries are selected. */
  readonly filter: DeliveryFilter;
  /** Maximum number of deliveries, 1 to 10000. The oldest are selected. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
  /** Reason, 1 to 500 characters. It is returned as `Delivery.discardReason`. */
  readonly reason: Scalars['String']['input'];
};

/** Result of discarding deliveries. */
export type DiscardDeliveriesPayload = {
  readonly __typename?: 'DiscardDeliveriesPayload';
  /** Number of deliveries. */
  readonly count: Scalars['Int']['output'];
  /** Whether more deliveries match the filter. The same call then selects the next ones. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** What happens to a source. */
export type DisconnectSourceInput = {
  /** What happens to its data. */
  readonly data: SourceData;
  /** The source's name. */
  readonly sourceId: Scalars['ID']['input'];
};

/** A source that was disconnected. */
export type DisconnectSourcePayload = {
  readonly __typename?: 'DisconnectSourcePayload';
  /** Progress of the erasure. Null if the data is kept. */
  readonly erasure?: Maybe<SourceErasure>;
  /** The source. Null if its data is erased already. */
  readonly source?: Maybe<Source>;
};

/** A payer's objection to a payment, raised through their bank. */
export type Dispute = Node & {
  readonly __typename?: 'Dispute';
  /** Disputed amount. Null if only the deletion of the dispute was ever seen. */
  readonly amount?: Maybe<Money>;
  /** The disputed attempt. Null if the source does not say, or before the attempt was synced. */
  readonly attempt?: Maybe<PaymentAttempt>;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time until which evidence is accepted. Null if none is requested. */
  readonly evidenceDueBy?: Maybe<Scalars['DateTime']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Dispute>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger entries of this dispute, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** The disputed payment. Null if the source does not say, or before the payment was synced. */
  readonly payment?: Maybe<Payment>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status of the dispute in the source's own term. Null if only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Reason given by the payer, in the source's own term: `fraudulent`. Null if none was given. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The source that the object came from. */
  readonly source: Source;
  /** Stage of the dispute. Null if the source does not say. */
  readonly stage?: Maybe<DisputeStage>;
  /** Normalized status of the dispute. Null if the status at the source is not known to this service: see `rawStatus`. */
  readonly status?: Maybe<DisputeStatus>;
};


/** A payer's objection to a payment, raised through their bank. */
export type DisputeFreshArgs = {
  maxAge: Scalars['Int']['input'];
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
  /** Position of the page in the list. */
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

/** Filter for disputes. An object must meet every condition given. */
export type DisputeFilter = {
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<DisputeStatusInput>>;
};

/** Stage of a dispute. */
export type DisputeStage =
  /** The money was withdrawn until the dispute is decided. */
  | 'CHARGEBACK'
  /** The bank requests information; no money has moved. */
  | 'INQUIRY';

/** Status of a dispute. */
export type DisputeStatus =
  /** The dispute was closed without a chargeback. */
  | 'CLOSED'
  /** The dispute was decided in the payer's favor. */
  | 'LOST'
  /** Evidence is requested by `evidenceDueBy`. */
  | 'NEEDS_RESPONSE'
  /** The matter was settled before it became a dispute. */
  | 'PREVENTED'
  /** Evidence was submitted and the bank decides. */
  | 'UNDER_REVIEW'
  /** The dispute was decided in our favor. */
  | 'WON';

/** Status of a dispute, as input. */
export type DisputeStatusInput =
  /** The dispute was closed without a chargeback. */
  | 'CLOSED'
  /** The dispute was decided in the payer's favor. */
  | 'LOST'
  /** Evidence is requested by `evidenceDueBy`. */
  | 'NEEDS_RESPONSE'
  /** The matter was settled before it became a dispute. */
  | 'PREVENTED'
  /** Evidence was submitted and the bank decides. */
  | 'UNDER_REVIEW'
  /** The dispute was decided in our favor. */
  | 'WON';

/** An object was created, updated or deleted. The object is returned in a state that was read after the commit of the event, so it is never older than the event, and a few seconds old at most when the event is sent. */
export type EntityChanged = SyncEvent & {
  readonly __typename?: 'EntityChanged';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Kind of change. */
  readonly change: ChangeKind;
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The object in its current state; for a deleted object, its last state. Null for a type of object that does not implement Node. */
  readonly entity?: Maybe<Node>;
  /** Global id of the object. */
  readonly entityId: Scalars['ID']['output'];
  /** Type of the object. */
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
  /** A payer's objection to a payment. */
  | 'Dispute'
  /** One entry of an account's ledger. */
  | 'LedgerEntry'
  /** A person or an organization. */
  | 'Party'
  /** An intended movement of money. */
  | 'Payment'
  /** One attempt to move the money of a payment. */
  | 'PaymentAttempt'
  /** Money that a provider sends to an account. */
  | 'Payout'
  /** Money returned to a payer. */
  | 'Refund'
  /** What a bank reports about an account in one message. */
  | 'Statement';

/** A kind of object that is synced, as input. */
export type EntityTypeInput =
  /** A place that holds money. */
  | 'Account'
  /** An amount that an account holds. */
  | 'Balance'
  /** One entry of an account at a bank. */
  | 'BankTransaction'
  /** A payer's objection to a payment. */
  | 'Dispute'
  /** One entry of an account's ledger. */
  | 'LedgerEntry'
  /** A person or an organization. */
  | 'Party'
  /** An intended movement of money. */
  | 'Payment'
  /** One attempt to move the money of a payment. */
  | 'PaymentAttempt'
  /** Money that a provider sends to an account. */
  | 'Payout'
  /** Money returned to a payer. */
  | 'Refund'
  /** What a bank reports about an account in one message. */
  | 'Statement';

/** One fact that a finding is based on. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** Name of the fact. */
  readonly name: Scalars['String']['output'];
  /** Value of the fact: plain text, or JSON if it has several parts. */
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

/** The five causes of data being out of sync. */
export type FailureCause =
  /** Work that was done too late, or a call that was not answered. */
  | 'ASYNC_BOTTLENECK'
  /** A database that was slow, unavailable, or locked by another process. */
  | 'DATABASE'
  /** Bytes or values that differ from the documented format. */
  | 'FORMAT_MISMATCH'
  /** Rate limits or throttling by the upstream. */
  | 'RATE_LIMIT'
  /** A webhook call that was forged, lost, duplicated or not understood. */
  | 'WEBHOOK';

/** A file as it was received. Its bytes are kept with it and served unchanged at `GET /files/{id}`. A file from which nothing was read is deleted after the number of days in the setting FILE_RETENTION_DAYS. */
export type File = Node & {
  readonly __typename?: 'File';
  /** Column of the error, starting at 1. Null if the error has no position. */
  readonly column?: Maybe<Scalars['Int']['output']>;
  /** SHA-256 hash of the uncompressed bytes, in hexadecimal. A source accepts the same content only once. */
  readonly contentHash: Scalars['String']['output'];
  /** Time when the file was stored or refused. Null while the status is ACCEPTED. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Line of the error, starting at 1. Null if the error has no position. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** Media type of the bytes: `application/xml`. */
  readonly mediaType: Scalars['String']['output'];
  /** Name under which the file was sent. */
  readonly name: Scalars['String']['output'];
  /** How the file was received. */
  readonly origin: FileOrigin;
  /** Reason for the refusal as text, without personal data. Null unless the file was refused. */
  readonly problem?: Maybe<Scalars['String']['output']>;
  /** Time when it was received and committed. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Reason for the refusal as a stable code. Null unless the file was refused. */
  readonly refusal?: Maybe<Scalars['String']['output']>;
  /** Uncompressed size in bytes. */
  readonly size: Scalars['BigInt']['output'];
  /** The source that received the file. */
  readonly source: Source;
  /** Statements whose current state is taken from this file, newest first; at most 100. A statement that a later file corrects belongs to the later file. A statement that could not be used is in `quarantinedRecords` instead. */
  readonly statements: ReadonlyArray<Statement>;
  /** Processing status of the file. */
  readonly status: FileStatus;
};

/** A page of files. */
export type FileConnection = {
  readonly __typename?: 'FileConnection';
  /** The files with their cursors, newest first. */
  readonly edges: ReadonlyArray<FileEdge>;
  /** The files alone. */
  readonly nodes: ReadonlyArray<File>;
  /** Position of the page in the list. */
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

/** Filter for files. An object must meet every condition given. */
export type FileFilter = {
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<FileStatusInput>>;
};

/** How a file was received. */
export type FileOrigin =
  /** The file was placed in a watched folder. */
  | 'FOLDER'
  /** The file was fetched from its source. */
  | 'POLL'
  /** The file was uploaded over HTTP. */
  | 'UPLOAD';

/** Processing status of a file. */
export type FileStatus =
  /** The file is complete and was parsed; its entries are being stored. */
  | 'ACCEPTED'
  /** The file was refused; `refusal` and `problem` give the reason. */
  | 'REFUSED'
  /** The whole content of the file is stored. */
  | 'STORED';

/** Processing status of a file, as input. */
export type FileStatusInput =
  /** The file is complete and was parsed; its entries are being stored. */
  | 'ACCEPTED'
  /** The file was refused; `refusal` and `problem` give the reason. */
  | 'REFUSED'
  /** The whole content of the file is stored. */
  | 'STORED';

/** One detected discrepancy, or one diagnosed cause of data being out of sync: what it is, since when, why, and what to do about it. A closed one is deleted after the number of days in the setting FINDING_RETENTION_DAYS. */
export type Finding = Node & {
  readonly __typename?: 'Finding';
  /** Cause of the finding, one of five. */
  readonly cause: FailureCause;
  /** Time when the finding was resolved. Null while it is open. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Facts that the finding is based on. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Kind of finding as a stable code. */
  readonly kind: Scalars['String']['output'];
  /** Time when the finding was opened. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** Recommended action. */
  readonly remedy: Scalars['String']['output'];
  /** The source that it is about. */
  readonly source: Source;
  /** What is out of sync, in one sentence. */
  readonly summary: Scalars['String']['output'];
};

/** Something that was found to be out of sync is in sync again. */
export type FindingClosed = SyncEvent & {
  readonly __typename?: 'FindingClosed';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The finding in its current state: it may have been opened again. Null if it no longer exists. */
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
  /** Position of the page in the list. */
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

/** Filter for findings. An object must meet every condition given. */
export type FindingFilter = {
  /** True returns only open findings, false only resolved ones. Null returns both. */
  readonly isOpen?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Something was found to be out of sync. */
export type FindingOpened = SyncEvent & {
  readonly __typename?: 'FindingOpened';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The finding in its current state. Null if it no longer exists. */
  readonly finding?: Maybe<Finding>;
  /** The source that it is about. */
  readonly source?: Maybe<Source>;
};

/** Age and staleness of an object's state. */
export type Freshness = {
  readonly __typename?: 'Freshness';
  /** Whether the state may be outdated. With `maxAge`, it is true if the state is older than that and could not be fetched. Without `maxAge`, it is true if the source is not ACTIVE, or if for three times the schedule of the source neither the object was observed nor the source was synced successfully. The age never makes an object of an active source stale that is synced on demand only. */
  readonly isStale: Scalars['Boolean']['output'];
  /** Time when the returned state was last confirmed with the source. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** Milliseconds from now until another request with `maxAge` may succeed. Null if the state is not stale, and if the time is unknown. */
  readonly retryAfterMs?: Maybe<Scalars['Int']['output']>;
  /** Time when the source last changed the object, according to the source. Null if the source does not say. */
  readonly sourceUpdatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Reason why the state may be outdated. Null if it is not stale. */
  readonly staleReason?: Maybe<StaleReason>;
  /** Way in which the returned state was obtained. */
  readonly via: ObservedVia;
};

/** One entry of an account's ledger: gross = fee + net. */
export type LedgerEntry = Node & {
  readonly __typename?: 'LedgerEntry';
  /** The account whose ledger contains the entry. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** Time from which the money is available. Null if the source does not say. */
  readonly availableOn?: Maybe<Scalars['DateTime']['output']>;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Description from the source. Null if there is none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /**
   * Exchange rate at which the amount was converted, exactly as stated by the source: the origin's amount multiplied by
   * the rate is `gross`.
   * Null if nothing was converted, or if the source does not say.
   */
  readonly exchangeRate?: Maybe<Scalars['Decimal']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Fees deducted from `gross`. Null if only the deletion of the entry was ever seen. */
  readonly fee?: Maybe<Money>;
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<LedgerEntry>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Amount before fees; negative for a debit. Null if only its deletion was ever seen. */
  readonly gross?: Maybe<Money>;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Normalized kind of the entry. Null if the source's kind is not known to this service: see `rawKind`. */
  readonly kind?: Maybe<LedgerEntryKind>;
  /** Change of the balance. Null if only the deletion of the entry was ever seen. */
  readonly net?: Maybe<Money>;
  /** The object that caused the entry. Null if the source names none, or before that object was synced. */
  readonly origin?: Maybe<LedgerOrigin>;
  /** The payout that paid the entry out. Null before it was paid out, and if the source does not disclose it: see Payout.composition. */
  readonly payout?: Maybe<Payout>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Kind of the entry in the source's own term. Null if only its deletion was ever seen. */
  readonly rawKind?: Maybe<Scalars['String']['output']>;
  /** The source that the object came from. */
  readonly source: Source;
};


/** One entry of an account's ledger: gross = fee + net. */
export type LedgerEntryFreshArgs = {
  maxAge: Scalars['Int']['input'];
};

/** A page of ledger entries. */
export type LedgerEntryConnection = {
  readonly __typename?: 'LedgerEntryConnection';
  /** The ledger entries with their cursors, newest first. */
  readonly edges: ReadonlyArray<LedgerEntryEdge>;
  /** The ledger entries alone. */
  readonly nodes: ReadonlyArray<LedgerEntry>;
  /** Position of the page in the list. */
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

/** Filter for ledger entries. An object must meet every condition given. */
export type LedgerEntryFilter = {
  /** Only entries in the ledger of this account, given by its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of these kinds; at most 100. */
  readonly kind?: InputMaybe<ReadonlyArray<LedgerEntryKindInput>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Kind of ledger entry. */
export type LedgerEntryKind =
  /** A correction by the provider. */
  | 'ADJUSTMENT'
  /** Money was withdrawn or returned because of a dispute. */
  | 'DISPUTE'
  /** The provider's fee. */
  | 'FEE'
  /** Money of a payment was received. */
  | 'PAYMENT'
  /** Money was paid out, or a payout was returned. */
  | 'PAYOUT'
  /** Money was refunded. */
  | 'REFUND'
  /** Money was reserved or released. */
  | 'RESERVE'
  /** Money was added by us. */
  | 'TOPUP'
  /** Money moved between accounts. */
  | 'TRANSFER';

/** Kind of ledger entry, as input. */
export type LedgerEntryKindInput =
  /** A correction by the provider. */
  | 'ADJUSTMENT'
  /** Money was withdrawn or returned because of a dispute. */
  | 'DISPUTE'
  /** The provider's fee. */
  | 'FEE'
  /** Money of a payment was received. */
  | 'PAYMENT'
  /** Money was paid out, or a payout was returned. */
  | 'PAYOUT'
  /** Money was refunded. */
  | 'REFUND'
  /** Money was reserved or released. */
  | 'RESERVE'
  /** Money was added by us. */
  | 'TOPUP'
  /** Money moved between accounts. */
  | 'TRANSFER';

/** An object that can cause a ledger entry. */
export type LedgerOrigin = Dispute | PaymentAttempt | Payout | Refund;

/** An exact amount in one currency. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount with exactly `exponent` decimal places: `10.50`. Negative for a debit. */
  readonly amount: Scalars['Decimal']['output'];
  /** Currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Number of decimal places according to ISO 4217: EUR 2, JPY 0, BHD 3. If a bank writes more decimal places, that number. */
  readonly exponent: Scalars['Int']['output'];
  /** The amount in minor units, as a whole number: 1050 for 10.50 EUR. */
  readonly minor: Scalars['BigInt']['output'];
};

/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Requests that a run ends at its next checkpoint. What the run has committed is kept. A run that has already ended is returned unchanged. */
  readonly cancelSync: SyncRun;
  /** Connects a source while the service runs: within seconds every replica reads it and accepts its webhooks. The upstream is called first, and nothing is stored if it refuses the credentials. Requires the scope `admin`. */
  readonly connectSource: ConnectSourcePayload;
  /** Discards many deliveries, oldest first, so that they are not applied. */
  readonly discardDeliveries: DiscardDeliveriesPayload;
  /** Discards a delivery that is PENDING or PARKED, so that it is not applied. It is kept, and a replay reverses this. A delivery that is APPLIED is refused with CONFLICT. */
  readonly discardDelivery: Delivery;
  /** Disconnects a source: it is no longer read, its webhooks are no longer accepted, and its credentials are deleted at once. Requires the scope `admin`. */
  readonly disconnectSource: DisconnectSourcePayload;
  /** Stops reading a source until it is resumed. Webhooks are still accepted. */
  readonly pauseSource: Source;
  /** Applies many deliveries again, oldest first. */
  readonly replayDeliveries: ReplayDeliveriesPayload;
  /** Applies a delivery again, regardless of its status. Effects that it already had are not repeated. The request is refused if the body is no longer kept. */
  readonly replayDelivery: Delivery;
  /** Tries to apply quarantined records again. */
  readonly replayQuarantined: ReplayPayload;
  /** Resumes a paused source. */
  readonly resumeSource: Source;
  /** Starts a run, or returns the run that was started with the same idempotency key. */
  readonly startSync: StartSyncPayload;
  /** Changes settings of a connected source that are no credentials. If settings of the connector or networks change, the upstream is called first. Requires the scope `admin`. */
  readonly updateSource: UpdateSourcePayload;
  /** Replaces credentials of a connected source. The upstream is called first, and nothing changes if it refuses them. Requires the scope `admin`. */
  readonly updateSourceCredentials: UpdateSourceCredentialsPayload;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationCancelSyncArgs = {
  runId: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationConnectSourceArgs = {
  input: ConnectSourceInput;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDiscardDeliveriesArgs = {
  input: DiscardDeliveriesInput;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDiscardDeliveryArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDisconnectSourceArgs = {
  input: DisconnectSourceInput;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationPauseSourceArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayDeliveriesArgs = {
  input: ReplayDeliveriesInput;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayQuarantinedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationResumeSourceArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationStartSyncArgs = {
  input: StartSyncInput;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUpdateSourceArgs = {
  input: UpdateSourceInput;
};


/** Operations that change something. Those that connect, change and disconnect sources require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUpdateSourceCredentialsArgs = {
  input: UpdateSourceCredentialsInput;
};

/** An amount that an entry states in addition to the booked one. */
export type NamedAmount = {
  readonly __typename?: 'NamedAmount';
  /** Currency exchange that was applied. Null if there was none, or if the bank does not say. */
  readonly exchange?: Maybe<CurrencyExchange>;
  /** The amount. */
  readonly money: Money;
  /** Name of the amount in the message: `InstdAmt`, `TxAmt`, `CntrValAmt`, `AnncdPstngAmt`, `PrtryAmt`. */
  readonly name: Scalars['String']['output'];
};

/** An object with a global id. */
export type Node = {
  /** Global id, which never changes during the life of the object. It is derived from the tenant, the source, the type and the source's own id, so replays and backfills do not change it. */
  readonly id: Scalars['ID']['output'];
};

/** Way in which an object's state was obtained. */
export type ObservedVia =
  /** It came from the source's database log. */
  | 'CDC'
  /** It was part of a file that the source delivered. */
  | 'FILE'
  /** A scheduled or requested sync read it. */
  | 'POLL'
  /** A query requested that it be fetched. */
  | 'READ_THROUGH'
  /** The source pushed it to us. */
  | 'WEBHOOK';

/** Position of a page in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the page's last item. Pass it as `after` to get the next page. Null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there are more items after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page was requested with `after`, so that there are items before it. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first item; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A person or an organisation that a source knows: a customer, an owner, a counterparty. */
export type Party = Node & {
  readonly __typename?: 'Party';
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** E-mail address as the source has it. Null if it has none. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Party>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Identifiers of the party, such as customer id, LEI, BIC or tax id. */
  readonly identifiers: ReadonlyArray<Reference>;
  /** Kind of party. Null if the source does not say. */
  readonly kind?: Maybe<PartyKind>;
  /** Name as the source has it. Null if it has none. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Payments with this party as debtor, newest first, without those that the source has deleted. */
  readonly payments: PaymentConnection;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The source that the object came from. */
  readonly source: Source;
};


/** A person or an organisation that a source knows: a customer, an owner, a counterparty. */
export type PartyFreshArgs = {
  maxAge: Scalars['Int']['input'];
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
  /** Position of the page in the list. */
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

/** Filter for parties. An object must meet every condition given. */
export type PartyFilter = {
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of this kind. */
  readonly kind?: InputMaybe<PartyKindInput>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Kind of party. */
export type PartyKind =
  /** A company or another organization. */
  | 'ORGANIZATION'
  /** A natural person. */
  | 'PERSON';

/** Kind of party, as input. */
export type PartyKindInput =
  /** A company or another organization. */
  | 'ORGANIZATION'
  /** A natural person. */
  | 'PERSON';

/** Details of the payer, as entered with the payment method. */
export type PayerDetails = {
  readonly __typename?: 'PayerDetails';
  /** Billing address. Null if none was entered. */
  readonly address?: Maybe<PostalAddress>;
  /** E-mail address. Null if none was entered. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Name. Null if none was entered. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Telephone number. Null if none was entered. */
  readonly phone?: Maybe<Scalars['String']['output']>;
};

/** An intended movement of money, with every attempt to make it. */
export type Payment = Node & {
  readonly __typename?: 'Payment';
  /** Amount to be paid. Null if only the deletion of the payment was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Attempts to move the money, newest first; at most 100. */
  readonly attempts: ReadonlyArray<PaymentAttempt>;
  /** Amount captured so far, in the currency of `amount`. Null if only the deletion of the payment was ever seen. */
  readonly captured?: Maybe<Money>;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The party that is paid. Null if the source does not say, or before the party was synced. */
  readonly creditor?: Maybe<Party>;
  /** The party that pays. Null if the source does not say, or before the party was synced. */
  readonly debtor?: Maybe<Party>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Description given by the merchant. Null if there is none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Disputes of this payment, newest first, without those that the source has deleted. */
  readonly disputes: DisputeConnection;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Payment>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Direction of the payment. Null if only its deletion was ever seen. */
  readonly kind?: Maybe<PaymentKind>;
  /** Ledger entries of its attempts, refunds and disputes, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** Payment method in the source's own term: `card`, `sepa_debit`. Null before a method was chosen. */
  readonly method?: Maybe<Scalars['String']['output']>;
  /**
   * Details of the payer, as entered with the payment method: those of the newest attempt that succeeded, otherwise those
   * of the newest attempt. They identify nobody: the customer known to the source is `debtor`. Null if nothing was entered.
   */
  readonly payerDetails?: Maybe<PayerDetails>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status of the payment in the source's own term. Null if only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** References of the payment in other systems, such as end-to-end id, UETR or the provider's own number. */
  readonly references: ReadonlyArray<Reference>;
  /**
   * Amount refunded so far over all attempts, in the currency of `amount`. Only captured money counts, so an authorization
   * that was canceled, has expired or was captured in part is not refunded. Null if the payment has no amount.
   */
  readonly refunded?: Maybe<Money>;
  /**
   * Refunds of this payment, newest first, without those that the source has deleted. They include releases of money that
   * was never captured, with the status RELEASED.
   */
  readonly refunds: RefundConnection;
  /** The source that the object came from. */
  readonly source: Source;
  /** Normalized status of the payment. Null if the status at the source is not known to this service: see `rawStatus`. */
  readonly status?: Maybe<PaymentStatus>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentDisputesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentFreshArgs = {
  maxAge: Scalars['Int']['input'];
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

/** One attempt to move the money of a payment. */
export type PaymentAttempt = {
  readonly __typename?: 'PaymentAttempt';
  /** Amount of the attempt. Null if only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Amount captured so far. Null if only the deletion of the attempt was ever seen. */
  readonly captured?: Maybe<Money>;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the attempt. Null while the attempt exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Error of the attempt. Null unless it failed. */
  readonly error?: Maybe<PaymentError>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Id of the attempt at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Payment method in the source's own term: `card`. Null if the source does not say. */
  readonly method?: Maybe<Scalars['String']['output']>;
  /** Details of the payer, as entered with the payment method. Null if nothing was entered. */
  readonly payerDetails?: Maybe<PayerDetails>;
  /** The payment that it belongs to. Null before the payment was synced. */
  readonly payment?: Maybe<Payment>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status of the attempt in the source's own term. Null if only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Part of the captured amount that was refunded so far. Null if only the deletion of the attempt was ever seen. */
  readonly refunded?: Maybe<Money>;
  /** Normalized status of the attempt. Null if the status at the source is not known to this service: see `rawStatus`. */
  readonly status?: Maybe<AttemptStatus>;
};

/** A batch of payments that was booked as one entry. */
export type PaymentBatch = {
  readonly __typename?: 'PaymentBatch';
  /** Number of payments in the batch, as written by the bank. Null if the bank does not say. */
  readonly count?: Maybe<Scalars['String']['output']>;
  /** Id of the message that ordered the batch. Null if the bank gives none. */
  readonly messageId?: Maybe<Scalars['String']['output']>;
  /** Id of the batch in that message. Null if the bank gives none. */
  readonly paymentInformationId?: Maybe<Scalars['String']['output']>;
  /** Total amount of the batch. Null if the bank does not say. */
  readonly total?: Maybe<Money>;
};

/** A page of payments. */
export type PaymentConnection = {
  readonly __typename?: 'PaymentConnection';
  /** The payments with their cursors, newest first. */
  readonly edges: ReadonlyArray<PaymentEdge>;
  /** The payments alone. */
  readonly nodes: ReadonlyArray<Payment>;
  /** Position of the page in the list. */
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

/** Reason why an attempt failed. */
export type PaymentError = {
  readonly __typename?: 'PaymentError';
  /** Category of the error. */
  readonly category: PaymentErrorCategory;
  /** Error code of the source: `card_declined`. */
  readonly code: Scalars['String']['output'];
  /** Error message of the source. Null if it gives none. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Whether the same attempt may succeed later without any action by the payer. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** Category of a payment error. */
export type PaymentErrorCategory =
  /** The payer was not authenticated, or authentication failed. */
  | 'AUTHENTICATION'
  /** The payer's bank refused. */
  | 'DECLINED'
  /** The attempt was blocked because of its risk. */
  | 'FRAUD'
  /** The details given were wrong: number, expiry, amount. */
  | 'INVALID'
  /** Any other reason. */
  | 'OTHER'
  /** A technical error during processing. */
  | 'PROCESSING';

/** Filter for payments. An object must meet every condition given. */
export type PaymentFilter = {
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only payments by this party, given by its global id. */
  readonly debtor?: InputMaybe<Scalars['ID']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only payments in this direction. */
  readonly kind?: InputMaybe<PaymentKindInput>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<PaymentStatusInput>>;
};

/** Direction of a payment. */
export type PaymentKind =
  /** The payment goes to us. */
  | 'PAYIN'
  /** The payment comes from us. */
  | 'PAYOUT'
  /** The payment moves money between our own accounts. */
  | 'TRANSFER';

/** Direction of a payment, as input. */
export type PaymentKindInput =
  /** The payment goes to us. */
  | 'PAYIN'
  /** The payment comes from us. */
  | 'PAYOUT'
  /** The payment moves money between our own accounts. */
  | 'TRANSFER';

/** Status of a payment. */
export type PaymentStatus =
  /** The money is authorized and waits to be captured. */
  | 'AUTHORIZED'
  /** The merchant or the payer has not confirmed the payment yet. */
  | 'AWAITING_CONFIRMATION'
  /** The payer has not chosen a payment method yet. */
  | 'AWAITING_METHOD'
  /** The payment was canceled before the money moved. */
  | 'CANCELED'
  /** The money will not be moved; there are no further attempts. */
  | 'FAILED'
  /** The payment is in progress; the outcome is not known yet. */
  | 'PROCESSING'
  /** The payer must act, for example complete strong authentication. */
  | 'REQUIRES_ACTION'
  /** The money has moved. */
  | 'SUCCEEDED';

/** Status of a payment, as input. */
export type PaymentStatusInput =
  /** The money is authorized and waits to be captured. */
  | 'AUTHORIZED'
  /** The merchant or the payer has not confirmed the payment yet. */
  | 'AWAITING_CONFIRMATION'
  /** The payer has not chosen a payment method yet. */
  | 'AWAITING_METHOD'
  /** The payment was canceled before the money moved. */
  | 'CANCELED'
  /** The money will not be moved; there are no further attempts. */
  | 'FAILED'
  /** The payment is in progress; the outcome is not known yet. */
  | 'PROCESSING'
  /** The payer must act, for example complete strong authentication. */
  | 'REQUIRES_ACTION'
  /** The money has moved. */
  | 'SUCCEEDED';

/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type Payout = Node & {
  readonly __typename?: 'Payout';
  /** The account that the money is sent from. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** Amount of the payout; negative if the provider takes money from the account. Null if only the deletion of the payout was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Expected date of arrival. Null if the source does not say. */
  readonly arrivalDate?: Maybe<Scalars['Date']['output']>;
  /** The bank transaction as which the payout arrived; for a negative payout, the debit. Null if none is known, and for a payout that is FAILED or CANCELED: see PayoutMatch. */
  readonly bankTransaction?: Maybe<PayoutMatch>;
  /** How completely the ledger entries of the payout are known. Null if the source provides no information about them, and if only the deletion of the payout was ever seen. */
  readonly composition?: Maybe<PayoutComposition>;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The account that the money is sent to. Null if the source does not say, or before the account was synced. */
  readonly destination?: Maybe<Account>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Reason for the failure in the source's own term. Null unless the status is FAILED. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Payout>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger entries that the payout paid out, newest first, without those that the source has deleted. The payout's own entry, with the opposite sign, is not among them. See `composition`. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** Ledger entries caused by the payout itself, newest first: the one by which it left the balance, and the one by which it was returned when it failed or was canceled. */
  readonly ownLedgerEntries: LedgerEntryConnection;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status of the payout in the source's own term. Null if only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** References of the payout in other systems. */
  readonly references: ReadonlyArray<Reference>;
  /** The source that the object came from. */
  readonly source: Source;
  /** Normalized status of the payout. Null if the status at the source is not known to this service: see `rawStatus`. */
  readonly status?: Maybe<PayoutStatus>;
};


/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type PayoutFreshArgs = {
  maxAge: Scalars['Int']['input'];
};


/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type PayoutLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type PayoutOwnLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Knowledge of the ledger entries that a payout paid out. */
export type PayoutComposition = {
  readonly __typename?: 'PayoutComposition';
  /** Time when all ledger entries were stored for the first time. Null before that, and if the source does not disclose the entries. */
  readonly completeSince?: Maybe<Scalars['DateTime']['output']>;
  /** The payout's amount minus `sum`: zero if the entries add up to the payout. Null if there is no sum. */
  readonly difference?: Maybe<Money>;
  /** Number of ledger entries that are stored. Null if the source does not disclose them. */
  readonly lineCount?: Maybe<Scalars['Int']['output']>;
  /** Whether all ledger entries of the payout are stored. */
  readonly state: PayoutCompositionState;
  /** Sum of the net amounts of the ledger entries. Null if the source does not disclose the entries, or if one of them is in another currency. */
  readonly sum?: Maybe<Money>;
};

/** How completely the ledger entries that a payout paid out are known. */
export type PayoutCompositionState =
  /** All ledger entries that the source lists are stored. */
  | 'COMPLETE'
  /** The source never discloses the ledger entries, for example Stripe for a payout that its schedule did not create. */
  | 'NOT_DISCLOSED'
  /** The source has not determined the ledger entries yet, or they have not been read yet. */
  | 'PENDING';

/** A page of payouts. */
export type PayoutConnection = {
  readonly __typename?: 'PayoutConnection';
  /** The payouts with their cursors, newest first. */
  readonly edges: ReadonlyArray<PayoutEdge>;
  /** The payouts alone. */
  readonly nodes: ReadonlyArray<Payout>;
  /** Position of the page in the list. */
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

/** Filter for payouts. An object must meet every condition given. */
export type PayoutFilter = {
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only payouts to this account, given by its global id. */
  readonly destination?: InputMaybe<Scalars['ID']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<PayoutStatusInput>>;
};

/** A processor's payout and the bank transaction as which it arrived. A match is not stored but derived from the present state: a credit that another source has booked (a debit, if the payout is negative), in the same currency and of exactly the same amount, from two days before the expected arrival to seven days after it. A transaction that contains a reference to the payout matches it; without a reference, a transaction matches only if no other transaction and no other payout is a candidate. A transaction is matched to one payout at most. */
export type PayoutMatch = {
  readonly __typename?: 'PayoutMatch';
  /** The bank transaction. Null only while the transaction is being removed. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** Explanation of the match as text. */
  readonly explanation: Scalars['String']['output'];
  /** The payout. Null only while the payout is being removed. */
  readonly payout?: Maybe<Payout>;
  /** Reasons for the match. */
  readonly reasons: ReadonlyArray<PayoutMatchReason>;
};

/** Reason for matching a payout to a bank transaction. */
export type PayoutMatchReason =
  /** The amount and the currency are equal. */
  | 'AMOUNT'
  /** The transaction was booked around the expected date. */
  | 'DATE'
  /** No reference confirms the match, but there is no other candidate. */
  | 'ONLY_ONE'
  /** The transaction contains a reference to the payout: its id at the source, or one of its references. */
  | 'REFERENCE';

/** Status of a payout. */
export type PayoutStatus =
  /** The payout was canceled before it was sent. */
  | 'CANCELED'
  /** The payout was returned or refused; `failureReason` gives the reason. */
  | 'FAILED'
  /** The payout was sent to the bank. */
  | 'IN_TRANSIT'
  /** The payout arrived, according to the provider. */
  | 'PAID'
  /** The payout was created but not sent yet. */
  | 'PENDING';

/** Status of a payout, as input. */
export type PayoutStatusInput =
  /** The payout was canceled before it was sent. */
  | 'CANCELED'
  /** The payout was returned or refused; `failureReason` gives the reason. */
  | 'FAILED'
  /** The payout was sent to the bank. */
  | 'IN_TRANSIT'
  /** The payout arrived, according to the provider. */
  | 'PAID'
  /** The payout was created but not sent yet. */
  | 'PENDING';

/** A postal address, as it was entered. */
export type PostalAddress = {
  readonly __typename?: 'PostalAddress';
  /** City, district or village. Null if it was not entered. */
  readonly city?: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 alpha-2 code of the country. Null if it was not entered. */
  readonly country?: Maybe<Scalars['String']['output']>;
  /** Street, post-office box or company. Null if it was not entered. */
  readonly line1?: Maybe<Scalars['String']['output']>;
  /** Apartment, suite or building. Null if it was not entered. */
  readonly line2?: Maybe<Scalars['String']['output']>;
  /** Postal code. Null if it was not entered. */
  readonly postalCode?: Maybe<Scalars['String']['output']>;
  /** State, county or province. Null if it was not entered. */
  readonly state?: Maybe<Scalars['String']['output']>;
};

/** Status of a quarantined record. */
export type QuarantineStatus =
  /** The object is out of sync until the record is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** Status of a quarantined record, as input. */
export type QuarantineStatusInput =
  /** The object is out of sync until the record is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** An item from a source that could not be applied, with the evidence. A resolved one is deleted after the number of days in the setting QUARANTINE_RETENTION_DAYS. */
export type QuarantinedRecord = Node & {
  readonly __typename?: 'QuarantinedRecord';
  /** Error code: UPSTREAM_MALFORMED. */
  readonly code: Scalars['String']['output'];
  /** The last valid state of the object. Null if there is none. */
  readonly entity?: Maybe<Node>;
  /** Global id that the object has or would have. Null if the item's own id could not be read. */
  readonly entityId?: Maybe<Scalars['ID']['output']>;
  /** Type of object that the item describes. */
  readonly entityType: EntityType;
  /** The object's id at the source. Null if it could not be read. */
  readonly externalId?: Maybe<Scalars['ID']['output']>;
  /** Time when it was first received. */
  readonly firstAt: Scalars['DateTime']['output'];
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Time when it was last received. */
  readonly lastAt: Scalars['DateTime']['output'];
  /** Number of times that the same item was received with the same error. */
  readonly occurrences: Scalars['BigInt']['output'];
  /** Path of the error within the item: `amount`. */
  readonly path: Scalars['String']['output'];
  /** What was expected and what was received, without personal data. */
  readonly problem: Scalars['String']['output'];
  /** Raw bytes of the item. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Time when the object was applied later. Null while the record is OPEN. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The run that last received it. Null if it was received in another way. */
  readonly run?: Maybe<SyncRun>;
  /** The source that sent it. */
  readonly source: Source;
  /** Status of the record. */
  readonly status: QuarantineStatus;
};

/** A page of quarantined records. */
export type QuarantinedRecordConnection = {
  readonly __typename?: 'QuarantinedRecordConnection';
  /** The quarantined records with their cursors, newest first. */
  readonly edges: ReadonlyArray<QuarantinedRecordEdge>;
  /** The quarantined records alone. */
  readonly nodes: ReadonlyArray<QuarantinedRecord>;
  /** Position of the page in the list. */
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

/** Filter for quarantined records. An object must meet every condition given. */
export type QuarantinedRecordFilter = {
  /** Only records of these types of object; at most 100. */
  readonly entityTypes?: InputMaybe<ReadonlyArray<EntityTypeInput>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only records with this status. */
  readonly status?: InputMaybe<QuarantineStatusInput>;
};

/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type Query = {
  readonly __typename?: 'Query';
  /** One account by id. Null if there is none. */
  readonly account?: Maybe<Account>;
  /** Accounts, newest first. */
  readonly accounts: AccountConnection;
  /** One bank transaction by id. Null if there is none. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** Bank transactions, latest booking date first. If there is no booking date, the value date is used; if there is neither, the time when the transaction was first seen. */
  readonly bankTransactions: BankTransactionConnection;
  /** Deliveries, newest first. */
  readonly deliveries: DeliveryConnection;
  /** One delivery by id. Null if there is none. */
  readonly delivery?: Maybe<Delivery>;
  /** One dispute by id. Null if there is none. */
  readonly dispute?: Maybe<Dispute>;
  /** Disputes, newest first. */
  readonly disputes: DisputeConnection;
  /** One file by id. Null if there is none. */
  readonly file?: Maybe<File>;
  /** Files, newest first. */
  readonly files: FileConnection;
  /** One finding by id. Null if there is none. */
  readonly finding?: Maybe<Finding>;
  /** Findings, newest first. */
  readonly findings: FindingConnection;
  /** Ledger entries, newest first. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** One ledger entry by id. Null if there is none. */
  readonly ledgerEntry?: Maybe<LedgerEntry>;
  /** Any object by its global id. Null if there is none. */
  readonly node?: Maybe<Node>;
  /** Objects by their global ids, in the order of the ids. An item is null if there is no object with its id. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** Parties, newest first. */
  readonly parties: PartyConnection;
  /** One party by id. Null if there is none. */
  readonly party?: Maybe<Party>;
  /** One payment by id. Null if there is none. */
  readonly payment?: Maybe<Payment>;
  /** Payments, newest first. */
  readonly payments: PaymentConnection;
  /** One payout by id. Null if there is none. */
  readonly payout?: Maybe<Payout>;
  /** Payouts, newest first. */
  readonly payouts: PayoutConnection;
  /** One quarantined record by id. Null if there is none. */
  readonly quarantinedRecord?: Maybe<QuarantinedRecord>;
  /** Quarantined records, newest first. */
  readonly quarantinedRecords: QuarantinedRecordConnection;
  /** One refund by id. Null if there is none. */
  readonly refund?: Maybe<Refund>;
  /** Refunds, newest first. */
  readonly refunds: RefundConnection;
  /** One source by id. Null if there is none. */
  readonly source?: Maybe<Source>;
  /** The newest erasure of a source's data. It can be read after the source itself is deleted, until its id is connected again. Null if there was none. */
  readonly sourceErasure?: Maybe<SourceErasure>;
  /** Sources, by name. */
  readonly sources: SourceConnection;
  /** One statement by id. Null if there is none. */
  readonly statement?: Maybe<Statement>;
  /** Statements, reports and notifications of banks, newest first. */
  readonly statements: StatementConnection;
  /** One run by id. Null if there is none. */
  readonly syncRun?: Maybe<SyncRun>;
  /** Runs, newest first. */
  readonly syncRuns: SyncRunConnection;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccountFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryBankTransactionArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryBankTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BankTransactionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryDisputeArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryDisputesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DisputeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryFileArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryFilesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FileFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryFindingArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryLedgerEntryArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryPartiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryPartyArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryPayoutArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryPayoutsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PayoutFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryQuarantinedRecordArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryQuarantinedRecordsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<QuarantinedRecordFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryRefundArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RefundFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QuerySourceArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QuerySourceErasureArgs = {
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QuerySourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SourceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SourceOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryStatementArgs = {
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QueryStatementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<StatementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QuerySyncRunArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. */
export type QuerySyncRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SyncRunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The raw bytes that an object's state was read from, kept as evidence. */
export type RawRecord = {
  readonly __typename?: 'RawRecord';
  /** The bytes as text, complete and unchanged, so the body of a list page also contains other objects. A file is decoded with the encoding that it declares, and returned up to 1 MiB; `GET /files/{id}` serves larger ones. It requires the scope `admin`, which allows raw bytes. Null if the bytes no longer exist, and for a larger file. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** SHA-256 hash of the bytes, in hexadecimal. Null if the delivery that contained them no longer exists. */
  readonly contentHash?: Maybe<Scalars['String']['output']>;
  /** The delivery that contained the bytes. Null if they were obtained in another way, or if the delivery no longer exists. */
  readonly delivery?: Maybe<Delivery>;
  /** The file that consists of the bytes. Null if they were obtained in another way, or if the file no longer exists. */
  readonly file?: Maybe<File>;
  /** Media type of the bytes: `application/json`. Null if the bytes no longer exist. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  /** Location of the object within the bytes: an RFC 6901 JSON pointer, or an XPath for XML. Empty if the object is the whole content. */
  readonly path: Scalars['String']['output'];
  /** Time when the bytes were received. Null if they no longer exist. */
  readonly receivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The run that read the bytes. Null if they were obtained in another way, or if the run no longer exists. */
  readonly run?: Maybe<SyncRun>;
};

/** A record could not be applied and was quarantined. */
export type RecordQuarantined = SyncEvent & {
  readonly __typename?: 'RecordQuarantined';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The record in its current state. Null if it no longer exists. */
  readonly record?: Maybe<QuarantinedRecord>;
  /** The source that sent it. */
  readonly source?: Maybe<Source>;
};

/** An identifier and the scheme that it belongs to. */
export type Reference = {
  readonly __typename?: 'Reference';
  /** Scheme of the identifier: `stripe.payment_intent`, `iban`, `endToEndId`. */
  readonly scheme: Scalars['String']['output'];
  /** The identifier, exactly as it was received. */
  readonly value: Scalars['String']['output'];
};

/**
 * Money returned to the payer of a payment. Processors also create a refund when an authorization ends without being
 * captured in full: such a refund has the status RELEASED, no money moved, and no sum of refunds includes it.
 */
export type Refund = Node & {
  readonly __typename?: 'Refund';
  /** Amount of the refund. Null if only its deletion was ever seen. */
  readonly amount?: Maybe<Money>;
  /** The attempt that is refunded. Null if the source does not say, or before the attempt was synced. */
  readonly attempt?: Maybe<PaymentAttempt>;
  /** Time when the source created the object. Null if the source does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Reason for the failure in the source's own term. Null unless the status is FAILED. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Refund>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger entries of this refund, newest first, without those that the source has deleted. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** The payment that is refunded. Null if the source does not say, or before the payment was synced. */
  readonly payment?: Maybe<Payment>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status of the refund in the source's own term. Null if only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Reason for the refund in the source's own term: `requested_by_customer`. Null if none was given. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The source that the object came from. */
  readonly source: Source;
  /** Normalized status of the refund. Null if the status at the source is not known to this service: see `rawStatus`. */
  readonly status?: Maybe<RefundStatus>;
};


/**
 * Money returned to the payer of a payment. Processors also create a refund when an authorization ends without being
 * captured in full: such a refund has the status RELEASED, no money moved, and no sum of refunds includes it.
 */
export type RefundFreshArgs = {
  maxAge: Scalars['Int']['input'];
};


/**
 * Money returned to the payer of a payment. Processors also create a refund when an authorization ends without being
 * captured in full: such a refund has the status RELEASED, no money moved, and no sum of refunds includes it.
 */
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
  /** Position of the page in the list. */
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

/** Filter for refunds. An object must meet every condition given. */
export type RefundFilter = {
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<RefundStatusInput>>;
};

/** Status of a refund. */
export type RefundStatus =
  /** The refund was canceled. */
  | 'CANCELED'
  /** The refund failed; `failureReason` gives the reason. */
  | 'FAILED'
  /** The refund is in progress. */
  | 'PENDING'
  /** No money was refunded: the authorized amount that was never captured was released. */
  | 'RELEASED'
  /** The payer must act to receive the refund. */
  | 'REQUIRES_ACTION'
  /** The money was refunded. */
  | 'SUCCEEDED';

/** Status of a refund, as input. */
export type RefundStatusInput =
  /** The refund was canceled. */
  | 'CANCELED'
  /** The refund failed; `failureReason` gives the reason. */
  | 'FAILED'
  /** The refund is in progress. */
  | 'PENDING'
  /** No money was refunded: the authorized amount that was never captured was released. */
  | 'RELEASED'
  /** The payer must act to receive the refund. */
  | 'REQUIRES_ACTION'
  /** The money was refunded. */
  | 'SUCCEEDED';

/** Remittance information of a payment. */
export type Remittance = {
  readonly __typename?: 'Remittance';
  /** Additions to the structured references, line by line. */
  readonly additional: ReadonlyArray<Scalars['String']['output']>;
  /** Structured references of the creditor. */
  readonly creditorReferences: ReadonlyArray<CreditorReference>;
  /** Free text, line by line. */
  readonly unstructured: ReadonlyArray<Scalars['String']['output']>;
};

/** Selection of deliveries to apply again. */
export type ReplayDeliveriesInput = {
  /** The deliveries to apply again must meet every condition given; at least one condition is required. Without a `status`, only PARKED deliveries are selected. With a `status`, those with the given statuses are selected, except PENDING ones, which are due anyway. Deliveries whose bodies are no longer kept are left out. */
  readonly filter: DeliveryFilter;
  /** Maximum number of deliveries, 1 to 10000. The oldest are selected. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of replaying deliveries. */
export type ReplayDeliveriesPayload = {
  readonly __typename?: 'ReplayDeliveriesPayload';
  /** Number of deliveries. */
  readonly count: Scalars['Int']['output'];
  /** Position in the event log before the first replay. A subscription with `after` set to it misses no event of the replays. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Whether more deliveries match the filter. PARKED deliveries no longer match once they are replayed, so the same call selects the next ones. Deliveries that were APPLIED will match again: continue with `receivedFrom`. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** Result of replaying quarantined records. */
export type ReplayPayload = {
  readonly __typename?: 'ReplayPayload';
  /** The records, in the order of the requested ids. */
  readonly records: ReadonlyArray<QuarantinedRecord>;
};

/** Reason for the return of a payment. */
export type ReturnReason = {
  readonly __typename?: 'ReturnReason';
  /** Additional text from the bank. */
  readonly additional: ReadonlyArray<Scalars['String']['output']>;
  /** ISO 20022 external code: `AC04`. Null if the bank gives none. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** The bank's own code. Null if there is none. */
  readonly proprietary?: Maybe<Scalars['String']['output']>;
};

/** A run ended. */
export type RunFinished = SyncEvent & {
  readonly __typename?: 'RunFinished';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The run. Null if it no longer exists. */
  readonly run?: Maybe<SyncRun>;
  /** The source that was synced. */
  readonly source?: Maybe<Source>;
  /** Final status of the run. */
  readonly status: SyncRunStatus;
};

/** A run made progress with one of its streams. */
export type RunProgressed = SyncEvent & {
  readonly __typename?: 'RunProgressed';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Number of records of the stream that changed something. */
  readonly changed: Scalars['BigInt']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Share of the stream that was read, from 0 to 1. Null if the source provides no way to know. */
  readonly progress?: Maybe<Scalars['Float']['output']>;
  /** Number of records of the stream read so far. */
  readonly records: Scalars['BigInt']['output'];
  /** The run in its current state. Null if the run no longer exists. */
  readonly run?: Maybe<SyncRun>;
  /** The source that is synced. */
  readonly source?: Maybe<Source>;
  /** Name of the stream that made progress. */
  readonly stream: Scalars['String']['output'];
};

/** A run began. */
export type RunStarted = SyncEvent & {
  readonly __typename?: 'RunStarted';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The run in its current state. Null if the run no longer exists. */
  readonly run?: Maybe<SyncRun>;
  /** The source that is synced. */
  readonly source?: Maybe<Source>;
};

/** One configured external system. */
export type Source = Node & {
  readonly __typename?: 'Source';
  /** Rate limits of the upstream and their present use, by name of the limit. Empty before the first call. */
  readonly budgets: ReadonlyArray<BudgetState>;
  /** Time when the source was connected by `connectSource`. Null for a source of the settings file. */
  readonly connectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Kind of external system: `stripe`. Null for a source that is no longer configured. */
  readonly connector?: Maybe<Scalars['String']['output']>;
  /** Time when the source was disconnected: its data is kept or being erased. Null while it is connected, and for a source of the settings file. */
  readonly disconnectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Progress of the erasure of its data. Null if its data is not being erased. */
  readonly erasure?: Maybe<SourceErasure>;
  /** The source's configured name, as in webhook URLs. */
  readonly id: Scalars['ID']['output'];
  /** Time when the stream that is furthest behind was last read to its end. Null until all streams have been read to their end once. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the source is defined. Null for a source that is no longer configured. */
  readonly origin?: Maybe<SourceOrigin>;
  /** Interval between two polls in seconds. Null if the source is synced on demand only. */
  readonly scheduleSeconds?: Maybe<Scalars['Int']['output']>;
  /** Operational status of the source. Null for a source that is disconnected or no longer configured. */
  readonly status?: Maybe<SourceStatus>;
  /** Error code of a status that is not ACTIVE, such as UPSTREAM_UNAUTHORIZED. Null if there is none. */
  readonly statusCode?: Maybe<Scalars['String']['output']>;
  /** Explanation of the status, with what to do about it. Null if there is nothing to explain. */
  readonly statusReason?: Maybe<Scalars['String']['output']>;
  /** Time since which the source has had this status. Null for a source that is no longer configured. */
  readonly statusSince?: Maybe<Scalars['DateTime']['output']>;
  /** State of each stream that was ever synced, sorted by name. */
  readonly streams: ReadonlyArray<StreamState>;
  /** URL, health and statistics of the source's webhooks. Null if the source receives no webhooks: its connector has none, nothing is configured to verify them with, or the source is no longer configured. */
  readonly webhooks?: Maybe<SourceWebhooks>;
};

/** Limits of an upstream that its operator knows better than the connector. */
export type SourceBudgetInput = {
  /** Maximum number of calls at a time. Null means the connector's own. */
  readonly maxConcurrent?: InputMaybe<Scalars['Int']['input']>;
  /** Calls per second of single limits. */
  readonly rates?: InputMaybe<ReadonlyArray<SourceRateInput>>;
};

/** A page of sources. */
export type SourceConnection = {
  readonly __typename?: 'SourceConnection';
  /** The sources with their cursors. */
  readonly edges: ReadonlyArray<SourceEdge>;
  /** The sources alone. */
  readonly nodes: ReadonlyArray<Source>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** What happens to the data of a source that is disconnected. */
export type SourceData =
  /** Everything that is stored of the source is deleted in the background. Then its id is free, for a source without a history. */
  | 'ERASE'
  /** The data stays and can be read. The source can be connected again with the same id and connector, and continues with its data. */
  | 'KEEP';

/** A source in a list. */
export type SourceEdge = {
  readonly __typename?: 'SourceEdge';
  /** Position of the source in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The source. */
  readonly node: Source;
};

/** Erasure of everything that is stored of a source. */
export type SourceErasure = {
  readonly __typename?: 'SourceErasure';
  /** Number of rows that were deleted so far. */
  readonly deletedRows: Scalars['BigInt']['output'];
  /** Time when everything was deleted. Null while it runs. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the source. */
  readonly sourceId: Scalars['ID']['output'];
  /** Time when it began: from then on nothing of the source is written. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** Whether it has finished. */
  readonly status: SourceErasureStatus;
};

/** State of an erasure. */
export type SourceErasureStatus =
  /** Everything is deleted, and the id of the source is free. */
  | 'FINISHED'
  /** Rows are being deleted, in the background. */
  | 'RUNNING';

/** Filter for sources. A source must meet every condition given. */
export type SourceFilter = {
  /** Only sources of these kinds of external system, such as `stripe`; at most 100. */
  readonly connector?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only sources whose name contains this text. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
  /** Only sources with one of these statuses. Sources that are disconnected have none. */
  readonly status?: InputMaybe<ReadonlyArray<SourceStatusInput>>;
};

/** One of the ids that an object has had at its source. */
export type SourceId = {
  readonly __typename?: 'SourceId';
  /** Id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Time when the object was first seen under this id. Null for its first id: how long the object already had it is not known. */
  readonly firstSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the source still uses this id. It does not once it lists the object under another one. */
  readonly isCurrent: Scalars['Boolean']['output'];
};

/** Order of a list of sources. */
export type SourceOrder =
  /** By name. */
  | 'ID'
  /** The sources that were connected or registered last come first. */
  | 'NEWEST';

/** Where a source is defined. */
export type SourceOrigin =
  /** It was connected by `connectSource` while the service was running. */
  | 'CONNECTED'
  /** In the settings file, which alone can change it. */
  | 'SETTINGS_FILE';

/** Calls per second of one limit. */
export type SourceRateInput = {
  /** Name of the limit, as `BudgetState.bucket`. */
  readonly bucket: Scalars['String']['input'];
  /** Calls per second. */
  readonly perSecond: Scalars['Float']['input'];
};

/** Operational status of a source. */
export type SourceStatus =
  /** The source is synced according to its schedule. */
  | 'ACTIVE'
  /** Runs fail because a stream cannot be read: the address is not allowed or redirects, the source rejects the requests, or its responses are not as documented. It is tried again with every run, and the status ends when every stream can be read. */
  | 'FAILING'
  /** The source refused its credentials; they must be replaced. */
  | 'NEEDS_CREDENTIALS'
  /** A user paused the source: nothing is read until it is resumed. */
  | 'PAUSED'
  /** The source does not respond, or responds with errors or invalid data. It is retried automatically. */
  | 'UNREACHABLE';

/** A source's status changed. */
export type SourceStatusChanged = SyncEvent & {
  readonly __typename?: 'SourceStatusChanged';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The previous status. */
  readonly previousStatus: SourceStatus;
  /** The source. */
  readonly source?: Maybe<Source>;
  /** The new status. */
  readonly sourceStatus: SourceStatus;
  /** Explanation of the status. Null if there is nothing to explain. */
  readonly statusReason?: Maybe<Scalars['String']['output']>;
};

/** Operational status of a source, as input. */
export type SourceStatusInput =
  /** The source is synced according to its schedule. */
  | 'ACTIVE'
  /** Runs fail because a stream cannot be read: the address is not allowed or redirects, the source rejects the requests, or its responses are not as documented. It is tried again with every run, and the status ends when every stream can be read. */
  | 'FAILING'
  /** The source refused its credentials; they must be replaced. */
  | 'NEEDS_CREDENTIALS'
  /** A user paused the source: nothing is read until it is resumed. */
  | 'PAUSED'
  /** The source does not respond, or responds with errors or invalid data. It is retried automatically. */
  | 'UNREACHABLE';

/** Health and statistics of a source's webhooks. The counters have a resolution of one minute and are updated with a delay of some seconds. */
export type SourceWebhooks = {
  readonly __typename?: 'SourceWebhooks';
  /** Number of calls in the last 24 hours that were duplicates of earlier ones. */
  readonly duplicatesLastDay: Scalars['Int']['output'];
  /** Average number of calls per hour over the last 14 days, or since the first call if that is more recent, but over at least one hour. Null if there were no calls in that time. */
  readonly expectedPerHour?: Maybe<Scalars['Float']['output']>;
  /** Share of the calls of the last 24 hours that failed, from 0 to 1: calls that were refused, and calls that could not be applied. Null if there were no calls. */
  readonly failureRate?: Maybe<Scalars['Float']['output']>;
  /** Whether calls are authenticated by a signature. False for a provider that does not sign: each call then only triggers a request to the provider. */
  readonly isVerified: Scalars['Boolean']['output'];
  /** Time of the last accepted call. Null if there was none. */
  readonly lastReceivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time of the last call that was refused because of a missing or invalid signature. Null if there was none. */
  readonly lastRefusedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of changes in the last 24 hours that a webhook should have announced but that were found by polling the provider. */
  readonly missedLastDay: Scalars['Int']['output'];
  /** Number of deliveries that are parked now: see `deliveries` with the status PARKED. */
  readonly parked: Scalars['Int']['output'];
  /** Number of deliveries that are pending now. */
  readonly pending: Scalars['Int']['output'];
  /** Number of calls accepted in the last hour, including duplicates. */
  readonly receivedLastHour: Scalars['Int']['output'];
  /** Time since which no calls have been received although some were expected. Null while calls are received as expected. */
  readonly silentSince?: Maybe<Scalars['DateTime']['output']>;
  /** URL to register with the provider. It begins with the setting PUBLIC_URL; without that setting, it begins with the address that this process listens on, which a provider cannot reach from outside. */
  readonly url: Scalars['String']['output'];
};

/** Reason why a state may be outdated. */
export type StaleReason =
  /** The source refuses its credentials; new ones are required. */
  | 'NEEDS_CREDENTIALS'
  /** The source cannot fetch a single object of this kind. Its next sync updates the object. */
  | 'NOT_FETCHABLE'
  /** This service had no capacity to make the call, or to store its response, in time. */
  | 'OVERLOADED'
  /** The source's rate limit permits no call in time. */
  | 'RATE_LIMITED'
  /** An operator paused the source. */
  | 'SOURCE_PAUSED'
  /** The source is no longer configured. */
  | 'SOURCE_REMOVED'
  /** The source is being read, but three of its scheduled intervals passed without a successful sync. */
  | 'SYNC_LATE'
  /** The source does not respond, or responds with failures. */
  | 'UNREACHABLE'
  /** The source responded with a refusal, or with a response that does not match its documentation; see `quarantinedRecords`. */
  | 'UPSTREAM_FAULT';

/** Selects what to sync. */
export type StartSyncInput = {
  /** Any text of up to 200 characters. As long as the run is stored, a second call with the same key returns it, and is refused if it requests something else. Null makes every call start a new run. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Extent of the run. */
  readonly mode?: SyncModeInput;
  /** Range of creation times to cover. It is required with the mode RANGE and refused with any other mode. */
  readonly range?: InputMaybe<SyncRangeInput>;
  /** The source's name. */
  readonly sourceId: Scalars['ID']['input'];
  /** Names of the streams; at most 100. Null selects all streams of the source. */
  readonly streams?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A run that was started. */
export type StartSyncPayload = {
  readonly __typename?: 'StartSyncPayload';
  /** Position in the event log before the run's first event. A subscription with `after` set to it misses no event of the run. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The run. */
  readonly run: SyncRun;
};

/** What a bank reports about an account in one message, over all its pages: a statement, an interim report, or a notification of movements. */
export type Statement = Node & {
  readonly __typename?: 'Statement';
  /** The account that the statement is about. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** Balances that the statement contains. */
  readonly balances: ReadonlyArray<StatementBalance>;
  /** Number of booked entries. Null if only the deletion of the statement was ever seen. */
  readonly bookedCount?: Maybe<Scalars['Int']['output']>;
  /** For each currency, whether the balances and the booked amount add up. */
  readonly checks: ReadonlyArray<StatementCheck>;
  /** Closing balance; if there are several currencies, that of the first. Null if the statement contains none. */
  readonly closing?: Maybe<StatementBalance>;
  /** Comparison with the messages of each other kind about the same account and days. A kind without any message is left out. */
  readonly comparisons: ReadonlyArray<StatementComparison>;
  /** The bank's marker of a message that is not an original: `COPY`, `DUPL`, `CODU`. Null for an original. */
  readonly copyDuplicate?: Maybe<Scalars['String']['output']>;
  /** Time when the bank created the statement. Null if the bank does not say, or gives no time zone: see `issuedAt`. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it became known that the source deleted the object; its last state remains readable. Null while the object exists. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of entries whose details do not add up to the amount of the entry. Null if only the deletion of the statement was ever seen. */
  readonly detailsDiffer?: Maybe<Scalars['Int']['output']>;
  /** Amount by which the statement is not balanced: closing balance minus opening balance minus entries, of the first currency that is not balanced. Null if the statement is balanced, and if that cannot be determined. */
  readonly difference?: Maybe<Money>;
  /** Electronic sequence number, as written by the bank. Null if the bank does not number its electronic statements. */
  readonly electronicSequence?: Maybe<Scalars['String']['output']>;
  /** Number of entries, including those that could not be read. Null if only the deletion of the statement was ever seen. */
  readonly entryCount?: Maybe<Scalars['Int']['output']>;
  /** Fields that only this kind of source has. */
  readonly extensions: ReadonlyArray<Extension>;
  /** Its id at the source. */
  readonly externalId: Scalars['ID']['output'];
  /** Number of entries that could not be read: see `quarantinedRecords`. They are not included in any sum. Null if only the deletion of the statement was ever seen. */
  readonly faultyCount?: Maybe<Scalars['Int']['output']>;
  /** First day that the statement covers, according to its period, otherwise its balances, otherwise its entries. Null if none of them says. */
  readonly firstDay?: Maybe<Scalars['Date']['output']>;
  /** The object, fetched from its source first if its state was observed longer ago than `maxAge`: see `freshness`. Null, with an error, if the operation requests more fresh objects than the limit for one operation. */
  readonly fresh?: Maybe<Statement>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Whether the statement is balanced: the opening balance plus the booked entries equals the closing balance, in every currency. A message that lists no entries is checked by its control totals: see `StatementCheck.basis`. Null if no currency has both balances, and if the control totals do not determine the booked amount. */
  readonly isBalanced?: Maybe<Scalars['Boolean']['output']>;
  /** Whether all pages were received and all entries could be read. Null if only the deletion of the statement was ever seen. */
  readonly isComplete?: Maybe<Scalars['Boolean']['output']>;
  /** Time when the bank created the statement, as written; a time without a zone is in the bank's own time zone. Null if the bank does not say. */
  readonly issuedAt?: Maybe<Scalars['String']['output']>;
  /** Kind of message. Null if only its deletion was ever seen. */
  readonly kind?: Maybe<StatementKind>;
  /** Last day that the statement covers, according to its period, otherwise its balances, otherwise its entries. Null if none of them says. */
  readonly lastDay?: Maybe<Scalars['Date']['output']>;
  /** Legal sequence number, as written by the bank. Null if the bank does not number its legal statements. */
  readonly legalSequence?: Maybe<Scalars['String']['output']>;
  /** Relation to the previous statement, for each currency. Empty for a statement that is not numbered or has no balances to compare. */
  readonly links: ReadonlyArray<StatementLink>;
  /** The bank's id of the message that contained the statement. Null if the bank gives none. */
  readonly messageId?: Maybe<Scalars['String']['output']>;
  /** Format of the message: `camt.053.001.08`. Null if only its deletion was ever seen. */
  readonly messageVersion?: Maybe<Scalars['String']['output']>;
  /** The next statement: the one that names this one as `previous`. Null if none was received yet. */
  readonly next?: Maybe<Statement>;
  /** Opening balance; if there are several currencies, that of the first. Null if the statement contains none. */
  readonly opening?: Maybe<StatementBalance>;
  /** Numbers of the pages received, in order; 1 if the statement has a single page. */
  readonly pages: ReadonlyArray<Scalars['Int']['output']>;
  /** Number of pending entries. Null if only the deletion of the statement was ever seen. */
  readonly pendingCount?: Maybe<Scalars['Int']['output']>;
  /** Start of the statement's period as written: a time, otherwise a day. Null if the bank does not say. */
  readonly periodFrom?: Maybe<Scalars['String']['output']>;
  /** End of the statement's period as written: a time, otherwise a day. Null if the bank does not say. */
  readonly periodTo?: Maybe<Scalars['String']['output']>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The source that the object came from. */
  readonly source: Source;
  /** The bank's id of the statement. Null if the bank gives none. */
  readonly statementId?: Maybe<Scalars['String']['output']>;
  /** Whether the bank's own control totals match its entries. Null if the bank states none, and if nothing can be compared: no entries are listed although the totals say that there are some, or only sums are stated and the entries are in several currencies. */
  readonly summary?: Maybe<StatementSummary>;
  /** Transactions of the statement, in its order, without those that the source has deleted. */
  readonly transactions: BankTransactionConnection;
};


/** What a bank reports about an account in one message, over all its pages: a statement, an interim report, or a notification of movements. */
export type StatementFreshArgs = {
  maxAge: Scalars['Int']['input'];
};


/** What a bank reports about an account in one message, over all its pages: a statement, an interim report, or a notification of movements. */
export type StatementTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A balance that a statement contains. */
export type StatementBalance = {
  readonly __typename?: 'StatementBalance';
  /** The bank's code for the type of balance: OPBD, CLBD, ITBD, PRCD, CLAV. It may be a proprietary code of the bank. */
  readonly code: Scalars['String']['output'];
  /** Date of the balance. Null if the bank does not say. */
  readonly date?: Maybe<Scalars['Date']['output']>;
  /** Whether the direction is assumed: the bank did not say if the balance is a credit or a debit, so it is treated as a credit. */
  readonly isDirectionAssumed: Scalars['Boolean']['output'];
  /** Amount of the balance; negative for a debit. */
  readonly money: Money;
  /** The bank's code or name for the sub-type of the balance: `INTM` for a balance between two pages, `BLCK` for blocked funds. Null if the bank does not say. A balance without a sub-type takes precedence as opening or closing balance over one with a sub-type. */
  readonly subType?: Maybe<Scalars['String']['output']>;
};

/** Result of checking whether the balances and the booked amount add up in one currency. */
export type StatementCheck = {
  readonly __typename?: 'StatementCheck';
  /** Source of `booked`. Entries are used whenever the message lists any. */
  readonly basis: StatementCheckBasis;
  /** Booked amount: credits minus debits. See `basis`. */
  readonly booked: Money;
  /** Closing balance. Null if the statement has none in this currency. */
  readonly closing?: Maybe<StatementBalance>;
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Closing balance minus opening balance minus booked amount; zero if the statement is balanced in this currency. Null if a balance is missing, and if no entries are listed and the control totals do not determine the booked amount. */
  readonly difference?: Maybe<Money>;
  /** Whether the statement is balanced in this currency. Null if `difference` is null. */
  readonly isBalanced?: Maybe<Scalars['Boolean']['output']>;
  /** Opening balance. Null if the statement has none in this currency. */
  readonly opening?: Maybe<StatementBalance>;
};

/** Source of the amount that was booked. */
export type StatementCheckBasis =
  /** The bank's own control totals, because the message lists no entries. They state no currency and are taken to be in the account's currency. */
  | 'CONTROL_TOTALS'
  /** The booked entries that the message lists. */
  | 'ENTRIES';

/** Comparison of a statement with the messages of another kind about the same account and days. If both sides list entries, booked transactions are compared: those that the statement contains, and those that the other messages contain and that are booked within the statement's days (a transaction without a booking date counts if its message covers the statement's days). A message that lists no entries and states balances instead is compared by the change of its balances: see `movements`. */
export type StatementComparison = {
  readonly __typename?: 'StatementComparison';
  /** Whether the two sides agree; the value is the same from either side. If both list entries, they agree if neither side contains a booked transaction that the other lacks. Banks do not have to notify every movement: in a comparison with notifications, only transactions count that are notified and missing from the statement or report. If one side lists no entries, they agree if all `movements` match. Null if nothing can be compared: neither side contains a transaction that counts, or the balances of the side without entries show no movement that can be compared. */
  readonly agrees?: Maybe<Scalars['Boolean']['output']>;
  /** Amount by which the sides differ: the `difference` of the first movement that does not match, zero if all movements match. Null if no movements are compared; see `onlyHere` and `onlyThere`. */
  readonly difference?: Maybe<Money>;
  /** Number of booked transactions that both sides contain. */
  readonly inBoth: Scalars['Int']['output'];
  /** Number of messages of that kind. */
  readonly messages: Scalars['Int']['output'];
  /** Balances of the messages without entries compared with the entries of the other side, by message and currency. */
  readonly movements: ReadonlyArray<BalanceMovement>;
  /** Number of booked transactions that only this statement contains. */
  readonly onlyHere: Scalars['Int']['output'];
  /** Transactions that only this statement contains, latest booking date first; at most 100. */
  readonly onlyHereTransactions: ReadonlyArray<BankTransaction>;
  /** Number of booked transactions of these days that only the other messages contain. */
  readonly onlyThere: Scalars['Int']['output'];
  /** Transactions that only the other messages contain, latest booking date first; at most 100. */
  readonly onlyThereTransactions: ReadonlyArray<BankTransaction>;
  /** Kind of the other messages. */
  readonly with: StatementKind;
};

/** A page of statements. */
export type StatementConnection = {
  readonly __typename?: 'StatementConnection';
  /** The statements with their cursors, newest first. */
  readonly edges: ReadonlyArray<StatementEdge>;
  /** The statements alone. */
  readonly nodes: ReadonlyArray<Statement>;
  /** Position of the page in the list. */
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

/** Filter for statements. An object must meet every condition given. */
export type StatementFilter = {
  /** Only statements about this account, given by its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Only statements that cover this day or a later one. */
  readonly dayFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only statements that cover this day or an earlier one. */
  readonly dayTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** True returns only statements that are balanced, false only those that are not. Statements without balances to check match neither. */
  readonly isBalanced?: InputMaybe<Scalars['Boolean']['input']>;
  /** True returns only complete statements, false only incomplete ones. */
  readonly isComplete?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of these kinds; at most 100. */
  readonly kind?: InputMaybe<ReadonlyArray<StatementKindInput>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Kind of message about an account. */
export type StatementKind =
  /** A notification of single movements as they happen: camt.054. It may not contain all of them. */
  | 'NOTIFICATION'
  /** A report about the account between statements, with entries that may still change: camt.052. */
  | 'REPORT'
  /** A statement, the bank's final record of a period: camt.053. */
  | 'STATEMENT';

/** Kind of message about an account, as input. */
export type StatementKindInput =
  /** A notification of single movements as they happen: camt.054. It may not contain all of them. */
  | 'NOTIFICATION'
  /** A report about the account between statements, with entries that may still change: camt.052. */
  | 'REPORT'
  /** A statement, the bank's final record of a period: camt.053. */
  | 'STATEMENT';

/** Relation of a statement to the previous one, in one currency. */
export type StatementLink = {
  readonly __typename?: 'StatementLink';
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Opening balance minus the closing balance of the previous statement; zero if they match. Null if it cannot be determined. */
  readonly difference?: Maybe<Money>;
  /** The previous statement. Null if none was received. */
  readonly previous?: Maybe<Statement>;
  /** State of the relation. */
  readonly state: StatementLinkState;
};

/** State of the relation between a statement and the previous one. */
export type StatementLinkState =
  /** The opening balance equals the closing balance of the previous statement. */
  | 'CONTINUOUS'
  /** The statement is a copy of one that was already received. */
  | 'DUPLICATE'
  /** There is no previous statement. */
  | 'FIRST'
  /** Something is missing between the previous statement and this one. */
  | 'GAP'
  /** The statement was received, or is numbered, before the one that it follows. */
  | 'OUT_OF_ORDER'
  /** The statement covers days that the previous one covers too. */
  | 'OVERLAP';

/** Comparison of the bank's own control totals with its entries. The standard does not say whether entries count that are not booked, and banks differ: the totals agree if all of them match the booked entries, or the booked and pending entries, or all entries. A sum of debits may be written as a negative number. */
export type StatementSummary = {
  readonly __typename?: 'StatementSummary';
  /** Whether all control totals match, counted in one of these ways. */
  readonly agrees: Scalars['Boolean']['output'];
  /** The control totals that do not match. */
  readonly differences: ReadonlyArray<SummaryDifference>;
};

/** The current position of the stream, without an event. It is sent first on every connection, and from time to time while no event matches the filter. */
export type StreamPosition = SyncEvent & {
  readonly __typename?: 'StreamPosition';
  /** Time when it was sent. */
  readonly at: Scalars['DateTime']['output'];
  /** The position. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Always null. */
  readonly source?: Maybe<Source>;
};

/** The stream could not continue from the given cursor: events may have been missed. Read the state again; the events after this one are complete. */
export type StreamReset = SyncEvent & {
  readonly __typename?: 'StreamReset';
  /** Time when it was sent. */
  readonly at: Scalars['DateTime']['output'];
  /** Position from which the stream continues. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** Reason. */
  readonly reason: StreamResetReason;
  /** Always null. */
  readonly source?: Maybe<Source>;
};

/** Reason why a stream could not continue from its cursor. */
export type StreamResetReason =
  /** Events after the cursor are older than the retention of the log. */
  | 'RETENTION'
  /** The log ends before the cursor, because the database was restored from an older backup. */
  | 'UNKNOWN_POSITION';

/** Sync progress of one stream of a source. */
export type StreamState = {
  readonly __typename?: 'StreamState';
  /** Time when the position to resume from was last stored. Null before the first checkpoint. */
  readonly checkpointAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether a worker is reading the stream at present. */
  readonly isRunning: Scalars['Boolean']['output'];
  /** Time when the stream was last read to its end; runs with the mode RANGE do not count. Null before the first time. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the stream: `payments`. */
  readonly stream: Scalars['String']['output'];
};

/** Streams of live events. They require the scope `read`, which every other scope includes. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Every sync event, once, in the order of commit. The stream first sends a StreamPosition with the position at which it begins: that of `after`, or without it the present one. With `after`, the events since that position follow. A gateway that connects again by itself repeats its old variables: a StreamPosition in the middle of a stream marks the seam, and events after it may repeat those that came before it. */
  readonly syncEvents: SyncEvent;
};


/** Streams of live events. They require the scope `read`, which every other scope includes. */
export type SubscriptionSyncEventsArgs = {
  after?: InputMaybe<Scalars['EventCursor']['input']>;
  filter?: InputMaybe<SyncEventFilter>;
};

/** A control total that does not match the entries. */
export type SummaryDifference = {
  readonly __typename?: 'SummaryDifference';
  /** Name of the control total: `all.count`, `credits.sum`. */
  readonly figure: Scalars['String']['output'];
  /** Value calculated from the booked entries. */
  readonly found: Scalars['String']['output'];
  /** Value calculated from all entries. Null if all entries are booked, and if they cannot be added up. */
  readonly foundWithUnbooked?: Maybe<Scalars['String']['output']>;
  /** Value stated by the bank. */
  readonly stated: Scalars['String']['output'];
};

/** One event of the event log, or a message about the stream itself. */
export type SyncEvent = {
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. Pass it as `after` to resume. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The source that the event is about. Null for StreamPosition and StreamReset. */
  readonly source?: Maybe<Source>;
};

/** Filter for events. An event must meet every condition given. A null condition matches every event, an empty list matches none. */
export type SyncEventFilter = {
  /** Only events about these objects, given by their global ids. */
  readonly entityIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only events about objects of these types. */
  readonly entityTypes?: InputMaybe<ReadonlyArray<EntityTypeInput>>;
  /** Only events of these kinds. StreamPosition and StreamReset are always sent. */
  readonly kinds?: InputMaybe<ReadonlyArray<SyncEventKind>>;
  /** Only events about these runs, given by their global ids. */
  readonly runIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only events about these sources. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Kind of event. Each kind has an object type of the same name: ENTITY_CHANGED events are EntityChanged objects. */
export type SyncEventKind =
  /** An upstream rate-limited us, so that no calls are made for some time. */
  | 'BudgetClosed'
  /** A delivery could not be applied. */
  | 'DeliveryParked'
  /** A delivery was received. */
  | 'DeliveryReceived'
  /** An object was created, updated or deleted. */
  | 'EntityChanged'
  /** Something that was out of sync is in sync again. */
  | 'FindingClosed'
  /** Something was found to be out of sync. */
  | 'FindingOpened'
  /** A record could not be applied. */
  | 'RecordQuarantined'
  /** A run ended. */
  | 'RunFinished'
  /** A run made progress. */
  | 'RunProgressed'
  /** A run began. */
  | 'RunStarted'
  /** A source's status changed. */
  | 'SourceStatusChanged';

/** Extent of a run. */
export type SyncMode =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything if there was no earlier run. */
  | 'INCREMENTAL'
  /** Objects created in a range of time. */
  | 'RANGE';

/** Extent of a run, as input. */
export type SyncModeInput =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything if there was no earlier run. */
  | 'INCREMENTAL'
  /** Objects created in a range of time. */
  | 'RANGE';

/** A range of creation times. */
export type SyncRange = {
  readonly __typename?: 'SyncRange';
  /** Start of the range, inclusive. */
  readonly from: Scalars['DateTime']['output'];
  /** End of the range, exclusive. */
  readonly to: Scalars['DateTime']['output'];
};

/** A range of creation times. */
export type SyncRangeInput = {
  /** Start of the range, inclusive. */
  readonly from: Scalars['DateTime']['input'];
  /** End of the range, exclusive. */
  readonly to: Scalars['DateTime']['input'];
};

/** One execution of a sync over one or more streams of a source. It is deleted when the number of days in the setting RUN_RETENTION_DAYS has passed since its end, except the newest run of a source with each result. */
export type SyncRun = Node & {
  readonly __typename?: 'SyncRun';
  /** Time when the run was requested. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Time when its last stream ended. Null while the run is in progress. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Whether cancellation was requested: the run stops at its next checkpoint. */
  readonly isCancelRequested: Scalars['Boolean']['output'];
  /** Extent of the run. */
  readonly mode: SyncMode;
  /** Range of creation times that the run covers. Null unless the mode is RANGE. */
  readonly range?: Maybe<SyncRange>;
  /** The source that is synced. */
  readonly source: Source;
  /** Time when its first stream started. Null while the run is queued. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Status. */
  readonly status: SyncRunStatus;
  /** Streams of the run with their results, sorted by name. */
  readonly streams: ReadonlyArray<SyncRunStream>;
  /** Trigger of the run. */
  readonly trigger: SyncTrigger;
};

/** A page of runs. */
export type SyncRunConnection = {
  readonly __typename?: 'SyncRunConnection';
  /** The runs with their cursors, newest first. */
  readonly edges: ReadonlyArray<SyncRunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<SyncRun>;
  /** Position of the page in the list. */
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

/** Filter for runs. An object must meet every condition given. */
export type SyncRunFilter = {
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<SyncRunStatusInput>>;
};

/** Status of a run or of one of its streams. */
export type SyncRunStatus =
  /** It was canceled on request. */
  | 'CANCELED'
  /** It failed permanently; the error gives the reason. */
  | 'FAILED'
  /** It waits for a worker or for its next attempt. */
  | 'QUEUED'
  /** It is being read. */
  | 'RUNNING'
  /** Everything was read. */
  | 'SUCCEEDED';

/** Status of a run or of one of its streams, as input. */
export type SyncRunStatusInput =
  /** It was canceled on request, or because its source was disconnected; then `errorMessage` of its streams says so. */
  | 'CANCELED'
  /** It failed permanently; the error gives the reason. */
  | 'FAILED'
  /** It waits for a worker or for its next attempt. */
  | 'QUEUED'
  /** It is being read. */
  | 'RUNNING'
  /** Everything was read. */
  | 'SUCCEEDED';

/** One stream within a run. */
export type SyncRunStream = {
  readonly __typename?: 'SyncRunStream';
  /** Number of times that the stream was started; more than 1 after a failure or a takeover. */
  readonly attempts: Scalars['Int']['output'];
  /** Number of records that changed something. */
  readonly changed: Scalars['BigInt']['output'];
  /** Error code of the last failure, `CANCELED` if the stream ended while it was being read. Null if there was none. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** Error message of the last failure. Null if there was none. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** Time when the stream ended. Null while it is in progress. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Share of the stream that was read, from 0 to 1. Null if the source provides no way to know. */
  readonly progress?: Maybe<Scalars['Float']['output']>;
  /** Number of records that could not be applied and were quarantined. */
  readonly quarantined: Scalars['BigInt']['output'];
  /** Number of records read so far. */
  readonly records: Scalars['BigInt']['output'];
  /** Time when the stream was started. Null while it is queued. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Status. */
  readonly status: SyncRunStatus;
  /** Name of the stream: `payments`. */
  readonly stream: Scalars['String']['output'];
};

/** Trigger of a run. */
export type SyncTrigger =
  /** Webhooks are no longer received, so what they would have announced is read immediately. */
  | 'CATCH_UP'
  /** A user requested the run. */
  | 'REQUEST'
  /** The source's schedule. */
  | 'SCHEDULE'
  /** A webhook announced that the streams have new data. */
  | 'WEBHOOK';

/** New credentials of a connected source. */
export type UpdateSourceCredentialsInput = {
  /** Credentials that change, by the name of their setting, such as `apiKey`; null removes one. */
  readonly credentials: Scalars['JSON']['input'];
  /** The source's name. */
  readonly sourceId: Scalars['ID']['input'];
};

/** A source whose credentials were replaced. */
export type UpdateSourceCredentialsPayload = {
  readonly __typename?: 'UpdateSourceCredentialsPayload';
  /** The source. */
  readonly source: Source;
};

/** Changes of a connected source. */
export type UpdateSourceInput = {
  /** Limits of the upstream in place of all that are stored; null restores the connector's own. */
  readonly budget?: InputMaybe<SourceBudgetInput>;
  /** Private networks that its address may be in, in place of those that are stored. */
  readonly networks?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Interval of polling: `30s`, `5m`, `1h`; `manual` for never. */
  readonly schedule?: InputMaybe<Scalars['String']['input']>;
  /** Settings of the connector that change, by name; null removes one. Credentials are refused here. */
  readonly settings?: InputMaybe<Scalars['JSON']['input']>;
  /** The source's name. */
  readonly sourceId: Scalars['ID']['input'];
};

/** A source that was changed. */
export type UpdateSourcePayload = {
  readonly __typename?: 'UpdateSourcePayload';
  /** The source. */
  readonly source: Source;
};



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
  Delivery: Delivery;
  Dispute: Dispute;
  File: File;
  Finding: Finding;
  LedgerEntry: LedgerEntry;
  Node: Node;
  Party: Party;
  Payment: Payment;
  Payout: Payout;
  QuarantinedRecord: QuarantinedRecord;
  Refund: Refund;
  Source: Source;
  Statement: Statement;
  SyncRun: SyncRun;
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
  Delivery:
    ( { __typename: 'Delivery' }
    & GraphQLRecursivePick<FederationTypes['Delivery'], {"id":true}> );
  Dispute:
    ( { __typename: 'Dispute' }
    & ( GraphQLRecursivePick<FederationTypes['Dispute'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Dispute'], {"source":{"id":true},"externalId":true}> ) );
  File:
    ( { __typename: 'File' }
    & GraphQLRecursivePick<FederationTypes['File'], {"id":true}> );
  Finding:
    ( { __typename: 'Finding' }
    & GraphQLRecursivePick<FederationTypes['Finding'], {"id":true}> );
  LedgerEntry:
    ( { __typename: 'LedgerEntry' }
    & ( GraphQLRecursivePick<FederationTypes['LedgerEntry'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['LedgerEntry'], {"source":{"id":true},"externalId":true}> ) );
  Node:
    ( { __typename: 'Node' }
    & GraphQLRecursivePick<FederationTypes['Node'], {"id":true}> );
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
  QuarantinedRecord:
    ( { __typename: 'QuarantinedRecord' }
    & GraphQLRecursivePick<FederationTypes['QuarantinedRecord'], {"id":true}> );
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
  SyncRun:
    ( { __typename: 'SyncRun' }
    & GraphQLRecursivePick<FederationTypes['SyncRun'], {"id":true}> );
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
  AccountKindInput: AccountKindInput;
  AccountOwnership: AccountOwnership;
  AccountOwnershipInput: AccountOwnershipInput;
  AmountRange: AmountRange;
  AttemptStatus: AttemptStatus;
  Balance: ResolverTypeWrapper<BalanceRow>;
  BalanceKind: BalanceKind;
  BalanceMovement: ResolverTypeWrapper<MovementComparison>;
  BankCharge: ResolverTypeWrapper<Charge>;
  BankChargeTax: ResolverTypeWrapper<Omit<BankChargeTax, 'money'> & { money?: Maybe<ResolversTypes['Money']> }>;
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
  BookingStatusInput: BookingStatusInput;
  BudgetClosed: ResolverTypeWrapper<StreamItem>;
  BudgetClosedReason: BudgetClosedReason;
  BudgetState: ResolverTypeWrapper<BudgetStateRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ChangeKind: ChangeKind;
  ConnectSourceInput: ConnectSourceInput;
  ConnectSourcePayload: ResolverTypeWrapper<Omit<ConnectSourcePayload, 'source'> & { source: ResolversTypes['Source'] }>;
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
  DeliveryStatusInput: DeliveryStatusInput;
  DeliveryVerification: ResolverTypeWrapper<VerificationRow>;
  DetailsMatch: DetailsMatch;
  Direction: Direction;
  DirectionInput: DirectionInput;
  DiscardDeliveriesInput: DiscardDeliveriesInput;
  DiscardDeliveriesPayload: ResolverTypeWrapper<DiscardDeliveriesPayload>;
  DisconnectSourceInput: DisconnectSourceInput;
  DisconnectSourcePayload: ResolverTypeWrapper<Omit<DisconnectSourcePayload, 'erasure' | 'source'> & { erasure?: Maybe<ResolversTypes['SourceErasure']>, source?: Maybe<ResolversTypes['Source']> }>;
  Dispute: ResolverTypeWrapper<DisputeRow>;
  DisputeConnection: ResolverTypeWrapper<Omit<DisputeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DisputeEdge']>, nodes: ReadonlyArray<ResolversTypes['Dispute']> }>;
  DisputeEdge: ResolverTypeWrapper<Omit<DisputeEdge, 'node'> & { node: ResolversTypes['Dispute'] }>;
  DisputeFilter: DisputeFilter;
  DisputeStage: DisputeStage;
  DisputeStatus: DisputeStatus;
  DisputeStatusInput: DisputeStatusInput;
  EntityChanged: ResolverTypeWrapper<StreamItem>;
  EntityType: ResolverTypeWrapper<EntityType>;
  EntityTypeInput: ResolverTypeWrapper<EntityTypeInput>;
  EventCursor: ResolverTypeWrapper<Scalars['EventCursor']['output']>;
  Evidence: ResolverTypeWrapper<Evidence>;
  Extension: ResolverTypeWrapper<Extension>;
  FailureCause: FailureCause;
  File: ResolverTypeWrapper<FileRow>;
  FileConnection: ResolverTypeWrapper<Omit<FileConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['FileEdge']>, nodes: ReadonlyArray<ResolversTypes['File']> }>;
  FileEdge: ResolverTypeWrapper<Omit<FileEdge, 'node'> & { node: ResolversTypes['File'] }>;
  FileFilter: FileFilter;
  FileOrigin: FileOrigin;
  FileStatus: FileStatus;
  FileStatusInput: FileStatusInput;
  Finding: ResolverTypeWrapper<FindingRow>;
  FindingClosed: ResolverTypeWrapper<StreamItem>;
  FindingConnection: ResolverTypeWrapper<Omit<FindingConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['FindingEdge']>, nodes: ReadonlyArray<ResolversTypes['Finding']> }>;
  FindingEdge: ResolverTypeWrapper<Omit<FindingEdge, 'node'> & { node: ResolversTypes['Finding'] }>;
  FindingFilter: FindingFilter;
  FindingOpened: ResolverTypeWrapper<StreamItem>;
  Freshness: ResolverTypeWrapper<FreshnessModel>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryRow>;
  LedgerEntryConnection: ResolverTypeWrapper<Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['LedgerEntry']> }>;
  LedgerEntryEdge: ResolverTypeWrapper<Omit<LedgerEntryEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LedgerEntryFilter: LedgerEntryFilter;
  LedgerEntryKind: LedgerEntryKind;
  LedgerEntryKindInput: LedgerEntryKindInput;
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
  PartyKindInput: PartyKindInput;
  PayerDetails: ResolverTypeWrapper<PayerDetails>;
  Payment: ResolverTypeWrapper<PaymentRow>;
  PaymentAttempt: ResolverTypeWrapper<PaymentAttemptRow>;
  PaymentBatch: ResolverTypeWrapper<Omit<PaymentBatch, 'total'> & { total?: Maybe<ResolversTypes['Money']> }>;
  PaymentConnection: ResolverTypeWrapper<Omit<PaymentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PaymentEdge']>, nodes: ReadonlyArray<ResolversTypes['Payment']> }>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentError: ResolverTypeWrapper<PaymentError>;
  PaymentErrorCategory: PaymentErrorCategory;
  PaymentFilter: PaymentFilter;
  PaymentKind: PaymentKind;
  PaymentKindInput: PaymentKindInput;
  PaymentStatus: PaymentStatus;
  PaymentStatusInput: PaymentStatusInput;
  Payout: ResolverTypeWrapper<PayoutRow>;
  PayoutComposition: ResolverTypeWrapper<Omit<PayoutComposition, 'difference' | 'sum'> & { difference?: Maybe<ResolversTypes['Money']>, sum?: Maybe<ResolversTypes['Money']> }>;
  PayoutCompositionState: PayoutCompositionState;
  PayoutConnection: ResolverTypeWrapper<Omit<PayoutConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PayoutEdge']>, nodes: ReadonlyArray<ResolversTypes['Payout']> }>;
  PayoutEdge: ResolverTypeWrapper<Omit<PayoutEdge, 'node'> & { node: ResolversTypes['Payout'] }>;
  PayoutFilter: PayoutFilter;
  PayoutMatch: ResolverTypeWrapper<PayoutMatchModel>;
  PayoutMatchReason: PayoutMatchReason;
  PayoutStatus: PayoutStatus;
  PayoutStatusInput: PayoutStatusInput;
  PostalAddress: ResolverTypeWrapper<PostalAddress>;
  QuarantineStatus: QuarantineStatus;
  QuarantineStatusInput: QuarantineStatusInput;
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
  RefundStatusInput: RefundStatusInput;
  Remittance: ResolverTypeWrapper<Remittance>;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayDeliveriesPayload: ResolverTypeWrapper<ReplayDeliveriesPayload>;
  ReplayPayload: ResolverTypeWrapper<Omit<ReplayPayload, 'records'> & { records: ReadonlyArray<ResolversTypes['QuarantinedRecord']> }>;
  ReturnReason: ResolverTypeWrapper<ReturnReason>;
  RunFinished: ResolverTypeWrapper<StreamItem>;
  RunProgressed: ResolverTypeWrapper<StreamItem>;
  RunStarted: ResolverTypeWrapper<StreamItem>;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceBudgetInput: SourceBudgetInput;
  SourceConnection: ResolverTypeWrapper<Omit<SourceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SourceEdge']>, nodes: ReadonlyArray<ResolversTypes['Source']> }>;
  SourceData: SourceData;
  SourceEdge: ResolverTypeWrapper<Omit<SourceEdge, 'node'> & { node: ResolversTypes['Source'] }>;
  SourceErasure: ResolverTypeWrapper<SourceErasureRow>;
  SourceErasureStatus: SourceErasureStatus;
  SourceFilter: SourceFilter;
  SourceId: ResolverTypeWrapper<SourceIdRow>;
  SourceOrder: SourceOrder;
  SourceOrigin: SourceOrigin;
  SourceRateInput: SourceRateInput;
  SourceStatus: SourceStatus;
  SourceStatusChanged: ResolverTypeWrapper<StreamItem>;
  SourceStatusInput: SourceStatusInput;
  SourceWebhooks: ResolverTypeWrapper<SourceWebhooksModel>;
  StaleReason: StaleReason;
  StartSyncInput: StartSyncInput;
  StartSyncPayload: ResolverTypeWrapper<Omit<StartSyncPayload, 'run'> & { run: ResolversTypes['SyncRun'] }>;
  Statement: ResolverTypeWrapper<StatementRow>;
  StatementBalance: ResolverTypeWrapper<Omit<StatementBalance, 'money'> & { money: ResolversTypes['Money'] }>;
  StatementCheck: ResolverTypeWrapper<StatementCheckModel>;
  StatementCheckBasis: StatementCheckBasis;
  StatementComparison: ResolverTypeWrapper<StatementComparisonModel>;
  StatementConnection: ResolverTypeWrapper<Omit<StatementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['StatementEdge']>, nodes: ReadonlyArray<ResolversTypes['Statement']> }>;
  StatementEdge: ResolverTypeWrapper<Omit<StatementEdge, 'node'> & { node: ResolversTypes['Statement'] }>;
  StatementFilter: StatementFilter;
  StatementKind: StatementKind;
  StatementKindInput: StatementKindInput;
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
  SyncEventKind: ResolverTypeWrapper<SyncEventKind>;
  SyncMode: SyncMode;
  SyncModeInput: SyncModeInput;
  SyncRange: ResolverTypeWrapper<SyncRange>;
  SyncRangeInput: SyncRangeInput;
  SyncRun: ResolverTypeWrapper<SyncRunRow>;
  SyncRunConnection: ResolverTypeWrapper<Omit<SyncRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversTypes['SyncRun']> }>;
  SyncRunEdge: ResolverTypeWrapper<Omit<SyncRunEdge, 'node'> & { node: ResolversTypes['SyncRun'] }>;
  SyncRunFilter: SyncRunFilter;
  SyncRunStatus: SyncRunStatus;
  SyncRunStatusInput: SyncRunStatusInput;
  SyncRunStream: ResolverTypeWrapper<SyncRunStreamRow>;
  SyncTrigger: SyncTrigger;
  UpdateSourceCredentialsInput: UpdateSourceCredentialsInput;
  UpdateSourceCredentialsPayload: ResolverTypeWrapper<Omit<UpdateSourceCredentialsPayload, 'source'> & { source: ResolversTypes['Source'] }>;
  UpdateSourceInput: UpdateSourceInput;
  UpdateSourcePayload: ResolverTypeWrapper<Omit<UpdateSourcePayload, 'source'> & { source: ResolversTypes['Source'] }>;
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
  BalanceMovement: MovementComparison;
  BankCharge: Charge;
  BankChargeTax: Omit<BankChargeTax, 'money'> & { money?: Maybe<ResolversParentTypes['Money']> };
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
  ConnectSourceInput: ConnectSourceInput;
  ConnectSourcePayload: Omit<ConnectSourcePayload, 'source'> & { source: ResolversParentTypes['Source'] };
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
  DisconnectSourceInput: DisconnectSourceInput;
  DisconnectSourcePayload: Omit<DisconnectSourcePayload, 'erasure' | 'source'> & { erasure?: Maybe<ResolversParentTypes['SourceErasure']>, source?: Maybe<ResolversParentTypes['Source']> };
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
  JSON: Scalars['JSON']['output'];
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
  PayerDetails: PayerDetails;
  Payment: PaymentRow;
  PaymentAttempt: PaymentAttemptRow;
  PaymentBatch: Omit<PaymentBatch, 'total'> & { total?: Maybe<ResolversParentTypes['Money']> };
  PaymentConnection: Omit<PaymentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PaymentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Payment']> };
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentError: PaymentError;
  PaymentFilter: PaymentFilter;
  Payout: PayoutRow;
  PayoutComposition: Omit<PayoutComposition, 'difference' | 'sum'> & { difference?: Maybe<ResolversParentTypes['Money']>, sum?: Maybe<ResolversParentTypes['Money']> };
  PayoutConnection: Omit<PayoutConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PayoutEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Payout']> };
  PayoutEdge: Omit<PayoutEdge, 'node'> & { node: ResolversParentTypes['Payout'] };
  PayoutFilter: PayoutFilter;
  PayoutMatch: PayoutMatchModel;
  PostalAddress: PostalAddress;
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
  SourceBudgetInput: SourceBudgetInput;
  SourceConnection: Omit<SourceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SourceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Source']> };
  SourceEdge: Omit<SourceEdge, 'node'> & { node: ResolversParentTypes['Source'] };
  SourceErasure: SourceErasureRow;
  SourceFilter: SourceFilter;
  SourceId: SourceIdRow;
  SourceRateInput: SourceRateInput;
  SourceStatusChanged: StreamItem;
  SourceWebhooks: SourceWebhooksModel;
  StartSyncInput: StartSyncInput;
  StartSyncPayload: Omit<StartSyncPayload, 'run'> & { run: ResolversParentTypes['SyncRun'] };
  Statement: StatementRow;
  StatementBalance: Omit<StatementBalance, 'money'> & { money: ResolversParentTypes['Money'] };
  StatementCheck: StatementCheckModel;
  StatementComparison: StatementComparisonModel;
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
  UpdateSourceCredentialsInput: UpdateSourceCredentialsInput;
  UpdateSourceCredentialsPayload: Omit<UpdateSourceCredentialsPayload, 'source'> & { source: ResolversParentTypes['Source'] };
  UpdateSourceInput: UpdateSourceInput;
  UpdateSourcePayload: Omit<UpdateSourcePayload, 'source'> & { source: ResolversParentTypes['Source'] };
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
  fresh?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<AccountFreshArgs, 'maxAge'>>;
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

export type BalanceMovementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceMovement'] = ResolversParentTypes['BalanceMovement']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['StatementBalance'], ParentType, ContextType>;
  movement?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  statement?: Resolver<ResolversTypes['Statement'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['StatementBalance'], ParentType, ContextType>;
};

export type BankChargeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankCharge'] = ResolversParentTypes['BankCharge']> = {
  direction?: Resolver<Maybe<ResolversTypes['Direction']>, ParentType, ContextType>;
  isIncluded?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isTotal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  money?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['BankChargeTax']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BankChargeTaxResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankChargeTax'] = ResolversParentTypes['BankChargeTax']> = {
  id?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  money?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  chargesTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
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
  fresh?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType, RequireFields<BankTransactionFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isReversal?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  payout?: Resolver<Maybe<ResolversTypes['PayoutMatch']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  remittance?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reportedBy?: Resolver<ReadonlyArray<ResolversTypes['Statement']>, ParentType, ContextType>;
  returnReason?: Resolver<Maybe<ResolversTypes['ReturnReason']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  sourceIds?: Resolver<ReadonlyArray<ResolversTypes['SourceId']>, ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['BookingStatus']>, ParentType, ContextType>;
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
  chargesTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
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

export type ConnectSourcePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectSourcePayload'] = ResolversParentTypes['ConnectSourcePayload']> = {
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
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

export type DeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery'], FederationReferenceType extends FederationReferenceTypes['Delivery'] = FederationReferenceTypes['Delivery']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Delivery']> | FederationReferenceType, FederationReferenceType, ContextType>;
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

export type DisconnectSourcePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DisconnectSourcePayload'] = ResolversParentTypes['DisconnectSourcePayload']> = {
  erasure?: Resolver<Maybe<ResolversTypes['SourceErasure']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
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
  fresh?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<DisputeFreshArgs, 'maxAge'>>;
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

export type EntityTypeResolvers = EnumResolverSignature<{ ACCOUNT?: any, BALANCE?: any, BANK_TRANSACTION?: any, DISPUTE?: any, LEDGER_ENTRY?: any, PARTY?: any, PAYMENT?: any, PAYMENT_ATTEMPT?: any, PAYOUT?: any, REFUND?: any, STATEMENT?: any }, ResolversTypes['EntityType']>;

export type EntityTypeInputResolvers = EnumResolverSignature<{ ACCOUNT?: any, BALANCE?: any, BANK_TRANSACTION?: any, DISPUTE?: any, LEDGER_ENTRY?: any, PARTY?: any, PAYMENT?: any, PAYMENT_ATTEMPT?: any, PAYOUT?: any, REFUND?: any, STATEMENT?: any }, ResolversTypes['EntityTypeInput']>;

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

export type FileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['File'] = ResolversParentTypes['File'], FederationReferenceType extends FederationReferenceTypes['File'] = FederationReferenceTypes['File']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['File']> | FederationReferenceType, FederationReferenceType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['FileOrigin'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  statements?: Resolver<ReadonlyArray<ResolversTypes['Statement']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FileStatus'], ParentType, ContextType>;
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

export type FindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding'], FederationReferenceType extends FederationReferenceTypes['Finding'] = FederationReferenceTypes['Finding']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Finding']> | FederationReferenceType, FederationReferenceType, ContextType>;
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

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LedgerEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry'], FederationReferenceType extends FederationReferenceTypes['LedgerEntry'] = FederationReferenceTypes['LedgerEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LedgerEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  availableOn?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exchangeRate?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fee?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  fresh?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType, RequireFields<LedgerEntryFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['LedgerEntryKind']>, ParentType, ContextType>;
  net?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['LedgerOrigin']>, ParentType, ContextType>;
  payout?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType>;
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
  connectSource?: Resolver<ResolversTypes['ConnectSourcePayload'], ParentType, ContextType, RequireFields<MutationConnectSourceArgs, 'input'>>;
  discardDeliveries?: Resolver<ResolversTypes['DiscardDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationDiscardDeliveriesArgs, 'input'>>;
  discardDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationDiscardDeliveryArgs, 'id' | 'reason'>>;
  disconnectSource?: Resolver<ResolversTypes['DisconnectSourcePayload'], ParentType, ContextType, RequireFields<MutationDisconnectSourceArgs, 'input'>>;
  pauseSource?: Resolver<ResolversTypes['Source'], ParentType, ContextType, RequireFields<MutationPauseSourceArgs, 'id'>>;
  replayDeliveries?: Resolver<ResolversTypes['ReplayDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationReplayDeliveriesArgs, 'input'>>;
  replayDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationReplayDeliveryArgs, 'id'>>;
  replayQuarantined?: Resolver<ResolversTypes['ReplayPayload'], ParentType, ContextType, RequireFields<MutationReplayQuarantinedArgs, 'ids'>>;
  resumeSource?: Resolver<ResolversTypes['Source'], ParentType, ContextType, RequireFields<MutationResumeSourceArgs, 'id'>>;
  startSync?: Resolver<ResolversTypes['StartSyncPayload'], ParentType, ContextType, RequireFields<MutationStartSyncArgs, 'input'>>;
  updateSource?: Resolver<ResolversTypes['UpdateSourcePayload'], ParentType, ContextType, RequireFields<MutationUpdateSourceArgs, 'input'>>;
  updateSourceCredentials?: Resolver<ResolversTypes['UpdateSourceCredentialsPayload'], ParentType, ContextType, RequireFields<MutationUpdateSourceCredentialsArgs, 'input'>>;
};

export type NamedAmountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NamedAmount'] = ResolversParentTypes['NamedAmount']> = {
  exchange?: Resolver<Maybe<ResolversTypes['CurrencyExchange']>, ParentType, ContextType>;
  money?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node'], FederationReferenceType extends FederationReferenceTypes['Node'] = FederationReferenceTypes['Node']> = {
  __resolveType: TypeResolveFn<'Account' | 'BankTransaction' | 'Delivery' | 'Dispute' | 'File' | 'Finding' | 'LedgerEntry' | 'Party' | 'Payment' | 'Payout' | 'QuarantinedRecord' | 'Refund' | 'Source' | 'Statement' | 'SyncRun', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Node']> | FederationReferenceType, FederationReferenceType, ContextType>;
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
  fresh?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType, RequireFields<PartyFreshArgs, 'maxAge'>>;
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

export type PayerDetailsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayerDetails'] = ResolversParentTypes['PayerDetails']> = {
  address?: Resolver<Maybe<ResolversTypes['PostalAddress']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  fresh?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<PaymentFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['PaymentKind']>, ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<PaymentLedgerEntriesArgs, 'first'>>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payerDetails?: Resolver<Maybe<ResolversTypes['PayerDetails']>, ParentType, ContextType>;
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
  payerDetails?: Resolver<Maybe<ResolversTypes['PayerDetails']>, ParentType, ContextType>;
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
  composition?: Resolver<Maybe<ResolversTypes['PayoutComposition']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  destination?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fresh?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType, RequireFields<PayoutFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<PayoutLedgerEntriesArgs, 'first'>>;
  ownLedgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<PayoutOwnLedgerEntriesArgs, 'first'>>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['PayoutStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PayoutCompositionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutComposition'] = ResolversParentTypes['PayoutComposition']> = {
  completeSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  lineCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PayoutCompositionState'], ParentType, ContextType>;
  sum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
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

export type PostalAddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostalAddress'] = ResolversParentTypes['PostalAddress']> = {
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line1?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QuarantinedRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuarantinedRecord'] = ResolversParentTypes['QuarantinedRecord'], FederationReferenceType extends FederationReferenceTypes['QuarantinedRecord'] = FederationReferenceTypes['QuarantinedRecord']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['QuarantinedRecord']> | FederationReferenceType, FederationReferenceType, ContextType>;
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
  sourceErasure?: Resolver<Maybe<ResolversTypes['SourceErasure']>, ParentType, ContextType, RequireFields<QuerySourceErasureArgs, 'sourceId'>>;
  sources?: Resolver<ResolversTypes['SourceConnection'], ParentType, ContextType, RequireFields<QuerySourcesArgs, 'first' | 'orderBy'>>;
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
  fresh?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<RefundFreshArgs, 'maxAge'>>;
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
  connectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  connector?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disconnectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  erasure?: Resolver<Maybe<ResolversTypes['SourceErasure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['SourceOrigin']>, ParentType, ContextType>;
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

export type SourceErasureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceErasure'] = ResolversParentTypes['SourceErasure']> = {
  deletedRows?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SourceErasureStatus'], ParentType, ContextType>;
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
  expectedPerHour?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  failureRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  isVerified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastReceivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastRefusedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  missedLastDay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  receivedLastHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  silentSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  fresh?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType, RequireFields<StatementFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isBalanced?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
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
  subType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StatementCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementCheck'] = ResolversParentTypes['StatementCheck']> = {
  basis?: Resolver<ResolversTypes['StatementCheckBasis'], ParentType, ContextType>;
  booked?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closing?: Resolver<Maybe<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  isBalanced?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  opening?: Resolver<Maybe<ResolversTypes['StatementBalance']>, ParentType, ContextType>;
};

export type StatementComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatementComparison'] = ResolversParentTypes['StatementComparison']> = {
  agrees?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  inBoth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  movements?: Resolver<ReadonlyArray<ResolversTypes['BalanceMovement']>, ParentType, ContextType>;
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
  foundWithUnbooked?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stated?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SyncEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncEvent'] = ResolversParentTypes['SyncEvent']> = {
  __resolveType: TypeResolveFn<'BudgetClosed' | 'DeliveryParked' | 'DeliveryReceived' | 'EntityChanged' | 'FindingClosed' | 'FindingOpened' | 'RecordQuarantined' | 'RunFinished' | 'RunProgressed' | 'RunStarted' | 'SourceStatusChanged' | 'StreamPosition' | 'StreamReset', ParentType, ContextType>;
};

export type SyncEventKindResolvers = EnumResolverSignature<{ BUDGET_CLOSED?: any, DELIVERY_PARKED?: any, DELIVERY_RECEIVED?: any, ENTITY_CHANGED?: any, FINDING_CLOSED?: any, FINDING_OPENED?: any, RECORD_QUARANTINED?: any, RUN_FINISHED?: any, RUN_PROGRESSED?: any, RUN_STARTED?: any, SOURCE_STATUS_CHANGED?: any }, ResolversTypes['SyncEventKind']>;

export type SyncRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRange'] = ResolversParentTypes['SyncRange']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SyncRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncRun'] = ResolversParentTypes['SyncRun'], FederationReferenceType extends FederationReferenceTypes['SyncRun'] = FederationReferenceTypes['SyncRun']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SyncRun']> | FederationReferenceType, FederationReferenceType, ContextType>;
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

export type UpdateSourceCredentialsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateSourceCredentialsPayload'] = ResolversParentTypes['UpdateSourceCredentialsPayload']> = {
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
};

export type UpdateSourcePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateSourcePayload'] = ResolversParentTypes['UpdateSourcePayload']> = {
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Account?: AccountResolvers<ContextType>;
  AccountConnection?: AccountConnectionResolvers<ContextType>;
  AccountEdge?: AccountEdgeResolvers<ContextType>;
  Balance?: BalanceResolvers<ContextType>;
  BalanceMovement?: BalanceMovementResolvers<ContextType>;
  BankCharge?: BankChargeResolvers<ContextType>;
  BankChargeTax?: BankChargeTaxResolvers<ContextType>;
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
  ConnectSourcePayload?: ConnectSourcePayloadResolvers<ContextType>;
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
  DisconnectSourcePayload?: DisconnectSourcePayloadResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  DisputeConnection?: DisputeConnectionResolvers<ContextType>;
  DisputeEdge?: DisputeEdgeResolvers<ContextType>;
  EntityChanged?: EntityChangedResolvers<ContextType>;
  EntityType?: EntityTypeResolvers;
  EntityTypeInput?: EntityTypeInputResolvers;
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
  JSON?: GraphQLScalarType;
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
  PayerDetails?: PayerDetailsResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentAttempt?: PaymentAttemptResolvers<ContextType>;
  PaymentBatch?: PaymentBatchResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  PaymentError?: PaymentErrorResolvers<ContextType>;
  Payout?: PayoutResolvers<ContextType>;
  PayoutComposition?: PayoutCompositionResolvers<ContextType>;
  PayoutConnection?: PayoutConnectionResolvers<ContextType>;
  PayoutEdge?: PayoutEdgeResolvers<ContextType>;
  PayoutMatch?: PayoutMatchResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
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
  SourceErasure?: SourceErasureResolvers<ContextType>;
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
  SyncEventKind?: SyncEventKindResolvers;
  SyncRange?: SyncRangeResolvers<ContextType>;
  SyncRun?: SyncRunResolvers<ContextType>;
  SyncRunConnection?: SyncRunConnectionResolvers<ContextType>;
  SyncRunEdge?: SyncRunEdgeResolvers<ContextType>;
  SyncRunStream?: SyncRunStreamResolvers<ContextType>;
  UpdateSourceCredentialsPayload?: UpdateSourceCredentialsPayloadResolvers<ContextType>;
  UpdateSourcePayload?: UpdateSourcePayloadResolvers<ContextType>;
};

