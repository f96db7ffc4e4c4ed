import { z } from "zod";
import { singleBucket } from "../../src/connector-api/budget.ts";
import type { ChangeFeed } from "../../src/connector-api/change-feed.ts";
import type { Connector, ReadInput } from "../../src/connector-api/connector.ts";
import type { EntityType } from "../../src/domain/ids.ts";
import type { ReadMessage } from "../../src/connector-api/messages.ts";
import type { Webhook } from "../../src/connector-api/webhook.ts";
import type { Source } from "../../src/sources/source.ts";
import { httpClient } from "../helpers/upstream-client.ts";

/** Position in the script: number of pages that were read. */
const cursor = z.object({ page: z.number().int().nonnegative() });
type Cursor = z.infer<typeof cursor>;

/** The pages of the scripted upstream. A function is called when its page is requested; it may throw or wait. */
export type Page = (signal: AbortSignal) => Promise<readonly ReadMessage<Cursor>[]> | readonly ReadMessage<Cursor>[];

export interface Script {
  /** Name of the connector. Default: `scripted`. Connectors with different feeds have different names. */
  readonly name?: string;
  readonly pages: Record<string, Page[]>;
  /** Object types that it declares as fetchable by id. */
  fetchable?: readonly EntityType[];
  /** Answers a fetch by id. Default: nothing is known. */
  readonly fetchMany?: Connector<unknown, Cursor>["fetchMany"];
  /** Object types that may be listed again under other ids. */
  readonly renames?: readonly EntityType[];
  /** Each stream lists every object of its types. */
  readonly listsEverything?: boolean;
  /** The types that its streams return. Default: parties. */
  readonly entities?: readonly EntityType[];
  readonly webhook?: Webhook<unknown>;
  // oxlint-disable-next-line typescript/no-explicit-any -- only the feed itself interprets its position
  readonly feed?: ChangeFeed<unknown, any>;
  /** Called by `check`. */
  check?: () => Promise<void>;
}

/** A connector whose upstream is a script: for the sync engine's tests, which control when each page arrives. */
export function scriptedConnector(script: Script): Connector<unknown, Cursor> {
  return {
    name: script.name ?? "scripted",
    config: z.unknown(),
    cursor,
    streams: Object.keys(script.pages).map((name) => ({
      name,
      entities: script.entities ?? ["Party"],
      ranged: name !== "whole",
      ...(script.listsEverything === true && { listsEverything: true as const }),
    })),
    ...(script.renames && { renames: script.renames }),
    ...(script.webhook && { webhook: script.webhook }),
    ...(script.feed && { feed: script.feed }),
    budget: () => singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 10 }),
    target: () => ({ baseUrl: "http://127.0.0.1:9", credential: "none" }),
    check: () => script.check?.() ?? Promise.resolve(),
    async *read({ stream, cursor: from, signal }: ReadInput<unknown, Cursor>) {
      const pages = script.pages[stream] ?? [];
      for (let page = from?.page ?? 0; page < pages.length; page += 1) {
        signal.throwIfAborted();
        yield* (await pages[page]?.(signal)) ?? [];
        yield { type: "checkpoint", cursor: { page: page + 1 }, progress: (page + 1) / pages.length };
      }
      yield { type: "checkpoint", cursor: { page: pages.length }, progress: 1 };
    },
    fetch: Object.fromEntries((script.fetchable ?? []).map((type) => [type, { maxBatch: 10, idsPerCall: 10 }])),
    fetchMany: script.fetchMany ?? (() => Promise.resolve([])),
    ...(script.webhook !== undefined && { webhook: script.webhook }),
  };
}

export function scriptedSource(
  script: Script,
  options: { id?: string; tenantId?: string; scheduleMs?: number } = {},
): Source {
  return {
    tenantId: options.tenantId ?? "acme",
    id: options.id ?? "main",
    connector: scriptedConnector(script),
    config: {},
    scheduleMs: options.scheduleMs,
    credential: "scripted",
    client: () => httpClient(),
  };
}
