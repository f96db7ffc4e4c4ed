import { expect, test } from "@jest/globals";
import { parse, validate } from "graphql";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSchema } from "../../src/server/load-schema.ts";
import { EVENT_FIELDS } from "../graph/event-fields.ts";

const FOLDER = join(import.meta.dirname, "documents");
const NAMES = readdirSync(FOLDER);
const schema = loadSchema();

const errorsOf = (text: string): readonly string[] => validate(schema, parse(text)).map(({ message }) => message);

test.each(NAMES)("the document %s is valid against the SDL", (name) => {
  expect(errorsOf(readFileSync(join(FOLDER, name), "utf8"))).toEqual([]);
});

test("the fields of events are valid against the SDL, and select no object but its id", () => {
  const text = `subscription { syncEvents { __typename cursor ${EVENT_FIELDS} } }`;
  expect(errorsOf(text)).toEqual([]);
  expect(EVENT_FIELDS.match(/(source|run|delivery|record|finding) \{(?! id \})/g)).toBeNull();
});

test("a document that is not valid would be found", () => {
  expect(errorsOf("{ sources { nodes { secret } } }")).toEqual(['Cannot query field "secret" on type "Source".']);
});
