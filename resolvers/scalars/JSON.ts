import { GraphQLScalarType, type ValueNode, valueFromASTUntyped } from "graphql";
import { scalarError } from "./string-scalar.ts";

const NAME = "JSON";
const EXPECTED = "a JSON object";

/** Input only, and opaque: its reader checks it by a schema. No error contains a part of it, which may be a secret. */
export const JSONScalar = new GraphQLScalarType<Readonly<Record<string, unknown>>, never>({
  name: NAME,
  serialize() {
    throw scalarError(NAME, "used as input only", undefined);
  },
  parseValue: (value) => read(value, undefined),
  parseLiteral: (node, variables) => read(valueFromASTUntyped(node, variables), undefined),
});

function read(value: unknown, node: ValueNode | undefined): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw scalarError(NAME, EXPECTED, node);
  return { ...value };
}
