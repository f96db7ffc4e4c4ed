import { optional } from "../fields/field-kind.ts";
import { text } from "../fields/text.ts";
import { references } from "../fields/texts.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

export const party = defineMapping({
  entity: "Party",
  hasCurrency: false,
  fields: {
    kind: optional(word(["PERSON", "ORGANIZATION"])),
    name: optional(text),
    email: optional(text),
    identifiers: optional(references),
  },
  build: ({ kind, name, email, identifiers }, base) => ({
    ...base,
    type: "Party",
    kind: kind?.known,
    name,
    email,
    identifiers: identifiers ?? [],
  }),
});
