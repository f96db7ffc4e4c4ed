import type { z } from "zod";
import type { DateTime } from "../domain/values.ts";
import type { EntityType } from "../domain/ids.ts";
import type { BudgetPolicy } from "./budget.ts";
import type { AnyChannelKind } from "./channel.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { UpstreamClient } from "./client.ts";
import type { FileFormat } from "./files.ts";
import type { HintMessage, ObjectMessage, ReadMessage } from "./messages.ts";
import type { UpstreamTarget } from "./upstream-target.ts";
import type { Webhook } from "./webhook.ts";

/** A named collection of objects at a source. */
export interface StreamSpec {
  /** Never changes, because it is part of stored keys. */
  readonly name: string;
  /** Every entity type that reading it may produce. */
  readonly entities: readonly EntityType[];
  /**
   * Restricted to a creation range, the read covers exactly that range, newest first, and its checkpoints contain
   * `reached` and `next`: several readers may then divide the history among them. False: a range reads everything.
   */
  readonly ranged: boolean;
  /**
   * A read without a cursor lists every existing object, so a full sync treats unlisted objects as deleted. This finds
   * deletions that no change feed reported, of objects that cannot be fetched by id. A read that lists no object at all
   * deletes nothing. Absent: an unlisted object may exist.
   */
  readonly listsEverything?: true;
  /**
   * How its objects are compared with what is stored of them. Absent: every type but balances, which have no history,
   * completely listed if no other stream produces the type.
   */
  readonly comparison?: StreamComparison;
}

/** Types of objects that a new read of the stream compares, or the reason why it cannot, as a sentence for operators. */
export type StreamComparison = { readonly types: readonly ComparedType[] } | { readonly notComparable: string };

/** A type of object that is compared by reading a stream again. */
export interface ComparedType {
  readonly type: EntityType;
  /**
   * `COMPLETE`: the read lists every object of the type that was created in its range, so an object that it does not list
   * may be one that does not exist. `PARTIAL`: it lists some, and nothing follows from a missing one.
   */
  readonly listing: "COMPLETE" | "PARTIAL";
  /** Regular expression for the external ids of a completely listed type of which other streams list others. */
  readonly idPattern?: string;
}

/** Creation times, from inclusive, to exclusive; undefined: no bound on that side. */
export interface ReadRange {
  readonly from: DateTime | undefined;
  readonly to: DateTime | undefined;
}

export interface ReadInput<Config, Cursor> {
  readonly config: Config;
  readonly client: UpstreamClient;
  readonly stream: string;
  /** Undefined: from the beginning. Otherwise the cursor of an earlier checkpoint of the same stream. */
  readonly cursor: Cursor | undefined;
  /** Only for `ranged` streams; undefined: no bound on either side. */
  readonly range: ReadRange | undefined;
  /**
   * True if the range was split off from one whose reader has not reached it yet. Data that a stream reads in addition
   * to objects in creation order is left to that other range, which is not a part. Absent: it is not a part.
   */
  readonly isPart?: true;
  /** Epoch milliseconds of our clock when the read started. */
  readonly nowMs: number;
  /** Aborted on shutdown, cancel and deadline; the iterator then throws promptly. */
  readonly signal: AbortSignal;
}

export interface FetchManyInput<Config> {
  readonly config: Config;
  readonly client: UpstreamClient;
  readonly entity: EntityType;
  /** Distinct, at most `fetch[entity].maxBatch`. */
  readonly externalIds: readonly string[];
  /**
   * Kind of the objects that the ids belong to, as in `HintMessage`, and only values that a hint of this connector has
   * requested. Left out: the ids are the objects' own.
   */
  readonly of?: EntityType;
  readonly signal: AbortSignal;
}

/** Limits on the number of ids of one kind fetched at a time. */
export interface FetchLimits {
  /** Maximum number of ids in one call of `fetchMany`. */
  readonly maxBatch: number;
  /**
   * Number of ids that one upstream call returns, 1 to `maxBatch`: 1 if each id is a request of its own, `maxBatch` if
   * the upstream accepts them together. A caller that cannot wait for the slowest request, or fail with the first,
   * requests at most this number at a time.
   */
  readonly idsPerCall: number;
}

export interface CheckInput<Config> {
  readonly config: Config;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
}

/** One kind of external system. Holds no state: all state is in the messages. */
export interface Connector<Config, Cursor> {
  /** Lower case; never changes, because stored keys contain it. */
  readonly name: string;
  readonly config: z.ZodType<Config>;
  readonly cursor: z.ZodType<Cursor>;
  readonly streams: readonly StreamSpec[];
  /**
   * Returns what a source with these settings has of the streams, of the entities that can be fetched, and of the feed.
   * Absent: each source has all of them.
   */
  configured?(config: Config): {
    readonly streams: readonly StreamSpec[];
    readonly fetch: Connector<Config, Cursor>["fetch"];
    readonly feed: Connector<Config, Cursor>["feed"] | undefined;
  };
  /** Entities whose objects may be listed again under another id: see `RecordMessage.replaces`. Absent: none. */
  readonly renames?: readonly EntityType[];
  /**
   * Time before which almost no object of this upstream was created: the halving of the history among readers begins
   * here. It does not bound what is read. Default: 1970, which costs a few more calls that find nothing.
   */
  readonly oldest?: DateTime;
  /** Undefined: the source makes no calls. */
  target(config: Config): UpstreamTarget | undefined;
  /**
   * Returns the account at the provider that a source of a platform reads, by which webhooks at the platform's address
   * are assigned. Undefined: the settings name none. Absent: the connector's sources share nothing but a key.
   */
  accountOf?(config: Config): string | undefined;
  /**
   * Names of the settings that a source of a platform has of its own: its account there and what gives access to it. All
   * other settings belong to the platform, and `connectSource` refuses them. Present together with `accountOf`.
   */
  readonly accountSettings?: readonly string[];
  /**
   * Returns the time at which the credentials in the settings end, as far as they state it themselves, such as the end of
   * a client certificate. Undefined, or absent: they do not.
   */
  credentialsEnd?(config: Config): DateTime | undefined;
  /** How an upstream is connected to that is not called by HTTP. Absent: every call is made by HTTP. */
  readonly channel?: AnyChannelKind;
  /** Returns the limits that the upstream accepts, unless its operator sets others. */
  budget(config: Config): BudgetPolicy;
  /** Returns the limits of all sources of a platform together. Absent: there are none. */
  platformBudget?(config: Config): BudgetPolicy;
  /** Resolves when the credentials work. @throws ServiceError UPSTREAM_* */
  check(input: CheckInput<Config>): Promise<void>;
  /**
   * Finite: ends with a checkpoint, from which a later read continues. At least once: records repeat after a resume.
   * Without a cursor it reads everything; with the cursor of a finished read it reads the changes since then.
   */
  read(input: ReadInput<Config, Cursor>): AsyncIterable<ReadMessage<Cursor>>;
  /** Entities that can be fetched by id. */
  readonly fetch: Readonly<Partial<Record<EntityType, FetchLimits>>>;
  /**
   * Returns the current state of each object: a record (with its dependent objects), a tombstone for a deleted one, or
   * malformed. Also returns hints to other objects whose state depends on the result; never to a requested one.
   */
  fetchMany(input: FetchManyInput<Config>): Promise<readonly (ObjectMessage | HintMessage)[]>;
  readonly webhook?: Webhook<Config>;
  /** Changes that the upstream sends over an open connection. Absent: it sends none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- only the feed itself interprets its position
  readonly feed?: ChangeFeed<Config, any>;
  /** Reads whole files: those that a person, a script or a folder delivers, and the `file` messages of `read`. */
  readonly files?: FileFormat<Config>;
}

/**
 * A connector with its config and cursor types hidden, as the registry stores it. The schemas make this sound: a method
 * only receives values that its own `config` and `cursor` schemas have parsed.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- existential type: TypeScript has no other word for it
export type AnyConnector = Connector<any, any>;
