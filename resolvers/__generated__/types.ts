import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PartyRow, AccountRow, BalanceRow, PaymentRow, PaymentAttemptRow, RefundRow, DisputeRow, PayoutRow, LedgerEntryRow, BankTransactionRow, TransactionDetailRow, SourceIdRow, StatementRow, StatementLinkRow, StatementComparisonModel, MovementComparison, PayoutMatchModel, BalanceChainModel, BalanceLinkModel, DriftCandidate, Proof, ProofLine, Residue, ReconciliationRow, MatchLinkModel, MatchResidueModel, MatchExchangeModel, ProposalModel, MatchDecisionRow, FileRow, ApiKeyRow, AlertRow, AlertEndpointRow, AlertMuteRow, EvidencePackRow, AuditEntryModel, AuditHeadRow, SourceModel, Health, Diagnosis as DiagnosisModel, Evidence as EvidenceModel, RemedyMutation as RemedyMutationModel, OverviewModel, ComparedDayRow, RecordDifferenceRow, MetricSeriesRow, MetricPointRow, HealthCountRow, ThroughputRow, SourceErasureRow, SourceFeedRow, BudgetStateRow, SourceWebhooksModel, StreamStateRow, SyncRunRow, SyncRunStreamRow, DeliveryRow, VerificationRow, DeliveryAttemptRow, DeliveryEffectRow, DeliveryConflictRow, QuarantinedRecordRow, FindingRow, FreshnessModel, ObjectChangeModel, FieldChangeModel, FieldValueModel, RawPointer } from '../../src/graph/loaders/models.ts';
import type { Charge } from '../../src/domain/bank.ts';
import type { StatementCheck as StatementCheckModel } from '../../src/domain/entities.ts';
import type { PayoutRouteModel } from '../use-cases.ts';
import type { FactModel, FactPartModel } from '../evidence-parts.ts';
import type { CountOnRequest } from '../connection.ts';
import type { Money as MoneyModel } from '../../src/domain/money.ts';
import type { HistoryModel } from '../history-page.ts';
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
  /** A time in UTC in RFC 3339 format with milliseconds: `2026-11-22T17:24:24.000Z`. As input, any RFC 3339 offset is accepted, and a date alone: the beginning of that day in UTC. */
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
  /** Chain of the account's balances in one currency, with where it stops to agree with its entries. Null if the account has neither a ledger with balances nor statements. */
  readonly balanceChain?: Maybe<BalanceChain>;
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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
export type AccountBalanceChainArgs = {
  currency: Scalars['CurrencyCode']['input'];
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountBalancesArgs = {
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountBankTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BankTransactionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<BankTransactionOrder>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountFreshArgs = {
  maxAge: Scalars['Int']['input'];
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountPayoutsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PayoutFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PayoutOrder>;
};


/** A place that holds money: a processor's balance, a bank account, a card. */
export type AccountStatementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<StatementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<StatementOrder>;
};

/** A page of accounts. */
export type AccountConnection = {
  readonly __typename?: 'AccountConnection';
  /** The accounts with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<AccountEdge>;
  /** The accounts alone. */
  readonly nodes: ReadonlyArray<Account>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only accounts of which a chain of balances, of any currency and day, is in one of these states according to the open findings. */
  readonly balanceChain?: InputMaybe<ReadonlyArray<BalanceChainFindingInput>>;
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

/** Order of accounts. The id orders equal values. */
export type AccountOrder =
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

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

/** A page of activity. */
export type ActivityConnection = {
  readonly __typename?: 'ActivityConnection';
  /** The items with their cursors, newest first. */
  readonly edges: ReadonlyArray<ActivityEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ActivityItem>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
};

/** A list item with its cursor. */
export type ActivityEdge = {
  readonly __typename?: 'ActivityEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ActivityItem;
};

/** Filter for activity. An object must meet every condition given. */
export type ActivityFilter = {
  /** Only payouts from this account, and transactions of it at its bank; given by its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Only objects of this time or later: of their creation, or of the booking date, which begins at midnight UTC. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects of these kinds; at most 100. */
  readonly kinds?: InputMaybe<ReadonlyArray<ActivityKindInput>>;
  /** Only this payment, its refunds and its disputes; given by its global id. */
  readonly payment?: InputMaybe<Scalars['ID']['input']>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects of a time before this one. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Something that has happened to money. */
export type ActivityItem = BankTransaction | Dispute | Payment | Payout | Refund;

/** Kind of activity, as input. */
export type ActivityKindInput =
  /** Bank transactions. */
  | 'BANK_TRANSACTION'
  /** Disputes. */
  | 'DISPUTE'
  /** Payments. */
  | 'PAYMENT'
  /** Payouts. */
  | 'PAYOUT'
  /** Refunds. */
  | 'REFUND';

/** One message to one endpoint. */
export type Alert = {
  readonly __typename?: 'Alert';
  /** The attempts that have ended, oldest first: the last 20. */
  readonly attemptLog: ReadonlyArray<AlertAttempt>;
  /** Number of attempts that have begun. */
  readonly attempts: Scalars['Int']['output'];
  /** Number of changes that it sums up. */
  readonly changes: Scalars['Int']['output'];
  /** Time when it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Time of the next attempt, or of the end of its muting. Null if it has ended. */
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is sent. Null if the endpoint was deleted. */
  readonly endpoint?: Maybe<AlertEndpoint>;
  /** Why the last attempt failed, or why none was made. Null if neither happened. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** The finding that it is about. Null if it is about none, or the finding was deleted because of its age. */
  readonly finding?: Maybe<Finding>;
  /** Time when it was delivered or given up. Null before that. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Id of the message, which the receiver gets as `webhook-id` with each attempt. */
  readonly id: Scalars['ID']['output'];
  /** Kind of the finding, or SOURCE_HEALTH. Null for a test, and for a number of findings. */
  readonly kind?: Maybe<Scalars['String']['output']>;
  /** Time until which it was muted. Null if it never was. */
  readonly mutedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Status of the receiver's last response. Null if there was none. */
  readonly responseStatus?: Maybe<Scalars['Int']['output']>;
  /** What it says, in one sentence. Null if it has none of its own. */
  readonly sentence?: Maybe<Scalars['String']['output']>;
  /** How urgent it is. */
  readonly severity: Severity;
  /** The source that it is about. Null for a test, and for a number of findings. */
  readonly source?: Maybe<Source>;
  /** Whether it was sent. */
  readonly status: AlertStatus;
  /** What it reports. */
  readonly type: AlertType;
};

/** One attempt to send a message. */
export type AlertAttempt = {
  readonly __typename?: 'AlertAttempt';
  /** Time when it ended. */
  readonly at: Scalars['DateTime']['output'];
  /** Duration of the call in milliseconds. */
  readonly durationMs: Scalars['Int']['output'];
  /** Why it failed. Null if the receiver has accepted the message. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** Status of the response. Null if there was none. */
  readonly responseStatus?: Maybe<Scalars['Int']['output']>;
};

/** A page of messages. */
export type AlertConnection = {
  readonly __typename?: 'AlertConnection';
  /** The messages with their cursors, newest first. */
  readonly edges: ReadonlyArray<AlertEdge>;
  /** The messages alone. */
  readonly nodes: ReadonlyArray<Alert>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
};

/** A list item with its cursor. */
export type AlertEdge = {
  readonly __typename?: 'AlertEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Alert;
};

/** Where messages about findings and about the health of sources are sent. */
export type AlertEndpoint = {
  readonly __typename?: 'AlertEndpoint';
  /** Time when it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Caller who made it: the `sub` of the token. Empty if the token had none. */
  readonly createdBy: Scalars['String']['output'];
  /** Why the last attempt failed. Null if it was accepted. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** Time since which no message was accepted, although one was sent. Null if the last one was accepted. */
  readonly failingSince?: Maybe<Scalars['DateTime']['output']>;
  /** Form of its messages. */
  readonly form: AlertForm;
  /** Id of the endpoint. */
  readonly id: Scalars['ID']['output'];
  /** Time when it last accepted a message. Null if it never did. */
  readonly lastDeliveredAt?: Maybe<Scalars['DateTime']['output']>;
  /** Least urgent severity that is sent to it. */
  readonly minSeverity: Severity;
  /** Time until which its messages wait. Null if it is not muted. */
  readonly mutedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Name that its maker gave it. */
  readonly name: Scalars['String']['output'];
  /** Scheme, host and port of its URL. The rest is not returned, because the URLs of chat services are secrets. */
  readonly origin: Scalars['String']['output'];
  /** Time before which nothing is sent to it, because attempts have failed. Null if none has. */
  readonly pausedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Names of the sources that it is about. Null: every source. */
  readonly sourceIds?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** Whether messages are sent to it. */
  readonly status: AlertEndpointStatus;
  /** Time since which this has been the status. */
  readonly statusSince: Scalars['DateTime']['output'];
};

/** Whether messages are sent to an endpoint. */
export type AlertEndpointStatus =
  /** They are sent. */
  | 'ACTIVE'
  /** Somebody has disabled it. */
  | 'DISABLED'
  /** It accepted nothing for five days. */
  | 'FAILED'
  /** It has answered 410: it no longer exists. */
  | 'REJECTED';

/** Filter for messages. A message must meet every condition given. */
export type AlertFilter = {
  /** Only messages to these endpoints; at most 100. */
  readonly endpointIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only messages about these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only messages with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<AlertStatusInput>>;
};

/** Form of the messages to an endpoint. */
export type AlertForm =
  /** `{"text": "…"}`, as the incoming webhooks of Slack, Mattermost and Teams take it; not signed. */
  | 'CHAT_TEXT'
  /** JSON, signed as the specification Standard Webhooks requires. */
  | 'STANDARD_WEBHOOKS';

/** Form of the messages to an endpoint, as an argument. */
export type AlertFormInput =
  /** `{"text": "…"}`, as the incoming webhooks of Slack, Mattermost and Teams take it; not signed. */
  | 'CHAT_TEXT'
  /** JSON, signed as the specification Standard Webhooks requires. */
  | 'STANDARD_WEBHOOKS';

/** Messages that are not sent for a while. What still applies at the end is sent then. */
export type AlertMute = {
  readonly __typename?: 'AlertMute';
  /** Time when it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Caller who made it: the `sub` of the token. Empty if the token had none. */
  readonly createdBy: Scalars['String']['output'];
  /** Id of the muting. */
  readonly id: Scalars['ID']['output'];
  /** Kind of findings whose messages wait, or SOURCE_HEALTH for changes of health. Null: every kind. */
  readonly kind?: Maybe<Scalars['String']['output']>;
  /** Reason that its maker gave. */
  readonly reason: Scalars['String']['output'];
  /** Name of the source whose messages wait. Null: of every source. */
  readonly sourceId?: Maybe<Scalars['ID']['output']>;
  /** Time at which it ends. */
  readonly until: Scalars['DateTime']['output'];
};

/** Whether a message was sent. */
export type AlertStatus =
  /** The receiver has accepted it. */
  | 'DELIVERED'
  /** It was given up, or its endpoint was disabled or deleted. */
  | 'FAILED'
  /** It waits for the end of a muting. */
  | 'MUTED'
  /** It waits for its next attempt. */
  | 'PENDING'
  /** What it reports was over before the first attempt: nothing was sent. */
  | 'SUPERSEDED';

/** Whether a message was sent, as an argument. */
export type AlertStatusInput =
  /** The receiver has accepted it. */
  | 'DELIVERED'
  /** It was given up, or its endpoint was disabled or deleted. */
  | 'FAILED'
  /** It waits for the end of a muting. */
  | 'MUTED'
  /** It waits for its next attempt. */
  | 'PENDING'
  /** What it reports was over before the first attempt: nothing was sent. */
  | 'SUPERSEDED';

/** What a message reports. */
export type AlertType =
  /** Findings were opened that are not sent one by one, because too many messages wait for the endpoint. */
  | 'FINDINGS_OMITTED'
  /** A finding was closed, whose opening was sent to the endpoint before. */
  | 'FINDING_CLOSED'
  /** A finding was opened. */
  | 'FINDING_OPENED'
  /** A source is in another state of its health. */
  | 'SOURCE_HEALTH_CHANGED'
  /** Somebody has tested the endpoint. */
  | 'TEST';

/** A range of amounts in one currency. Amounts are compared exactly, with as many digits as the bank has written. */
export type AmountRange = {
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** Largest amount, inclusive. Null sets no upper bound. */
  readonly max?: InputMaybe<Scalars['Decimal']['input']>;
  /** Smallest amount, inclusive. Null sets no lower bound. */
  readonly min?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Sum of amounts in one currency. */
export type AmountSum = {
  readonly __typename?: 'AmountSum';
  /** Sum of the amounts, whatever the status of the objects. */
  readonly amount: Money;
  /** Number of objects with an amount in this currency. */
  readonly count: Scalars['Int']['output'];
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
};

/** Totals of the objects that match a filter. */
export type AmountTotals = {
  readonly __typename?: 'AmountTotals';
  /** Number of objects. */
  readonly count: Scalars['Int']['output'];
  /** Sums by currency, from A to Z. */
  readonly sums: ReadonlyArray<AmountSum>;
};

/** A key with which a service calls the graph in place of a token. Its text is never stored and cannot be read. */
export type ApiKey = {
  readonly __typename?: 'ApiKey';
  /** Time when the key was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Caller who made the key: the `sub` of the token. Empty if the token had none. */
  readonly createdBy: Scalars['String']['output'];
  /** Time from which the key is no longer accepted. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Id of the key. What it did is recorded under `api-key:` and this id. */
  readonly id: Scalars['ID']['output'];
  /** Minute in which the key was last used, at most a few seconds late. Null if it was never used. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name that its maker gave it. */
  readonly name: Scalars['String']['output'];
  /** Beginning of the key's text, by which people recognise it: `sluice_key_` and four characters. */
  readonly preview: Scalars['String']['output'];
  /** Time when the key was revoked. Null if it was not. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Caller who revoked the key. Null if it was not revoked. */
  readonly revokedBy?: Maybe<Scalars['String']['output']>;
  /** What the key allows. */
  readonly scopes: ReadonlyArray<ApiKeyScope>;
  /** Whether the key is accepted. */
  readonly status: ApiKeyStatus;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  readonly __typename?: 'ApiKeyConnection';
  /** The keys with their cursors, newest first. */
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  /** The keys alone. */
  readonly nodes: ReadonlyArray<ApiKey>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
};

/** A list item with its cursor. */
export type ApiKeyEdge = {
  readonly __typename?: 'ApiKeyEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ApiKey;
};

/** A scope of an API key. */
export type ApiKeyScope =
  /** Raw bytes, and the mutations that manage sources and API keys. */
  | 'ADMIN'
  /** Queries and subscriptions. Every other scope includes it. */
  | 'READ'
  /** The mutations of daily work, and uploads of files. */
  | 'SYNC'
  /** Uploads of files. */
  | 'WRITE';

/** A scope of an API key, as an argument. */
export type ApiKeyScopeInput =
  /** Raw bytes, and the mutations that manage sources. A key cannot make other keys, whatever its scopes. */
  | 'ADMIN'
  /** Queries and subscriptions. Every other scope includes it. */
  | 'READ'
  /** The mutations of daily work, and uploads of files. */
  | 'SYNC'
  /** Uploads of files. */
  | 'WRITE';

/** Whether an API key is accepted. */
export type ApiKeyStatus =
  /** It is accepted. */
  | 'ACTIVE'
  /** It is no longer accepted, because its end has come. */
  | 'EXPIRED'
  /** It is no longer accepted, because it was revoked. */
  | 'REVOKED';

/** Status of an attempt. */
export type AttemptStatus =
  /** The attempt was refused; `error` gives the reason. */
  | 'FAILED'
  /** The outcome is not known yet. */
  | 'PENDING'
  /** The money was moved or reserved. */
  | 'SUCCEEDED';

/** One row of the audit trail: who did what. Rows are never changed; each has the hash of the row before. `docs/evidence.md` has the encoding. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** What was done: `mutation.pauseSource`, `configuration.sourceChanged`, `retention.cut`. */
  readonly action: Scalars['String']['output'];
  /** State of the subject afterwards, as JSON. Null without one. */
  readonly after?: Maybe<Scalars['String']['output']>;
  /** Arguments as JSON, without secrets. */
  readonly arguments: Scalars['String']['output'];
  /** State of the subject before, as JSON. Null without one. */
  readonly before?: Maybe<Scalars['String']['output']>;
  /** Code of the error. Null without one. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** SHA-256 of the row, in hexadecimal. */
  readonly hash: Scalars['String']['output'];
  /** Text of the row that its hash covers, as it is stored. */
  readonly hashedText: Scalars['String']['output'];
  /** Equal in all rows about one action. */
  readonly operation: Scalars['ID']['output'];
  /** How the action ended. Null in a row that was written before it began: without a later row of the same `operation` the outcome is not known. */
  readonly outcome?: Maybe<AuditOutcome>;
  /** Part of the action that the row is about. */
  readonly phase: AuditPhase;
  /** Hash of the row before, in hexadecimal; 64 zeros for the first row. */
  readonly previousHash: Scalars['String']['output'];
  /** Who did it. */
  readonly principal: AuditPrincipal;
  /** Time at which the row was written, by the database's clock. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Address of the peer. Null if the transport does not know it. */
  readonly remoteAddress?: Maybe<Scalars['String']['output']>;
  /** Id of the request, as in the log. Null without one. */
  readonly requestId?: Maybe<Scalars['String']['output']>;
  /** Number of the row in the tenant's chain: 1 for the first, without gaps. */
  readonly sequence: Scalars['BigInt']['output'];
  /** What was acted on. Null if that is not one object. */
  readonly subject?: Maybe<AuditSubject>;
  /** Id of the trace. Null without one. */
  readonly traceId?: Maybe<Scalars['String']['output']>;
};

/** A page of the audit trail. */
export type AuditEntryConnection = {
  readonly __typename?: 'AuditEntryConnection';
  /** The rows with their cursors, the newest first. */
  readonly edges: ReadonlyArray<AuditEntryEdge>;
  /** The rows alone. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type AuditEntryEdge = {
  readonly __typename?: 'AuditEntryEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: AuditEntry;
};

/** Filter of the audit trail. A row must meet every condition given. */
export type AuditFilter = {
  /** Only rows about this action: `mutation.pauseSource`. */
  readonly action?: InputMaybe<Scalars['String']['input']>;
  /** Only rows that were written at this time or later. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only rows with this outcome. */
  readonly outcome?: InputMaybe<AuditOutcomeInput>;
  /** Only rows of this caller, by the subject. */
  readonly principal?: InputMaybe<Scalars['String']['input']>;
  /** Only rows about this object. */
  readonly subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Only rows about an object of this kind: `SOURCE`. */
  readonly subjectType?: InputMaybe<Scalars['String']['input']>;
  /** Only rows that were written before this time. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Last row of the tenant's audit trail that was signed. One that is kept outside shows later that the trail before it was not changed. */
export type AuditHead = {
  readonly __typename?: 'AuditHead';
  /** Hash of the row, in hexadecimal. */
  readonly hash: Scalars['String']['output'];
  /** Ed25519 public key, in hexadecimal. */
  readonly publicKey: Scalars['String']['output'];
  /** Number of the row. */
  readonly sequence: Scalars['BigInt']['output'];
  /** Ed25519 signature, in hexadecimal. */
  readonly signature: Scalars['String']['output'];
  /** Time of the signature, as it was signed. */
  readonly signedAt: Scalars['String']['output'];
};

/** How an action ended. */
export type AuditOutcome =
  /** It was begun and failed. */
  | 'FAILED'
  /** It was not begun: the caller may not do it, or the input is wrong. */
  | 'REFUSED'
  /** It succeeded. */
  | 'SUCCEEDED';

/** How an action ended, as an argument. */
export type AuditOutcomeInput =
  /** It was begun and failed. */
  | 'FAILED'
  /** It was not begun: the caller may not do it, or the input is wrong. */
  | 'REFUSED'
  /** It succeeded. */
  | 'SUCCEEDED';

/** Part of an action that a row of the audit trail is about. */
export type AuditPhase =
  /** The whole action. Its effect and the row are one transaction. */
  | 'COMPLETE'
  /** Refused requests beyond the bound of rows: `arguments` has their numbers. */
  | 'COUNTED'
  /** The action has ended. */
  | 'FINISHED'
  /** The action is about to begin. */
  | 'STARTED';

/** Who did something. */
export type AuditPrincipal = {
  readonly __typename?: 'AuditPrincipal';
  /** How the caller has authenticated. */
  readonly kind: AuditPrincipalKind;
  /** Scopes of the caller. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
  /** The `sub` of the token, or `api-key:` with the id of the key; `sluice` for the service itself. */
  readonly subject: Scalars['String']['output'];
};

/** How a caller has authenticated. */
export type AuditPrincipalKind =
  /** With an API key. */
  | 'API_KEY'
  /** Without a token, on a server for development. */
  | 'DEVELOPMENT'
  /** It is the service itself. */
  | 'SERVICE'
  /** With a token. */
  | 'TOKEN';

/** What was acted on. */
export type AuditSubject = {
  readonly __typename?: 'AuditSubject';
  /** Id of the object. */
  readonly id: Scalars['ID']['output'];
  /** Kind: `SOURCE`, `API_KEY`, `DELIVERY`, … */
  readonly type: Scalars['String']['output'];
};

/** An amount that an account holds. */
export type Balance = {
  readonly __typename?: 'Balance';
  /** Time to which the amount applies. Null if the balance no longer exists. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /** Age and staleness of this state. */
  readonly freshness: Freshness;
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Kind of the balance. Null if the balance no longer exists. */
  readonly kind?: Maybe<BalanceKind>;
  /** Amount of the balance. Null if the balance no longer exists. */
  readonly money?: Maybe<Money>;
};


/** An amount that an account holds. */
export type BalanceHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Chain of an account's balances in one currency: opening balance + entries = closing balance, link by link. Between two balances of a ledger that its source stated, one for each day (UTC), or of the statements of a bank. */
export type BalanceChain = {
  readonly __typename?: 'BalanceChain';
  /** What the links are made of. */
  readonly basis: BalanceChainBasis;
  /** Currency of the chain. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Where the balance and its ledger began to differ. Null unless the state is BROKEN, and for statements: see the links' `difference` and `gap`, and the findings about them. */
  readonly drift?: Maybe<BalanceDrift>;
  /** Links in the order of their days. */
  readonly links: BalanceLinkConnection;
  /** Whether the chain agrees with its entries. */
  readonly state: BalanceChainState;
};


/** Chain of an account's balances in one currency: opening balance + entries = closing balance, link by link. Between two balances of a ledger that its source stated, one for each day (UTC), or of the statements of a bank. */
export type BalanceChainLinksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What the links of a chain are made of. */
export type BalanceChainBasis =
  /** Balances that the source stated, and the ledger entries between them. */
  | 'LEDGER'
  /** Statements of a bank, each with its opening and closing balance and its booked entries. */
  | 'STATEMENTS';

/** State of a chain of balances that an open finding reports, as input. */
export type BalanceChainFindingInput =
  /** The balance differs from its entries, for longer than a read takes: a finding BALANCE_CHAIN_BROKEN is open. Of statements, one does not balance, or there is a gap or an overlap: a finding STATEMENT_NOT_CLOSED, STATEMENT_GAP or STATEMENT_OVERLAP is open. */
  | 'BROKEN';

/** Whether a chain of balances agrees with its entries. */
export type BalanceChainState =
  /** The newest balance that can be compared is the sum of all entries; of statements, each balances and opens where the one before it closed. */
  | 'AGREES'
  /** The newest balance differs from its entries: see `drift`. A finding BALANCE_CHAIN_BROKEN is open, or will be if that lasts. Of statements, one does not balance, or there is a gap. */
  | 'BROKEN'
  /** No balance of this account was ever the sum of its entries, so the ledger may begin after the account does: only the links can be compared. */
  | 'OPENING_UNKNOWN'
  /** No balance can be compared yet: the ledger has not been read completely, or not since a balance was stated. */
  | 'PENDING';

/** Where a balance and its ledger began to differ. */
export type BalanceDrift = {
  readonly __typename?: 'BalanceDrift';
  /** Entries of that time that account for exactly `firstDifference`, at most 20. None: an entry of that amount is missing, or several are wrong. */
  readonly candidates: ReadonlyArray<BalanceDriftCandidate>;
  /** Newest balance that can be compared, minus its ledger. */
  readonly difference: Money;
  /** Day of the first balance that does not agree and after which none agreed. */
  readonly firstDay: Scalars['Date']['output'];
  /** Difference on that day. */
  readonly firstDifference: Money;
  /** Day of the last balance that agreed. Null if none did. */
  readonly lastAgreedDay?: Maybe<Scalars['Date']['output']>;
  /** The cause is between this time and `until`. Null if it may be before the first balance. */
  readonly since?: Maybe<Scalars['DateTime']['output']>;
  /** The cause is between `since` and this time. */
  readonly until: Scalars['DateTime']['output'];
};

/** An entry that may be the cause of a drift. */
export type BalanceDriftCandidate = {
  readonly __typename?: 'BalanceDriftCandidate';
  /** The entry. */
  readonly entry?: Maybe<LedgerEntry>;
  /** Why. */
  readonly reason: BalanceDriftReason;
};

/** Why an entry may be the cause of a drift. */
export type BalanceDriftReason =
  /** The amount of the entry was changed by the difference. */
  | 'ALTERED'
  /** The entry is deleted here, and the balance counts it. */
  | 'DELETED'
  /** The entry is there twice, and the balance counts it once. */
  | 'DOUBLED'
  /** The entry is booked within seven days after the last balance, which counts it already: the next balance will agree. */
  | 'LATE';

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

/** What happened between two balances. */
export type BalanceLink = {
  readonly __typename?: 'BalanceLink';
  /** Time of the closing balance. Null for a statement. */
  readonly at?: Maybe<Scalars['DateTime']['output']>;
  /** Balance after. */
  readonly closing: Money;
  /** Day of the closing balance, in UTC; of a statement, its last day. */
  readonly day: Scalars['Date']['output'];
  /** Closing minus opening minus entries: zero if they agree. A difference that the next link has with the opposite sign was a matter of time: balance and entries were not read at the same moment. Null if one of them is not known. */
  readonly difference?: Maybe<Money>;
  /** Sum of the entries in between. Null while it is not calculated. */
  readonly entriesSum?: Maybe<Money>;
  /** Number of these entries; of a statement, of all its booked entries. Null while they are not counted. */
  readonly entryCount?: Maybe<Scalars['Int']['output']>;
  /** Opening balance of a statement minus the closing balance of the one before. Null for the first one, and for a ledger. */
  readonly gap?: Maybe<Money>;
  /** Whether the ledger was read after the closing balance was stated. Otherwise the difference says nothing yet. */
  readonly isComparable: Scalars['Boolean']['output'];
  /** Balance before. Null for the first one of a chain whose beginning is not known. */
  readonly opening?: Maybe<Money>;
  /** The statement. Null for a ledger. */
  readonly statement?: Maybe<Statement>;
};

/** A page of links. */
export type BalanceLinkConnection = {
  readonly __typename?: 'BalanceLinkConnection';
  /** The links with their cursors, in the order of their days. */
  readonly edges: ReadonlyArray<BalanceLinkEdge>;
  /** The links alone. */
  readonly nodes: ReadonlyArray<BalanceLink>;
  /** Position of the page in the chain. */
  readonly pageInfo: PageInfo;
};

/** A link with its cursor. */
export type BalanceLinkEdge = {
  readonly __typename?: 'BalanceLinkEdge';
  /** Position in the chain. */
  readonly cursor: Scalars['String']['output'];
  /** The link. */
  readonly node: BalanceLink;
};

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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Whether the bank marks the transaction as the reversal of an earlier one. `direction` is not inverted by this. Null if only the deletion of the transaction was ever seen. */
  readonly isReversal?: Maybe<Scalars['Boolean']['output']>;
  /** Decisions of people about this transaction, newest first, those that were undone too. */
  readonly matchDecisions: MatchDecisionConnection;
  /** The processor's payout that arrived as this transaction, the first one if there are several. Null if none is known: see PayoutMatch and `reconciliation`. */
  readonly payout?: Maybe<PayoutMatch>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status in the bank's own term, as last reported. It is empty if the bank gives no status, which counts as booked. Null if only the deletion of the transaction was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Whether the payouts that arrived as this transaction are known, and how. Null if it neither belongs to a payout, nor refers to one, nor contains a name of a declared route, if it is older than all known payouts, and for some seconds after it became known. */
  readonly reconciliation?: Maybe<Reconciliation>;
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


/** One entry of an account at a bank. It is one object however many messages contain it: it may first be notified, then reported, and then be part of a statement. */
export type BankTransactionHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One entry of an account at a bank. It is one object however many messages contain it: it may first be notified, then reported, and then be part of a statement. */
export type BankTransactionMatchDecisionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only transactions booked before this day, which must be after `bookedFrom`. */
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

/** Order of bank transactions. The id orders equal values. */
export type BankTransactionOrder =
  /** Smallest amount first. Amounts of several currencies are ordered by currency first, from A to Z. */
  | 'AMOUNT_ASC'
  /** Largest amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT_DESC'
  /** Earliest booking date first, in the opposite order of BOOKED_DESC. */
  | 'BOOKED_ASC'
  /** Latest booking date first. If there is no booking date, the value date is used; if there is neither, the time when the transaction was first seen. */
  | 'BOOKED_DESC';

/** Sums of bank transactions in one currency. */
export type BankTransactionSum = {
  readonly __typename?: 'BankTransactionSum';
  /** Number of bank transactions in this currency. */
  readonly count: Scalars['Int']['output'];
  /** Sum of the credits. */
  readonly credits: Money;
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Sum of the debits, as a positive amount. */
  readonly debits: Money;
  /** Credits minus debits. */
  readonly net: Money;
};

/** Totals of the bank transactions that match a filter. */
export type BankTransactionTotals = {
  readonly __typename?: 'BankTransactionTotals';
  /** Number of bank transactions. */
  readonly count: Scalars['Int']['output'];
  /** Sums by currency, from A to Z. */
  readonly sums: ReadonlyArray<BankTransactionSum>;
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

/** What brought a change: the objects of this service that it can be traced to, as far as they are still kept. */
export type ChangeCause = {
  readonly __typename?: 'ChangeCause';
  /** The delivery that contained the new state. Null if it came in another way. */
  readonly delivery?: Maybe<Delivery>;
  /** The connection over which the source sent the new state, in its present condition. Null unless `via` is STREAM or CDC, or if the source no longer has it. */
  readonly feed?: Maybe<SourceFeed>;
  /** The file that contained the new state, or that it follows from. Null if it came in another way, or if the file no longer exists. */
  readonly file?: Maybe<File>;
  /** Raw bytes that the new state was read from. Null if it follows from other objects, or if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** The run that read the new state, or found that the object no longer exists. Null if it came in another way, or if the run no longer exists. */
  readonly run?: Maybe<SyncRun>;
  /** Way in which the change was obtained. */
  readonly via: ObservedVia;
};

/** Kind of change of an object. */
export type ChangeKind =
  /** The object was seen for the first time, or again after its deletion. */
  | 'CREATED'
  /** The source deleted the object. */
  | 'DELETED'
  /** The content of the object changed. */
  | 'UPDATED';

/** Result of the last comparison of one stream of a source on one day: what is stored, and what the source has. */
export type ComparedDay = {
  readonly __typename?: 'ComparedDay';
  /** Number of objects that were found stored with other content than the source has. */
  readonly altered: Scalars['Int']['output'];
  /** Time of the comparison. */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** The day, in UTC, by the time when the source created the objects. Null for the objects without such a time. */
  readonly day?: Maybe<Scalars['Date']['output']>;
  /** Number of objects that were found stored although the source does not have them. */
  readonly invented: Scalars['Int']['output'];
  /** Number of objects that were found missing in the store. */
  readonly missing: Scalars['Int']['output'];
  /** What is stored. Null if the day cannot be compared. */
  readonly ours?: Maybe<DayContent>;
  /** Reason why the day cannot be compared, as a sentence. Null if it can. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Number of objects that were repaired. */
  readonly repaired: Scalars['Int']['output'];
  /** The run that made it. Null if it is no longer kept. */
  readonly run?: Maybe<SyncRun>;
  /** Result of the comparison. */
  readonly state: ComparedDayState;
  /** Name of the stream: `payments`. */
  readonly stream: Scalars['String']['output'];
  /** What the source listed. Null if the day cannot be compared. */
  readonly theirs?: Maybe<DayContent>;
  /** Number of objects that changed so often during the comparison, or were so unreadable, that nothing is concluded about them. */
  readonly unsettled: Scalars['Int']['output'];
};

/** A page of compared days. */
export type ComparedDayConnection = {
  readonly __typename?: 'ComparedDayConnection';
  /** The days with their cursors, the newest first, and the streams of a day by name. */
  readonly edges: ReadonlyArray<ComparedDayEdge>;
  /** The days alone. */
  readonly nodes: ReadonlyArray<ComparedDay>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type ComparedDayEdge = {
  readonly __typename?: 'ComparedDayEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ComparedDay;
};

/** Result of the comparison of a day. */
export type ComparedDayState =
  /** Differences are not repaired yet, or could not be. */
  | 'DIFFERENT'
  /** The store has what the source has. */
  | 'IN_STEP'
  /** The source gives no way to compare the stream. */
  | 'NOT_COMPARABLE'
  /** Differences were found and repaired, and the repaired objects were read once more. */
  | 'REPAIRED'
  /** The store had what the source had when the day was compared, which was before its end. */
  | 'STALE';

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
  /** When it is compared with what is stored, where that differs from the operator's settings RECONCILE_EVERY and RECONCILE_DAYS. Null means that it does not. */
  readonly reconcile?: InputMaybe<SourceComparisonsInput>;
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

/** An endpoint to make. */
export type CreateAlertEndpointInput = {
  /** Form of the messages. */
  readonly form?: AlertFormInput;
  /** Least urgent severity that is sent. */
  readonly minSeverity?: SeverityInput;
  /** Name by which people recognise it: 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** Names of the sources that it is about: 1 to 100. Null: every source. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Where messages are sent, by POST: an https or http URL at a public address, or in a network that the operator's setting ALERT_NETWORKS allows. It is stored encrypted and not returned. */
  readonly url: Scalars['String']['input'];
};

/** An endpoint that was made. */
export type CreateAlertEndpointPayload = {
  readonly __typename?: 'CreateAlertEndpointPayload';
  /** The endpoint. */
  readonly endpoint: AlertEndpoint;
  /** Secret of the signatures: `whsec_…`. It is returned here only: store it now. Null for a chat service, whose messages are not signed. */
  readonly secret?: Maybe<Scalars['String']['output']>;
};

/** An API key to make. */
export type CreateApiKeyInput = {
  /** Time from which the key is no longer accepted: in the future, and within 2 years. */
  readonly expiresAt: Scalars['DateTime']['input'];
  /** Name by which people recognise the key, such as that of the service: 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** What the key allows: at least one scope, and only scopes that the caller has. */
  readonly scopes: ReadonlyArray<ApiKeyScopeInput>;
};

/** An API key that was made. */
export type CreateApiKeyPayload = {
  readonly __typename?: 'CreateApiKeyPayload';
  /** The key. */
  readonly apiKey: ApiKey;
  /** Text of the key, which is sent as `Authorization: Bearer <secret>`. It is returned here only: store it now. */
  readonly secret: Scalars['String']['output'];
};

/** An evidence pack to make: of a period, or of a finding. */
export type CreateEvidencePackInput = {
  /** Id of a finding: the pack has the objects of its source from a day before it was opened until it was closed, or until now. It also has the objects that the finding is about, whatever their time. */
  readonly findingId?: InputMaybe<Scalars['ID']['input']>;
  /** Begin of the period, inclusive. It is required without a `findingId`. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Any text of up to 200 characters. As long as the pack is stored, a second call with the same key returns it, and is refused if it requests something else. Null makes every call make a new pack. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Sources whose objects the pack has, 1 to 100. Null means all. It cannot be combined with `findingId`. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** End of the period, exclusive, and not in the future. It is required without a `findingId`. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** An evidence pack that was requested. */
export type CreateEvidencePackPayload = {
  readonly __typename?: 'CreateEvidencePackPayload';
  /** The pack. */
  readonly pack: EvidencePack;
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

/** Content of one stream on one day, after repairs. Two contents are the same if all their fields are. */
export type DayContent = {
  readonly __typename?: 'DayContent';
  /** Number of objects. */
  readonly count: Scalars['BigInt']['output'];
  /** Hash of all values of all objects, whatever their order. Null without objects. */
  readonly hash?: Maybe<Scalars['String']['output']>;
  /** Sums by currency, from A to Z, of the objects that have an amount. Debits are negative. */
  readonly sums: ReadonlyArray<AmountSum>;
};

/** A route of payouts to declare. */
export type DeclarePayoutRouteInput = {
  /** What a payout that was converted is compared by; refused without `exchangeCurrency`. Null means LEDGER_ENTRY_RATE. */
  readonly exchangeBy?: InputMaybe<PayoutRouteExchangeInput>;
  /** Currency into which the bank converts the payouts. Null means that it does not. */
  readonly exchangeCurrency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Rounding of the converted amount. It is required for LEDGER_ENTRY_RATE, and refused otherwise. */
  readonly exchangeRounding?: InputMaybe<PayoutRouteRoundingInput>;
  /** Fee that the bank takes from each transfer, by rising steps of the amount; at most 20. Null means none. */
  readonly fee?: InputMaybe<ReadonlyArray<PayoutRouteFeeStepInput>>;
  /** The processor's account, by its id at the source. Null means all accounts. */
  readonly fromAccount?: InputMaybe<Scalars['String']['input']>;
  /** Currency of the payouts. Null means all currencies. */
  readonly fromCurrency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The source that the payouts come from. */
  readonly fromSourceId: Scalars['ID']['input'];
  /** Days other than Saturdays and Sundays on which the bank books nothing; at most 100. Null means none. */
  readonly holidays?: InputMaybe<ReadonlyArray<Scalars['Date']['input']>>;
  /** Its name: 1 to 64 characters of a-z, 0-9 and -, not - at the ends. A route of this name that was declared before is replaced. */
  readonly id: Scalars['ID']['input'];
  /** Names of which a transaction must contain one if it contains no reference: at most 20, of 3 to 100 characters. Null means that any transaction may match. */
  readonly names?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The bank account, by its id at the source. Null means all accounts. */
  readonly toAccount?: InputMaybe<Scalars['String']['input']>;
  /** The source that reports the bank account; another one than `fromSourceId`. */
  readonly toSourceId: Scalars['ID']['input'];
  /** Business days after the expected arrival within which a payout usually arrives, 0 to 30. Null means 5. */
  readonly usualDays?: InputMaybe<Scalars['Int']['input']>;
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
  /** The deliveries with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<DeliveryEdge>;
  /** The deliveries alone. */
  readonly nodes: ReadonlyArray<Delivery>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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

/** Order of deliveries. The id orders equal values. */
export type DeliveryOrder =
  /** The deliveries that were received earliest come first, in the opposite order of RECEIVED_DESC. */
  | 'RECEIVED_ASC'
  /** The deliveries that were received last come first. */
  | 'RECEIVED_DESC';

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

/** One reason why a source or a stream is not in step, or will not stay so. */
export type Diagnosis = {
  readonly __typename?: 'Diagnosis';
  /** Cause, one of five. */
  readonly cause: FailureCause;
  /** Rows from which it was concluded. */
  readonly evidence: ReadonlyArray<DiagnosisEvidence>;
  /** Time when it is expected to be over, at the present rate. Null if this cannot be computed, or something else must happen first. */
  readonly expectedRecoveryAt?: Maybe<Scalars['DateTime']['output']>;
  /** What to do about it. */
  readonly remedy: Remedy;
  /** Rule that concluded it, as a stable code: see the table of rules in the documentation. */
  readonly rule: Scalars['String']['output'];
  /** What is out of step, in one sentence. */
  readonly sentence: Scalars['String']['output'];
  /** How urgently a person must look at it: that of its finding if the rule is recorded as one, otherwise by the state. */
  readonly severity: Severity;
  /** Time since which it has been so. */
  readonly since: Scalars['DateTime']['output'];
  /** State that follows from this diagnosis alone. IN_STEP marks a warning: nothing is missing yet. */
  readonly state: HealthState;
  /** Name of the stream that it is about. Null if it is about the whole source. */
  readonly stream?: Maybe<Scalars['String']['output']>;
};

/** Reference to a row from which a diagnosis was concluded. */
export type DiagnosisEvidence = {
  readonly __typename?: 'DiagnosisEvidence';
  /** Global id of the row's object; for a stream, a limit or a process, its name. Null if it has neither. */
  readonly id?: Maybe<Scalars['String']['output']>;
  /** Kind of row. */
  readonly kind: DiagnosisEvidenceKind;
  /** The object of the row. Null if the row is no object with a global id, or the object no longer exists. */
  readonly node?: Maybe<Node>;
  /** What the row states, in one sentence. */
  readonly sentence: Scalars['String']['output'];
};

/** Kind of row from which a diagnosis was concluded. */
export type DiagnosisEvidenceKind =
  /** A rate limit: see BudgetState; `id` is its name. */
  | 'BUDGET'
  /** A delivery. */
  | 'DELIVERY'
  /** The change feed: see SourceFeed. */
  | 'FEED'
  /** A file. */
  | 'FILE'
  /** A finding. */
  | 'FINDING'
  /** A process of this service; `id` is its name. */
  | 'PROCESS'
  /** A quarantined record. */
  | 'QUARANTINED_RECORD'
  /** The queue of objects that must be fetched again. */
  | 'REFETCH'
  /** A run. */
  | 'RUN'
  /** The source itself: its status and its times. */
  | 'SOURCE'
  /** A stream of the source; `id` is its name. */
  | 'STREAM'
  /** The calls of the source's webhooks: see SourceWebhooks. */
  | 'WEBHOOKS';

/** How the store differed from the source in an object. */
export type DifferenceKind =
  /** Both had the object, with different content. */
  | 'ALTERED'
  /** The object was stored, and the source does not have it. */
  | 'INVENTED'
  /** The source has the object, and it was not stored, or stored as deleted. */
  | 'MISSING';

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
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last delivery, and leaves out those that were received after the first call. Null in the first call. */
  readonly after?: InputMaybe<Scalars['String']['input']>;
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
  /** Position of the last delivery, for `after` of the next call. Null if no more deliveries match. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more deliveries match the filter. Continue with `endCursor`. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** Selection of quarantined records to discard, and the reason. */
export type DiscardManyQuarantinedInput = {
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last record, and leaves out those that were first received after the first call. Null in the first call. */
  readonly after?: InputMaybe<Scalars['String']['input']>;
  /** The records to discard must meet every condition given; at least one condition is required. Only OPEN records are selected. */
  readonly filter: QuarantinedRecordFilter;
  /** Maximum number of records, 1 to 10000. Those that were first received earliest are selected. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
  /** Reason, 1 to 500 characters. It is returned as `QuarantinedRecord.discardReason`. */
  readonly reason: Scalars['String']['input'];
};

/** Result of discarding many quarantined records. */
export type DiscardManyQuarantinedPayload = {
  readonly __typename?: 'DiscardManyQuarantinedPayload';
  /** Number of records. */
  readonly count: Scalars['Int']['output'];
  /** Position of the last record, for `after` of the next call. Null if no more records match. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more records match the filter. Continue with `endCursor`. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** Result of discarding quarantined records. */
export type DiscardQuarantinedPayload = {
  readonly __typename?: 'DiscardQuarantinedPayload';
  /** The records, in the order of the requested ids. */
  readonly records: ReadonlyArray<QuarantinedRecord>;
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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
export type DisputeHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A payer's objection to a payment, raised through their bank. */
export type DisputeLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};

/** A page of disputes. */
export type DisputeConnection = {
  readonly __typename?: 'DisputeConnection';
  /** The disputes with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<DisputeEdge>;
  /** The disputes alone. */
  readonly nodes: ReadonlyArray<Dispute>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only disputes with an amount in this range. */
  readonly amount?: InputMaybe<AmountRange>;
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only disputes whose evidence is due at this time or later. */
  readonly dueFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only disputes whose evidence is due before this time. */
  readonly dueTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only disputes of this payment, given by its global id. */
  readonly payment?: InputMaybe<Scalars['ID']['input']>;
  /** Only disputes for one of these reasons, in the source's own terms: `fraudulent`; at most 100. */
  readonly reason?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<DisputeStatusInput>>;
};

/** Order of disputes. The id orders equal values. */
export type DisputeOrder =
  /** Smallest amount first. Amounts of several currencies are ordered by currency first, from A to Z. */
  | 'AMOUNT_ASC'
  /** Largest amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT_DESC'
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC'
  /** Earliest time until which evidence is accepted first; disputes without one come last. */
  | 'DUE_ASC'
  /** Latest time until which evidence is accepted first, in the opposite order of DUE_ASC: disputes without one come first. */
  | 'DUE_DESC';

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
  /** Every single value of the fact, in its order: one, unless it has several parts. At most 200 are returned. */
  readonly parts: ReadonlyArray<EvidencePart>;
  /** Value of the fact: plain text, or JSON if it has several parts, which `parts` has one by one. */
  readonly value: Scalars['String']['output'];
};

/** An archive that an auditor can check without Sluice: objects of a period, the bytes that they were read from, control totals, findings and the audit trail. */
export type EvidencePack = {
  readonly __typename?: 'EvidencePack';
  /** Time of the request. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Caller who has requested it. */
  readonly createdBy: Scalars['String']['output'];
  /** Code of the error that has ended it. Null without one. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** Time from which it may be deleted. Null until it is ready. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The finding that it is about. Null for a pack of a period. */
  readonly findingId?: Maybe<Scalars['ID']['output']>;
  /** Time when it was ready, had failed or was canceled. Null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Begin of the period, inclusive. */
  readonly from: Scalars['DateTime']['output'];
  /** Id of the pack. It is downloaded from `/evidence/` and this id. */
  readonly id: Scalars['ID']['output'];
  /** SHA-256 of the archive, in hexadecimal. Null until it is ready. */
  readonly sha256?: Maybe<Scalars['String']['output']>;
  /** Size in bytes. Null until it is ready. */
  readonly size?: Maybe<Scalars['BigInt']['output']>;
  /** Sources whose objects it has. Null means all. */
  readonly sourceIds?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** Whether it can be downloaded. */
  readonly status: EvidencePackStatus;
  /** End of the period, exclusive. */
  readonly to: Scalars['DateTime']['output'];
  /** Number of lines that were written so far. */
  readonly written: Scalars['BigInt']['output'];
};

/** A page of evidence packs. */
export type EvidencePackConnection = {
  readonly __typename?: 'EvidencePackConnection';
  /** The packs with their cursors, newest first. */
  readonly edges: ReadonlyArray<EvidencePackEdge>;
  /** The packs alone. */
  readonly nodes: ReadonlyArray<EvidencePack>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type EvidencePackEdge = {
  readonly __typename?: 'EvidencePackEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: EvidencePack;
};

/** An evidence pack is ready, has failed or was canceled. Only callers with the scope `admin` receive it. */
export type EvidencePackFinished = SyncEvent & {
  readonly __typename?: 'EvidencePackFinished';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The pack. It requires the scope `admin`. Null if it is no longer stored. */
  readonly pack?: Maybe<EvidencePack>;
  /** Id of the pack. */
  readonly packId: Scalars['ID']['output'];
  /** Status with which it has ended. */
  readonly packStatus: EvidencePackStatus;
  /** Always null. */
  readonly source?: Maybe<Source>;
};

/** Whether an evidence pack can be downloaded. */
export type EvidencePackStatus =
  /** It was canceled. */
  | 'CANCELED'
  /** It could not be written. */
  | 'FAILED'
  /** It waits, or is being written. */
  | 'QUEUED'
  /** It can be downloaded. */
  | 'READY';

/** One single value of a fact that a finding is based on. */
export type EvidencePart = {
  readonly __typename?: 'EvidencePart';
  /** The object that the value is the global id of. Null if it is no such id, or the object no longer exists. */
  readonly node?: Maybe<Node>;
  /** Place of the value within the fact: `0.amount`. Empty if the fact is this single value. */
  readonly path: Scalars['String']['output'];
  /** Unit of the value: a currency, ms, s, days, bytes, per hour or per second. Null if it has none. */
  readonly unit?: Maybe<Scalars['String']['output']>;
  /** The value as text: plain text, a number, true or false. An amount is without its currency, which is its unit. Empty for null. */
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

/** Change of one field. */
export type FieldChange = {
  readonly __typename?: 'FieldChange';
  /** Value after the change. Null if the field has no value. */
  readonly after?: Maybe<FieldValue>;
  /** Value before the change. Null if the field had no value. */
  readonly before?: Maybe<FieldValue>;
  /** Name of the field of the object's type: `status`, `amount`. A member of a nested object has its path: `error.code`, `extensions.stripe.livemode`. */
  readonly field: Scalars['String']['output'];
};

/** Value of a field at one time. Every value has a text, so that a reader can show fields that it does not know. */
export type FieldValue = {
  readonly __typename?: 'FieldValue';
  /** The object that the value refers to, in its current state. Null for a value that is no reference, before the object was synced, and for a type of object that does not implement Node. */
  readonly entity?: Maybe<Node>;
  /** The amount. Null for a value that is no amount. */
  readonly money?: Maybe<Money>;
  /** The value as text: `SUCCEEDED`, `USD 12.34`, `2026-11-22T17:24:24.000Z`. An amount has exactly the decimal places of its currency. Items of a list are separated by semicolons. A reference to another object is its global id. */
  readonly text: Scalars['String']['output'];
};

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
  /** The files with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<FileEdge>;
  /** The files alone. */
  readonly nodes: ReadonlyArray<File>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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

/** Order of files. The id orders equal values. */
export type FileOrder =
  /** The files that were received earliest come first, in the opposite order of RECEIVED_DESC. */
  | 'RECEIVED_ASC'
  /** The files that were received last come first. */
  | 'RECEIVED_DESC';

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
  /** How urgently a person must look at it, by its kind. */
  readonly severity: Severity;
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
  /** The findings with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<FindingEdge>;
  /** The findings alone. */
  readonly nodes: ReadonlyArray<Finding>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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

/** Order of findings. The id orders equal values. */
export type FindingOrder =
  /** The findings that were opened earliest come first, in the opposite order of OPENED_DESC. */
  | 'OPENED_ASC'
  /** The findings that were opened last come first. */
  | 'OPENED_DESC';

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

/** Number of sources with one state. */
export type HealthCount = {
  readonly __typename?: 'HealthCount';
  /** Number of connected sources. Those that were never evaluated count as UNKNOWN. */
  readonly count: Scalars['Int']['output'];
  /** The state. */
  readonly state: HealthState;
};

/** Whether what is stored of a source or a stream agrees with its upstream. */
export type HealthState =
  /** Changes arrive later than usual, and Sluice works them off by itself. */
  | 'CATCHING_UP'
  /** What is stored agrees with the upstream, as far as Sluice can know. */
  | 'IN_STEP'
  /** Changes are missing, and will be until the reason is remedied. */
  | 'OUT_OF_STEP'
  /** It cannot be known whether changes are missing, because nothing is read or what was read proves nothing. */
  | 'UNKNOWN';

/** Whether what is stored of a source agrees with its upstream, as input. */
export type HealthStateInput =
  /** Changes arrive later than usual, and Sluice works them off by itself. */
  | 'CATCHING_UP'
  /** What is stored agrees with the upstream, as far as Sluice can know. */
  | 'IN_STEP'
  /** Changes are missing, and will be until the reason is remedied. */
  | 'OUT_OF_STEP'
  /** It cannot be known whether changes are missing, because nothing is read or what was read proves nothing. */
  | 'UNKNOWN';

/** What is expected in one hour of each week. */
export type LearnedHour = {
  readonly __typename?: 'LearnedHour';
  /** Expected number of arrivals. Calls in the same minute are one arrival. */
  readonly expected: Scalars['Float']['output'];
  /** Hour of the day in UTC, from 0 to 23. */
  readonly hour: Scalars['Int']['output'];
  /** Day of the week in UTC, from 1 for Monday to 7 for Sunday. */
  readonly weekday: Scalars['Int']['output'];
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Normalized kind of the entry. Null if the source's kind is not known to this service: see `rawKind`. */
  readonly kind?: Maybe<LedgerEntryKind>;
  /** Change of the balance. Null if only the deletion of the entry was ever seen. */
  readonly net?: Maybe<Money>;
  /** The object that caused the entry. Null if the source names none, or before that object was synced. */
  readonly origin?: Maybe<LedgerOrigin>;
  /** The payout that paid the entry out. Null before it was paid out, and if the source does not disclose it: see Payout.proof. */
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


/** One entry of an account's ledger: gross = fee + net. */
export type LedgerEntryHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of ledger entries. */
export type LedgerEntryConnection = {
  readonly __typename?: 'LedgerEntryConnection';
  /** The ledger entries with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<LedgerEntryEdge>;
  /** The ledger entries alone. */
  readonly nodes: ReadonlyArray<LedgerEntry>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only entries whose money is available from this time or later. */
  readonly availableFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only entries whose money is available from a time before this one. */
  readonly availableTo?: InputMaybe<Scalars['DateTime']['input']>;
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
  /** Money of a loan was paid out or repaid. */
  | 'FINANCING'
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
  /** Money of a loan was paid out or repaid. */
  | 'FINANCING'
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

/** Order of ledger entries. The id orders equal values. */
export type LedgerEntryOrder =
  /** Smallest net amount first. Amounts of several currencies are ordered by currency first, from A to Z. */
  | 'AMOUNT_ASC'
  /** Largest net amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT_DESC'
  /** Earliest time from which the money is available first; entries without one come last. */
  | 'AVAILABLE_ASC'
  /** Latest time from which the money is available first, in the opposite order of AVAILABLE_ASC: entries without one come first. */
  | 'AVAILABLE_DESC'
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

/** Sums of ledger entries in one currency. */
export type LedgerEntrySum = {
  readonly __typename?: 'LedgerEntrySum';
  /** Number of ledger entries in this currency. */
  readonly count: Scalars['Int']['output'];
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Sum of the fees. */
  readonly fee: Money;
  /** Sum of the amounts before fees. */
  readonly gross: Money;
  /** Sum of the changes of the balance. */
  readonly net: Money;
};

/** Totals of the ledger entries that match a filter. */
export type LedgerEntryTotals = {
  readonly __typename?: 'LedgerEntryTotals';
  /** Number of ledger entries. */
  readonly count: Scalars['Int']['output'];
  /** Sums by currency, from A to Z. */
  readonly sums: ReadonlyArray<LedgerEntrySum>;
};

/** An object that can cause a ledger entry. */
export type LedgerOrigin = Dispute | PaymentAttempt | Payout | Refund;

/** Number of items of a list. */
export type ListCount = {
  readonly __typename?: 'ListCount';
  /** The number. Exact up to 20,000 items, 10,000 within another object, and 4,000 for a filter by text with many matches; of a longer list it is an estimate. */
  readonly count: Scalars['Int']['output'];
  /** Whether `count` is an estimate: of a list that is too long to be counted, or for whose filter too many objects would have to be checked. */
  readonly isEstimate: Scalars['Boolean']['output'];
};

/** Decision of a person about payouts and bank transactions. */
export type MatchDecision = {
  readonly __typename?: 'MatchDecision';
  /** The bank transactions. */
  readonly bankTransactions: ReadonlyArray<BankTransaction>;
  /** Time of the decision. */
  readonly decidedAt: Scalars['DateTime']['output'];
  /** The subject of the token of the person who decided. */
  readonly decidedBy: Scalars['String']['output'];
  /** Its id, for `undoMatchDecision`. */
  readonly id: Scalars['ID']['output'];
  /** What was decided. */
  readonly kind: MatchDecisionKind;
  /** The payouts. */
  readonly payouts: ReadonlyArray<Payout>;
  /** The reason that was given. */
  readonly reason: Scalars['String']['output'];
  /** Time when it was undone. Null if it applies. */
  readonly undoneAt?: Maybe<Scalars['DateTime']['output']>;
  /** The subject of the token of the person who has undone it. Null if it applies. */
  readonly undoneBy?: Maybe<Scalars['String']['output']>;
};

/** A page of decisions of people about a payout or a bank transaction. */
export type MatchDecisionConnection = {
  readonly __typename?: 'MatchDecisionConnection';
  /** The decisions with their cursors, newest first. */
  readonly edges: ReadonlyArray<MatchDecisionEdge>;
  /** The decisions alone. */
  readonly nodes: ReadonlyArray<MatchDecision>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type MatchDecisionEdge = {
  readonly __typename?: 'MatchDecisionEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: MatchDecision;
};

/** What a person has decided. */
export type MatchDecisionKind =
  /** The payouts arrived as the bank transactions. */
  | 'MATCH'
  /** The payouts did not arrive as the bank transactions. */
  | 'UNMATCH';

/** Metric of a source over time. */
export type MetricName =
  /** Calls to the upstream, each of which used a permit. Sources that share a credential are counted under the first one. */
  | 'CALLS'
  /** Milliseconds until the upstream answered a call. */
  | 'CALL_DURATION_MS'
  /** Calls to the upstream that failed. */
  | 'CALL_FAILURES'
  /** Milliseconds that the clock of the upstream was ahead of that of this service, by the `Date` of its responses, once a minute. */
  | 'CLOCK_AHEAD_MS'
  /** Milliseconds that the clock of the upstream was behind that of this service, by the `Date` of its responses, once a minute. */
  | 'CLOCK_BEHIND_MS'
  /** Webhook calls that were accepted, including duplicates. */
  | 'DELIVERIES'
  /** Webhook calls that were refused because of their signature. */
  | 'DELIVERIES_REFUSED'
  /** Milliseconds from the receipt of a webhook call until its delivery was applied for the first time. */
  | 'DELIVERY_AGE_MS'
  /** Events of the event log. */
  | 'EVENTS'
  /** Bytes at the upstream that the change feed had not received, once a minute. */
  | 'FEED_LAG_BYTES'
  /** Milliseconds that the change feed was behind, once a minute. */
  | 'FEED_LAG_MS'
  /** Milliseconds until a permit for a call was free. */
  | 'PERMIT_WAIT_MS';

/** Metric of a source over time, as input. */
export type MetricNameInput =
  /** Calls to the upstream, each of which used a permit. Sources that share a credential are counted under the first one. */
  | 'CALLS'
  /** Milliseconds until the upstream answered a call. */
  | 'CALL_DURATION_MS'
  /** Calls to the upstream that failed. */
  | 'CALL_FAILURES'
  /** Milliseconds that the clock of the upstream was ahead of that of this service, by the `Date` of its responses, once a minute. */
  | 'CLOCK_AHEAD_MS'
  /** Milliseconds that the clock of the upstream was behind that of this service, by the `Date` of its responses, once a minute. */
  | 'CLOCK_BEHIND_MS'
  /** Webhook calls that were accepted, including duplicates. */
  | 'DELIVERIES'
  /** Webhook calls that were refused because of their signature. */
  | 'DELIVERIES_REFUSED'
  /** Milliseconds from the receipt of a webhook call until its delivery was applied for the first time. */
  | 'DELIVERY_AGE_MS'
  /** Events of the event log. */
  | 'EVENTS'
  /** Bytes at the upstream that the change feed had not received, once a minute. */
  | 'FEED_LAG_BYTES'
  /** Milliseconds that the change feed was behind, once a minute. */
  | 'FEED_LAG_MS'
  /** Milliseconds until a permit for a call was free. */
  | 'PERMIT_WAIT_MS';

/** What was counted or measured in one period. */
export type MetricPoint = {
  readonly __typename?: 'MetricPoint';
  /** Beginning of the period. */
  readonly at: Scalars['DateTime']['output'];
  /** Number of events, calls or measured values. */
  readonly count: Scalars['BigInt']['output'];
  /** Greatest measured value. Null for a metric that only counts. */
  readonly max?: Maybe<Scalars['Float']['output']>;
  /** Mean of the measured values. Null for a metric that only counts. */
  readonly mean?: Maybe<Scalars['Float']['output']>;
  /** Median of the measured values, at most half as much above the true one. Null for a metric that only counts. */
  readonly p50?: Maybe<Scalars['Float']['output']>;
  /** Value below which 95 % of the measured values are, to the same precision. Null for a metric that only counts. */
  readonly p95?: Maybe<Scalars['Float']['output']>;
  /** Value below which 99 % of the measured values are, to the same precision. Null for a metric that only counts. */
  readonly p99?: Maybe<Scalars['Float']['output']>;
};

/** One metric of a source over time. */
export type MetricSeries = {
  readonly __typename?: 'MetricSeries';
  /** Name of the metric. */
  readonly name: MetricName;
  /** The periods in which something was counted or measured, the oldest first. Periods without anything are left out. */
  readonly points: ReadonlyArray<MetricPoint>;
  /** Length of a period in seconds. */
  readonly step: Scalars['Int']['output'];
};

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

/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Cancels an evidence pack that is not ready. One that has ended is returned unchanged. Requires the scope `admin`. */
  readonly cancelEvidencePack: EvidencePack;
  /** Requests that a run ends at its next checkpoint. What the run has committed is kept. A run that has already ended is returned unchanged. */
  readonly cancelSync: SyncRun;
  /** Connects a source while the service runs: within seconds every replica reads it and accepts its webhooks. The upstream is called first, and nothing is stored if it refuses the credentials. Requires the scope `admin`. */
  readonly connectSource: ConnectSourcePayload;
  /** Makes an endpoint to which messages about findings and the health of sources are sent from now on; at most 20. Its secret is returned once. Requires the scope `admin`. */
  readonly createAlertEndpoint: CreateAlertEndpointPayload;
  /** Makes an API key of the caller's tenant. Its text is returned once. A caller with an API key cannot make others. Requires the scope `admin`. */
  readonly createApiKey: CreateApiKeyPayload;
  /** Requests an evidence pack, or returns the one that was requested with the same idempotency key. It is written in the background. Requires the scope `admin`. */
  readonly createEvidencePack: CreateEvidencePackPayload;
  /** Declares a route of payouts, or replaces one that was declared before. It applies on every replica at once, and everything is matched again in the background. A route that the settings file names is refused with CONFLICT. Requires the scope `admin`. */
  readonly declarePayoutRoute: PayoutRoute;
  /** Deletes an endpoint, and gives up what waits for it. Its history is kept. Returns it as it was. Requires the scope `admin`. */
  readonly deleteAlertEndpoint: AlertEndpoint;
  /** Discards many deliveries, oldest first, so that they are not applied. */
  readonly discardDeliveries: DiscardDeliveriesPayload;
  /** Discards a delivery that is PENDING or PARKED, so that it is not applied. It is kept, and a replay reverses this. A delivery that is APPLIED is refused with CONFLICT. */
  readonly discardDelivery: Delivery;
  /** Discards many quarantined records, those that were first received earliest first. */
  readonly discardManyQuarantined: DiscardManyQuarantinedPayload;
  /** Discards quarantined records, so that they no longer count as missing. Those that are not OPEN do not change. */
  readonly discardQuarantined: DiscardQuarantinedPayload;
  /** Disconnects a source: it is no longer read, its webhooks are no longer accepted, and its credentials are deleted at once. Requires the scope `admin`. */
  readonly disconnectSource: DisconnectSourcePayload;
  /** Decides that payouts arrived as bank transactions. The decision is kept whatever changes later, until it is undone; a difference between the amounts is accepted by it. Objects that another decision has matched are refused with CONFLICT. */
  readonly matchPayout: MatchDecision;
  /** Mutes messages until a time: what still applies then is sent then, and what is over is not sent at all; at most 100 at a time. Requires the scope `admin`. */
  readonly muteAlerts: AlertMute;
  /** Stops reading a source until it is resumed. Webhooks are still accepted. */
  readonly pauseSource: Source;
  /** Starts a run that compares stored objects with those of their source, day by day, and repairs what differs. It makes its calls behind all other reads of the source. `Source.completeness` has the results, `Source.differences` the objects. */
  readonly reconcile: StartSyncPayload;
  /** Removes a route of payouts that was declared by `declarePayoutRoute`, and returns it as it was. Requires the scope `admin`. */
  readonly removePayoutRoute: PayoutRoute;
  /** Applies many deliveries again, oldest first. */
  readonly replayDeliveries: ReplayDeliveriesPayload;
  /** Applies a delivery again, regardless of its status. Effects that it already had are not repeated. The request is refused if the body is no longer kept. */
  readonly replayDelivery: Delivery;
  /** Tries to apply many quarantined records again, those that were first received earliest first. Records of one delivery or file are tried again together, and only once by calls that follow each other. */
  readonly replayManyQuarantined: ReplayManyQuarantinedPayload;
  /** Tries to apply quarantined records again. Discarded ones are OPEN again. */
  readonly replayQuarantined: ReplayPayload;
  /** Sends a message again, under its id, regardless of its status. Requires the scope `admin`. */
  readonly resendAlert: Alert;
  /** Resumes a paused source. */
  readonly resumeSource: Source;
  /** Revokes an API key: within seconds no replica accepts it, and its open subscriptions end. A key that was revoked before is returned unchanged. Requires the scope `admin`. */
  readonly revokeApiKey: ApiKey;
  /** Makes another secret for an endpoint. For 24 hours messages are signed with the previous one too. Requires the scope `admin`. */
  readonly rotateAlertSecret: RotateAlertSecretPayload;
  /** Sends a message to an endpoint that reports nothing, whatever is muted. Its `status` says later whether it was accepted. Requires the scope `admin`. */
  readonly sendTestAlert: Alert;
  /** Starts a run, or returns the run that was started with the same idempotency key. */
  readonly startSync: StartSyncPayload;
  /** Undoes the decision of a person: its objects are matched by the facts again. A decision that was undone before is returned unchanged. */
  readonly undoMatchDecision: MatchDecision;
  /** Decides that a payout did not arrive as the bank transactions that it is matched with. They are never matched with each other again, until the decision is undone. */
  readonly unmatchPayout: MatchDecision;
  /** Ends a muting before its time. Returns it as it was. Requires the scope `admin`. */
  readonly unmuteAlerts: AlertMute;
  /** Changes an endpoint. Requires the scope `admin`. */
  readonly updateAlertEndpoint: AlertEndpoint;
  /** Changes settings of a connected source that are no credentials. If settings of the connector or networks change, the upstream is called first. Requires the scope `admin`. */
  readonly updateSource: UpdateSourcePayload;
  /** Replaces credentials of a connected source. The upstream is called first, and nothing changes if it refuses them. Requires the scope `admin`. */
  readonly updateSourceCredentials: UpdateSourceCredentialsPayload;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationCancelEvidencePackArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationCancelSyncArgs = {
  runId: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationConnectSourceArgs = {
  input: ConnectSourceInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationCreateAlertEndpointArgs = {
  input: CreateAlertEndpointInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationCreateEvidencePackArgs = {
  input: CreateEvidencePackInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDeclarePayoutRouteArgs = {
  input: DeclarePayoutRouteInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDeleteAlertEndpointArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDiscardDeliveriesArgs = {
  input: DiscardDeliveriesInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDiscardDeliveryArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDiscardManyQuarantinedArgs = {
  input: DiscardManyQuarantinedInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDiscardQuarantinedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
  reason: Scalars['String']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationDisconnectSourceArgs = {
  input: DisconnectSourceInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationMatchPayoutArgs = {
  bankTransactionIds: ReadonlyArray<Scalars['ID']['input']>;
  payoutIds: ReadonlyArray<Scalars['ID']['input']>;
  reason: Scalars['String']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationMuteAlertsArgs = {
  input: MuteAlertsInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationPauseSourceArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReconcileArgs = {
  input: ReconcileInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationRemovePayoutRouteArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayDeliveriesArgs = {
  input: ReplayDeliveriesInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayManyQuarantinedArgs = {
  input: ReplayManyQuarantinedInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationReplayQuarantinedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationResendAlertArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationResumeSourceArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationRevokeApiKeyArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationRotateAlertSecretArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationSendTestAlertArgs = {
  endpointId: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationStartSyncArgs = {
  input: StartSyncInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUndoMatchDecisionArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUnmatchPayoutArgs = {
  payoutId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUnmuteAlertsArgs = {
  id: Scalars['ID']['input'];
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUpdateAlertEndpointArgs = {
  input: UpdateAlertEndpointInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUpdateSourceArgs = {
  input: UpdateSourceInput;
};


/** Operations that change something. Those that connect, change and disconnect sources, those of API keys and those of evidence packs require the scope `admin`, all others the scope `sync`. Both include `read`. */
export type MutationUpdateSourceCredentialsArgs = {
  input: UpdateSourceCredentialsInput;
};

/** Messages to mute. */
export type MuteAlertsInput = {
  /** Kind of findings, or SOURCE_HEALTH for changes of health. Null: every kind. */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Reason, 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** Name of a source. Null: every source. */
  readonly sourceId?: InputMaybe<Scalars['ID']['input']>;
  /** Time at which it ends: in the future, within a year. */
  readonly until: Scalars['DateTime']['input'];
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

/** One change of a synced object: the state before it was replaced by the state after it. */
export type ObjectChange = {
  readonly __typename?: 'ObjectChange';
  /** Time when the change was stored. */
  readonly at: Scalars['DateTime']['output'];
  /** What brought the change. */
  readonly cause: ChangeCause;
  /** Kind of change. */
  readonly change: ChangeKind;
  /** Fields that differ, in the order of their type. For a creation these are all fields with a value. */
  readonly fields: ReadonlyArray<FieldChange>;
  /** Number of the state that the change led to. 1 is the creation, and each change has the next number. An object that was stored before changes were recorded has no creation, and begins with 2. */
  readonly revision: Scalars['Int']['output'];
  /** Time when the source changed the object, according to the source. Null if the source does not say, and for the creation. */
  readonly sourceUpdatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of the changes of one object. Changes are deleted after the number of days in the setting HISTORY_RETENTION_DAYS, the oldest first, so a list has no gaps. */
export type ObjectChangeConnection = {
  readonly __typename?: 'ObjectChangeConnection';
  /** Time since which every change is listed. Earlier ones are no longer kept, or happened before changes were recorded. For a complete list it is the time of the creation. */
  readonly completeSince: Scalars['DateTime']['output'];
  /** The changes with their cursors, newest first. */
  readonly edges: ReadonlyArray<ObjectChangeEdge>;
  /** Whether the list begins with the creation of the object, so that nothing is missing. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** The changes alone. */
  readonly nodes: ReadonlyArray<ObjectChange>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type ObjectChangeEdge = {
  readonly __typename?: 'ObjectChangeEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ObjectChange;
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
  /** The source sent it over an open connection. */
  | 'STREAM'
  /** The source pushed it to us. */
  | 'WEBHOOK';

/** State of everything at one look, as of the last evaluation of each source, which is some seconds old. */
export type Overview = {
  readonly __typename?: 'Overview';
  /** Time at which it was read. */
  readonly at: Scalars['DateTime']['output'];
  /** Open findings, the oldest first. */
  readonly findings: ReadonlyArray<Finding>;
  /** Number of sources by state, every state once. */
  readonly sources: ReadonlyArray<HealthCount>;
  /** What was processed in the last complete hour up to the present minute. */
  readonly throughput: Throughput;
  /** Sources that are not in step, those out of step first, and the longest ones first within each state. */
  readonly worst: ReadonlyArray<Source>;
};


/** State of everything at one look, as of the last evaluation of each source, which is some seconds old. */
export type OverviewFindingsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** State of everything at one look, as of the last evaluation of each source, which is some seconds old. */
export type OverviewWorstArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Position of a page in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the page's last item. Pass it as `after` to get the next page. Null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there are more items after this page. With `before`, the items from its cursor on are after it. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are more items before this page. With `after`, the items up to its cursor are before it. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first item. Pass it as `before`, with `last`, to get the previous page. Null for an empty page. */
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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
export type PartyHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person or an organisation that a source knows: a customer, an owner, a counterparty. */
export type PartyPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};

/** A page of parties. */
export type PartyConnection = {
  readonly __typename?: 'PartyConnection';
  /** The parties with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<PartyEdge>;
  /** The parties alone. */
  readonly nodes: ReadonlyArray<Party>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only parties with this e-mail address. The case of Latin letters does not matter. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only objects of this kind. */
  readonly kind?: InputMaybe<PartyKindInput>;
  /** Only parties whose name contains all of these words, or words that begin with them. Case and accents do not matter. At most 20 words, and 200 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
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

/** Order of parties. The id orders equal values. */
export type PartyOrder =
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DisputeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<DisputeOrder>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentFreshArgs = {
  maxAge: Scalars['Int']['input'];
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};


/** An intended movement of money, with every attempt to make it. */
export type PaymentRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RefundFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RefundOrder>;
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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


/** One attempt to move the money of a payment. */
export type PaymentAttemptHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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
  /** The payments with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<PaymentEdge>;
  /** The payments alone. */
  readonly nodes: ReadonlyArray<Payment>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only payments with an amount in this range. */
  readonly amount?: InputMaybe<AmountRange>;
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only payments to this party, given by its global id. */
  readonly creditor?: InputMaybe<Scalars['ID']['input']>;
  /** Only payments by this party, given by its global id: the customer that the source knows. */
  readonly debtor?: InputMaybe<Scalars['ID']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only payments in this direction. */
  readonly kind?: InputMaybe<PaymentKindInput>;
  /** Only payments with one of these methods, in the source's own terms: `card`, `sepa_debit`; at most 100. */
  readonly method?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<PaymentStatusInput>>;
  /** Only payments that contain all of these words, or words that begin with them, in the description, the source's id or the references. Case and accents do not matter. At most 20 words, and 200 characters. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
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

/** Order of payments. The id orders equal values. */
export type PaymentOrder =
  /** Smallest amount first. Amounts of several currencies are ordered by currency first, from A to Z. */
  | 'AMOUNT_ASC'
  /** Largest amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT_DESC'
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

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

/** Sums of payments in one currency. */
export type PaymentSum = {
  readonly __typename?: 'PaymentSum';
  /** Sum of the amounts to be paid, whatever the status of the payments: filter by status to add up paid ones alone. */
  readonly amount: Money;
  /** Sum of the captured amounts. */
  readonly captured: Money;
  /** Number of payments in this currency. */
  readonly count: Scalars['Int']['output'];
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
};

/** Totals of the payments that match a filter. */
export type PaymentTotals = {
  readonly __typename?: 'PaymentTotals';
  /** Number of payments. */
  readonly count: Scalars['Int']['output'];
  /** Sums by currency, from A to Z. */
  readonly sums: ReadonlyArray<PaymentSum>;
};

/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type Payout = Node & {
  readonly __typename?: 'Payout';
  /** The account that the money is sent from. Null before the account was synced. */
  readonly account?: Maybe<Account>;
  /** Amount of the payout; negative if the provider takes money from the account. Null if only the deletion of the payout was ever seen. */
  readonly amount?: Maybe<Money>;
  /** Expected date of arrival. Null if the source does not say. */
  readonly arrivalDate?: Maybe<Scalars['Date']['output']>;
  /** The bank transaction as which the payout arrived, the first one if there are several; for a negative payout, the debit. Null if none is known, and for a payout that is FAILED or CANCELED: see PayoutMatch and `reconciliation`. */
  readonly bankTransaction?: Maybe<PayoutMatch>;
  /**
   * How completely the ledger entries of the payout are known: a part of `proof`. Null if the source provides no information about them, and if only the deletion of the payout was ever seen.
   * @deprecated Use `proof`, which also groups the ledger entries and names what is left.
   */
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
  /** Global id; see Node. */
  readonly id: Scalars['ID']['output'];
  /** Ledger entries that the payout paid out, newest first, without those that the source has deleted. The payout's own entry, with the opposite sign, is not among them. Empty if the source does not list them: see `proof`. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** Decisions of people about this payout, newest first, those that were undone too. */
  readonly matchDecisions: MatchDecisionConnection;
  /** Ledger entries caused by the payout itself, newest first: the one by which it left the balance, and the one by which it was returned when it failed or was canceled. */
  readonly ownLedgerEntries: LedgerEntryConnection;
  /** Proof of the payout: what it is made of, to the cent. Null if the source provides no information about its ledger entries, and if only the deletion of the payout was ever seen. */
  readonly proof?: Maybe<PayoutProof>;
  /** Raw bytes that this state was read from. Null if none were kept. */
  readonly raw?: Maybe<RawRecord>;
  /** Status of the payout in the source's own term. Null if only its deletion was ever seen. */
  readonly rawStatus?: Maybe<Scalars['String']['output']>;
  /** Whether the payout arrived at a bank, and how that is known. Null if no bank reports transactions in its currency or of days as early as it, for a payout that is FAILED, CANCELED or deleted, or has no arrival date, and for some seconds after it became known. */
  readonly reconciliation?: Maybe<Reconciliation>;
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
export type PayoutHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type PayoutLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};


/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type PayoutMatchDecisionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Money that a provider sends from our balance to an account, or takes from the account if the balance is negative. */
export type PayoutOwnLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
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
  /** The payouts with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<PayoutEdge>;
  /** The payouts alone. */
  readonly nodes: ReadonlyArray<Payout>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only payouts of money from this account, given by its global id. */
  readonly account?: InputMaybe<Scalars['ID']['input']>;
  /** Only payouts with an amount in this range. */
  readonly amount?: InputMaybe<AmountRange>;
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
  /** Only payouts of which one of these states is proven; at most 100. The states are refreshed within a minute of a change. */
  readonly proof?: InputMaybe<ReadonlyArray<PayoutProofStateInput>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<PayoutStatusInput>>;
};

/** A processor's payout and the bank transaction as which it arrived. It is derived from `Payout.reconciliation`, which has all objects of a match and the reasons why others are not matched. The transaction is a credit of another source (a debit, if the payout is negative), in the currency of the payout or of its route. One that contains a reference to the payout may be booked from two days before the expected arrival to 90 days after it. One without a reference matches from two days before it to seven days after it, or as many as its route says, if no other transaction and no other payout is possible. A transaction and a payout belong to one match at most. */
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

/** The result of matching a payout, or a bank transaction, changed: its state, or what it is matched with. */
export type PayoutMatchChanged = SyncEvent & {
  readonly __typename?: 'PayoutMatchChanged';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The new state. Null if the object can no longer be matched. */
  readonly matchState?: Maybe<ReconciliationState>;
  /** Global id of the payout or the bank transaction. */
  readonly objectId: Scalars['ID']['output'];
  /** The previous state. Null if there was none. */
  readonly previousMatchState?: Maybe<ReconciliationState>;
  /** The present result. Null if there is none. */
  readonly reconciliation?: Maybe<Reconciliation>;
  /** The source that the object came from. */
  readonly source?: Maybe<Source>;
};

/** Reason for matching a payout to a bank transaction. */
export type PayoutMatchReason =
  /** The amount and the currency are equal. */
  | 'AMOUNT'
  /** The transaction was booked around the expected date. */
  | 'DATE'
  /** No reference confirms the match, but there is no other candidate. */
  | 'ONLY_ONE'
  /** A person has matched them. */
  | 'PERSON'
  /** The transaction contains a reference to the payout: its id at the source, or one of its references. */
  | 'REFERENCE'
  /** Several payouts, or several transactions, add up to the amount, and no other set of them does. */
  | 'SUM';

/** Order of payouts. The id orders equal values. */
export type PayoutOrder =
  /** Smallest amount first. Amounts of several currencies are ordered by currency first, from A to Z. */
  | 'AMOUNT_ASC'
  /** Largest amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT_DESC'
  /** Earliest arrival date first; payouts without one come last. */
  | 'ARRIVAL_ASC'
  /** Latest arrival date first, in the opposite order of ARRIVAL_ASC: payouts without one come first. */
  | 'ARRIVAL_DESC'
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

/**
 * Proof of a payout: what it is made of, to the cent. Always `amount` of the payout = sum of `lines` + sum of `residue`, in the payout's currency, unless `residue` has OTHER_CURRENCY.
 *
 * Where the source lists what a payout paid out, the list must add up to the payout. Where it does not, as for manual payouts of Stripe, the ledger decides: opening balance + entries since the payout before = payout + balance that is kept.
 */
export type PayoutProof = {
  readonly __typename?: 'PayoutProof';
  /** What the proof is based on. */
  readonly basis: PayoutProofBasis;
  /** Number of ledger entries behind the lines. */
  readonly entryCount: Scalars['Int']['output'];
  /** What the payout paid out, by kind. Fees are apart from the amounts that they were deducted from. */
  readonly lines: ReadonlyArray<PayoutProofLine>;
  /** Time when all ledger entries that the source lists were stored for the first time. Null before that, and if it lists none. */
  readonly listedSince?: Maybe<Scalars['DateTime']['output']>;
  /** What the lines do not explain, each part with its reason. Empty if the payout is the sum of its lines. */
  readonly residue: ReadonlyArray<PayoutResidue>;
  /** Amount that came back to the balance because the payout failed or was canceled. Null if none did. */
  readonly returned?: Maybe<Money>;
  /** What is proven. */
  readonly state: PayoutProofState;
  /** Sum of the lines. Null if one of them is in another currency than the payout. */
  readonly sum?: Maybe<Money>;
  /** Part of `residue` for which no reason is known; zero if there is none. Null while that cannot be decided: the state is PENDING or NOT_DISCLOSED. */
  readonly unexplained?: Maybe<Money>;
};

/** What the proof of a payout is based on. */
export type PayoutProofBasis =
  /** The ledger of the account since the payout before, as far as its money was available, and the balance that this one left. */
  | 'BALANCE_SINCE_LAST_PAYOUT'
  /** The list of ledger entries that the source states for the payout. */
  | 'LISTED_ENTRIES';

/** Ledger entries of one kind that a payout paid out. */
export type PayoutProofLine = {
  readonly __typename?: 'PayoutProofLine';
  /** Their sum: before fees, or of the fees, then negative. */
  readonly amount: Money;
  /** Number of entries that contribute to the line. */
  readonly entryCount: Scalars['Int']['output'];
  /** Kind of the entries. */
  readonly kind: PayoutProofLineKind;
  /** The entries, newest first. An entry with a fee is also behind the line of fees. */
  readonly ledgerEntries: LedgerEntryConnection;
};


/** Ledger entries of one kind that a payout paid out. */
export type PayoutProofLineLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};

/** Kind of line in the proof of a payout. */
export type PayoutProofLineKind =
  /** Corrections by the provider. */
  | 'ADJUSTMENTS'
  /** Payments, before fees. */
  | 'CHARGES'
  /** Money withdrawn or returned because of disputes, without their fees. */
  | 'DISPUTES'
  /** Fees of disputes. */
  | 'DISPUTE_FEES'
  /** All other fees: those deducted from payments, those billed apart, and taxes on them. */
  | 'FEES'
  /** Money of a loan that the provider paid to us. */
  | 'LOANS_PAID_OUT'
  /** Repayments of a loan. */
  | 'LOAN_REPAYMENTS'
  /** Entries of kinds that are not known to this service. */
  | 'OTHER'
  /** Other payouts, and payouts that were returned. */
  | 'PAYOUTS'
  /** Refunds, and refunds that failed. */
  | 'REFUNDS'
  /** Reserved money that the provider released. */
  | 'RESERVES_RELEASED'
  /** Money that the provider began to reserve. */
  | 'RESERVES_WITHHELD'
  /** Money added by us. */
  | 'TOPUPS'
  /** Money moved between accounts. */
  | 'TRANSFERS';

/** What is proven about a payout. */
export type PayoutProofState =
  /** The payout is the sum of its lines and of named money of the same ledger: see `residue`. */
  | 'EXPLAINED'
  /** The source does not list the ledger entries, and it has no ledger that could decide. */
  | 'NOT_DISCLOSED'
  /** The source has not listed the ledger entries yet, or they have not been read or summed up yet. */
  | 'PENDING'
  /** The payout is the sum of its lines. */
  | 'PROVEN'
  /** A part of the payout has no known reason: see `unexplained`. A finding PAYOUT_LINES_DIFFER is open, or will be if that lasts. */
  | 'UNEXPLAINED';

/** What is proven about a payout, as input. */
export type PayoutProofStateInput =
  /** The payout is the sum of its lines and of named money of the same ledger. */
  | 'EXPLAINED'
  /** The source does not list the ledger entries, and it has no ledger that could decide. */
  | 'NOT_DISCLOSED'
  /** The source has not listed the ledger entries yet, or they have not been read or summed up yet. */
  | 'PENDING'
  /** The payout is the sum of its lines. */
  | 'PROVEN'
  /** A part of the payout has no known reason. */
  | 'UNEXPLAINED';

/** Part of a payout that is not in its lines. */
export type PayoutResidue = {
  readonly __typename?: 'PayoutResidue';
  /** Amount, as a part of the payout: positive if the payout has more than its lines. */
  readonly amount: Money;
  /** Reason. */
  readonly kind: PayoutResidueKind;
};

/** Reason for a part of a payout that is not in its lines. */
export type PayoutResidueKind =
  /** Balance that the payout before left; negative if the payout made up for a debt. */
  | 'CARRIED_BALANCE'
  /** Balance that this payout left, as a negative amount. */
  | 'KEPT_BALANCE'
  /** The provider took or paid money of a loan, and the list of the payout does not contain it. */
  | 'LOAN_REPAYMENT'
  /** The payout failed or was canceled, and its money has not come back yet. */
  | 'NOT_RETURNED'
  /** Lines in another currency than the payout, whose value in the payout's currency nobody states. */
  | 'OTHER_CURRENCY'
  /** An instant payout drew on money that was booked but not available yet. */
  | 'PENDING_FUNDS'
  /** The provider reserved or released money, and the list of the payout does not contain it. */
  | 'RESERVE'
  /** No reason is known. */
  | 'UNKNOWN';

/** Where payouts of a source arrive, and what is usual there: by which names, fee and exchange rule a payout is matched with bank transactions. */
export type PayoutRoute = {
  readonly __typename?: 'PayoutRoute';
  /** Time of its last change. Null for a route of the settings file. */
  readonly changedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time when it was declared. Null for a route of the settings file. */
  readonly declaredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The subject of the token of the caller who has declared or changed it last. Null for a route of the settings file. */
  readonly declaredBy?: Maybe<Scalars['String']['output']>;
  /** What a payout that was converted is compared by. Null without an exchange. */
  readonly exchangeBy?: Maybe<PayoutRouteExchange>;
  /** Currency into which the bank converts the payouts. Null if it does not. */
  readonly exchangeCurrency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** Rounding of the converted amount to the smallest unit of its currency. Null without a rate. */
  readonly exchangeRounding?: Maybe<PayoutRouteRounding>;
  /** Fee that the bank takes from each transfer, by steps of the amount. Empty without a fee. */
  readonly fee: ReadonlyArray<PayoutRouteFeeStep>;
  /** The processor's account, by its id at the source. Null for all accounts. */
  readonly fromAccount?: Maybe<Scalars['String']['output']>;
  /** Currency of the payouts. Null for all currencies. */
  readonly fromCurrency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** Id of the source that the payouts come from. */
  readonly fromSourceId: Scalars['ID']['output'];
  /** Days other than Saturdays and Sundays on which the bank books nothing. */
  readonly holidays: ReadonlyArray<Scalars['Date']['output']>;
  /** Its name, as in `Reconciliation.route`. */
  readonly id: Scalars['ID']['output'];
  /** Names of which a transaction must contain one if it contains no reference. Empty if any transaction may match. */
  readonly names: ReadonlyArray<Scalars['String']['output']>;
  /** Where it was declared. */
  readonly origin: PayoutRouteOrigin;
  /** The bank account, by its id at the source. Null for all accounts. */
  readonly toAccount?: Maybe<Scalars['String']['output']>;
  /** Id of the source that reports the bank account. */
  readonly toSourceId: Scalars['ID']['output'];
  /** Business days after the expected arrival within which a payout usually arrives. */
  readonly usualDays: Scalars['Int']['output'];
};

/** What a payout that the bank has converted is compared by. */
export type PayoutRouteExchange =
  /** The amount in the payout's currency that was instructed, as the bank states it beside the booked one (`InstdAmt` of ISO 20022). It must be exactly the payout, or what the declared fee, which is then in the payout's currency, leaves of it. */
  | 'INSTRUCTED_AMOUNT'
  /** The booked amount, with the payout converted by the exchange rate of its own ledger entry. */
  | 'LEDGER_ENTRY_RATE';

/** What a payout that the bank has converted is compared by, as input. */
export type PayoutRouteExchangeInput =
  /** The amount in the payout's currency that was instructed, as the bank states it. */
  | 'INSTRUCTED_AMOUNT'
  /** The booked amount, with the payout converted by the exchange rate of its own ledger entry. */
  | 'LEDGER_ENTRY_RATE';

/** Fee of transfers up to an amount. */
export type PayoutRouteFeeStep = {
  readonly __typename?: 'PayoutRouteFeeStep';
  /** The fee. */
  readonly amount: Scalars['Decimal']['output'];
  /** Greatest amount of a transfer with this fee. Null if it has no limit. */
  readonly upToAmount?: Maybe<Scalars['Decimal']['output']>;
};

/** Fee of transfers up to an amount, as input. */
export type PayoutRouteFeeStepInput = {
  /** The fee: not negative, with at most six fraction digits. */
  readonly amount: Scalars['Decimal']['input'];
  /** Greatest amount of a transfer with this fee. Null only in the last step, for transfers without a limit. */
  readonly upToAmount?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Where a route of payouts was declared. */
export type PayoutRouteOrigin =
  /** It was declared by `declarePayoutRoute`. */
  | 'DECLARED'
  /** In the settings file, which alone can change it. */
  | 'SETTINGS_FILE';

/** Rounding of a converted amount. */
export type PayoutRouteRounding =
  /** Parts of a unit are cut off. */
  | 'DOWN'
  /** Half a unit is rounded to the even neighbour. */
  | 'HALF_EVEN'
  /** Half a unit is rounded away from zero. */
  | 'HALF_UP';

/** Rounding of a converted amount, as input. */
export type PayoutRouteRoundingInput =
  /** Parts of a unit are cut off. */
  | 'DOWN'
  /** Half a unit is rounded to the even neighbour. */
  | 'HALF_EVEN'
  /** Half a unit is rounded away from zero. */
  | 'HALF_UP';

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
  /** A user decided that the record is not to be applied, however often it is received in the same way. A replay reverses this. */
  | 'DISCARDED'
  /** The object is out of sync until the record is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** Status of a quarantined record, as input. */
export type QuarantineStatusInput =
  /** A user decided that the record is not to be applied, however often it is received in the same way. A replay reverses this. */
  | 'DISCARDED'
  /** The object is out of sync until the record is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** An item from a source that could not be applied, with the evidence. A resolved one is deleted after the number of days in the setting QUARANTINE_RETENTION_DAYS, and a discarded one when it was not received for as long. */
export type QuarantinedRecord = Node & {
  readonly __typename?: 'QuarantinedRecord';
  /** Error code: UPSTREAM_MALFORMED. */
  readonly code: Scalars['String']['output'];
  /** Reason that the user gave. Null unless the status is DISCARDED. */
  readonly discardReason?: Maybe<Scalars['String']['output']>;
  /** Time when a user discarded the record. Null unless the status is DISCARDED. */
  readonly discardedAt?: Maybe<Scalars['DateTime']['output']>;
  /** User who discarded the record: the `sub` claim of the token. Null unless the status is DISCARDED. */
  readonly discardedBy?: Maybe<Scalars['String']['output']>;
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
  /** Time when the object was applied later. Null unless the record is RESOLVED. */
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
  /** The quarantined records with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<QuarantinedRecordEdge>;
  /** The quarantined records alone. */
  readonly nodes: ReadonlyArray<QuarantinedRecord>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only records with one of these paths of the error within the item: `amount`; at most 100. */
  readonly paths?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only records with this status. */
  readonly status?: InputMaybe<QuarantineStatusInput>;
};

/** Order of quarantined records. The id orders equal values. */
export type QuarantinedRecordOrder =
  /** The quarantined records that were first received earliest come first, in the opposite order of FIRST_DESC. */
  | 'FIRST_ASC'
  /** The quarantined records that were first received last come first. */
  | 'FIRST_DESC'
  /** The quarantined records that were last received earliest come first, in the opposite order of LAST_DESC. */
  | 'LAST_ASC'
  /** The quarantined records that were last received last come first. */
  | 'LAST_DESC';

/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type Query = {
  readonly __typename?: 'Query';
  /** One account by id. Null if there is none. */
  readonly account?: Maybe<Account>;
  /** One account by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly accountByExternalId?: Maybe<Account>;
  /** Accounts, newest first. */
  readonly accounts: AccountConnection;
  /** Payments, refunds, disputes, payouts and bank transactions in one list, newest first. The time of a bank transaction is its booking date; see `bankTransactions`. */
  readonly activity: ActivityConnection;
  /** One message by id. Null if there is none. */
  readonly alert?: Maybe<Alert>;
  /** One endpoint by id. Null if there is none. */
  readonly alertEndpoint?: Maybe<AlertEndpoint>;
  /** Endpoints to which messages are sent, newest first; at most 20. */
  readonly alertEndpoints: ReadonlyArray<AlertEndpoint>;
  /** Mutings that have not ended, those that end first come first; at most 100. */
  readonly alertMutes: ReadonlyArray<AlertMute>;
  /** Messages to all endpoints, newest first. */
  readonly alerts: AlertConnection;
  /** One API key by id. Null if there is none. Requires the scope `admin`. */
  readonly apiKey?: Maybe<ApiKey>;
  /** API keys of the caller's tenant, newest first, those that are no longer accepted too. Requires the scope `admin`. */
  readonly apiKeys: ApiKeyConnection;
  /** The audit trail of the caller's tenant, the newest rows first. Requires the scope `admin`. */
  readonly auditEntries: AuditEntryConnection;
  /** The last row of the audit trail that was signed. Null before the first signature, which follows the first row within ten minutes. Requires the scope `admin`. */
  readonly auditHead?: Maybe<AuditHead>;
  /** One bank transaction by id. Null if there is none. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** One bank transaction by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly bankTransactionByExternalId?: Maybe<BankTransaction>;
  /** Number and sums of the bank transactions that match a filter, exact and by currency. */
  readonly bankTransactionTotals: BankTransactionTotals;
  /** Bank transactions, latest booking date first. If there is no booking date, the value date is used; if there is neither, the time when the transaction was first seen. */
  readonly bankTransactions: BankTransactionConnection;
  /** Deliveries, newest first. */
  readonly deliveries: DeliveryConnection;
  /** One delivery by id. Null if there is none. */
  readonly delivery?: Maybe<Delivery>;
  /** One dispute by id. Null if there is none. */
  readonly dispute?: Maybe<Dispute>;
  /** One dispute by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly disputeByExternalId?: Maybe<Dispute>;
  /** Disputes, newest first. */
  readonly disputes: DisputeConnection;
  /** One evidence pack by id. Null if there is none. Requires the scope `admin`. */
  readonly evidencePack?: Maybe<EvidencePack>;
  /** Evidence packs of the caller's tenant, newest first. Requires the scope `admin`. */
  readonly evidencePacks: EvidencePackConnection;
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
  /** One ledger entry by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly ledgerEntryByExternalId?: Maybe<LedgerEntry>;
  /** Number and sums of the ledger entries that match a filter, exact and by currency. */
  readonly ledgerEntryTotals: LedgerEntryTotals;
  /** Metrics of a source over time, in the order of `names`. They are kept by the minute for two days and by the hour for 90, and are complete up to about a minute ago. */
  readonly metrics: ReadonlyArray<MetricSeries>;
  /** Any object by its global id. Null if there is none. */
  readonly node?: Maybe<Node>;
  /** Objects by their global ids, in the order of the ids. An item is null if there is no object with its id. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** State of all sources at one look: the first page of a dashboard. */
  readonly overview: Overview;
  /** Parties, newest first. */
  readonly parties: PartyConnection;
  /** One party by id. Null if there is none. */
  readonly party?: Maybe<Party>;
  /** One party by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly partyByExternalId?: Maybe<Party>;
  /** One payment by id. Null if there is none. */
  readonly payment?: Maybe<Payment>;
  /** One payment by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly paymentByExternalId?: Maybe<Payment>;
  /** Number and sums of the payments that match a filter, exact and by currency. */
  readonly paymentTotals: PaymentTotals;
  /** Payments, newest first. */
  readonly payments: PaymentConnection;
  /** One payout by id. Null if there is none. */
  readonly payout?: Maybe<Payout>;
  /** One payout by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly payoutByExternalId?: Maybe<Payout>;
  /** Routes of payouts in the order in which they are tried: those of the settings file, then those that were declared in the graph, the oldest first. */
  readonly payoutRoutes: ReadonlyArray<PayoutRoute>;
  /** Number and sums of the payouts that match a filter, exact and by currency. */
  readonly payoutTotals: AmountTotals;
  /** Payouts, newest first. */
  readonly payouts: PayoutConnection;
  /** One quarantined record by id. Null if there is none. */
  readonly quarantinedRecord?: Maybe<QuarantinedRecord>;
  /** Quarantined records, newest first. */
  readonly quarantinedRecords: QuarantinedRecordConnection;
  /** Payouts and bank transactions with the result of matching them, oldest first: the open ones are the list to work off. */
  readonly reconciliationItems: ReconciliationItemConnection;
  /** Number of payouts and bank transactions that match a filter, and the sums of their amounts. */
  readonly reconciliationTotals: AmountTotals;
  /** One refund by id. Null if there is none. */
  readonly refund?: Maybe<Refund>;
  /** One refund by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly refundByExternalId?: Maybe<Refund>;
  /** Number and sums of the refunds that match a filter, exact and by currency. */
  readonly refundTotals: AmountTotals;
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
  /** One statement by its source and the source's own id, also an id that the source has replaced. Null if there is none. */
  readonly statementByExternalId?: Maybe<Statement>;
  /** Statements, reports and notifications of banks, newest first. */
  readonly statements: StatementConnection;
  /** One run by id. Null if there is none. */
  readonly syncRun?: Maybe<SyncRun>;
  /** Runs, newest first. */
  readonly syncRuns: SyncRunConnection;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAccountArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAccountByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccountFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AccountOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryActivityArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ActivityFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAlertArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAlertEndpointArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAlertsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AlertFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryApiKeyArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryAuditEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryBankTransactionArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryBankTransactionByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryBankTransactionTotalsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  filter?: InputMaybe<BankTransactionFilter>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryBankTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BankTransactionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<BankTransactionOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<DeliveryOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryDisputeArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryDisputeByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryDisputesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DisputeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<DisputeOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryEvidencePackArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryEvidencePacksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryFileArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryFilesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FileFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<FileOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryFindingArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<FindingOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryLedgerEntryArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryLedgerEntryByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryLedgerEntryTotalsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryMetricsArgs = {
  from: Scalars['DateTime']['input'];
  names: ReadonlyArray<MetricNameInput>;
  sourceId: Scalars['ID']['input'];
  step?: InputMaybe<Scalars['Int']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryNodesArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  ids: ReadonlyArray<Scalars['ID']['input']>;
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPartiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PartyOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPartyArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPartyByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPaymentArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPaymentByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPaymentTotalsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  filter?: InputMaybe<PaymentFilter>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPayoutArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPayoutByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPayoutTotalsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  filter?: InputMaybe<PayoutFilter>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryPayoutsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PayoutFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PayoutOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryQuarantinedRecordArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryQuarantinedRecordsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<QuarantinedRecordFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<QuarantinedRecordOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryReconciliationItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReconciliationItemFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ReconciliationItemOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryReconciliationTotalsArgs = {
  filter?: InputMaybe<ReconciliationItemFilter>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryRefundArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryRefundByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryRefundTotalsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  filter?: InputMaybe<RefundFilter>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RefundFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RefundOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QuerySourceArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QuerySourceErasureArgs = {
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QuerySourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SourceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SourceOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryStatementArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  maxAge?: InputMaybe<Scalars['Int']['input']>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryStatementByExternalIdArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  externalId: Scalars['ID']['input'];
  sourceId: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QueryStatementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<StatementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<StatementOrder>;
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QuerySyncRunArgs = {
  id: Scalars['ID']['input'];
};


/** Queries for stored objects. They require the scope `read`, which every other scope includes. The argument `asOf` reads synced objects in the state that was stored at a moment of the past, with everything below the field: an object that was first stored later does not exist, one that was deleted later still does. All fields of an operation that have the argument must state the same moment, which must be neither in the future nor earlier than changes are kept. */
export type QuerySyncRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SyncRunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SyncRunOrder>;
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

/** Selects what to compare with the source. */
export type ReconcileInput = {
  /** First day, inclusive, in UTC, by the time when the source created the objects. Objects without such a time are compared too if their stream is read as a whole. */
  readonly from: Scalars['Date']['input'];
  /** Any text of up to 200 characters. As long as the run is stored, a second call with the same key returns it, and is refused if it requests something else. Null makes every call start a new run. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The source's name. */
  readonly sourceId: Scalars['ID']['input'];
  /** Names of the streams; at most 100. Null selects all streams of the source. Those that cannot be compared say so. */
  readonly streams?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Day after the last one, exclusive; at most 366 days after the first one. What is created after the comparison has begun is left out. */
  readonly to: Scalars['Date']['input'];
};

/** Result of matching a payout with the bank transactions as which it arrived, or a bank transaction with its payouts. It is computed in the background, seconds after a change, from the present state of both and from the decisions of people. It does not depend on the order in which they became known. */
export type Reconciliation = {
  readonly __typename?: 'Reconciliation';
  /** Number of days since `day`; negative if it is in the future. */
  readonly ageDays: Scalars['Int']['output'];
  /** Amount to be matched: positive, in the currency of the bank account, and converted if the route has an exchange rule with a rate. On a route by the instructed amount, it is that amount, in the currency of the payout. */
  readonly amount: Money;
  /** For a payout the expected date of arrival, for a bank transaction the day on which it was booked. */
  readonly day: Scalars['Date']['output'];
  /** The decision of a person that the match comes from. Null if there is none. */
  readonly decision?: Maybe<MatchDecision>;
  /** The objects that it is matched with: one bank transaction or several for a payout, one payout or several for a bank transaction. Under the state CONFLICT, those of the decision that the facts contradict. */
  readonly links: ReadonlyArray<ReconciliationLink>;
  /** Amount of which the other side is not known. Null if the state is MATCHED or EXPLAINED. */
  readonly moneyAtStake?: Maybe<Money>;
  /** Possible matches that are not certain enough, for a person to decide; at most ten. */
  readonly proposals: ReadonlyArray<ReconciliationProposal>;
  /** Reasons for the match. Empty if there is none. */
  readonly reasons: ReadonlyArray<PayoutMatchReason>;
  /** Difference between what was paid out and what arrived. Null unless the state is EXPLAINED. */
  readonly residue?: Maybe<ReconciliationResidue>;
  /** Name of the declared route. Null for the default one. */
  readonly route?: Maybe<Scalars['String']['output']>;
  /** Time since which the state is the same. */
  readonly since: Scalars['DateTime']['output'];
  /** Whether the money arrived. */
  readonly state: ReconciliationState;
  /** Last of the days within which the other side is usually known: see the routes in the settings. */
  readonly usualUntil: Scalars['Date']['output'];
};

/** A bank transaction that was instructed in one currency and booked in another one, as the bank states it. */
export type ReconciliationExchange = {
  readonly __typename?: 'ReconciliationExchange';
  /** The bank transaction. Null only while it is being removed. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** Amount that was booked. */
  readonly booked: Money;
  /** Amount that was instructed, by which it is compared. */
  readonly instructed: Money;
  /** Exchange rate as the bank has written it: `1.0873`. Null if it states none. Nothing is calculated with it. */
  readonly rate?: Maybe<Scalars['String']['output']>;
  /** Currency of which one unit is converted at the rate. Null if the bank does not say. */
  readonly unitCurrency?: Maybe<Scalars['CurrencyCode']['output']>;
};

/** A payout or a bank transaction with the result of its matching. */
export type ReconciliationItem = {
  readonly __typename?: 'ReconciliationItem';
  /** The bank transaction. Null if the item is a payout. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** Global id of the payout or the bank transaction. */
  readonly id: Scalars['ID']['output'];
  /** The payout. Null if the item is a bank transaction. */
  readonly payout?: Maybe<Payout>;
  /** The result. */
  readonly reconciliation: Reconciliation;
  /** The source that the object came from. */
  readonly source: Source;
};

/** A page of results of matching. */
export type ReconciliationItemConnection = {
  readonly __typename?: 'ReconciliationItemConnection';
  /** The items with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<ReconciliationItemEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ReconciliationItem>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
};

/** A list item with its cursor. */
export type ReconciliationItemEdge = {
  readonly __typename?: 'ReconciliationItemEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ReconciliationItem;
};

/** Filter for results of matching. An item must meet every condition given. */
export type ReconciliationItemFilter = {
  /** Only amounts in this currency. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Only payouts, or only bank transactions. */
  readonly kind?: InputMaybe<ReconciliationItemKind>;
  /** Only items that are at most this number of days old. */
  readonly maxAgeDays?: InputMaybe<Scalars['Int']['input']>;
  /** Only items that are at least this number of days old: see `Reconciliation.ageDays`. */
  readonly minAgeDays?: InputMaybe<Scalars['Int']['input']>;
  /** Only payouts and bank transactions of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only items with one of these states; at most 100. */
  readonly state?: InputMaybe<ReadonlyArray<ReconciliationStateInput>>;
};

/** Kind of object whose matching is listed. */
export type ReconciliationItemKind =
  /** Bank transactions. */
  | 'BANK_TRANSACTION'
  /** Payouts. */
  | 'PAYOUT';

/** Order of results of matching. The id orders equal values. */
export type ReconciliationItemOrder =
  /** Oldest first. */
  | 'AGE'
  /** Largest amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT';

/** A payout and a bank transaction that belong together. */
export type ReconciliationLink = {
  readonly __typename?: 'ReconciliationLink';
  /** Amount that is common to both: the whole of the smaller one. */
  readonly amount: Money;
  /** The bank transaction. Null only while it is being removed. */
  readonly bankTransaction?: Maybe<BankTransaction>;
  /** The payout. Null only while it is being removed. */
  readonly payout?: Maybe<Payout>;
};

/** A possible match. */
export type ReconciliationProposal = {
  readonly __typename?: 'ReconciliationProposal';
  /** Its bank transactions. */
  readonly bankTransactions: ReadonlyArray<BankTransaction>;
  /** What was paid out minus what arrived. */
  readonly difference: Money;
  /** Its payouts. */
  readonly payouts: ReadonlyArray<Payout>;
  /** Reason why it is not a match. */
  readonly reason: ReconciliationProposalReason;
};

/** Reason why a possible match is not a match. */
export type ReconciliationProposalReason =
  /** The transaction contains a reference to the payout, but has another amount. */
  | 'AMOUNT_DIFFERS'
  /** The set of objects has the amount, but one of them belongs to another possible set. */
  | 'OVERLAPPING_SETS'
  /** Several transactions, or several payouts, are possible. */
  | 'SEVERAL_CANDIDATES'
  /** Several sets of objects have the amount. */
  | 'SEVERAL_SETS'
  /** More than twelve objects may belong to it: no sets were tried. */
  | 'TOO_MANY_CANDIDATES';

/** A difference with its explanation. */
export type ReconciliationResidue = {
  readonly __typename?: 'ReconciliationResidue';
  /** What was paid out minus what arrived. */
  readonly amount: Money;
  /** What the bank has converted: one item for each bank transaction of the match that is compared by its instructed amount. */
  readonly exchanges: ReadonlyArray<ReconciliationExchange>;
  /** Explanation. */
  readonly kind: ReconciliationResidueKind;
};

/** Explanation of a difference between what was paid out and what arrived. */
export type ReconciliationResidueKind =
  /** A person has accepted the difference with the match. */
  | 'ACCEPTED'
  /** None: the amount was converted, and what the exchange rule of the route compares is equal. */
  | 'EXCHANGE'
  /** The declared fee of the route. */
  | 'FEE';

/** What is known of the other side of a payout or of a bank transaction. */
export type ReconciliationState =
  /** A person has matched it, and the facts have changed since so that the match cannot be right. */
  | 'CONFLICT'
  /** The other side is known, and the difference is exactly that of a declared rule, or one that a person has accepted: see `residue`. */
  | 'EXPLAINED'
  /** The other side is known, and the amounts are equal. */
  | 'MATCHED'
  /** The other side is not known, and the usual days are over. */
  | 'OPEN'
  /** The other side is not known, within the usual days. */
  | 'TIMING';

/** State, as input. */
export type ReconciliationStateInput =
  /** A person has matched it, and the facts have changed since so that the match cannot be right. */
  | 'CONFLICT'
  /** The other side is known, and the difference is exactly that of a declared rule, or one that a person has accepted. */
  | 'EXPLAINED'
  /** The other side is known, and the amounts are equal. */
  | 'MATCHED'
  /** The other side is not known, and the usual days are over. */
  | 'OPEN'
  /** The other side is not known, within the usual days. */
  | 'TIMING';

/** An object in which the store was proven to differ from the source. */
export type RecordDifference = {
  readonly __typename?: 'RecordDifference';
  /** The day on which the source created it, in UTC. Null without such a time. */
  readonly day?: Maybe<Scalars['Date']['output']>;
  /** The object as it is stored now. Null if it is not stored, and for a type of object that does not implement Node. */
  readonly entity?: Maybe<Node>;
  /** Global id of the object. */
  readonly entityId: Scalars['ID']['output'];
  /** Type of the object. */
  readonly entityType: EntityType;
  /** Id of the object at the source. */
  readonly externalId: Scalars['String']['output'];
  /** Time when the difference was proven. */
  readonly foundAt: Scalars['DateTime']['output'];
  /** How they differed. */
  readonly kind: DifferenceKind;
  /** Reason why it could not be repaired. Null if it was. */
  readonly problem?: Maybe<Scalars['String']['output']>;
  /** Time when it was repaired. Null if it could not be. */
  readonly repairedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The run that found it. Null if it is no longer kept. */
  readonly run?: Maybe<SyncRun>;
  /** Name of the stream that was compared. */
  readonly stream: Scalars['String']['output'];
  /** Time when the repaired object was read once more and was as the source has it. Null before that. */
  readonly verifiedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of differences. */
export type RecordDifferenceConnection = {
  readonly __typename?: 'RecordDifferenceConnection';
  /** The differences with their cursors, those first that were found last. */
  readonly edges: ReadonlyArray<RecordDifferenceEdge>;
  /** The differences alone. */
  readonly nodes: ReadonlyArray<RecordDifference>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
};

/** A list item with its cursor. */
export type RecordDifferenceEdge = {
  readonly __typename?: 'RecordDifferenceEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: RecordDifference;
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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
export type RefundHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Money returned to the payer of a payment. Processors also create a refund when an authorization ends without being
 * captured in full: such a refund has the status RELEASED, no money moved, and no sum of refunds includes it.
 */
export type RefundLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerEntryOrder>;
};

/** A page of refunds. */
export type RefundConnection = {
  readonly __typename?: 'RefundConnection';
  /** The refunds with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<RefundEdge>;
  /** The refunds alone. */
  readonly nodes: ReadonlyArray<Refund>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only refunds with an amount in this range. */
  readonly amount?: InputMaybe<AmountRange>;
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only objects created before this time. */
  readonly createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only the object with this id at its source. */
  readonly externalId?: InputMaybe<Scalars['ID']['input']>;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only refunds of this payment, given by its global id. */
  readonly payment?: InputMaybe<Scalars['ID']['input']>;
  /** Only refunds for one of these reasons, in the source's own terms: `requested_by_customer`; at most 100. */
  readonly reason?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: InputMaybe<ReadonlyArray<RefundStatusInput>>;
};

/** Order of refunds. The id orders equal values. */
export type RefundOrder =
  /** Smallest amount first. Amounts of several currencies are ordered by currency first, from A to Z. */
  | 'AMOUNT_ASC'
  /** Largest amount first. Amounts of several currencies are ordered by currency first, from Z to A. */
  | 'AMOUNT_DESC'
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

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

/** What to do about a diagnosis. */
export type Remedy = {
  readonly __typename?: 'Remedy';
  /** Recommended action, in one or two sentences. */
  readonly action: Scalars['String']['output'];
  /** Mutation that performs the action. Null if nothing is to be done, or only a person can do it elsewhere. */
  readonly mutation?: Maybe<RemedyMutation>;
};

/** A mutation of this graph that performs a remedy. */
export type RemedyMutation = {
  readonly __typename?: 'RemedyMutation';
  /** Its arguments as a JSON object: `{"id": "stripe-main"}`. Secrets, such as new credentials, are missing in it and must be added. */
  readonly arguments: Scalars['String']['output'];
  /** Name of the mutation: `resumeSource`. */
  readonly name: Scalars['String']['output'];
};

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
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last delivery, so that calls that follow each other in this way change no delivery twice, and leave out those that were received after the first one. Null in the first call. */
  readonly after?: InputMaybe<Scalars['String']['input']>;
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
  /** Position of the last delivery, for `after` of the next call. Null if no more deliveries match. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more deliveries match the filter. Continue with `endCursor`: the same call without it could select deliveries that were replayed and match again. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** Selection of quarantined records to try again. */
export type ReplayManyQuarantinedInput = {
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last record, so that calls that follow each other in this way try no record twice, and leave out those that were first received after the first one. Null in the first call. */
  readonly after?: InputMaybe<Scalars['String']['input']>;
  /** The records to try again must meet every condition given; at least one condition is required. Only OPEN records are selected. */
  readonly filter: QuarantinedRecordFilter;
  /** Maximum number of records, 1 to 100. Those that were first received earliest are selected. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of trying many quarantined records again. */
export type ReplayManyQuarantinedPayload = {
  readonly __typename?: 'ReplayManyQuarantinedPayload';
  /** Number of records that are tried again. A record is resolved when its object was applied. */
  readonly count: Scalars['Int']['output'];
  /** Position of the last record, for `after` of the next call. Null if no more records match. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more records match the filter. Continue with `endCursor`. */
  readonly hasMore: Scalars['Boolean']['output'];
  /** Number of records that cannot be tried again by themselves: their bytes are no longer kept, or their object cannot be fetched. Only a FULL sync of their stream reads them again. */
  readonly skipped: Scalars['Int']['output'];
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

/** A secret that was made. */
export type RotateAlertSecretPayload = {
  readonly __typename?: 'RotateAlertSecretPayload';
  /** The endpoint. */
  readonly endpoint: AlertEndpoint;
  /** The new secret: `whsec_…`. It is returned here only: store it now. For 24 hours each message has a signature of the previous one too. */
  readonly secret: Scalars['String']['output'];
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

/** How urgently a person must look at something. */
export type Severity =
  /** Data is missing, contradicts itself or will soon be lost, or nobody would learn of it. */
  | 'CRITICAL'
  /** Nothing is lost, and it can wait. */
  | 'INFO'
  /** It will become so, or somebody must decide something. */
  | 'WARNING';

/** How urgently a person must look at something, as an argument. */
export type SeverityInput =
  /** Data is missing, contradicts itself or will soon be lost, or nobody would learn of it. */
  | 'CRITICAL'
  /** Nothing is lost, and it can wait. */
  | 'INFO'
  /** It will become so, or somebody must decide something. */
  | 'WARNING';

/** One configured external system. */
export type Source = Node & {
  readonly __typename?: 'Source';
  /** Rate limits of the upstream and their present use, by name of the limit. Empty before the first call. */
  readonly budgets: ReadonlyArray<BudgetState>;
  /** Results of the comparisons of stored objects with the source, by day and stream. `reconcile` and the schedule make them. */
  readonly completeness: ComparedDayConnection;
  /** Time when the source was connected by `connectSource`. Null for a source of the settings file. */
  readonly connectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Kind of external system: `stripe`. Null for a source that is no longer configured. */
  readonly connector?: Maybe<Scalars['String']['output']>;
  /** Objects in which comparisons have found the store to differ from the source. They are kept as long as findings. */
  readonly differences: RecordDifferenceConnection;
  /** Time when the source was disconnected: its data is kept or being erased. Null while it is connected, and for a source of the settings file. */
  readonly disconnectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Progress of the erasure of its data. Null if its data is not being erased. */
  readonly erasure?: Maybe<SourceErasure>;
  /** The connection over which the upstream sends changes by itself. Null if the source has none: its connector has no change feed, or the source is disconnected or no longer configured. */
  readonly feed?: Maybe<SourceFeed>;
  /** Whether the source is in step with its upstream, since when, why not and what to do, as the facts are at present. Null for a source that is disconnected or no longer exists. */
  readonly health?: Maybe<SourceHealth>;
  /** The source's configured name, as in webhook URLs. */
  readonly id: Scalars['ID']['output'];
  /** Time when the stream that is furthest behind was last read to its end. Null until all streams have been read to their end once. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the source is defined. Null for a source that is no longer configured. */
  readonly origin?: Maybe<SourceOrigin>;
  /** Platform whose settings the source shares. Null for a source with settings of its own, and for one that is disconnected or no longer configured. */
  readonly platform?: Maybe<SourcePlatform>;
  /** When the source is compared with what is stored, by its own settings and those of the operator. Null if no stream of it can be compared, or it is disconnected or no longer configured. */
  readonly reconcile?: Maybe<SourceComparisons>;
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


/** One configured external system. */
export type SourceCompletenessArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['Date']['input']>;
  stream?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


/** One configured external system. */
export type SourceDifferencesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  runId?: InputMaybe<Scalars['ID']['input']>;
  stream?: InputMaybe<Scalars['String']['input']>;
};

/** Limits of an upstream that its operator knows better than the connector. */
export type SourceBudgetInput = {
  /** Maximum number of calls at a time. Null means the connector's own. */
  readonly maxConcurrent?: InputMaybe<Scalars['Int']['input']>;
  /** Calls per second of single limits. */
  readonly rates?: InputMaybe<ReadonlyArray<SourceRateInput>>;
};

/** When a source is compared with what is stored: `reconcile` of its settings, and RECONCILE_EVERY and RECONCILE_DAYS where these state nothing. */
export type SourceComparisons = {
  readonly __typename?: 'SourceComparisons';
  /** Number of days that each comparison begins with, with today. Older days follow, a few each time. */
  readonly days: Scalars['Int']['output'];
  /** Interval between two comparisons in seconds. Null if it is compared by the mutation `reconcile` only: its interval is `off`, or it is synced on demand only. */
  readonly everySeconds?: Maybe<Scalars['Int']['output']>;
};

/** When a source is compared with what is stored. */
export type SourceComparisonsInput = {
  /** Number of days that are compared each time, with today: 1 to 366. Null means the operator's setting. */
  readonly days?: InputMaybe<Scalars['Int']['input']>;
  /** Interval between two comparisons, 30 days at most: `12h`, `2d`; `off` for never. Null means the operator's setting. */
  readonly every?: InputMaybe<Scalars['String']['input']>;
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
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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

/** Connection over which an upstream sends the changes of some streams by itself: a stream of messages, or the log of a database. */
export type SourceFeed = {
  readonly __typename?: 'SourceFeed';
  /** Last failure. Null unless the state is FAILED. */
  readonly error?: Maybe<SourceFeedError>;
  /** Bytes at the upstream that wait to be received. Null if the upstream does not say. */
  readonly lagBytes?: Maybe<Scalars['BigInt']['output']>;
  /** Time in milliseconds between the upstream's newest change and the newest one received, or the time for which received changes are being stored, if that is longer and more than five seconds. Null if the upstream does not say. */
  readonly lagMs?: Maybe<Scalars['BigInt']['output']>;
  /** Time when the position to continue from was last stored, together with the changes before it. Null before the first time. */
  readonly positionAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time since which it has had this state. */
  readonly since: Scalars['DateTime']['output'];
  /** Whether changes arrive at present. */
  readonly state: SourceFeedState;
  /** Names of the streams whose changes it carries. */
  readonly streams: ReadonlyArray<Scalars['String']['output']>;
  /** What the feed waits for, as a sentence, such as an open transaction at the upstream. Null unless the state is WAITING. */
  readonly waitsFor?: Maybe<Scalars['String']['output']>;
};

/** Failure of a source's change feed. */
export type SourceFeedError = {
  readonly __typename?: 'SourceFeedError';
  /** Code of the failure, as in errors of the graph: `UPSTREAM_UNAVAILABLE`. */
  readonly code: Scalars['String']['output'];
  /** Description of the failure. */
  readonly message: Scalars['String']['output'];
};

/** State of a source's change feed. */
export type SourceFeedState =
  /** The connection is being opened, or no process follows the feed yet. */
  | 'CONNECTING'
  /** The connection failed. It is opened again automatically, at the stored position. */
  | 'FAILED'
  /** Changes are stored as they arrive. */
  | 'FOLLOWING'
  /** The source is paused: the feed continues at the stored position when the source is resumed. */
  | 'PAUSED'
  /** The connection is open, and the upstream sends nothing before something else has happened: see `waitsFor`. */
  | 'WAITING';

/** Filter for sources. A source must meet every condition given. */
export type SourceFilter = {
  /** Only sources of these kinds of external system, such as `stripe`; at most 100. */
  readonly connector?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only connected sources with one of these states of health, as it was evaluated last: some seconds ago, or minutes if nothing happens. Those that were never evaluated are UNKNOWN. */
  readonly health?: InputMaybe<ReadonlyArray<HealthStateInput>>;
  /** Only sources of these platforms, by their ids in the settings file; at most 100. */
  readonly platform?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only sources whose name contains this text. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
  /** Only sources with one of these statuses. Sources that are disconnected have none. */
  readonly status?: InputMaybe<ReadonlyArray<SourceStatusInput>>;
};

/** Whether a source or a stream is in step with its upstream, since when, and why not. */
export type SourceHealth = {
  readonly __typename?: 'SourceHealth';
  /** Cause of the most serious diagnosis; while the state is IN_STEP, that of a warning. Null if there is no diagnosis. */
  readonly cause?: Maybe<FailureCause>;
  /** Every reason for the state, the most serious one first. Several faults at once are several diagnoses. While the state is IN_STEP they are warnings, such as of credentials that will expire. */
  readonly diagnoses: ReadonlyArray<Diagnosis>;
  /** Time since which this has been the state, as far as it is known. */
  readonly since: Scalars['DateTime']['output'];
  /** State: that of the most serious diagnosis, and IN_STEP without one. */
  readonly state: HealthState;
};

/** The state about whether a source is in step with its upstream changed. Sources are evaluated every few seconds while something happens to them, and every few minutes otherwise. */
export type SourceHealthChanged = SyncEvent & {
  readonly __typename?: 'SourceHealthChanged';
  /** Time when the event was committed. */
  readonly at: Scalars['DateTime']['output'];
  /** Cause of the most serious diagnosis. Null if there is none. */
  readonly cause?: Maybe<FailureCause>;
  /** Position after this event. */
  readonly cursor: Scalars['EventCursor']['output'];
  /** The new state. */
  readonly health: HealthState;
  /** The previous state. */
  readonly previousHealth: HealthState;
  /** The source. */
  readonly source?: Maybe<Source>;
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
  | 'NEWEST'
  /** The sources that were connected or registered earliest come first, in the opposite order of NEWEST. */
  | 'OLDEST'
  /** The sources whose status changed last come first. Sources that are disconnected have none, and are ordered by their last one. */
  | 'STATUS_NEWEST';

/** Where a source is defined. */
export type SourceOrigin =
  /** It was connected by `connectSource` while the service was running. */
  | 'CONNECTED'
  /** In the settings file, which alone can change it. */
  | 'SETTINGS_FILE';

/** Account at a provider whose settings many sources share, such as a Plaid client or a Stripe Connect platform. */
export type SourcePlatform = {
  readonly __typename?: 'SourcePlatform';
  /** Kind of external system: `plaid`. All sources of the platform are of this kind. */
  readonly connector: Scalars['String']['output'];
  /** Id of the platform in the settings file, as in the URL of its webhooks. */
  readonly id: Scalars['ID']['output'];
};

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
  /** Arrivals that are expected in each hour of a week, from Monday on, as they were learned from the last 14 days; a silence is detected by them. Null while too little is known: before an hour has passed with 20 minutes that had calls. */
  readonly learnedHours?: Maybe<ReadonlyArray<LearnedHour>>;
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
  /** Range of creation times to cover. It is required with the modes RANGE and RECONCILE and refused with any other mode. */
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
  /** Changes of this object, newest first: what changed, when, and what brought it. */
  readonly history: ObjectChangeConnection;
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
export type StatementHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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
  /** The statements with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<StatementEdge>;
  /** The statements alone. */
  readonly nodes: ReadonlyArray<Statement>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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
  /** Only statements that cover a day before this one, which must be after `dayFrom`. */
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

/** Order of statements. The id orders equal values. */
export type StatementOrder =
  /** Oldest first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** Newest first: by creation at the source, or by the time when the object was first seen. */
  | 'CREATED_DESC';

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
  /** Whether the stream is in step with its upstream, by the diagnoses about it and those about the whole source. Null for a source that is disconnected. */
  readonly health?: Maybe<SourceHealth>;
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
  /** The source that the event is about. Null for EvidencePackFinished, StreamPosition and StreamReset. */
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
  /** An evidence pack is ready, has failed or was canceled. Only callers with the scope `admin` receive it. */
  | 'EvidencePackFinished'
  /** Something that was out of sync is in sync again. */
  | 'FindingClosed'
  /** Something was found to be out of sync. */
  | 'FindingOpened'
  /** The result of matching a payout with bank transactions changed. */
  | 'PayoutMatchChanged'
  /** A record could not be applied. */
  | 'RecordQuarantined'
  /** A run ended. */
  | 'RunFinished'
  /** A run made progress. */
  | 'RunProgressed'
  /** A run began. */
  | 'RunStarted'
  /** The state about a source changed. */
  | 'SourceHealthChanged'
  /** A source's status changed. */
  | 'SourceStatusChanged';

/** Extent of a run. */
export type SyncMode =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything if there was no earlier run. */
  | 'INCREMENTAL'
  /** Objects created in a range of time. */
  | 'RANGE'
  /** The stored objects created in a range of time are compared with the source's, and repaired where they differ. */
  | 'RECONCILE';

/** Extent of a run, as input. */
export type SyncModeInput =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything if there was no earlier run. */
  | 'INCREMENTAL'
  /** Objects created in a range of time. */
  | 'RANGE'
  /** The stored objects created in a range of time are compared with the source's, and repaired where they differ. See `reconcile`. */
  | 'RECONCILE';

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
  /** Range of creation times that the run covers. Null unless the mode is RANGE or RECONCILE. */
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
  /** The runs with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<SyncRunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<SyncRun>;
  /** Position of the page in the list. */
  readonly pageInfo: PageInfo;
  /** Number of items of the whole list, of all pages. It is counted only if it is selected. Null, with an error, if it could not be counted in time. */
  readonly totalCount?: Maybe<ListCount>;
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

/** Order of runs. The id orders equal values. */
export type SyncRunOrder =
  /** The runs that were created earliest come first, in the opposite order of CREATED_DESC. */
  | 'CREATED_ASC'
  /** The runs that were created last come first. */
  | 'CREATED_DESC';

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
  /** Number of attempts in a row that have failed since the stream last made progress. 0 again with the next batch of records. */
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
  /** A change feed has lost changes, so its streams are read in full. */
  | 'FEED_GAP'
  /** A change feed has begun, which carries no earlier change: its streams are read from where they were. */
  | 'FEED_START'
  /** A user requested the run. */
  | 'REQUEST'
  /** The source's schedule. */
  | 'SCHEDULE'
  /** A webhook announced that the streams have new data. */
  | 'WEBHOOK';

/** Counts of the last 60 minutes over all sources of the tenant. */
export type Throughput = {
  readonly __typename?: 'Throughput';
  /** Webhook calls that were accepted, including duplicates. */
  readonly deliveries: Scalars['BigInt']['output'];
  /** Events of the event log. At most 100,000 are counted. */
  readonly events: Scalars['BigInt']['output'];
  /** Webhook calls that were refused because of their signature. */
  readonly refused: Scalars['BigInt']['output'];
  /** Runs that ended. At most 10,000 are counted. */
  readonly runs: Scalars['BigInt']['output'];
};

/** Changes of an endpoint; a field that is left out changes nothing. */
export type UpdateAlertEndpointInput = {
  /** Id of the endpoint. */
  readonly id: Scalars['ID']['input'];
  /** False sends nothing more to it, and gives up what waits. True sends what happens from now on. */
  readonly isEnabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Least urgent severity that is sent. */
  readonly minSeverity?: InputMaybe<SeverityInput>;
  /** Time until which its messages wait, within a year. Null ends the muting. */
  readonly mutedUntil?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name by which people recognise it: 1 to 100 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Names of the sources that it is about: 1 to 100. Null: every source. */
  readonly sourceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Another URL, as for `createAlertEndpoint`. Messages are then sent again if they were not because of its answers. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

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
  /** When it is compared with what is stored, in place of all that is stored of it; null restores the operator's settings. */
  readonly reconcile?: InputMaybe<SourceComparisonsInput>;
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
  ActivityItem:
    | ( BankTransactionRow )
    | ( DisputeRow )
    | ( PaymentRow )
    | ( PayoutRow )
    | ( RefundRow )
  ;
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
  AccountConnection: ResolverTypeWrapper<Omit<AccountConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['AccountEdge']>, nodes: ReadonlyArray<ResolversTypes['Account']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  AccountEdge: ResolverTypeWrapper<Omit<AccountEdge, 'node'> & { node: ResolversTypes['Account'] }>;
  AccountFilter: AccountFilter;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AccountKind: AccountKind;
  AccountKindInput: AccountKindInput;
  AccountOrder: AccountOrder;
  AccountOwnership: AccountOwnership;
  AccountOwnershipInput: AccountOwnershipInput;
  ActivityConnection: ResolverTypeWrapper<Omit<ActivityConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['ActivityEdge']>, nodes: ReadonlyArray<ResolversTypes['ActivityItem']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  ActivityEdge: ResolverTypeWrapper<Omit<ActivityEdge, 'node'> & { node: ResolversTypes['ActivityItem'] }>;
  ActivityFilter: ActivityFilter;
  ActivityItem: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ActivityItem']>;
  ActivityKindInput: ActivityKindInput;
  Alert: ResolverTypeWrapper<AlertRow>;
  AlertAttempt: ResolverTypeWrapper<AlertAttempt>;
  AlertConnection: ResolverTypeWrapper<Omit<AlertConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['AlertEdge']>, nodes: ReadonlyArray<ResolversTypes['Alert']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  AlertEdge: ResolverTypeWrapper<Omit<AlertEdge, 'node'> & { node: ResolversTypes['Alert'] }>;
  AlertEndpoint: ResolverTypeWrapper<AlertEndpointRow>;
  AlertEndpointStatus: AlertEndpointStatus;
  AlertFilter: AlertFilter;
  AlertForm: AlertForm;
  AlertFormInput: AlertFormInput;
  AlertMute: ResolverTypeWrapper<AlertMuteRow>;
  AlertStatus: AlertStatus;
  AlertStatusInput: AlertStatusInput;
  AlertType: AlertType;
  AmountRange: AmountRange;
  AmountSum: ResolverTypeWrapper<Omit<AmountSum, 'amount'> & { amount: ResolversTypes['Money'] }>;
  AmountTotals: ResolverTypeWrapper<Omit<AmountTotals, 'sums'> & { sums: ReadonlyArray<ResolversTypes['AmountSum']> }>;
  ApiKey: ResolverTypeWrapper<ApiKeyRow>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<ApiKeyConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiKey']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  ApiKeyScope: ApiKeyScope;
  ApiKeyScopeInput: ApiKeyScopeInput;
  ApiKeyStatus: ApiKeyStatus;
  AttemptStatus: AttemptStatus;
  AuditEntry: ResolverTypeWrapper<AuditEntryModel>;
  AuditEntryConnection: ResolverTypeWrapper<Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AuditEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['AuditEntry']> }>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditFilter: AuditFilter;
  AuditHead: ResolverTypeWrapper<AuditHeadRow>;
  AuditOutcome: AuditOutcome;
  AuditOutcomeInput: AuditOutcomeInput;
  AuditPhase: AuditPhase;
  AuditPrincipal: ResolverTypeWrapper<AuditPrincipal>;
  AuditPrincipalKind: AuditPrincipalKind;
  AuditSubject: ResolverTypeWrapper<AuditSubject>;
  Balance: ResolverTypeWrapper<BalanceRow>;
  BalanceChain: ResolverTypeWrapper<BalanceChainModel>;
  BalanceChainBasis: BalanceChainBasis;
  BalanceChainFindingInput: BalanceChainFindingInput;
  BalanceChainState: BalanceChainState;
  BalanceDrift: ResolverTypeWrapper<Omit<BalanceDrift, 'candidates' | 'difference' | 'firstDifference'> & { candidates: ReadonlyArray<ResolversTypes['BalanceDriftCandidate']>, difference: ResolversTypes['Money'], firstDifference: ResolversTypes['Money'] }>;
  BalanceDriftCandidate: ResolverTypeWrapper<DriftCandidate>;
  BalanceDriftReason: BalanceDriftReason;
  BalanceKind: BalanceKind;
  BalanceLink: ResolverTypeWrapper<BalanceLinkModel>;
  BalanceLinkConnection: ResolverTypeWrapper<Omit<BalanceLinkConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BalanceLinkEdge']>, nodes: ReadonlyArray<ResolversTypes['BalanceLink']> }>;
  BalanceLinkEdge: ResolverTypeWrapper<Omit<BalanceLinkEdge, 'node'> & { node: ResolversTypes['BalanceLink'] }>;
  BalanceMovement: ResolverTypeWrapper<MovementComparison>;
  BankCharge: ResolverTypeWrapper<Charge>;
  BankChargeTax: ResolverTypeWrapper<Omit<BankChargeTax, 'money'> & { money?: Maybe<ResolversTypes['Money']> }>;
  BankTransaction: ResolverTypeWrapper<BankTransactionRow>;
  BankTransactionCode: ResolverTypeWrapper<BankTransactionCode>;
  BankTransactionConnection: ResolverTypeWrapper<Omit<BankTransactionConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['BankTransactionEdge']>, nodes: ReadonlyArray<ResolversTypes['BankTransaction']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  BankTransactionDetail: ResolverTypeWrapper<TransactionDetailRow>;
  BankTransactionDetailConnection: ResolverTypeWrapper<Omit<BankTransactionDetailConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BankTransactionDetailEdge']>, nodes: ReadonlyArray<ResolversTypes['BankTransactionDetail']> }>;
  BankTransactionDetailEdge: ResolverTypeWrapper<Omit<BankTransactionDetailEdge, 'node'> & { node: ResolversTypes['BankTransactionDetail'] }>;
  BankTransactionEdge: ResolverTypeWrapper<Omit<BankTransactionEdge, 'node'> & { node: ResolversTypes['BankTransaction'] }>;
  BankTransactionFilter: BankTransactionFilter;
  BankTransactionOrder: BankTransactionOrder;
  BankTransactionSum: ResolverTypeWrapper<Omit<BankTransactionSum, 'credits' | 'debits' | 'net'> & { credits: ResolversTypes['Money'], debits: ResolversTypes['Money'], net: ResolversTypes['Money'] }>;
  BankTransactionTotals: ResolverTypeWrapper<Omit<BankTransactionTotals, 'sums'> & { sums: ReadonlyArray<ResolversTypes['BankTransactionSum']> }>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  BookingStatus: BookingStatus;
  BookingStatusInput: BookingStatusInput;
  BudgetClosed: ResolverTypeWrapper<StreamItem>;
  BudgetClosedReason: BudgetClosedReason;
  BudgetState: ResolverTypeWrapper<BudgetStateRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ChangeCause: ResolverTypeWrapper<ObjectChangeModel>;
  ChangeKind: ChangeKind;
  ComparedDay: ResolverTypeWrapper<ComparedDayRow>;
  ComparedDayConnection: ResolverTypeWrapper<Omit<ComparedDayConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ComparedDayEdge']>, nodes: ReadonlyArray<ResolversTypes['ComparedDay']> }>;
  ComparedDayEdge: ResolverTypeWrapper<Omit<ComparedDayEdge, 'node'> & { node: ResolversTypes['ComparedDay'] }>;
  ComparedDayState: ComparedDayState;
  ConnectSourceInput: ConnectSourceInput;
  ConnectSourcePayload: ResolverTypeWrapper<Omit<ConnectSourcePayload, 'source'> & { source: ResolversTypes['Source'] }>;
  Counterparty: ResolverTypeWrapper<Counterparty>;
  CreateAlertEndpointInput: CreateAlertEndpointInput;
  CreateAlertEndpointPayload: ResolverTypeWrapper<Omit<CreateAlertEndpointPayload, 'endpoint'> & { endpoint: ResolversTypes['AlertEndpoint'] }>;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  CreateEvidencePackInput: CreateEvidencePackInput;
  CreateEvidencePackPayload: ResolverTypeWrapper<Omit<CreateEvidencePackPayload, 'pack'> & { pack: ResolversTypes['EvidencePack'] }>;
  CreditorReference: ResolverTypeWrapper<CreditorReference>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  CurrencyExchange: ResolverTypeWrapper<CurrencyExchange>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DayContent: ResolverTypeWrapper<Omit<DayContent, 'sums'> & { sums: ReadonlyArray<ResolversTypes['AmountSum']> }>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DeclarePayoutRouteInput: DeclarePayoutRouteInput;
  Delivery: ResolverTypeWrapper<DeliveryRow>;
  DeliveryAttempt: ResolverTypeWrapper<DeliveryAttemptRow>;
  DeliveryAttemptOutcome: DeliveryAttemptOutcome;
  DeliveryConflict: ResolverTypeWrapper<DeliveryConflictRow>;
  DeliveryConnection: ResolverTypeWrapper<Omit<DeliveryConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['DeliveryEdge']>, nodes: ReadonlyArray<ResolversTypes['Delivery']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  DeliveryEdge: ResolverTypeWrapper<Omit<DeliveryEdge, 'node'> & { node: ResolversTypes['Delivery'] }>;
  DeliveryEffect: ResolverTypeWrapper<DeliveryEffectRow>;
  DeliveryEffectKind: DeliveryEffectKind;
  DeliveryFilter: DeliveryFilter;
  DeliveryOrder: DeliveryOrder;
  DeliveryParked: ResolverTypeWrapper<StreamItem>;
  DeliveryReceived: ResolverTypeWrapper<StreamItem>;
  DeliveryStatus: DeliveryStatus;
  DeliveryStatusInput: DeliveryStatusInput;
  DeliveryVerification: ResolverTypeWrapper<VerificationRow>;
  DetailsMatch: DetailsMatch;
  Diagnosis: ResolverTypeWrapper<DiagnosisModel>;
  DiagnosisEvidence: ResolverTypeWrapper<EvidenceModel>;
  DiagnosisEvidenceKind: DiagnosisEvidenceKind;
  DifferenceKind: DifferenceKind;
  Direction: Direction;
  DirectionInput: DirectionInput;
  DiscardDeliveriesInput: DiscardDeliveriesInput;
  DiscardDeliveriesPayload: ResolverTypeWrapper<DiscardDeliveriesPayload>;
  DiscardManyQuarantinedInput: DiscardManyQuarantinedInput;
  DiscardManyQuarantinedPayload: ResolverTypeWrapper<DiscardManyQuarantinedPayload>;
  DiscardQuarantinedPayload: ResolverTypeWrapper<Omit<DiscardQuarantinedPayload, 'records'> & { records: ReadonlyArray<ResolversTypes['QuarantinedRecord']> }>;
  DisconnectSourceInput: DisconnectSourceInput;
  DisconnectSourcePayload: ResolverTypeWrapper<Omit<DisconnectSourcePayload, 'erasure' | 'source'> & { erasure?: Maybe<ResolversTypes['SourceErasure']>, source?: Maybe<ResolversTypes['Source']> }>;
  Dispute: ResolverTypeWrapper<DisputeRow>;
  DisputeConnection: ResolverTypeWrapper<Omit<DisputeConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['DisputeEdge']>, nodes: ReadonlyArray<ResolversTypes['Dispute']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  DisputeEdge: ResolverTypeWrapper<Omit<DisputeEdge, 'node'> & { node: ResolversTypes['Dispute'] }>;
  DisputeFilter: DisputeFilter;
  DisputeOrder: DisputeOrder;
  DisputeStage: DisputeStage;
  DisputeStatus: DisputeStatus;
  DisputeStatusInput: DisputeStatusInput;
  EntityChanged: ResolverTypeWrapper<StreamItem>;
  EntityType: ResolverTypeWrapper<EntityType>;
  EntityTypeInput: ResolverTypeWrapper<EntityTypeInput>;
  EventCursor: ResolverTypeWrapper<Scalars['EventCursor']['output']>;
  Evidence: ResolverTypeWrapper<FactModel>;
  EvidencePack: ResolverTypeWrapper<EvidencePackRow>;
  EvidencePackConnection: ResolverTypeWrapper<Omit<EvidencePackConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EvidencePackEdge']>, nodes: ReadonlyArray<ResolversTypes['EvidencePack']> }>;
  EvidencePackEdge: ResolverTypeWrapper<Omit<EvidencePackEdge, 'node'> & { node: ResolversTypes['EvidencePack'] }>;
  EvidencePackFinished: ResolverTypeWrapper<StreamItem>;
  EvidencePackStatus: EvidencePackStatus;
  EvidencePart: ResolverTypeWrapper<FactPartModel>;
  Extension: ResolverTypeWrapper<Extension>;
  FailureCause: FailureCause;
  FieldChange: ResolverTypeWrapper<FieldChangeModel>;
  FieldValue: ResolverTypeWrapper<FieldValueModel>;
  File: ResolverTypeWrapper<FileRow>;
  FileConnection: ResolverTypeWrapper<Omit<FileConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['FileEdge']>, nodes: ReadonlyArray<ResolversTypes['File']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  FileEdge: ResolverTypeWrapper<Omit<FileEdge, 'node'> & { node: ResolversTypes['File'] }>;
  FileFilter: FileFilter;
  FileOrder: FileOrder;
  FileOrigin: FileOrigin;
  FileStatus: FileStatus;
  FileStatusInput: FileStatusInput;
  Finding: ResolverTypeWrapper<FindingRow>;
  FindingClosed: ResolverTypeWrapper<StreamItem>;
  FindingConnection: ResolverTypeWrapper<Omit<FindingConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['FindingEdge']>, nodes: ReadonlyArray<ResolversTypes['Finding']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  FindingEdge: ResolverTypeWrapper<Omit<FindingEdge, 'node'> & { node: ResolversTypes['Finding'] }>;
  FindingFilter: FindingFilter;
  FindingOpened: ResolverTypeWrapper<StreamItem>;
  FindingOrder: FindingOrder;
  Freshness: ResolverTypeWrapper<FreshnessModel>;
  HealthCount: ResolverTypeWrapper<HealthCountRow>;
  HealthState: HealthState;
  HealthStateInput: HealthStateInput;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LearnedHour: ResolverTypeWrapper<LearnedHour>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryRow>;
  LedgerEntryConnection: ResolverTypeWrapper<Omit<LedgerEntryConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['LedgerEntry']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  LedgerEntryEdge: ResolverTypeWrapper<Omit<LedgerEntryEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LedgerEntryFilter: LedgerEntryFilter;
  LedgerEntryKind: LedgerEntryKind;
  LedgerEntryKindInput: LedgerEntryKindInput;
  LedgerEntryOrder: LedgerEntryOrder;
  LedgerEntrySum: ResolverTypeWrapper<Omit<LedgerEntrySum, 'fee' | 'gross' | 'net'> & { fee: ResolversTypes['Money'], gross: ResolversTypes['Money'], net: ResolversTypes['Money'] }>;
  LedgerEntryTotals: ResolverTypeWrapper<Omit<LedgerEntryTotals, 'sums'> & { sums: ReadonlyArray<ResolversTypes['LedgerEntrySum']> }>;
  LedgerOrigin: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['LedgerOrigin']>;
  ListCount: ResolverTypeWrapper<CountOnRequest>;
  MatchDecision: ResolverTypeWrapper<MatchDecisionRow>;
  MatchDecisionConnection: ResolverTypeWrapper<Omit<MatchDecisionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MatchDecisionEdge']>, nodes: ReadonlyArray<ResolversTypes['MatchDecision']> }>;
  MatchDecisionEdge: ResolverTypeWrapper<Omit<MatchDecisionEdge, 'node'> & { node: ResolversTypes['MatchDecision'] }>;
  MatchDecisionKind: MatchDecisionKind;
  MetricName: MetricName;
  MetricNameInput: MetricNameInput;
  MetricPoint: ResolverTypeWrapper<MetricPointRow>;
  MetricSeries: ResolverTypeWrapper<MetricSeriesRow>;
  Money: ResolverTypeWrapper<MoneyModel>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MuteAlertsInput: MuteAlertsInput;
  NamedAmount: ResolverTypeWrapper<Omit<NamedAmount, 'money'> & { money: ResolversTypes['Money'] }>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ObjectChange: ResolverTypeWrapper<ObjectChangeModel>;
  ObjectChangeConnection: ResolverTypeWrapper<HistoryModel>;
  ObjectChangeEdge: ResolverTypeWrapper<Omit<ObjectChangeEdge, 'node'> & { node: ResolversTypes['ObjectChange'] }>;
  ObservedVia: ObservedVia;
  Overview: ResolverTypeWrapper<OverviewModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Party: ResolverTypeWrapper<PartyRow>;
  PartyConnection: ResolverTypeWrapper<Omit<PartyConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['PartyEdge']>, nodes: ReadonlyArray<ResolversTypes['Party']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  PartyEdge: ResolverTypeWrapper<Omit<PartyEdge, 'node'> & { node: ResolversTypes['Party'] }>;
  PartyFilter: PartyFilter;
  PartyKind: PartyKind;
  PartyKindInput: PartyKindInput;
  PartyOrder: PartyOrder;
  PayerDetails: ResolverTypeWrapper<PayerDetails>;
  Payment: ResolverTypeWrapper<PaymentRow>;
  PaymentAttempt: ResolverTypeWrapper<PaymentAttemptRow>;
  PaymentBatch: ResolverTypeWrapper<Omit<PaymentBatch, 'total'> & { total?: Maybe<ResolversTypes['Money']> }>;
  PaymentConnection: ResolverTypeWrapper<Omit<PaymentConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['PaymentEdge']>, nodes: ReadonlyArray<ResolversTypes['Payment']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentError: ResolverTypeWrapper<PaymentError>;
  PaymentErrorCategory: PaymentErrorCategory;
  PaymentFilter: PaymentFilter;
  PaymentKind: PaymentKind;
  PaymentKindInput: PaymentKindInput;
  PaymentOrder: PaymentOrder;
  PaymentStatus: PaymentStatus;
  PaymentStatusInput: PaymentStatusInput;
  PaymentSum: ResolverTypeWrapper<Omit<PaymentSum, 'amount' | 'captured'> & { amount: ResolversTypes['Money'], captured: ResolversTypes['Money'] }>;
  PaymentTotals: ResolverTypeWrapper<Omit<PaymentTotals, 'sums'> & { sums: ReadonlyArray<ResolversTypes['PaymentSum']> }>;
  Payout: ResolverTypeWrapper<PayoutRow>;
  PayoutComposition: ResolverTypeWrapper<Omit<PayoutComposition, 'difference' | 'sum'> & { difference?: Maybe<ResolversTypes['Money']>, sum?: Maybe<ResolversTypes['Money']> }>;
  PayoutCompositionState: PayoutCompositionState;
  PayoutConnection: ResolverTypeWrapper<Omit<PayoutConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['PayoutEdge']>, nodes: ReadonlyArray<ResolversTypes['Payout']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  PayoutEdge: ResolverTypeWrapper<Omit<PayoutEdge, 'node'> & { node: ResolversTypes['Payout'] }>;
  PayoutFilter: PayoutFilter;
  PayoutMatch: ResolverTypeWrapper<PayoutMatchModel>;
  PayoutMatchChanged: ResolverTypeWrapper<StreamItem>;
  PayoutMatchReason: PayoutMatchReason;
  PayoutOrder: PayoutOrder;
  PayoutProof: ResolverTypeWrapper<Proof>;
  PayoutProofBasis: PayoutProofBasis;
  PayoutProofLine: ResolverTypeWrapper<ProofLine>;
  PayoutProofLineKind: PayoutProofLineKind;
  PayoutProofState: PayoutProofState;
  PayoutProofStateInput: PayoutProofStateInput;
  PayoutResidue: ResolverTypeWrapper<Residue>;
  PayoutResidueKind: PayoutResidueKind;
  PayoutRoute: ResolverTypeWrapper<PayoutRouteModel>;
  PayoutRouteExchange: PayoutRouteExchange;
  PayoutRouteExchangeInput: PayoutRouteExchangeInput;
  PayoutRouteFeeStep: ResolverTypeWrapper<PayoutRouteFeeStep>;
  PayoutRouteFeeStepInput: PayoutRouteFeeStepInput;
  PayoutRouteOrigin: PayoutRouteOrigin;
  PayoutRouteRounding: PayoutRouteRounding;
  PayoutRouteRoundingInput: PayoutRouteRoundingInput;
  PayoutStatus: PayoutStatus;
  PayoutStatusInput: PayoutStatusInput;
  PostalAddress: ResolverTypeWrapper<PostalAddress>;
  QuarantineStatus: QuarantineStatus;
  QuarantineStatusInput: QuarantineStatusInput;
  QuarantinedRecord: ResolverTypeWrapper<QuarantinedRecordRow>;
  QuarantinedRecordConnection: ResolverTypeWrapper<Omit<QuarantinedRecordConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['QuarantinedRecordEdge']>, nodes: ReadonlyArray<ResolversTypes['QuarantinedRecord']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  QuarantinedRecordEdge: ResolverTypeWrapper<Omit<QuarantinedRecordEdge, 'node'> & { node: ResolversTypes['QuarantinedRecord'] }>;
  QuarantinedRecordFilter: QuarantinedRecordFilter;
  QuarantinedRecordOrder: QuarantinedRecordOrder;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RawRecord: ResolverTypeWrapper<RawPointer>;
  ReconcileInput: ReconcileInput;
  Reconciliation: ResolverTypeWrapper<ReconciliationRow>;
  ReconciliationExchange: ResolverTypeWrapper<MatchExchangeModel>;
  ReconciliationItem: ResolverTypeWrapper<ReconciliationRow>;
  ReconciliationItemConnection: ResolverTypeWrapper<Omit<ReconciliationItemConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['ReconciliationItemEdge']>, nodes: ReadonlyArray<ResolversTypes['ReconciliationItem']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  ReconciliationItemEdge: ResolverTypeWrapper<Omit<ReconciliationItemEdge, 'node'> & { node: ResolversTypes['ReconciliationItem'] }>;
  ReconciliationItemFilter: ReconciliationItemFilter;
  ReconciliationItemKind: ReconciliationItemKind;
  ReconciliationItemOrder: ReconciliationItemOrder;
  ReconciliationLink: ResolverTypeWrapper<MatchLinkModel>;
  ReconciliationProposal: ResolverTypeWrapper<ProposalModel>;
  ReconciliationProposalReason: ReconciliationProposalReason;
  ReconciliationResidue: ResolverTypeWrapper<MatchResidueModel>;
  ReconciliationResidueKind: ReconciliationResidueKind;
  ReconciliationState: ReconciliationState;
  ReconciliationStateInput: ReconciliationStateInput;
  RecordDifference: ResolverTypeWrapper<RecordDifferenceRow>;
  RecordDifferenceConnection: ResolverTypeWrapper<Omit<RecordDifferenceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RecordDifferenceEdge']>, nodes: ReadonlyArray<ResolversTypes['RecordDifference']> }>;
  RecordDifferenceEdge: ResolverTypeWrapper<Omit<RecordDifferenceEdge, 'node'> & { node: ResolversTypes['RecordDifference'] }>;
  RecordQuarantined: ResolverTypeWrapper<StreamItem>;
  Reference: ResolverTypeWrapper<Reference>;
  Refund: ResolverTypeWrapper<RefundRow>;
  RefundConnection: ResolverTypeWrapper<Omit<RefundConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['RefundEdge']>, nodes: ReadonlyArray<ResolversTypes['Refund']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  RefundEdge: ResolverTypeWrapper<Omit<RefundEdge, 'node'> & { node: ResolversTypes['Refund'] }>;
  RefundFilter: RefundFilter;
  RefundOrder: RefundOrder;
  RefundStatus: RefundStatus;
  RefundStatusInput: RefundStatusInput;
  Remedy: ResolverTypeWrapper<Omit<Remedy, 'mutation'> & { mutation?: Maybe<ResolversTypes['RemedyMutation']> }>;
  RemedyMutation: ResolverTypeWrapper<RemedyMutationModel>;
  Remittance: ResolverTypeWrapper<Remittance>;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayDeliveriesPayload: ResolverTypeWrapper<ReplayDeliveriesPayload>;
  ReplayManyQuarantinedInput: ReplayManyQuarantinedInput;
  ReplayManyQuarantinedPayload: ResolverTypeWrapper<ReplayManyQuarantinedPayload>;
  ReplayPayload: ResolverTypeWrapper<Omit<ReplayPayload, 'records'> & { records: ReadonlyArray<ResolversTypes['QuarantinedRecord']> }>;
  ReturnReason: ResolverTypeWrapper<ReturnReason>;
  RotateAlertSecretPayload: ResolverTypeWrapper<Omit<RotateAlertSecretPayload, 'endpoint'> & { endpoint: ResolversTypes['AlertEndpoint'] }>;
  RunFinished: ResolverTypeWrapper<StreamItem>;
  RunProgressed: ResolverTypeWrapper<StreamItem>;
  RunStarted: ResolverTypeWrapper<StreamItem>;
  Severity: Severity;
  SeverityInput: SeverityInput;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceBudgetInput: SourceBudgetInput;
  SourceComparisons: ResolverTypeWrapper<SourceComparisons>;
  SourceComparisonsInput: SourceComparisonsInput;
  SourceConnection: ResolverTypeWrapper<Omit<SourceConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['SourceEdge']>, nodes: ReadonlyArray<ResolversTypes['Source']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  SourceData: SourceData;
  SourceEdge: ResolverTypeWrapper<Omit<SourceEdge, 'node'> & { node: ResolversTypes['Source'] }>;
  SourceErasure: ResolverTypeWrapper<SourceErasureRow>;
  SourceErasureStatus: SourceErasureStatus;
  SourceFeed: ResolverTypeWrapper<SourceFeedRow>;
  SourceFeedError: ResolverTypeWrapper<SourceFeedError>;
  SourceFeedState: SourceFeedState;
  SourceFilter: SourceFilter;
  SourceHealth: ResolverTypeWrapper<Health>;
  SourceHealthChanged: ResolverTypeWrapper<StreamItem>;
  SourceId: ResolverTypeWrapper<SourceIdRow>;
  SourceOrder: SourceOrder;
  SourceOrigin: SourceOrigin;
  SourcePlatform: ResolverTypeWrapper<SourcePlatform>;
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
  StatementConnection: ResolverTypeWrapper<Omit<StatementConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['StatementEdge']>, nodes: ReadonlyArray<ResolversTypes['Statement']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  StatementEdge: ResolverTypeWrapper<Omit<StatementEdge, 'node'> & { node: ResolversTypes['Statement'] }>;
  StatementFilter: StatementFilter;
  StatementKind: StatementKind;
  StatementKindInput: StatementKindInput;
  StatementLink: ResolverTypeWrapper<StatementLinkRow>;
  StatementLinkState: StatementLinkState;
  StatementOrder: StatementOrder;
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
  SyncRunConnection: ResolverTypeWrapper<Omit<SyncRunConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversTypes['SyncRun']>, totalCount?: Maybe<ResolversTypes['ListCount']> }>;
  SyncRunEdge: ResolverTypeWrapper<Omit<SyncRunEdge, 'node'> & { node: ResolversTypes['SyncRun'] }>;
  SyncRunFilter: SyncRunFilter;
  SyncRunOrder: SyncRunOrder;
  SyncRunStatus: SyncRunStatus;
  SyncRunStatusInput: SyncRunStatusInput;
  SyncRunStream: ResolverTypeWrapper<SyncRunStreamRow>;
  SyncTrigger: SyncTrigger;
  Throughput: ResolverTypeWrapper<ThroughputRow>;
  UpdateAlertEndpointInput: UpdateAlertEndpointInput;
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
  AccountConnection: Omit<AccountConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['AccountEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Account']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  AccountEdge: Omit<AccountEdge, 'node'> & { node: ResolversParentTypes['Account'] };
  AccountFilter: AccountFilter;
  Boolean: Scalars['Boolean']['output'];
  ActivityConnection: Omit<ActivityConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['ActivityEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ActivityItem']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  ActivityEdge: Omit<ActivityEdge, 'node'> & { node: ResolversParentTypes['ActivityItem'] };
  ActivityFilter: ActivityFilter;
  ActivityItem: ResolversUnionTypes<ResolversParentTypes>['ActivityItem'];
  Alert: AlertRow;
  AlertAttempt: AlertAttempt;
  AlertConnection: Omit<AlertConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['AlertEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Alert']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  AlertEdge: Omit<AlertEdge, 'node'> & { node: ResolversParentTypes['Alert'] };
  AlertEndpoint: AlertEndpointRow;
  AlertFilter: AlertFilter;
  AlertMute: AlertMuteRow;
  AmountRange: AmountRange;
  AmountSum: Omit<AmountSum, 'amount'> & { amount: ResolversParentTypes['Money'] };
  AmountTotals: Omit<AmountTotals, 'sums'> & { sums: ReadonlyArray<ResolversParentTypes['AmountSum']> };
  ApiKey: ApiKeyRow;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiKey']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  AuditEntry: AuditEntryModel;
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AuditEntry']> };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditFilter: AuditFilter;
  AuditHead: AuditHeadRow;
  AuditPrincipal: AuditPrincipal;
  AuditSubject: AuditSubject;
  Balance: BalanceRow;
  BalanceChain: BalanceChainModel;
  BalanceDrift: Omit<BalanceDrift, 'candidates' | 'difference' | 'firstDifference'> & { candidates: ReadonlyArray<ResolversParentTypes['BalanceDriftCandidate']>, difference: ResolversParentTypes['Money'], firstDifference: ResolversParentTypes['Money'] };
  BalanceDriftCandidate: DriftCandidate;
  BalanceLink: BalanceLinkModel;
  BalanceLinkConnection: Omit<BalanceLinkConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BalanceLinkEdge']>, nodes: ReadonlyArray<ResolversParentTypes['BalanceLink']> };
  BalanceLinkEdge: Omit<BalanceLinkEdge, 'node'> & { node: ResolversParentTypes['BalanceLink'] };
  BalanceMovement: MovementComparison;
  BankCharge: Charge;
  BankChargeTax: Omit<BankChargeTax, 'money'> & { money?: Maybe<ResolversParentTypes['Money']> };
  BankTransaction: BankTransactionRow;
  BankTransactionCode: BankTransactionCode;
  BankTransactionConnection: Omit<BankTransactionConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['BankTransactionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['BankTransaction']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  BankTransactionDetail: TransactionDetailRow;
  BankTransactionDetailConnection: Omit<BankTransactionDetailConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BankTransactionDetailEdge']>, nodes: ReadonlyArray<ResolversParentTypes['BankTransactionDetail']> };
  BankTransactionDetailEdge: Omit<BankTransactionDetailEdge, 'node'> & { node: ResolversParentTypes['BankTransactionDetail'] };
  BankTransactionEdge: Omit<BankTransactionEdge, 'node'> & { node: ResolversParentTypes['BankTransaction'] };
  BankTransactionFilter: BankTransactionFilter;
  BankTransactionSum: Omit<BankTransactionSum, 'credits' | 'debits' | 'net'> & { credits: ResolversParentTypes['Money'], debits: ResolversParentTypes['Money'], net: ResolversParentTypes['Money'] };
  BankTransactionTotals: Omit<BankTransactionTotals, 'sums'> & { sums: ReadonlyArray<ResolversParentTypes['BankTransactionSum']> };
  BigInt: Scalars['BigInt']['output'];
  BudgetClosed: StreamItem;
  BudgetState: BudgetStateRow;
  Float: Scalars['Float']['output'];
  ChangeCause: ObjectChangeModel;
  ComparedDay: ComparedDayRow;
  ComparedDayConnection: Omit<ComparedDayConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ComparedDayEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ComparedDay']> };
  ComparedDayEdge: Omit<ComparedDayEdge, 'node'> & { node: ResolversParentTypes['ComparedDay'] };
  ConnectSourceInput: ConnectSourceInput;
  ConnectSourcePayload: Omit<ConnectSourcePayload, 'source'> & { source: ResolversParentTypes['Source'] };
  Counterparty: Counterparty;
  CreateAlertEndpointInput: CreateAlertEndpointInput;
  CreateAlertEndpointPayload: Omit<CreateAlertEndpointPayload, 'endpoint'> & { endpoint: ResolversParentTypes['AlertEndpoint'] };
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  CreateEvidencePackInput: CreateEvidencePackInput;
  CreateEvidencePackPayload: Omit<CreateEvidencePackPayload, 'pack'> & { pack: ResolversParentTypes['EvidencePack'] };
  CreditorReference: CreditorReference;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  CurrencyExchange: CurrencyExchange;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DayContent: Omit<DayContent, 'sums'> & { sums: ReadonlyArray<ResolversParentTypes['AmountSum']> };
  Decimal: Scalars['Decimal']['output'];
  DeclarePayoutRouteInput: DeclarePayoutRouteInput;
  Delivery: DeliveryRow;
  DeliveryAttempt: DeliveryAttemptRow;
  DeliveryConflict: DeliveryConflictRow;
  DeliveryConnection: Omit<DeliveryConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['DeliveryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Delivery']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  DeliveryEdge: Omit<DeliveryEdge, 'node'> & { node: ResolversParentTypes['Delivery'] };
  DeliveryEffect: DeliveryEffectRow;
  DeliveryFilter: DeliveryFilter;
  DeliveryParked: StreamItem;
  DeliveryReceived: StreamItem;
  DeliveryVerification: VerificationRow;
  Diagnosis: DiagnosisModel;
  DiagnosisEvidence: EvidenceModel;
  DiscardDeliveriesInput: DiscardDeliveriesInput;
  DiscardDeliveriesPayload: DiscardDeliveriesPayload;
  DiscardManyQuarantinedInput: DiscardManyQuarantinedInput;
  DiscardManyQuarantinedPayload: DiscardManyQuarantinedPayload;
  DiscardQuarantinedPayload: Omit<DiscardQuarantinedPayload, 'records'> & { records: ReadonlyArray<ResolversParentTypes['QuarantinedRecord']> };
  DisconnectSourceInput: DisconnectSourceInput;
  DisconnectSourcePayload: Omit<DisconnectSourcePayload, 'erasure' | 'source'> & { erasure?: Maybe<ResolversParentTypes['SourceErasure']>, source?: Maybe<ResolversParentTypes['Source']> };
  Dispute: DisputeRow;
  DisputeConnection: Omit<DisputeConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['DisputeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Dispute']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  DisputeEdge: Omit<DisputeEdge, 'node'> & { node: ResolversParentTypes['Dispute'] };
  DisputeFilter: DisputeFilter;
  EntityChanged: StreamItem;
  EventCursor: Scalars['EventCursor']['output'];
  Evidence: FactModel;
  EvidencePack: EvidencePackRow;
  EvidencePackConnection: Omit<EvidencePackConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EvidencePackEdge']>, nodes: ReadonlyArray<ResolversParentTypes['EvidencePack']> };
  EvidencePackEdge: Omit<EvidencePackEdge, 'node'> & { node: ResolversParentTypes['EvidencePack'] };
  EvidencePackFinished: StreamItem;
  EvidencePart: FactPartModel;
  Extension: Extension;
  FieldChange: FieldChangeModel;
  FieldValue: FieldValueModel;
  File: FileRow;
  FileConnection: Omit<FileConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['FileEdge']>, nodes: ReadonlyArray<ResolversParentTypes['File']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  FileEdge: Omit<FileEdge, 'node'> & { node: ResolversParentTypes['File'] };
  FileFilter: FileFilter;
  Finding: FindingRow;
  FindingClosed: StreamItem;
  FindingConnection: Omit<FindingConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['FindingEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Finding']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  FindingEdge: Omit<FindingEdge, 'node'> & { node: ResolversParentTypes['Finding'] };
  FindingFilter: FindingFilter;
  FindingOpened: StreamItem;
  Freshness: FreshnessModel;
  HealthCount: HealthCountRow;
  JSON: Scalars['JSON']['output'];
  LearnedHour: LearnedHour;
  LedgerEntry: LedgerEntryRow;
  LedgerEntryConnection: Omit<LedgerEntryConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  LedgerEntryEdge: Omit<LedgerEntryEdge, 'node'> & { node: ResolversParentTypes['LedgerEntry'] };
  LedgerEntryFilter: LedgerEntryFilter;
  LedgerEntrySum: Omit<LedgerEntrySum, 'fee' | 'gross' | 'net'> & { fee: ResolversParentTypes['Money'], gross: ResolversParentTypes['Money'], net: ResolversParentTypes['Money'] };
  LedgerEntryTotals: Omit<LedgerEntryTotals, 'sums'> & { sums: ReadonlyArray<ResolversParentTypes['LedgerEntrySum']> };
  LedgerOrigin: ResolversUnionTypes<ResolversParentTypes>['LedgerOrigin'];
  ListCount: CountOnRequest;
  MatchDecision: MatchDecisionRow;
  MatchDecisionConnection: Omit<MatchDecisionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MatchDecisionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['MatchDecision']> };
  MatchDecisionEdge: Omit<MatchDecisionEdge, 'node'> & { node: ResolversParentTypes['MatchDecision'] };
  MetricPoint: MetricPointRow;
  MetricSeries: MetricSeriesRow;
  Money: MoneyModel;
  Mutation: Record<PropertyKey, never>;
  MuteAlertsInput: MuteAlertsInput;
  NamedAmount: Omit<NamedAmount, 'money'> & { money: ResolversParentTypes['Money'] };
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ObjectChange: ObjectChangeModel;
  ObjectChangeConnection: HistoryModel;
  ObjectChangeEdge: Omit<ObjectChangeEdge, 'node'> & { node: ResolversParentTypes['ObjectChange'] };
  Overview: OverviewModel;
  PageInfo: PageInfo;
  Party: PartyRow;
  PartyConnection: Omit<PartyConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['PartyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Party']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  PartyEdge: Omit<PartyEdge, 'node'> & { node: ResolversParentTypes['Party'] };
  PartyFilter: PartyFilter;
  PayerDetails: PayerDetails;
  Payment: PaymentRow;
  PaymentAttempt: PaymentAttemptRow;
  PaymentBatch: Omit<PaymentBatch, 'total'> & { total?: Maybe<ResolversParentTypes['Money']> };
  PaymentConnection: Omit<PaymentConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['PaymentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Payment']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentError: PaymentError;
  PaymentFilter: PaymentFilter;
  PaymentSum: Omit<PaymentSum, 'amount' | 'captured'> & { amount: ResolversParentTypes['Money'], captured: ResolversParentTypes['Money'] };
  PaymentTotals: Omit<PaymentTotals, 'sums'> & { sums: ReadonlyArray<ResolversParentTypes['PaymentSum']> };
  Payout: PayoutRow;
  PayoutComposition: Omit<PayoutComposition, 'difference' | 'sum'> & { difference?: Maybe<ResolversParentTypes['Money']>, sum?: Maybe<ResolversParentTypes['Money']> };
  PayoutConnection: Omit<PayoutConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['PayoutEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Payout']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  PayoutEdge: Omit<PayoutEdge, 'node'> & { node: ResolversParentTypes['Payout'] };
  PayoutFilter: PayoutFilter;
  PayoutMatch: PayoutMatchModel;
  PayoutMatchChanged: StreamItem;
  PayoutProof: Proof;
  PayoutProofLine: ProofLine;
  PayoutResidue: Residue;
  PayoutRoute: PayoutRouteModel;
  PayoutRouteFeeStep: PayoutRouteFeeStep;
  PayoutRouteFeeStepInput: PayoutRouteFeeStepInput;
  PostalAddress: PostalAddress;
  QuarantinedRecord: QuarantinedRecordRow;
  QuarantinedRecordConnection: Omit<QuarantinedRecordConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['QuarantinedRecordEdge']>, nodes: ReadonlyArray<ResolversParentTypes['QuarantinedRecord']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  QuarantinedRecordEdge: Omit<QuarantinedRecordEdge, 'node'> & { node: ResolversParentTypes['QuarantinedRecord'] };
  QuarantinedRecordFilter: QuarantinedRecordFilter;
  Query: Record<PropertyKey, never>;
  RawRecord: RawPointer;
  ReconcileInput: ReconcileInput;
  Reconciliation: ReconciliationRow;
  ReconciliationExchange: MatchExchangeModel;
  ReconciliationItem: ReconciliationRow;
  ReconciliationItemConnection: Omit<ReconciliationItemConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['ReconciliationItemEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ReconciliationItem']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  ReconciliationItemEdge: Omit<ReconciliationItemEdge, 'node'> & { node: ResolversParentTypes['ReconciliationItem'] };
  ReconciliationItemFilter: ReconciliationItemFilter;
  ReconciliationLink: MatchLinkModel;
  ReconciliationProposal: ProposalModel;
  ReconciliationResidue: MatchResidueModel;
  RecordDifference: RecordDifferenceRow;
  RecordDifferenceConnection: Omit<RecordDifferenceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RecordDifferenceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['RecordDifference']> };
  RecordDifferenceEdge: Omit<RecordDifferenceEdge, 'node'> & { node: ResolversParentTypes['RecordDifference'] };
  RecordQuarantined: StreamItem;
  Reference: Reference;
  Refund: RefundRow;
  RefundConnection: Omit<RefundConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['RefundEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Refund']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  RefundEdge: Omit<RefundEdge, 'node'> & { node: ResolversParentTypes['Refund'] };
  RefundFilter: RefundFilter;
  Remedy: Omit<Remedy, 'mutation'> & { mutation?: Maybe<ResolversParentTypes['RemedyMutation']> };
  RemedyMutation: RemedyMutationModel;
  Remittance: Remittance;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayDeliveriesPayload: ReplayDeliveriesPayload;
  ReplayManyQuarantinedInput: ReplayManyQuarantinedInput;
  ReplayManyQuarantinedPayload: ReplayManyQuarantinedPayload;
  ReplayPayload: Omit<ReplayPayload, 'records'> & { records: ReadonlyArray<ResolversParentTypes['QuarantinedRecord']> };
  ReturnReason: ReturnReason;
  RotateAlertSecretPayload: Omit<RotateAlertSecretPayload, 'endpoint'> & { endpoint: ResolversParentTypes['AlertEndpoint'] };
  RunFinished: StreamItem;
  RunProgressed: StreamItem;
  RunStarted: StreamItem;
  Source: SourceModel;
  SourceBudgetInput: SourceBudgetInput;
  SourceComparisons: SourceComparisons;
  SourceComparisonsInput: SourceComparisonsInput;
  SourceConnection: Omit<SourceConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['SourceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Source']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  SourceEdge: Omit<SourceEdge, 'node'> & { node: ResolversParentTypes['Source'] };
  SourceErasure: SourceErasureRow;
  SourceFeed: SourceFeedRow;
  SourceFeedError: SourceFeedError;
  SourceFilter: SourceFilter;
  SourceHealth: Health;
  SourceHealthChanged: StreamItem;
  SourceId: SourceIdRow;
  SourcePlatform: SourcePlatform;
  SourceRateInput: SourceRateInput;
  SourceStatusChanged: StreamItem;
  SourceWebhooks: SourceWebhooksModel;
  StartSyncInput: StartSyncInput;
  StartSyncPayload: Omit<StartSyncPayload, 'run'> & { run: ResolversParentTypes['SyncRun'] };
  Statement: StatementRow;
  StatementBalance: Omit<StatementBalance, 'money'> & { money: ResolversParentTypes['Money'] };
  StatementCheck: StatementCheckModel;
  StatementComparison: StatementComparisonModel;
  StatementConnection: Omit<StatementConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['StatementEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Statement']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
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
  SyncRunConnection: Omit<SyncRunConnection, 'edges' | 'nodes' | 'totalCount'> & { edges: ReadonlyArray<ResolversParentTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversParentTypes['SyncRun']>, totalCount?: Maybe<ResolversParentTypes['ListCount']> };
  SyncRunEdge: Omit<SyncRunEdge, 'node'> & { node: ResolversParentTypes['SyncRun'] };
  SyncRunFilter: SyncRunFilter;
  SyncRunStream: SyncRunStreamRow;
  Throughput: ThroughputRow;
  UpdateAlertEndpointInput: UpdateAlertEndpointInput;
  UpdateSourceCredentialsInput: UpdateSourceCredentialsInput;
  UpdateSourceCredentialsPayload: Omit<UpdateSourceCredentialsPayload, 'source'> & { source: ResolversParentTypes['Source'] };
  UpdateSourceInput: UpdateSourceInput;
  UpdateSourcePayload: Omit<UpdateSourcePayload, 'source'> & { source: ResolversParentTypes['Source'] };
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  balanceChain?: Resolver<Maybe<ResolversTypes['BalanceChain']>, ParentType, ContextType, RequireFields<AccountBalanceChainArgs, 'currency'>>;
  balances?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Balance']>>, ParentType, ContextType, Partial<AccountBalancesArgs>>;
  bankTransactions?: Resolver<ResolversTypes['BankTransactionConnection'], ParentType, ContextType, Partial<AccountBankTransactionsArgs>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fresh?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<AccountFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<AccountHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifiers?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['AccountKind']>, ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<AccountLedgerEntriesArgs>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType>;
  ownership?: Resolver<Maybe<ResolversTypes['AccountOwnership']>, ParentType, ContextType>;
  payouts?: Resolver<ResolversTypes['PayoutConnection'], ParentType, ContextType, Partial<AccountPayoutsArgs>>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  statements?: Resolver<ResolversTypes['StatementConnection'], ParentType, ContextType, Partial<AccountStatementsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountConnection'] = ResolversParentTypes['AccountConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccountEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type AccountEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountEdge'] = ResolversParentTypes['AccountEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
};

export type ActivityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityConnection'] = ResolversParentTypes['ActivityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ActivityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ActivityItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type ActivityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityEdge'] = ResolversParentTypes['ActivityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ActivityItem'], ParentType, ContextType>;
};

export type ActivityItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityItem'] = ResolversParentTypes['ActivityItem']> = {
  __resolveType: TypeResolveFn<'BankTransaction' | 'Dispute' | 'Payment' | 'Payout' | 'Refund', ParentType, ContextType>;
};

export type AlertResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Alert'] = ResolversParentTypes['Alert']> = {
  attemptLog?: Resolver<ReadonlyArray<ResolversTypes['AlertAttempt']>, ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endpoint?: Resolver<Maybe<ResolversTypes['AlertEndpoint']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mutedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  responseStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sentence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AlertStatus'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['AlertType'], ParentType, ContextType>;
};

export type AlertAttemptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlertAttempt'] = ResolversParentTypes['AlertAttempt']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  responseStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AlertConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlertConnection'] = ResolversParentTypes['AlertConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AlertEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Alert']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type AlertEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlertEdge'] = ResolversParentTypes['AlertEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Alert'], ParentType, ContextType>;
};

export type AlertEndpointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlertEndpoint'] = ResolversParentTypes['AlertEndpoint']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  form?: Resolver<ResolversTypes['AlertForm'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastDeliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  minSeverity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  mutedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pausedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sourceIds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AlertEndpointStatus'], ParentType, ContextType>;
  statusSince?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AlertMuteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlertMute'] = ResolversParentTypes['AlertMute']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AmountSumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmountSum'] = ResolversParentTypes['AmountSum']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type AmountTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmountTotals'] = ResolversParentTypes['AmountTotals']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sums?: Resolver<ReadonlyArray<ResolversTypes['AmountSum']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  preview?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyScope']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ApiKeyStatus'], ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hashedText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['AuditOutcome']>, ParentType, ContextType>;
  phase?: Resolver<ResolversTypes['AuditPhase'], ParentType, ContextType>;
  previousHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  principal?: Resolver<ResolversTypes['AuditPrincipal'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  remoteAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['AuditSubject']>, ParentType, ContextType>;
  traceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditHeadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditHead'] = ResolversParentTypes['AuditHead']> = {
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publicKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  signature?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditPrincipalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditPrincipal'] = ResolversParentTypes['AuditPrincipal']> = {
  kind?: Resolver<ResolversTypes['AuditPrincipalKind'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditSubjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditSubject'] = ResolversParentTypes['AuditSubject']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Balance'] = ResolversParentTypes['Balance']> = {
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<BalanceHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['BalanceKind']>, ParentType, ContextType>;
  money?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type BalanceChainResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceChain'] = ResolversParentTypes['BalanceChain']> = {
  basis?: Resolver<ResolversTypes['BalanceChainBasis'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  drift?: Resolver<Maybe<ResolversTypes['BalanceDrift']>, ParentType, ContextType>;
  links?: Resolver<ResolversTypes['BalanceLinkConnection'], ParentType, ContextType, Partial<BalanceChainLinksArgs>>;
  state?: Resolver<ResolversTypes['BalanceChainState'], ParentType, ContextType>;
};

export type BalanceDriftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceDrift'] = ResolversParentTypes['BalanceDrift']> = {
  candidates?: Resolver<ReadonlyArray<ResolversTypes['BalanceDriftCandidate']>, ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  firstDay?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  firstDifference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lastAgreedDay?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type BalanceDriftCandidateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceDriftCandidate'] = ResolversParentTypes['BalanceDriftCandidate']> = {
  entry?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['BalanceDriftReason'], ParentType, ContextType>;
};

export type BalanceLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceLink'] = ResolversParentTypes['BalanceLink']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closing?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  day?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  entriesSum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  entryCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  gap?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  isComparable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  opening?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
};

export type BalanceLinkConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceLinkConnection'] = ResolversParentTypes['BalanceLinkConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BalanceLinkEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BalanceLink']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BalanceLinkEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BalanceLinkEdge'] = ResolversParentTypes['BalanceLinkEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BalanceLink'], ParentType, ContextType>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<BankTransactionHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isReversal?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  matchDecisions?: Resolver<ResolversTypes['MatchDecisionConnection'], ParentType, ContextType, Partial<BankTransactionMatchDecisionsArgs>>;
  payout?: Resolver<Maybe<ResolversTypes['PayoutMatch']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type BankTransactionSumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionSum'] = ResolversParentTypes['BankTransactionSum']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  credits?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  debits?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type BankTransactionTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BankTransactionTotals'] = ResolversParentTypes['BankTransactionTotals']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sums?: Resolver<ReadonlyArray<ResolversTypes['BankTransactionSum']>, ParentType, ContextType>;
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

export type ChangeCauseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeCause'] = ResolversParentTypes['ChangeCause']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  feed?: Resolver<Maybe<ResolversTypes['SourceFeed']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['File']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  via?: Resolver<ResolversTypes['ObservedVia'], ParentType, ContextType>;
};

export type ComparedDayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ComparedDay'] = ResolversParentTypes['ComparedDay']> = {
  altered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  day?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  invented?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ours?: Resolver<Maybe<ResolversTypes['DayContent']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  repaired?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ComparedDayState'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  theirs?: Resolver<Maybe<ResolversTypes['DayContent']>, ParentType, ContextType>;
  unsettled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ComparedDayConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ComparedDayConnection'] = ResolversParentTypes['ComparedDayConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ComparedDayEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ComparedDay']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ComparedDayEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ComparedDayEdge'] = ResolversParentTypes['ComparedDayEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ComparedDay'], ParentType, ContextType>;
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

export type CreateAlertEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateAlertEndpointPayload'] = ResolversParentTypes['CreateAlertEndpointPayload']> = {
  endpoint?: Resolver<ResolversTypes['AlertEndpoint'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreateEvidencePackPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateEvidencePackPayload'] = ResolversParentTypes['CreateEvidencePackPayload']> = {
  pack?: Resolver<ResolversTypes['EvidencePack'], ParentType, ContextType>;
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

export type DayContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DayContent'] = ResolversParentTypes['DayContent']> = {
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  hash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sums?: Resolver<ReadonlyArray<ResolversTypes['AmountSum']>, ParentType, ContextType>;
};

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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type DiagnosisResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Diagnosis'] = ResolversParentTypes['Diagnosis']> = {
  cause?: Resolver<ResolversTypes['FailureCause'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['DiagnosisEvidence']>, ParentType, ContextType>;
  expectedRecoveryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  remedy?: Resolver<ResolversTypes['Remedy'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['HealthState'], ParentType, ContextType>;
  stream?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DiagnosisEvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiagnosisEvidence'] = ResolversParentTypes['DiagnosisEvidence']> = {
  id?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DiagnosisEvidenceKind'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DiscardDeliveriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiscardDeliveriesPayload'] = ResolversParentTypes['DiscardDeliveriesPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DiscardManyQuarantinedPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiscardManyQuarantinedPayload'] = ResolversParentTypes['DiscardManyQuarantinedPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DiscardQuarantinedPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiscardQuarantinedPayload'] = ResolversParentTypes['DiscardQuarantinedPayload']> = {
  records?: Resolver<ReadonlyArray<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<DisputeHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<DisputeLedgerEntriesArgs>>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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
  parts?: Resolver<ReadonlyArray<ResolversTypes['EvidencePart']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EvidencePackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidencePack'] = ResolversParentTypes['EvidencePack']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  findingId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  sourceIds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EvidencePackStatus'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  written?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type EvidencePackConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidencePackConnection'] = ResolversParentTypes['EvidencePackConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EvidencePackEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['EvidencePack']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EvidencePackEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidencePackEdge'] = ResolversParentTypes['EvidencePackEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EvidencePack'], ParentType, ContextType>;
};

export type EvidencePackFinishedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidencePackFinished'] = ResolversParentTypes['EvidencePackFinished']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  pack?: Resolver<Maybe<ResolversTypes['EvidencePack']>, ParentType, ContextType>;
  packId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  packStatus?: Resolver<ResolversTypes['EvidencePackStatus'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EvidencePartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidencePart'] = ResolversParentTypes['EvidencePart']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExtensionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Extension'] = ResolversParentTypes['Extension']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FieldChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldChange'] = ResolversParentTypes['FieldChange']> = {
  after?: Resolver<Maybe<ResolversTypes['FieldValue']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['FieldValue']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FieldValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldValue'] = ResolversParentTypes['FieldValue']> = {
  entity?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  money?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type HealthCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HealthCount'] = ResolversParentTypes['HealthCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['HealthState'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LearnedHourResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LearnedHour'] = ResolversParentTypes['LearnedHour']> = {
  expected?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weekday?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<LedgerEntryHistoryArgs>>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type LedgerEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntryEdge'] = ResolversParentTypes['LedgerEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LedgerEntrySumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntrySum'] = ResolversParentTypes['LedgerEntrySum']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  fee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type LedgerEntryTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntryTotals'] = ResolversParentTypes['LedgerEntryTotals']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sums?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntrySum']>, ParentType, ContextType>;
};

export type LedgerOriginResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerOrigin'] = ResolversParentTypes['LedgerOrigin']> = {
  __resolveType: TypeResolveFn<'Dispute' | 'PaymentAttempt' | 'Payout' | 'Refund', ParentType, ContextType>;
};

export type ListCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListCount'] = ResolversParentTypes['ListCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isEstimate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MatchDecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MatchDecision'] = ResolversParentTypes['MatchDecision']> = {
  bankTransactions?: Resolver<ReadonlyArray<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MatchDecisionKind'], ParentType, ContextType>;
  payouts?: Resolver<ReadonlyArray<ResolversTypes['Payout']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  undoneAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  undoneBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MatchDecisionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MatchDecisionConnection'] = ResolversParentTypes['MatchDecisionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MatchDecisionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['MatchDecision']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MatchDecisionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MatchDecisionEdge'] = ResolversParentTypes['MatchDecisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MatchDecision'], ParentType, ContextType>;
};

export type MetricPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricPoint'] = ResolversParentTypes['MetricPoint']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  mean?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  p50?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  p95?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  p99?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type MetricSeriesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricSeries'] = ResolversParentTypes['MetricSeries']> = {
  name?: Resolver<ResolversTypes['MetricName'], ParentType, ContextType>;
  points?: Resolver<ReadonlyArray<ResolversTypes['MetricPoint']>, ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  exponent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minor?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelEvidencePack?: Resolver<ResolversTypes['EvidencePack'], ParentType, ContextType, RequireFields<MutationCancelEvidencePackArgs, 'id'>>;
  cancelSync?: Resolver<ResolversTypes['SyncRun'], ParentType, ContextType, RequireFields<MutationCancelSyncArgs, 'runId'>>;
  connectSource?: Resolver<ResolversTypes['ConnectSourcePayload'], ParentType, ContextType, RequireFields<MutationConnectSourceArgs, 'input'>>;
  createAlertEndpoint?: Resolver<ResolversTypes['CreateAlertEndpointPayload'], ParentType, ContextType, RequireFields<MutationCreateAlertEndpointArgs, 'input'>>;
  createApiKey?: Resolver<ResolversTypes['CreateApiKeyPayload'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  createEvidencePack?: Resolver<ResolversTypes['CreateEvidencePackPayload'], ParentType, ContextType, RequireFields<MutationCreateEvidencePackArgs, 'input'>>;
  declarePayoutRoute?: Resolver<ResolversTypes['PayoutRoute'], ParentType, ContextType, RequireFields<MutationDeclarePayoutRouteArgs, 'input'>>;
  deleteAlertEndpoint?: Resolver<ResolversTypes['AlertEndpoint'], ParentType, ContextType, RequireFields<MutationDeleteAlertEndpointArgs, 'id'>>;
  discardDeliveries?: Resolver<ResolversTypes['DiscardDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationDiscardDeliveriesArgs, 'input'>>;
  discardDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationDiscardDeliveryArgs, 'id' | 'reason'>>;
  discardManyQuarantined?: Resolver<ResolversTypes['DiscardManyQuarantinedPayload'], ParentType, ContextType, RequireFields<MutationDiscardManyQuarantinedArgs, 'input'>>;
  discardQuarantined?: Resolver<ResolversTypes['DiscardQuarantinedPayload'], ParentType, ContextType, RequireFields<MutationDiscardQuarantinedArgs, 'ids' | 'reason'>>;
  disconnectSource?: Resolver<ResolversTypes['DisconnectSourcePayload'], ParentType, ContextType, RequireFields<MutationDisconnectSourceArgs, 'input'>>;
  matchPayout?: Resolver<ResolversTypes['MatchDecision'], ParentType, ContextType, RequireFields<MutationMatchPayoutArgs, 'bankTransactionIds' | 'payoutIds' | 'reason'>>;
  muteAlerts?: Resolver<ResolversTypes['AlertMute'], ParentType, ContextType, RequireFields<MutationMuteAlertsArgs, 'input'>>;
  pauseSource?: Resolver<ResolversTypes['Source'], ParentType, ContextType, RequireFields<MutationPauseSourceArgs, 'id'>>;
  reconcile?: Resolver<ResolversTypes['StartSyncPayload'], ParentType, ContextType, RequireFields<MutationReconcileArgs, 'input'>>;
  removePayoutRoute?: Resolver<ResolversTypes['PayoutRoute'], ParentType, ContextType, RequireFields<MutationRemovePayoutRouteArgs, 'id'>>;
  replayDeliveries?: Resolver<ResolversTypes['ReplayDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationReplayDeliveriesArgs, 'input'>>;
  replayDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationReplayDeliveryArgs, 'id'>>;
  replayManyQuarantined?: Resolver<ResolversTypes['ReplayManyQuarantinedPayload'], ParentType, ContextType, RequireFields<MutationReplayManyQuarantinedArgs, 'input'>>;
  replayQuarantined?: Resolver<ResolversTypes['ReplayPayload'], ParentType, ContextType, RequireFields<MutationReplayQuarantinedArgs, 'ids'>>;
  resendAlert?: Resolver<ResolversTypes['Alert'], ParentType, ContextType, RequireFields<MutationResendAlertArgs, 'id'>>;
  resumeSource?: Resolver<ResolversTypes['Source'], ParentType, ContextType, RequireFields<MutationResumeSourceArgs, 'id'>>;
  revokeApiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'id'>>;
  rotateAlertSecret?: Resolver<ResolversTypes['RotateAlertSecretPayload'], ParentType, ContextType, RequireFields<MutationRotateAlertSecretArgs, 'id'>>;
  sendTestAlert?: Resolver<ResolversTypes['Alert'], ParentType, ContextType, RequireFields<MutationSendTestAlertArgs, 'endpointId'>>;
  startSync?: Resolver<ResolversTypes['StartSyncPayload'], ParentType, ContextType, RequireFields<MutationStartSyncArgs, 'input'>>;
  undoMatchDecision?: Resolver<ResolversTypes['MatchDecision'], ParentType, ContextType, RequireFields<MutationUndoMatchDecisionArgs, 'id'>>;
  unmatchPayout?: Resolver<ResolversTypes['MatchDecision'], ParentType, ContextType, RequireFields<MutationUnmatchPayoutArgs, 'payoutId' | 'reason'>>;
  unmuteAlerts?: Resolver<ResolversTypes['AlertMute'], ParentType, ContextType, RequireFields<MutationUnmuteAlertsArgs, 'id'>>;
  updateAlertEndpoint?: Resolver<ResolversTypes['AlertEndpoint'], ParentType, ContextType, RequireFields<MutationUpdateAlertEndpointArgs, 'input'>>;
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

export type ObjectChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ObjectChange'] = ResolversParentTypes['ObjectChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['ChangeCause'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['FieldChange']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sourceUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ObjectChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ObjectChangeConnection'] = ResolversParentTypes['ObjectChangeConnection']> = {
  completeSince?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ObjectChangeEdge']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ObjectChange']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ObjectChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ObjectChangeEdge'] = ResolversParentTypes['ObjectChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ObjectChange'], ParentType, ContextType>;
};

export type OverviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Overview'] = ResolversParentTypes['Overview']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType, RequireFields<OverviewFindingsArgs, 'first'>>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['HealthCount']>, ParentType, ContextType>;
  throughput?: Resolver<ResolversTypes['Throughput'], ParentType, ContextType>;
  worst?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType, RequireFields<OverviewWorstArgs, 'first'>>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<PartyHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifiers?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['PartyKind']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, Partial<PartyPaymentsArgs>>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PartyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartyConnection'] = ResolversParentTypes['PartyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PartyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Party']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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
  disputes?: Resolver<ResolversTypes['DisputeConnection'], ParentType, ContextType, Partial<PaymentDisputesArgs>>;
  extensions?: Resolver<ReadonlyArray<ResolversTypes['Extension']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fresh?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<PaymentFreshArgs, 'maxAge'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<PaymentHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['PaymentKind']>, ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<PaymentLedgerEntriesArgs>>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payerDetails?: Resolver<Maybe<ResolversTypes['PayerDetails']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  refunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  refunds?: Resolver<ResolversTypes['RefundConnection'], ParentType, ContextType, Partial<PaymentRefundsArgs>>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<PaymentAttemptHistoryArgs>>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type PaymentSumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentSum'] = ResolversParentTypes['PaymentSum']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  captured?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type PaymentTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentTotals'] = ResolversParentTypes['PaymentTotals']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sums?: Resolver<ReadonlyArray<ResolversTypes['PaymentSum']>, ParentType, ContextType>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<PayoutHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<PayoutLedgerEntriesArgs>>;
  matchDecisions?: Resolver<ResolversTypes['MatchDecisionConnection'], ParentType, ContextType, Partial<PayoutMatchDecisionsArgs>>;
  ownLedgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<PayoutOwnLedgerEntriesArgs>>;
  proof?: Resolver<Maybe<ResolversTypes['PayoutProof']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['RawRecord']>, ParentType, ContextType>;
  rawStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type PayoutMatchChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutMatchChanged'] = ResolversParentTypes['PayoutMatchChanged']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  matchState?: Resolver<Maybe<ResolversTypes['ReconciliationState']>, ParentType, ContextType>;
  objectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  previousMatchState?: Resolver<Maybe<ResolversTypes['ReconciliationState']>, ParentType, ContextType>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PayoutProofResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutProof'] = ResolversParentTypes['PayoutProof']> = {
  basis?: Resolver<ResolversTypes['PayoutProofBasis'], ParentType, ContextType>;
  entryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['PayoutProofLine']>, ParentType, ContextType>;
  listedSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  residue?: Resolver<ReadonlyArray<ResolversTypes['PayoutResidue']>, ParentType, ContextType>;
  returned?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PayoutProofState'], ParentType, ContextType>;
  sum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  unexplained?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type PayoutProofLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutProofLine'] = ResolversParentTypes['PayoutProofLine']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PayoutProofLineKind'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<PayoutProofLineLedgerEntriesArgs>>;
};

export type PayoutResidueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutResidue'] = ResolversParentTypes['PayoutResidue']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PayoutResidueKind'], ParentType, ContextType>;
};

export type PayoutRouteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutRoute'] = ResolversParentTypes['PayoutRoute']> = {
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  declaredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  declaredBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exchangeBy?: Resolver<Maybe<ResolversTypes['PayoutRouteExchange']>, ParentType, ContextType>;
  exchangeCurrency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  exchangeRounding?: Resolver<Maybe<ResolversTypes['PayoutRouteRounding']>, ParentType, ContextType>;
  fee?: Resolver<ReadonlyArray<ResolversTypes['PayoutRouteFeeStep']>, ParentType, ContextType>;
  fromAccount?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fromCurrency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  fromSourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  holidays?: Resolver<ReadonlyArray<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  names?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['PayoutRouteOrigin'], ParentType, ContextType>;
  toAccount?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  toSourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  usualDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PayoutRouteFeeStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayoutRouteFeeStep'] = ResolversParentTypes['PayoutRouteFeeStep']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  upToAmount?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
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
  discardReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  discardedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  discardedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type QuarantinedRecordEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuarantinedRecordEdge'] = ResolversParentTypes['QuarantinedRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['QuarantinedRecord'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  accountByExternalId?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountByExternalIdArgs, 'externalId' | 'sourceId'>>;
  accounts?: Resolver<ResolversTypes['AccountConnection'], ParentType, ContextType, Partial<QueryAccountsArgs>>;
  activity?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<QueryActivityArgs>>;
  alert?: Resolver<Maybe<ResolversTypes['Alert']>, ParentType, ContextType, RequireFields<QueryAlertArgs, 'id'>>;
  alertEndpoint?: Resolver<Maybe<ResolversTypes['AlertEndpoint']>, ParentType, ContextType, RequireFields<QueryAlertEndpointArgs, 'id'>>;
  alertEndpoints?: Resolver<ReadonlyArray<ResolversTypes['AlertEndpoint']>, ParentType, ContextType>;
  alertMutes?: Resolver<ReadonlyArray<ResolversTypes['AlertMute']>, ParentType, ContextType>;
  alerts?: Resolver<ResolversTypes['AlertConnection'], ParentType, ContextType, Partial<QueryAlertsArgs>>;
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType, RequireFields<QueryApiKeyArgs, 'id'>>;
  apiKeys?: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, Partial<QueryApiKeysArgs>>;
  auditEntries?: Resolver<ResolversTypes['AuditEntryConnection'], ParentType, ContextType, Partial<QueryAuditEntriesArgs>>;
  auditHead?: Resolver<Maybe<ResolversTypes['AuditHead']>, ParentType, ContextType>;
  bankTransaction?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType, RequireFields<QueryBankTransactionArgs, 'id'>>;
  bankTransactionByExternalId?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType, RequireFields<QueryBankTransactionByExternalIdArgs, 'externalId' | 'sourceId'>>;
  bankTransactionTotals?: Resolver<ResolversTypes['BankTransactionTotals'], ParentType, ContextType, Partial<QueryBankTransactionTotalsArgs>>;
  bankTransactions?: Resolver<ResolversTypes['BankTransactionConnection'], ParentType, ContextType, Partial<QueryBankTransactionsArgs>>;
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<QueryDeliveriesArgs>>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType, RequireFields<QueryDeliveryArgs, 'id'>>;
  dispute?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<QueryDisputeArgs, 'id'>>;
  disputeByExternalId?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType, RequireFields<QueryDisputeByExternalIdArgs, 'externalId' | 'sourceId'>>;
  disputes?: Resolver<ResolversTypes['DisputeConnection'], ParentType, ContextType, Partial<QueryDisputesArgs>>;
  evidencePack?: Resolver<Maybe<ResolversTypes['EvidencePack']>, ParentType, ContextType, RequireFields<QueryEvidencePackArgs, 'id'>>;
  evidencePacks?: Resolver<ResolversTypes['EvidencePackConnection'], ParentType, ContextType, Partial<QueryEvidencePacksArgs>>;
  file?: Resolver<Maybe<ResolversTypes['File']>, ParentType, ContextType, RequireFields<QueryFileArgs, 'id'>>;
  files?: Resolver<ResolversTypes['FileConnection'], ParentType, ContextType, Partial<QueryFilesArgs>>;
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType, RequireFields<QueryFindingArgs, 'id'>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, Partial<QueryFindingsArgs>>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<QueryLedgerEntriesArgs>>;
  ledgerEntry?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType, RequireFields<QueryLedgerEntryArgs, 'id'>>;
  ledgerEntryByExternalId?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType, RequireFields<QueryLedgerEntryByExternalIdArgs, 'externalId' | 'sourceId'>>;
  ledgerEntryTotals?: Resolver<ResolversTypes['LedgerEntryTotals'], ParentType, ContextType, Partial<QueryLedgerEntryTotalsArgs>>;
  metrics?: Resolver<ReadonlyArray<ResolversTypes['MetricSeries']>, ParentType, ContextType, RequireFields<QueryMetricsArgs, 'from' | 'names' | 'sourceId' | 'step'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  overview?: Resolver<ResolversTypes['Overview'], ParentType, ContextType>;
  parties?: Resolver<ResolversTypes['PartyConnection'], ParentType, ContextType, Partial<QueryPartiesArgs>>;
  party?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType, RequireFields<QueryPartyArgs, 'id'>>;
  partyByExternalId?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType, RequireFields<QueryPartyByExternalIdArgs, 'externalId' | 'sourceId'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  paymentByExternalId?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentByExternalIdArgs, 'externalId' | 'sourceId'>>;
  paymentTotals?: Resolver<ResolversTypes['PaymentTotals'], ParentType, ContextType, Partial<QueryPaymentTotalsArgs>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, Partial<QueryPaymentsArgs>>;
  payout?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType, RequireFields<QueryPayoutArgs, 'id'>>;
  payoutByExternalId?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType, RequireFields<QueryPayoutByExternalIdArgs, 'externalId' | 'sourceId'>>;
  payoutRoutes?: Resolver<ReadonlyArray<ResolversTypes['PayoutRoute']>, ParentType, ContextType>;
  payoutTotals?: Resolver<ResolversTypes['AmountTotals'], ParentType, ContextType, Partial<QueryPayoutTotalsArgs>>;
  payouts?: Resolver<ResolversTypes['PayoutConnection'], ParentType, ContextType, Partial<QueryPayoutsArgs>>;
  quarantinedRecord?: Resolver<Maybe<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType, RequireFields<QueryQuarantinedRecordArgs, 'id'>>;
  quarantinedRecords?: Resolver<ResolversTypes['QuarantinedRecordConnection'], ParentType, ContextType, Partial<QueryQuarantinedRecordsArgs>>;
  reconciliationItems?: Resolver<ResolversTypes['ReconciliationItemConnection'], ParentType, ContextType, Partial<QueryReconciliationItemsArgs>>;
  reconciliationTotals?: Resolver<ResolversTypes['AmountTotals'], ParentType, ContextType, Partial<QueryReconciliationTotalsArgs>>;
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<QueryRefundArgs, 'id'>>;
  refundByExternalId?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<QueryRefundByExternalIdArgs, 'externalId' | 'sourceId'>>;
  refundTotals?: Resolver<ResolversTypes['AmountTotals'], ParentType, ContextType, Partial<QueryRefundTotalsArgs>>;
  refunds?: Resolver<ResolversTypes['RefundConnection'], ParentType, ContextType, Partial<QueryRefundsArgs>>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType, RequireFields<QuerySourceArgs, 'id'>>;
  sourceErasure?: Resolver<Maybe<ResolversTypes['SourceErasure']>, ParentType, ContextType, RequireFields<QuerySourceErasureArgs, 'sourceId'>>;
  sources?: Resolver<ResolversTypes['SourceConnection'], ParentType, ContextType, RequireFields<QuerySourcesArgs, 'orderBy'>>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType, RequireFields<QueryStatementArgs, 'id'>>;
  statementByExternalId?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType, RequireFields<QueryStatementByExternalIdArgs, 'externalId' | 'sourceId'>>;
  statements?: Resolver<ResolversTypes['StatementConnection'], ParentType, ContextType, Partial<QueryStatementsArgs>>;
  syncRun?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType, RequireFields<QuerySyncRunArgs, 'id'>>;
  syncRuns?: Resolver<ResolversTypes['SyncRunConnection'], ParentType, ContextType, Partial<QuerySyncRunsArgs>>;
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

export type ReconciliationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  ageDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  day?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['MatchDecision']>, ParentType, ContextType>;
  links?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationLink']>, ParentType, ContextType>;
  moneyAtStake?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  proposals?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationProposal']>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['PayoutMatchReason']>, ParentType, ContextType>;
  residue?: Resolver<Maybe<ResolversTypes['ReconciliationResidue']>, ParentType, ContextType>;
  route?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReconciliationState'], ParentType, ContextType>;
  usualUntil?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type ReconciliationExchangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationExchange'] = ResolversParentTypes['ReconciliationExchange']> = {
  bankTransaction?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  booked?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  instructed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unitCurrency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
};

export type ReconciliationItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationItem'] = ResolversParentTypes['ReconciliationItem']> = {
  bankTransaction?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payout?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType>;
  reconciliation?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
};

export type ReconciliationItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationItemConnection'] = ResolversParentTypes['ReconciliationItemConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationItemEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type ReconciliationItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationItemEdge'] = ResolversParentTypes['ReconciliationItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReconciliationItem'], ParentType, ContextType>;
};

export type ReconciliationLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationLink'] = ResolversParentTypes['ReconciliationLink']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  bankTransaction?: Resolver<Maybe<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  payout?: Resolver<Maybe<ResolversTypes['Payout']>, ParentType, ContextType>;
};

export type ReconciliationProposalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationProposal'] = ResolversParentTypes['ReconciliationProposal']> = {
  bankTransactions?: Resolver<ReadonlyArray<ResolversTypes['BankTransaction']>, ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  payouts?: Resolver<ReadonlyArray<ResolversTypes['Payout']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReconciliationProposalReason'], ParentType, ContextType>;
};

export type ReconciliationResidueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationResidue'] = ResolversParentTypes['ReconciliationResidue']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  exchanges?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationExchange']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReconciliationResidueKind'], ParentType, ContextType>;
};

export type RecordDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordDifference'] = ResolversParentTypes['RecordDifference']> = {
  day?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  entity?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  entityId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  entityType?: Resolver<ResolversTypes['EntityType'], ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  foundAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DifferenceKind'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  repairedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RecordDifferenceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordDifferenceConnection'] = ResolversParentTypes['RecordDifferenceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RecordDifferenceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['RecordDifference']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RecordDifferenceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordDifferenceEdge'] = ResolversParentTypes['RecordDifferenceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RecordDifference'], ParentType, ContextType>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<RefundHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<RefundLedgerEntriesArgs>>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
};

export type RefundEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundEdge'] = ResolversParentTypes['RefundEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
};

export type RemedyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Remedy'] = ResolversParentTypes['Remedy']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mutation?: Resolver<Maybe<ResolversTypes['RemedyMutation']>, ParentType, ContextType>;
};

export type RemedyMutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemedyMutation'] = ResolversParentTypes['RemedyMutation']> = {
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RemittanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Remittance'] = ResolversParentTypes['Remittance']> = {
  additional?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  creditorReferences?: Resolver<ReadonlyArray<ResolversTypes['CreditorReference']>, ParentType, ContextType>;
  unstructured?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReplayDeliveriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayDeliveriesPayload'] = ResolversParentTypes['ReplayDeliveriesPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReplayManyQuarantinedPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayManyQuarantinedPayload'] = ResolversParentTypes['ReplayManyQuarantinedPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReplayPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayPayload'] = ResolversParentTypes['ReplayPayload']> = {
  records?: Resolver<ReadonlyArray<ResolversTypes['QuarantinedRecord']>, ParentType, ContextType>;
};

export type ReturnReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnReason'] = ResolversParentTypes['ReturnReason']> = {
  additional?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  proprietary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RotateAlertSecretPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RotateAlertSecretPayload'] = ResolversParentTypes['RotateAlertSecretPayload']> = {
  endpoint?: Resolver<ResolversTypes['AlertEndpoint'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  completeness?: Resolver<ResolversTypes['ComparedDayConnection'], ParentType, ContextType, Partial<SourceCompletenessArgs>>;
  connectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  connector?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  differences?: Resolver<ResolversTypes['RecordDifferenceConnection'], ParentType, ContextType, Partial<SourceDifferencesArgs>>;
  disconnectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  erasure?: Resolver<Maybe<ResolversTypes['SourceErasure']>, ParentType, ContextType>;
  feed?: Resolver<Maybe<ResolversTypes['SourceFeed']>, ParentType, ContextType>;
  health?: Resolver<Maybe<ResolversTypes['SourceHealth']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['SourceOrigin']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['SourcePlatform']>, ParentType, ContextType>;
  reconcile?: Resolver<Maybe<ResolversTypes['SourceComparisons']>, ParentType, ContextType>;
  scheduleSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  statusCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  streams?: Resolver<ReadonlyArray<ResolversTypes['StreamState']>, ParentType, ContextType>;
  webhooks?: Resolver<Maybe<ResolversTypes['SourceWebhooks']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceComparisonsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceComparisons'] = ResolversParentTypes['SourceComparisons']> = {
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  everySeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SourceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceConnection'] = ResolversParentTypes['SourceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SourceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type SourceFeedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceFeed'] = ResolversParentTypes['SourceFeed']> = {
  error?: Resolver<Maybe<ResolversTypes['SourceFeedError']>, ParentType, ContextType>;
  lagBytes?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  lagMs?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  positionAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceFeedState'], ParentType, ContextType>;
  streams?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  waitsFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceFeedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceFeedError'] = ResolversParentTypes['SourceFeedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceHealth'] = ResolversParentTypes['SourceHealth']> = {
  cause?: Resolver<Maybe<ResolversTypes['FailureCause']>, ParentType, ContextType>;
  diagnoses?: Resolver<ReadonlyArray<ResolversTypes['Diagnosis']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['HealthState'], ParentType, ContextType>;
};

export type SourceHealthChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceHealthChanged'] = ResolversParentTypes['SourceHealthChanged']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cause?: Resolver<Maybe<ResolversTypes['FailureCause']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  health?: Resolver<ResolversTypes['HealthState'], ParentType, ContextType>;
  previousHealth?: Resolver<ResolversTypes['HealthState'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceId'] = ResolversParentTypes['SourceId']> = {
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  firstSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SourcePlatformResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourcePlatform'] = ResolversParentTypes['SourcePlatform']> = {
  connector?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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
  learnedHours?: Resolver<Maybe<ReadonlyArray<ResolversTypes['LearnedHour']>>, ParentType, ContextType>;
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
  history?: Resolver<ResolversTypes['ObjectChangeConnection'], ParentType, ContextType, Partial<StatementHistoryArgs>>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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
  health?: Resolver<Maybe<ResolversTypes['SourceHealth']>, ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'BudgetClosed' | 'DeliveryParked' | 'DeliveryReceived' | 'EntityChanged' | 'EvidencePackFinished' | 'FindingClosed' | 'FindingOpened' | 'PayoutMatchChanged' | 'RecordQuarantined' | 'RunFinished' | 'RunProgressed' | 'RunStarted' | 'SourceHealthChanged' | 'SourceStatusChanged' | 'StreamPosition' | 'StreamReset', ParentType, ContextType>;
};

export type SyncEventKindResolvers = EnumResolverSignature<{ BUDGET_CLOSED?: any, DELIVERY_PARKED?: any, DELIVERY_RECEIVED?: any, ENTITY_CHANGED?: any, EVIDENCE_PACK_FINISHED?: any, FINDING_CLOSED?: any, FINDING_OPENED?: any, PAYOUT_MATCH_CHANGED?: any, RECORD_QUARANTINED?: any, RUN_FINISHED?: any, RUN_PROGRESSED?: any, RUN_STARTED?: any, SOURCE_HEALTH_CHANGED?: any, SOURCE_STATUS_CHANGED?: any }, ResolversTypes['SyncEventKind']>;

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
  totalCount?: Resolver<Maybe<ResolversTypes['ListCount']>, ParentType, ContextType>;
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

export type ThroughputResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Throughput'] = ResolversParentTypes['Throughput']> = {
  deliveries?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
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
  ActivityConnection?: ActivityConnectionResolvers<ContextType>;
  ActivityEdge?: ActivityEdgeResolvers<ContextType>;
  ActivityItem?: ActivityItemResolvers<ContextType>;
  Alert?: AlertResolvers<ContextType>;
  AlertAttempt?: AlertAttemptResolvers<ContextType>;
  AlertConnection?: AlertConnectionResolvers<ContextType>;
  AlertEdge?: AlertEdgeResolvers<ContextType>;
  AlertEndpoint?: AlertEndpointResolvers<ContextType>;
  AlertMute?: AlertMuteResolvers<ContextType>;
  AmountSum?: AmountSumResolvers<ContextType>;
  AmountTotals?: AmountTotalsResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AuditHead?: AuditHeadResolvers<ContextType>;
  AuditPrincipal?: AuditPrincipalResolvers<ContextType>;
  AuditSubject?: AuditSubjectResolvers<ContextType>;
  Balance?: BalanceResolvers<ContextType>;
  BalanceChain?: BalanceChainResolvers<ContextType>;
  BalanceDrift?: BalanceDriftResolvers<ContextType>;
  BalanceDriftCandidate?: BalanceDriftCandidateResolvers<ContextType>;
  BalanceLink?: BalanceLinkResolvers<ContextType>;
  BalanceLinkConnection?: BalanceLinkConnectionResolvers<ContextType>;
  BalanceLinkEdge?: BalanceLinkEdgeResolvers<ContextType>;
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
  BankTransactionSum?: BankTransactionSumResolvers<ContextType>;
  BankTransactionTotals?: BankTransactionTotalsResolvers<ContextType>;
  BigInt?: GraphQLScalarType;
  BudgetClosed?: BudgetClosedResolvers<ContextType>;
  BudgetState?: BudgetStateResolvers<ContextType>;
  ChangeCause?: ChangeCauseResolvers<ContextType>;
  ComparedDay?: ComparedDayResolvers<ContextType>;
  ComparedDayConnection?: ComparedDayConnectionResolvers<ContextType>;
  ComparedDayEdge?: ComparedDayEdgeResolvers<ContextType>;
  ConnectSourcePayload?: ConnectSourcePayloadResolvers<ContextType>;
  Counterparty?: CounterpartyResolvers<ContextType>;
  CreateAlertEndpointPayload?: CreateAlertEndpointPayloadResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  CreateEvidencePackPayload?: CreateEvidencePackPayloadResolvers<ContextType>;
  CreditorReference?: CreditorReferenceResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  CurrencyExchange?: CurrencyExchangeResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DayContent?: DayContentResolvers<ContextType>;
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
  Diagnosis?: DiagnosisResolvers<ContextType>;
  DiagnosisEvidence?: DiagnosisEvidenceResolvers<ContextType>;
  DiscardDeliveriesPayload?: DiscardDeliveriesPayloadResolvers<ContextType>;
  DiscardManyQuarantinedPayload?: DiscardManyQuarantinedPayloadResolvers<ContextType>;
  DiscardQuarantinedPayload?: DiscardQuarantinedPayloadResolvers<ContextType>;
  DisconnectSourcePayload?: DisconnectSourcePayloadResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  DisputeConnection?: DisputeConnectionResolvers<ContextType>;
  DisputeEdge?: DisputeEdgeResolvers<ContextType>;
  EntityChanged?: EntityChangedResolvers<ContextType>;
  EntityType?: EntityTypeResolvers;
  EntityTypeInput?: EntityTypeInputResolvers;
  EventCursor?: GraphQLScalarType;
  Evidence?: EvidenceResolvers<ContextType>;
  EvidencePack?: EvidencePackResolvers<ContextType>;
  EvidencePackConnection?: EvidencePackConnectionResolvers<ContextType>;
  EvidencePackEdge?: EvidencePackEdgeResolvers<ContextType>;
  EvidencePackFinished?: EvidencePackFinishedResolvers<ContextType>;
  EvidencePart?: EvidencePartResolvers<ContextType>;
  Extension?: ExtensionResolvers<ContextType>;
  FieldChange?: FieldChangeResolvers<ContextType>;
  FieldValue?: FieldValueResolvers<ContextType>;
  File?: FileResolvers<ContextType>;
  FileConnection?: FileConnectionResolvers<ContextType>;
  FileEdge?: FileEdgeResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingClosed?: FindingClosedResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  FindingEdge?: FindingEdgeResolvers<ContextType>;
  FindingOpened?: FindingOpenedResolvers<ContextType>;
  Freshness?: FreshnessResolvers<ContextType>;
  HealthCount?: HealthCountResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  LearnedHour?: LearnedHourResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  LedgerEntryConnection?: LedgerEntryConnectionResolvers<ContextType>;
  LedgerEntryEdge?: LedgerEntryEdgeResolvers<ContextType>;
  LedgerEntrySum?: LedgerEntrySumResolvers<ContextType>;
  LedgerEntryTotals?: LedgerEntryTotalsResolvers<ContextType>;
  LedgerOrigin?: LedgerOriginResolvers<ContextType>;
  ListCount?: ListCountResolvers<ContextType>;
  MatchDecision?: MatchDecisionResolvers<ContextType>;
  MatchDecisionConnection?: MatchDecisionConnectionResolvers<ContextType>;
  MatchDecisionEdge?: MatchDecisionEdgeResolvers<ContextType>;
  MetricPoint?: MetricPointResolvers<ContextType>;
  MetricSeries?: MetricSeriesResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NamedAmount?: NamedAmountResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  ObjectChange?: ObjectChangeResolvers<ContextType>;
  ObjectChangeConnection?: ObjectChangeConnectionResolvers<ContextType>;
  ObjectChangeEdge?: ObjectChangeEdgeResolvers<ContextType>;
  Overview?: OverviewResolvers<ContextType>;
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
  PaymentSum?: PaymentSumResolvers<ContextType>;
  PaymentTotals?: PaymentTotalsResolvers<ContextType>;
  Payout?: PayoutResolvers<ContextType>;
  PayoutComposition?: PayoutCompositionResolvers<ContextType>;
  PayoutConnection?: PayoutConnectionResolvers<ContextType>;
  PayoutEdge?: PayoutEdgeResolvers<ContextType>;
  PayoutMatch?: PayoutMatchResolvers<ContextType>;
  PayoutMatchChanged?: PayoutMatchChangedResolvers<ContextType>;
  PayoutProof?: PayoutProofResolvers<ContextType>;
  PayoutProofLine?: PayoutProofLineResolvers<ContextType>;
  PayoutResidue?: PayoutResidueResolvers<ContextType>;
  PayoutRoute?: PayoutRouteResolvers<ContextType>;
  PayoutRouteFeeStep?: PayoutRouteFeeStepResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  QuarantinedRecord?: QuarantinedRecordResolvers<ContextType>;
  QuarantinedRecordConnection?: QuarantinedRecordConnectionResolvers<ContextType>;
  QuarantinedRecordEdge?: QuarantinedRecordEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RawRecord?: RawRecordResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationExchange?: ReconciliationExchangeResolvers<ContextType>;
  ReconciliationItem?: ReconciliationItemResolvers<ContextType>;
  ReconciliationItemConnection?: ReconciliationItemConnectionResolvers<ContextType>;
  ReconciliationItemEdge?: ReconciliationItemEdgeResolvers<ContextType>;
  ReconciliationLink?: ReconciliationLinkResolvers<ContextType>;
  ReconciliationProposal?: ReconciliationProposalResolvers<ContextType>;
  ReconciliationResidue?: ReconciliationResidueResolvers<ContextType>;
  RecordDifference?: RecordDifferenceResolvers<ContextType>;
  RecordDifferenceConnection?: RecordDifferenceConnectionResolvers<ContextType>;
  RecordDifferenceEdge?: RecordDifferenceEdgeResolvers<ContextType>;
  RecordQuarantined?: RecordQuarantinedResolvers<ContextType>;
  Reference?: ReferenceResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundConnection?: RefundConnectionResolvers<ContextType>;
  RefundEdge?: RefundEdgeResolvers<ContextType>;
  Remedy?: RemedyResolvers<ContextType>;
  RemedyMutation?: RemedyMutationResolvers<ContextType>;
  Remittance?: RemittanceResolvers<ContextType>;
  ReplayDeliveriesPayload?: ReplayDeliveriesPayloadResolvers<ContextType>;
  ReplayManyQuarantinedPayload?: ReplayManyQuarantinedPayloadResolvers<ContextType>;
  ReplayPayload?: ReplayPayloadResolvers<ContextType>;
  ReturnReason?: ReturnReasonResolvers<ContextType>;
  RotateAlertSecretPayload?: RotateAlertSecretPayloadResolvers<ContextType>;
  RunFinished?: RunFinishedResolvers<ContextType>;
  RunProgressed?: RunProgressedResolvers<ContextType>;
  RunStarted?: RunStartedResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceComparisons?: SourceComparisonsResolvers<ContextType>;
  SourceConnection?: SourceConnectionResolvers<ContextType>;
  SourceEdge?: SourceEdgeResolvers<ContextType>;
  SourceErasure?: SourceErasureResolvers<ContextType>;
  SourceFeed?: SourceFeedResolvers<ContextType>;
  SourceFeedError?: SourceFeedErrorResolvers<ContextType>;
  SourceHealth?: SourceHealthResolvers<ContextType>;
  SourceHealthChanged?: SourceHealthChangedResolvers<ContextType>;
  SourceId?: SourceIdResolvers<ContextType>;
  SourcePlatform?: SourcePlatformResolvers<ContextType>;
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
  Throughput?: ThroughputResolvers<ContextType>;
  UpdateSourceCredentialsPayload?: UpdateSourceCredentialsPayloadResolvers<ContextType>;
  UpdateSourcePayload?: UpdateSourcePayloadResolvers<ContextType>;
};

