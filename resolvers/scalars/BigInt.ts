import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { scalarError } from "./string-scalar.ts";

const NAME = "BigInt";
const EXPECTED = "a whole number of up to 40 digits, as text";
const WHOLE_NUMBER = /^-?\d{1,40}$/;

export const BigIntScalar = new GraphQLScalarType<bigint, string>({
  name: NAME,
  serialize(value) {
    if (typeof value === "bigint") return value.toString();
    if (typeof value === "number" && Number.isSafeInteger(value)) return value.toString();
    throw scalarError(NAME, EXPECTED, undefined);
  },
  parseValue: (value) => read(value, undefined),
  parseLiteral: (node) => read(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined, node),
});

/** A JSON number with too many digits has already lost some of them before this code receives it. */
function read(value: unknown, node: ValueNode | undefined): bigint {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? value.toString() : value;
  if (typeof text === "string" && WHOLE_NUMBER.test(text)) return BigInt(text);
  throw scalarError(NAME, EXPECTED, node);
}
