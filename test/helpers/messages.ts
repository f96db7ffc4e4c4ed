import type { RawPayload, RecordMessage, TombstoneMessage } from "../../src/connector-api/messages.ts";
import type { PartyRecord } from "../../src/domain/entities.ts";
import { FINALITY, type Version } from "../../src/domain/version.ts";

export const EMPTY_PAYLOAD: RawPayload = { bytes: new TextEncoder().encode("{}"), mediaType: "application/json" };

/** An exact version: one moment of the upstream's clock. */
export function at(moment: bigint): Version {
  return { from: moment, until: moment, finality: FINALITY.ordinary };
}

export function party(externalId: string, name: string): PartyRecord {
  return {
    type: "Party",
    externalId,
    createdAt: "2026-01-01T00:00:00.000Z",
    extensions: {},
    kind: "ORGANIZATION",
    name,
    email: undefined,
    identifiers: [],
  };
}

export function partyMessage(externalId: string, name: string, version: Version): RecordMessage {
  return {
    type: "record",
    record: party(externalId, name),
    version,
    raw: { payload: EMPTY_PAYLOAD, path: "" },
    unknowns: [],
  };
}

export function partyTombstone(externalId: string, version: Version): TombstoneMessage {
  return { type: "tombstone", entity: "Party", externalId, version, raw: { payload: EMPTY_PAYLOAD, path: "" } };
}
