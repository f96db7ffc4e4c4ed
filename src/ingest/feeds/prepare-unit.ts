import type { FeedGapMessage } from "../../connector-api/change-feed.ts";
import { oneAhead } from "../../runtime/one-ahead.ts";
import type { Source } from "../../sources/source.ts";
import { encodePayloads } from "../apply/encode-payloads.ts";
import { type Condition, isCondition } from "../apply/report-conditions.ts";
import { type ApplyChangesInput, type ObjectChange, prepareChanges } from "./apply-isolated.ts";
import type { FeedChange, FeedUnit } from "./feed-unit.ts";

/** Changes of one part of a unit, prepared to be applied. */
export interface PreparedPart {
  readonly changes: ApplyChangesInput;
  readonly conditions: readonly Condition[];
  /** The last one: all are repaired by the same read. */
  readonly gap: FeedGapMessage | undefined;
}

/** A unit whose changes can be applied without further work in this process. */
export interface PreparedUnit {
  readonly unit: FeedUnit;
  /** Parts in order. Those of a large unit are read and prepared again by each call, one ahead of the caller. */
  readonly parts: () => AsyncIterable<PreparedPart>;
}

export interface PrepareOptions {
  readonly source: Source;
  readonly via: "CDC" | "STREAM";
}

/**
 * Prepares a unit, so that ids, values, hashes and compressed bytes are made while the database commits the unit before
 * it: neither of the two waits for the other one.
 */
export async function prepareUnit(unit: FeedUnit, options: PrepareOptions): Promise<PreparedUnit> {
  const prepared = (): AsyncGenerator<PreparedPart> => preparedParts(unit.parts(), options);
  if (unit.isLarge) return { unit, parts: () => oneAhead(prepared()) };
  const parts = await Array.fromAsync(prepared());
  return {
    unit,
    parts: async function* () {
      yield* parts;
    },
  };
}

async function* preparedParts(
  parts: AsyncIterable<readonly FeedChange[]>,
  options: PrepareOptions,
): AsyncGenerator<PreparedPart> {
  for await (const part of parts) yield await preparePart(part, options);
}

async function preparePart(all: readonly FeedChange[], { source, via }: PrepareOptions): Promise<PreparedPart> {
  const changes = all.filter((change): change is ObjectChange => !isCondition(change) && change.type !== "gap");
  const payloads = await encodePayloads(changes.map((message) => ({ message, deliveryId: undefined })));
  const input = { source, via, changes, payloads };
  return {
    changes: { ...input, prepared: preparedOrNot(input) },
    conditions: all.filter(isCondition),
    gap: all.findLast((change) => change.type === "gap"),
  };
}

/** A change that cannot be prepared is found, and quarantined, when the changes are applied. */
function preparedOrNot(input: ApplyChangesInput): ApplyChangesInput["prepared"] {
  try {
    return prepareChanges(input.source, input);
  } catch {
    return undefined;
  }
}
