import { optional, required } from "../fields/field-kind.ts";
import { ItemFault } from "../fields/item.ts";
import { text } from "../fields/text.ts";
import { references } from "../fields/texts.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

export const account = defineMapping({
  entity: "Account",
  fields: {
    ownership: required(word(["INTERNAL", "EXTERNAL"])),
    kind: optional(word(["PROCESSOR_BALANCE", "BANK_ACCOUNT", "CARD"])),
    name: optional(text),
    currency: optional(text),
    ownerExternalId: optional(text),
    identifiers: optional(references),
  },
  build({ ownership, kind, ...values }, base) {
    if (ownership.known === undefined) throw new ItemFault("ownership", "must be a value that the settings map");
    return {
      ...base,
      type: "Account",
      ownership: ownership.known,
      kind: kind?.known,
      name: values.name,
      currency: values.currency,
      ownerExternalId: values.ownerExternalId,
      identifiers: values.identifiers ?? [],
    };
  },
});
