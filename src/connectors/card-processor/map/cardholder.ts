import type { CardholderWire } from "../wire/objects.ts";
import { referencesOf } from "./fields.ts";
import { type Observation, recordOf } from "./observation.ts";

/** Maps a cardholder; a deleted one is only an id. */
export function mapCardholder(wire: CardholderWire): readonly Observation[] {
  if (wire.deleted_at !== undefined) return [{ type: "deleted", entity: "Party", externalId: wire.id }];
  return [
    recordOf({
      type: "Party",
      externalId: wire.id,
      createdAt: wire.created_at,
      kind: "PERSON",
      name: wire.name,
      email: wire.email,
      identifiers: referencesOf({ "card-processor.cardholder": wire.id, merchant_reference: wire.merchant_reference }),
      extensions: {},
    }),
  ];
}
