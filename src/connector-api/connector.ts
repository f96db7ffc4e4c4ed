import type { z } from "zod";
import type { DateTime } from "../domain/values.ts";
import type { EntityType } from "../domain/ids.ts";
import type { BudgetPolicy } from "./budget.ts";
import type { UpstreamClient } from "./client.ts";
import type { FileFormat } from "./files.ts";
import type { ObjectMessage, ReadMessage } from "./messages.ts";
import type { Webhook } from "./webhook.ts";

/** A named collection that a source offers. */
export interface StreamSpec {
  /** Stable for ever: part of stored keys. */
  readonly name: string;
  /** Everything that reading it may produce. */
  readonly entities: readonly EntityType[];
  /**
   * Restricted to a creation range, the read covers just that range, newest first, and its checkpoints say what they
   * `reached` and what is `next`: several readers may then share the past among them. False: a range reads everything.
   */
  readonly ranged: boolean;
  /**
   * A read without a cursor shows everything that exists, so that a full sync takes what it did not show for gone. This is how deletions
   * are found that no feed of changes told, of objects that cannot be fetched by id. A read that shows nothing at all tells nothing.
   * Absent: what is not shown may exist.
   */
  readonly showsAll?: true;
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
  /** Undefined: from the beginning. Otherwise what an earlier checkpoint of the same stream said. */
  readonly cursor: Cursor | undefined;
  /** Only with `ranged` streams; undefined: no bound on either side. */
  readonly range: ReadRange | undefined;
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
  readonly signal: AbortSignal;
}

/** How many ids of one kind are fetched at a time. */
export interface FetchLimits {
  /** Ids of one call of `fetchMany` at most. */
  readonly maxBatch: number;
  /**
   * Ids that one call to the upstream answers, 1 to `maxBatch`: 1 where each id is a request of its own, `maxBatch` where
   * the upstream takes them together. Who cannot wait for the slowest, or fail with the first, asks for so many at a time.
   */
  readonly idsPerCall: number;
}

export interface CheckInput<Config> {
  readonly config: Config;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
}

/** Where the calls of a source go and whose budget they draw on. */
export interface UpstreamTarget {
  /** Scheme, host and port, with an optional path prefix and no trailing slash. */
  readonly baseUrl: string;
  /** Whatever the upstream counts by, usually the key. It is hashed before it is stored or shown. */
  readonly credential: string;
}

/** One kind of external system. Holds no state: all state is in the messages. */
export interface Connector<Config, Cursor> {
  /** Lower case and stable for ever: part of stored keys. */
  readonly name: string;
  readonly config: z.ZodType<Config>;
  readonly cursor: z.ZodType<Cursor>;
  readonly streams: readonly StreamSpec[];
  /** Entities whose objects may come back under another id: see `RecordMessage.replaces`. Absent: none. */
  readonly renames?: readonly EntityType[];
  /**
   * Hardly anything at this upstream was made before: where the halving of the past among readers begins. No bound on
   * what is read. Default: 1970, which costs some more calls that find nothing.
   */
  readonly oldest?: DateTime;
  /** Undefined: the source calls nobody. */
  target(config: Config): UpstreamTarget | undefined;
  /** How much the upstream bears, when its operator says nothing else. */
  budget(config: Config): BudgetPolicy;
  /** Resolves when the credentials work. @throws ServiceError UPSTREAM_* */
  check(input: CheckInput<Config>): Promise<void>;
  /**
   * Finite: ends with a checkpoint, from which a later read goes on. At least once: records repeat after a resume.
   * Without a cursor it reads all there is; with the cursor of a finished read it reads what changed since.
   */
  read(input: ReadInput<Config, Cursor>): AsyncIterable<ReadMessage<Cursor>>;
  /** Entities that can be fetched by id. */
  readonly fetch: Readonly<Partial<Record<EntityType, FetchLimits>>>;
  /** The present state of each object: a record (with what belongs to it), a tombstone for one that is gone, or malformed. */
  fetchMany(input: FetchManyInput<Config>): Promise<readonly ObjectMessage[]>;
  readonly webhook?: Webhook<Config>;
  /** Takes whole files: what a person, a script or a folder brings, and the `file` messages of `read`. */
  readonly files?: FileFormat<Config>;
}

/**
 * A connector whose config and cursor types are closed over, as the registry holds them. The schemas are what makes
 * it sound: nothing reaches a method that its own `config` and `cursor` have not parsed.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- existential type: TypeScript has no other word for it
export type AnyConnector = Connector<any, any>;
