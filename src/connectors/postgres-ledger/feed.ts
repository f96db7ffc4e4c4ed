import { hash } from "node:crypto";
import { z } from "zod";
import type { ChangeFeed, FeedInput, FeedMessage, OpenFeed } from "../../connector-api/change-feed.ts";
import type { ContractMessage, HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { SlotEvent } from "../../protocols/postgres-cdc/events.ts";
import type { FollowedSlot } from "../../protocols/postgres-cdc/follow-slot.ts";
import { slotPositionSchema } from "../../protocols/postgres-cdc/database/position.ts";
import type { Relation } from "../../protocols/postgres-cdc/pgoutput/relation.ts";
import type { CatalogTable } from "./catalog/read-catalog.ts";
import { tableContract } from "./catalog/table-contract.ts";
import { readTables, requireCatalog } from "./check-database.ts";
import { type LedgerChannel, ledgerChannel } from "./channel.ts";
import { createChangeMapper } from "./changes.ts";
import type { LedgerConfig } from "./settings/config.ts";
import { STREAMS } from "./settings/streams.ts";

/** A place in the log, and the settings by which its changes were mapped. */
const ledgerPosition = slotPositionSchema.extend({
  /** Digest of the settings of the tables; absent in positions of an earlier version. */
  tables: z.string().optional(),
});
const DIGEST_LENGTH = 16;
type LedgerPosition = z.infer<typeof ledgerPosition>;
type Input = FeedInput<LedgerConfig, LedgerPosition>;

/** The changes of the tables, from a replication slot. */
export const ledgerFeed: ChangeFeed<LedgerConfig, LedgerPosition> = {
  streams: STREAMS.map(({ name }) => name),
  via: "CDC",
  position: ledgerPosition,
  open(input): OpenFeed<LedgerPosition> {
    let slot: FollowedSlot | undefined;
    const stream = input.client.follow<LedgerChannel, SlotEvent>(
      {
        via: ledgerChannel,
        name: "follow",
        async open(channel, limits) {
          slot = channel.follow({
            slot: input.config.slot ?? slotNameOf(input.sourceId),
            publications: [input.config.publication],
            position: input.position,
            nowMs: input.nowMs,
            onLag: input.onLag,
            signal: limits.signal,
          });
          return slot.events;
        },
      },
      input.signal,
    );
    return {
      messages: messagesOf(input, stream),
      committed: (position) => slot?.committed(position),
      close: async () => slot?.close(),
    };
  },
};

/** Name of the slot of a source: at most 63 lower-case letters, digits and underscores. */
export function slotNameOf(sourceId: string): string {
  return `sluice_${sourceId.replaceAll("-", "_")}`.slice(0, 63);
}

async function* messagesOf(
  input: Input,
  events: AsyncIterable<SlotEvent>,
): AsyncGenerator<FeedMessage<LedgerPosition>> {
  await requireCatalog(input);
  const mapper = createChangeMapper(input.config);
  const tables = digestOf(input.config);
  const { position } = input;
  if (position?.tables !== undefined && position.tables !== tables) {
    // Rows that exist, and changes up to here, were mapped by the other settings, or not at all.
    yield { type: "gap", reason: "the settings of its tables were changed" };
    yield { type: "checkpoint", cursor: { ...position, tables }, progress: undefined };
  }
  for await (const event of events) {
    if (event.type === "gap" || event.type === "lag") yield event;
    else {
      if (event.type === "commit") yield* mapper.flush();
      // the server describes a table before its first change, and after each change of its columns
      if (event.type === "relation" && mapper.streamsOf([event.relation]).length > 0) {
        yield* tableContracts(await readTables(input), event.relation);
      }
      if ("position" in event) yield { type: "checkpoint", cursor: { ...event.position, tables }, progress: undefined };
      else yield* changesOf(mapper, event);
    }
  }
  throw new ServiceError("UPSTREAM_UNAVAILABLE", "the database ended the replication");
}

function* tableContracts(
  catalog: ReadonlyMap<string, CatalogTable>,
  { schema, name }: Relation,
): Generator<ContractMessage> {
  const table = catalog.get(`${schema}.${name}`);
  if (table !== undefined) yield tableContract(`${schema}.${name}`, table);
}

function digestOf({ tables }: LedgerConfig): string {
  return hash("sha256", JSON.stringify(tables), "base64url").slice(0, DIGEST_LENGTH);
}

function changesOf(
  mapper: ReturnType<typeof createChangeMapper>,
  event: SlotEvent,
): readonly FeedMessage<LedgerPosition>[] {
  if (event.type !== "truncate") return mapper.take(event) as readonly (ObjectMessage | HintMessage)[];
  const names = mapper.streamsOf(event.relations);
  if (names.length === 0) return [];
  return [...mapper.flush(), { type: "gap", reason: `the tables of ${names.join(", ")} were truncated` }];
}
