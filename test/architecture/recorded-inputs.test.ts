import { expect, test } from "@jest/globals";
import { getNamedType, type GraphQLInputField, type GraphQLArgument, isInputObjectType } from "graphql";
import { PLAIN_INPUTS, recordedArguments, REDACTED, SECRET_INPUTS } from "../../src/server/recorded-arguments.ts";
import { loadSchema } from "../../src/server/load-schema.ts";

const mutations = Object.values(loadSchema().getMutationType()?.getFields() ?? {});

/** Names that sound like a credential. */
const SUSPICIOUS = /secret|password|passphrase|token|credential|settings|key$|url|privatekey|certificate/i;

/** Every argument of a mutation and every field of its inputs, by its path in the SDL. */
function inputs(): ReadonlyMap<string, GraphQLArgument | GraphQLInputField> {
  const found = new Map<string, GraphQLArgument | GraphQLInputField>();
  const visited = new Set<string>();
  function add(owner: string, fields: readonly (GraphQLArgument | GraphQLInputField)[]): void {
    for (const field of fields) {
      found.set(`${owner}.${field.name}`, field);
      const type = getNamedType(field.type);
      if (!isInputObjectType(type) || visited.has(type.name)) continue;
      visited.add(type.name);
      add(type.name, Object.values(type.getFields()));
    }
  }
  for (const { args } of mutations) add("Mutation", args);
  return found;
}

test("every input of a mutation that sounds like a credential is marked as one, or as none", () => {
  const undecided = [...inputs().keys()].filter((path) => {
    const name = path.split(".")[1] ?? "";
    return SUSPICIOUS.test(name) && !SECRET_INPUTS.includes(path) && !PLAIN_INPUTS.includes(name);
  });
  expect(undecided).toEqual([]);
});

test("every input that is marked exists", () => {
  const paths = [...inputs().keys()];
  expect(SECRET_INPUTS.filter((path) => !paths.includes(path))).toEqual([]);
  expect(PLAIN_INPUTS.filter((name) => !paths.some((path) => path.endsWith(`.${name}`)))).toEqual([]);
});

test("an opaque value is redacted even where nobody has marked it", () => {
  const connect = mutations.find(({ name }) => name === "connectSource");
  const input = { id: "a", connector: "stripe", settings: { apiKey: "canary" }, networks: ["10.0.0.0/8"] };
  expect(recordedArguments(connect?.args ?? [], { input })).toEqual({
    input: { id: "a", connector: "stripe", settings: REDACTED, networks: ["10.0.0.0/8"] },
  });
});
