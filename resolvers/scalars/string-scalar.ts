import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

/** A scalar that is text on the wire. */
export interface StringScalar {
  readonly name: string;
  /** Description of a valid value for the error: `an RFC 3339 moment, such as 2026-11-22T17:24:24Z`. */
  readonly expected: string;
  /** Returns the text in our form; undefined if it is not a value of this scalar. */
  readonly parse: (text: string) => string | undefined;
  /** The same for output, if more values are valid there than as input. Default: `parse`. */
  readonly show?: (text: string) => string | undefined;
}

/** Creates the scalar; values of another form are rejected as input and as output. */
export function stringScalar({ name, expected, parse, show = parse }: StringScalar): GraphQLScalarType<string, string> {
  function read(value: unknown, node?: ValueNode, form = parse): string {
    const parsed = typeof value === "string" ? form(value) : undefined;
    if (parsed === undefined) throw scalarError(name, expected, node);
    return parsed;
  }
  return new GraphQLScalarType({
    name,
    serialize: (value) => read(value, undefined, show),
    parseValue: (value) => read(value),
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

/** Does not repeat the value: it may be long, and it may be a secret in the wrong field. */
export function scalarError(name: string, expected: string, node: ValueNode | undefined): GraphQLError {
  return new GraphQLError(`${name} must be ${expected}`, node === undefined ? {} : { nodes: node });
}
